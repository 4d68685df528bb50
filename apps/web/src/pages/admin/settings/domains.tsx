/** The domains whose addresses may have accounts. */
import { addDomain, getSettings, removeDomain } from '@logonscope/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useAct } from '../../../app/act.ts';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { useDeed } from '../../../data/ask.ts';
import { Button, Field, IconButton, Row, Stack } from '../../../ui/index.ts';
import styles from './settings.module.css';
import { TEXT } from './text.ts';

export function Domains({ domains }: { domains: readonly string[] }) {
  const add = useDeed(addDomain, [getSettings]);
  const remove = useAct(removeDomain, [getSettings]);
  const [domain, setDomain] = useState('');
  const form = useForm(async () => {
    await add.mutateAsync({ body: { domain } });
    setDomain('');
  }, ['domain']);
  return (
    <Stack tight>
      <strong>{TEXT.domains}</strong>
      {domains.length === 0 ? <div className="muted">{TEXT.noDomains}</div> : null}
      <ul className={styles.domains}>
        {domains.map((one) => (
          <li key={one}>
            {one}
            <IconButton
              label={`Take ${one} off the list`}
              disabled={remove.busy}
              onClick={() => void remove.run({ params: { domain: one } }, `${one} is off the list.`)}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <form onSubmit={form.submit}>
        <Row>
          <Field
            label={TEXT.addDomain}
            hideLabel
            placeholder="example.org"
            value={domain}
            onChange={setDomain}
            error={form.fields.domain}
            required
          />
          <Button type="submit" busy={form.busy}>
            {TEXT.addDomain}
          </Button>
        </Row>
        <FormError error={form.error} />
      </form>
    </Stack>
  );
}
