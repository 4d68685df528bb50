/** Which columns a table shows, and how close its rows stand: chosen once, remembered in this browser. */
import { Columns3 } from 'lucide-react';
import { lazy, useState } from 'react';
import { Button } from '../../ui/index.ts';
import { Later } from '../later.tsx';
import type { ColumnsProps } from './columns-dialog.tsx';

const ColumnsDialog = lazy(() => import('./columns-dialog.tsx'));

export function ColumnsButton(props: ColumnsProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Columns3 size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Columns
      </Button>
      <Later open={open}>
        <ColumnsDialog {...props} open={open} onClose={() => setOpen(false)} />
      </Later>
    </>
  );
}
