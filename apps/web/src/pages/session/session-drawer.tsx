/** A session beside the list it was chosen from, with steps to its neighbours. */
import { lazy } from 'react';
import { Later } from '../../parts/later.tsx';
import type { SessionDrawerProps } from './session-sheet.tsx';

const SessionSheet = lazy(() => import('./session-sheet.tsx'));

export function SessionDrawer(props: SessionDrawerProps) {
  const open = props.openId !== '';
  return (
    <Later open={open}>
      <SessionSheet {...props} open={open} />
    </Later>
  );
}
