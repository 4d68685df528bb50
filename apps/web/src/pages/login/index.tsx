/** Signing in: name and password, then whatever the account still asks for. */
import { getAccount, login, sendCode } from '@logonscope/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useAccountAsked } from '../../app/account.ts';
import { useSearchTexts } from '../../app/view.ts';
import { useSource } from '../../data/source.ts';
import { rememberToken } from '../../data/visit.ts';
import { Button, CheckField, Field, PasswordField, Stack, wordsOf } from '../../ui/index.ts';
import styles from './login.module.css';
import { TEXT } from './text.ts';

/** A step of signing in: runs, shows what was refused, and is busy meanwhile. */
function useStep() {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (step: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await step();
    } catch (refused) {
      const { title, detail } = wordsOf(refused);
      setError(detail === '' ? title : detail);
    } finally {
      setBusy(false);
    }
  };
  return { error, busy, run };
}

function PasswordStep({ onDone }: { onDone: (next: string) => Promise<void> }) {
  const source = useSource();
  const { next } = useSearchTexts();
  const { error, busy, run } = useStep();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const asked = { login: name, password, remember, ...(next === undefined ? {} : { next }) };
      const { body } = await source.ask(login, { body: asked });
      rememberToken(body.csrfToken);
      await onDone(body.next);
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Field label={TEXT.name} value={name} onChange={setName} autoComplete="username" autoFocus required />
        <PasswordField
          label={TEXT.password}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={error}
          required
        />
        <CheckField label={TEXT.remember} value={remember} onChange={setRemember} />
        <Button look="primary" type="submit" full busy={busy}>
          {TEXT.signIn}
        </Button>
      </Stack>
    </form>
  );
}

function CodeStep({ onDone }: { onDone: (next: string) => Promise<void> }) {
  const source = useSource();
  const { error, busy, run } = useStep();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { body } = await source.ask(sendCode, { body: { code } });
      rememberToken(body.csrfToken);
      await onDone(body.next);
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Field
          label={TEXT.code}
          hint={TEXT.codeHint}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          autoFocus
          error={error}
          required
        />
        <Button look="primary" type="submit" full busy={busy}>
          {TEXT.signIn}
        </Button>
      </Stack>
    </form>
  );
}

export default function LoginPage() {
  const asked = useAccountAsked();
  const cache = useQueryClient();
  const source = useSource();
  const navigate = useNavigate();
  const { next = '/' } = useSearchTexts();
  const onDone = async (target: string) => {
    const { body } = await source.ask(getAccount, {});
    cache.setQueryData([source.id, getAccount.id, {}], body);
    if (body.state === 'full') await navigate({ to: target === '/' ? next : target, replace: true });
  };
  return (
    <main className={styles.page}>
      <title>{`${TEXT.title} · Logonscope`}</title>
      <div className={styles.card}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <h1>{TEXT.title}</h1>
        {asked.data?.state === 'mfa_pending' ? (
          <CodeStep onDone={onDone} />
        ) : (
          <PasswordStep onDone={onDone} />
        )}
      </div>
    </main>
  );
}
