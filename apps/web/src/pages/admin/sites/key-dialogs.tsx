/** Describing or dating a key, and replacing it by a new one. */
import { editKey, listKeys, rotateKey } from '@logonscope/protocol';
import { useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { instantOfLocal, wallClock } from '../../../app/local-time.ts';
import { useView } from '../../../app/view.ts';
import { useDeed } from '../../../data/ask.ts';
import { Button, Dialog, Field, NumberField, Row, Stack, toast } from '../../../ui/index.ts';
import { type MadeKey, ShownKey } from './new-key.tsx';
import type { KeyRow } from './rows.ts';
import { TEXT } from './text.ts';

interface KeyDialogProps {
  readonly apiKey: KeyRow;
  readonly onClose: () => void;
}

const OVERLAP_HOURS_DEFAULT = 24;
const OVERLAP_HOURS_MAX = 720;

/** An instant as a field for local times wants it, `2026-05-05T08:41`. */
function localText(zone: string, at: string | null): string {
  return at === null ? '' : new Date(wallClock(zone, Date.parse(at))).toISOString().slice(0, 16);
}

export function EditKey({ apiKey, onClose }: KeyDialogProps) {
  const { companyId, zone } = useView();
  const edit = useDeed(editKey, [listKeys]);
  const before = localText(zone, apiKey.expiresAt);
  const [description, setDescription] = useState(apiKey.description ?? '');
  const [expires, setExpires] = useState(before);
  const form = useForm(async () => {
    const expiresAt = expires === '' ? null : new Date(instantOfLocal(zone, expires)).toISOString();
    await edit.mutateAsync({
      params: { companyId, keyId: apiKey.id },
      body: { description: description.trim() || null, ...(expires === before ? {} : { expiresAt }) },
    });
    toast('Key changed.');
    onClose();
  }, ['description', 'expiresAt']);
  return (
    <Dialog open onClose={onClose} title={`Key ${apiKey.prefix}…`}>
      <form onSubmit={form.submit}>
        <Stack>
          <Field
            label={TEXT.description}
            hint={TEXT.descriptionHint}
            value={description}
            onChange={setDescription}
            error={form.fields.description}
            maxLength={200}
          />
          <Field
            label={`${TEXT.expires} (${zone})`}
            hint={TEXT.expiresHint}
            type="datetime-local"
            value={expires}
            onChange={setExpires}
            error={form.fields.expiresAt}
          />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              Save
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}

export function RotateKey({ apiKey, onClose }: KeyDialogProps) {
  const { companyId } = useView();
  const rotate = useDeed(rotateKey, [listKeys]);
  const [hours, setHours] = useState<number | null>(OVERLAP_HOURS_DEFAULT);
  const [made, setMade] = useState<MadeKey | null>(null);
  const form = useForm(async () => {
    const body = { overlapHours: hours ?? 0 };
    setMade(await rotate.mutateAsync({ params: { companyId, keyId: apiKey.id }, body }));
  }, ['overlapHours']);
  if (made !== null) return <ShownKey made={made} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={`${TEXT.rotate}: ${apiKey.prefix}…`}>
      <form onSubmit={form.submit}>
        <Stack>
          <div>{TEXT.rotateAbout}</div>
          <NumberField
            label={TEXT.overlap}
            unit="hours"
            min={0}
            max={OVERLAP_HOURS_MAX}
            value={hours}
            onChange={setHours}
            error={form.fields.overlapHours}
            required
          />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              Make the new key
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
