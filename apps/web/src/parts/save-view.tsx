/** Saves the page as it stands, with range, filter and options, under a name: for oneself, or for the whole company. */
import { createView } from '@logonscope/protocol';
import { BookmarkPlus } from 'lucide-react';
import { lazy, useState } from 'react';
import { useSource } from '../data/source.ts';
import { Button } from '../ui/index.ts';
import { Later } from './later.tsx';

const SaveDialog = lazy(() => import('./save-dialog.tsx'));

export function SaveView({ name }: { name: string }) {
  const source = useSource();
  const [open, setOpen] = useState(false);
  if (!source.knows(createView)) return null;
  return (
    <>
      <Button icon={<BookmarkPlus size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Save view
      </Button>
      <Later open={open}>
        <SaveDialog name={name} open={open} onClose={() => setOpen(false)} />
      </Later>
    </>
  );
}
