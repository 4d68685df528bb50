/** Dialogs and drawers whose code is fetched when they are first opened: most visits open none. */
import { type ReactNode, Suspense, useState } from 'react';

/** Nothing until it is opened; from then on it stays, so that it closes as it opened and the focus finds back. */
export function Later({ open, children }: { open: boolean; children: ReactNode }) {
  const [wasOpened, setWasOpened] = useState(open);
  if (open && !wasOpened) setWasOpened(true);
  return wasOpened ? <Suspense fallback={null}>{children}</Suspense> : null;
}
