/** Making a key, and showing it this once. */
import { createKey, listKeys, type rotateKey } from '@logonscope/protocol';
import { useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { instantOfLocal } from '../../../app/local-time.ts';
import { useView } from '../../../app/view.ts';
import { useDeed } from '../../../data/ask.ts';
import type { BodyOf } from '../../../data/source.ts';
import { Button, CheckField, CopyButton, Dialog, Field, Row, Stack } from '../../../ui/index.ts';
import styles from './sites.module.css';
import { TEXT } from './text.ts';

export type MadeKey = BodyOf<typeof createKey> | BodyOf<typeof rotateKey>;

/** The key itself; this is the only time that anybody sees it, so closing takes a promise. */
export function ShownKey({ made, onClose }: { made: MadeKey; onClose: () => void }) {
  const [kept, setKept] = useState(false);
  const line = `winagentUSM.exe --url ${location.origin} --api-key ${made.key}`;
  return (
    <Dialog open onClose={onClose} title={TEXT.shownTitle} stubborn wide>
      <Stack>
        <div>{TEXT.shownAbout}</div>
        <code className={styles.key}>{made.key}</code>
        <Row>
          <CopyButton text={made.key} what="key" />
        </Row>
        <div className="muted">On a computer where the agent is installed:</div>
        <code className={styles.key}>{line}</code>
        <Row>
          <CopyButton text={line} what="command" />
        </Row>
        <CheckField label={TEXT.shownKept} value={kept} onChange={setKept} />
        <Row end>
          <Button look="primary" disabled={!kept} onClick={onClose}>
            Done
          </Button>
        </Row>
      </Stack>
    </Dialog>
  );
}

export function NewKey({ site, onClose }: { site: { id: number; name: string }; onClose: () => void }) {
  const { params, zone } = useView();
  const create = useDeed(createKey, [listKeys]);
  const [description, setDescription] = useState('');
  const [expires, setExpires] = useState('');
  const [made, setMade] = useState<MadeKey | null>(null);
  const form = useForm(async () => {
    const expiresAt = expires === '' ? null : new Date(instantOfLocal(zone, expires)).toISOString();
    const body = { siteId: site.id, description: description.trim() || null, expiresAt };
    setMade(await create.mutateAsync({ params, body }));
  }, ['description', 'expiresAt']);
  if (made !== null) return <ShownKey made={made} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} title={`${TEXT.newKey} for ${site.name}`}>
      <form onSubmit={form.submit}>
        <Stack>
          <div>{TEXT.keyAbout}</div>
          <Field
            label={TEXT.description}
            hint={TEXT.descriptionHint}
            value={description}
            onChange={setDescription}
            error={form.fields.description}
            maxLength={200}
            autoFocus
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
              Make key
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}
