/** Name and password, the provider's button, and what to do without either. */
import { getSignInWays, login } from '@logonscope/protocol';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from '../../app/form.ts';
import { useSearchTexts } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { useSource } from '../../data/source.ts';
import { rememberToken } from '../../data/visit.ts';
import { Button, CheckField, Field, PasswordField, Stack } from '../../ui/index.ts';
import styles from './login.module.css';
import { TEXT } from './text.ts';

/** Other ways in; nothing shows until the server has said which there are. */
function OtherWays() {
  const ways = useAsk(getSignInWays, {}, { freshMs: 60_000 }).data;
  const { next } = useSearchTexts();
  return (
    <>
      {ways?.provider ? (
        <a
          className={styles.provider}
          href={`${ways.provider.start}${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`}
        >
          {ways.provider.label}
        </a>
      ) : null}
      {ways?.registration ? (
        <div>
          No account yet? <Link to="/register">{TEXT.register}</Link>
        </div>
      ) : null}
      <details>
        <summary>{TEXT.forgot}</summary>
        <p className="muted">{TEXT.forgotAnswer}</p>
      </details>
    </>
  );
}

interface PasswordStepProps {
  readonly onDone: () => Promise<void>;
  readonly onPassword: (password: string) => void;
}

export function PasswordStep({ onDone, onPassword }: PasswordStepProps) {
  const source = useSource();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const form = useForm(async () => {
    const { body } = await source.ask(login, { body: { login: name, password, remember } });
    rememberToken(body.csrfToken);
    onPassword(password);
    await onDone();
  });
  return (
    <form onSubmit={form.submit}>
      <Stack>
        <Field label={TEXT.name} value={name} onChange={setName} autoComplete="username" autoFocus required />
        <PasswordField
          label={TEXT.password}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={form.error}
          required
        />
        <CheckField label={TEXT.remember} value={remember} onChange={setRemember} />
        <Button look="primary" type="submit" full busy={form.busy}>
          {TEXT.signIn}
        </Button>
        <OtherWays />
      </Stack>
    </form>
  );
}
