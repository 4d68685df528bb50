/** Which columns a table shows, and how close its rows stand: chosen once, remembered in this browser. */
import { Columns3 } from 'lucide-react';
import { lazy, useState } from 'react';
import { Button } from '../../ui/index.ts';
import { Later } from '../later.tsx';

export interface ColumnChoice {
  readonly id: string;
  readonly title: string;
}

export interface ColumnsProps {
  readonly choices: readonly ColumnChoice[];
  readonly shown: readonly string[];
  readonly initially: readonly string[];
  readonly onChange: (shown: readonly string[]) => void;
}

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
