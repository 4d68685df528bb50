/** Deleting old entries of the error log. */
import { clearErrors, listErrors } from '@logonscope/protocol';
import { useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { useDeed } from '../../../data/ask.ts';
import { Button, Dialog, NumberField, Row, Stack, toast } from '../../../ui/index.ts';
import { TEXT } from './text.ts';

const KEEP_DAYS_DEFAULT = 30;
const KEEP_DAYS_MAX = 3_650;

export function ClearErrors({ onClose }: { onClose: () => void }) {
  const clear = useDeed(clearErrors, [listErrors]);
  const [keepDays, setDays] = useState<number | null>(KEEP_DAYS_DEFAULT);
  const form = useForm(async () => {
    const { deleted } = await clear.mutateAsync({ query: { keepDays: keepDays ?? KEEP_DAYS_DEFAULT } });
    toast(`${deleted} entries deleted.`);
    onClose();
  }, ['keepDays']);
  return (
    <Dialog open onClose={onClose} title={TEXT.clear}>
      <form onSubmit={form.submit}>
        <Stack>
          <div>{TEXT.clearAbout}</div>
          <NumberField
            label={TEXT.keep}
            unit="days"
            min={0}
            max={KEEP_DAYS_MAX}
            value={keepDays}
            onChange={setDays}
            error={form.fields.keepDays}
            required
          />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="danger" type="submit" busy={form.busy} disabled={keepDays === null}>
              Delete older entries
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
