/** Asks under which name the page is to be saved, and for whom. */
import { createView, listViews } from '@logonscope/protocol';
import { useLocation } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useView } from '../app/view.ts';
import { useDeed } from '../data/ask.ts';
import { Button, CheckField, Dialog, Field, Row, Stack, toast, wordsOf } from '../ui/index.ts';

const NAME_MAX = 100;

/** The page below its company and its search, as the address has them. What is open at the moment is no part of the view. */
function useHere(): { readonly page: string; readonly search: string } {
  const { pathname, searchStr } = useLocation();
  const params = new URLSearchParams(searchStr);
  for (const momentary of ['session', 'event']) params.delete(momentary);
  const text = params.toString();
  return { page: pathname.replace(/^\/c\/\d+\/?/, ''), search: text === '' ? '' : `?${text}` };
}

export default function SaveDialog({
  name,
  open,
  onClose,
}: {
  name: string;
  open: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog open={open} onClose={onClose} title="Save this view">
      {open ? <SaveForm suggested={name} onDone={onClose} /> : null}
    </Dialog>
  );
}

function SaveForm({ suggested, onDone }: { suggested: string; onDone: () => void }) {
  const { params } = useView();
  const here = useHere();
  const [name, setName] = useState(suggested.slice(0, NAME_MAX));
  const [shared, setShared] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const save = useDeed(createView, [listViews]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await save.mutateAsync({ params, body: { ...here, name: name.trim(), shared } });
      toast(`Saved as “${name.trim()}”.`);
      onDone();
    } catch (error) {
      const { title, detail } = wordsOf(error);
      setWrong(`${title}. ${detail}`);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Field
          label="Name"
          value={name}
          onChange={setName}
          maxLength={NAME_MAX}
          required
          autoFocus
          error={wrong}
        />
        <CheckField
          label="Share with everybody of the company"
          hint="Otherwise only you see it."
          value={shared}
          onChange={setShared}
        />
        <Row end>
          <Button onClick={onDone}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={name.trim() === ''}>
            Save
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
