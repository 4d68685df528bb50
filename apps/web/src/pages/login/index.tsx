/** Signing in: name and password or a provider, then whatever the account still asks for. */
import { getAccount, logout } from '@logonscope/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { type Account, useAccountAsked } from '../../app/account.ts';
import { FormError } from '../../app/form-error.tsx';
import { useSearchTexts } from '../../app/view.ts';
import { useSource } from '../../data/source.ts';
import { rememberToken } from '../../data/visit.ts';
import { Button, Skeleton, Stack } from '../../ui/index.ts';
import { CodeStep } from './code-step.tsx';
import styles from './login.module.css';
import { PasswordStep } from './password-step.tsx';
import { PROBLEMS, TEXT } from './text.ts';

// Few are asked for these, and not often.
const MfaSetup = lazy(async () => ({ default: (await import('../../app/mfa-setup.tsx')).MfaSetup }));
const PasswordForm = lazy(async () => ({
  default: (await import('../../app/password-form.tsx')).PasswordForm,
}));

const TITLES: Readonly<Record<Account['state'], string>> = {
  full: TEXT.title,
  mfa_pending: TEXT.title,
  mfa_enrol_required: TEXT.enrolTitle,
  password_change_required: TEXT.passwordTitle,
};

interface StepProps {
  readonly account: Account | undefined;
  readonly onDone: () => Promise<void>;
}

function Step({ account, onDone }: StepProps) {
  // Typed a moment ago, so it is not asked for again at the next step; gone when the page is left.
  const [password, setPassword] = useState<string | null>(null);
  switch (account?.state) {
    case 'mfa_pending':
      return <CodeStep onDone={onDone} />;
    case 'mfa_enrol_required':
      return (
        <Stack>
          <div>{TEXT.enrol}</div>
          <MfaSetup hasPassword={account.hasPassword} knownPassword={password} onDone={() => void onDone()} />
        </Stack>
      );
    case 'password_change_required':
      return (
        <Stack>
          <div>{TEXT.choose}</div>
          <PasswordForm knownPassword={password} onDone={onDone} />
        </Stack>
      );
    default:
      return <PasswordStep onDone={onDone} onPassword={setPassword} />;
  }
}

/** Asks how far the session is let in now, and goes on when it is let in completely. */
function useProgress() {
  const cache = useQueryClient();
  const source = useSource();
  const navigate = useNavigate();
  const { next } = useSearchTexts();
  const target = next?.startsWith('/') && !next.startsWith('//') ? next : '/';
  return async () => {
    const { body } = await source.ask(getAccount, {});
    rememberToken(body.csrfToken);
    cache.setQueryData([source.id, getAccount.id, {}], body);
    if (body.state === 'full') await navigate({ href: target, replace: true });
  };
}

function SomebodyElse() {
  const source = useSource();
  const leave = async () => {
    await source.ask(logout, {}).catch(() => undefined);
    location.assign('/login');
  };
  return (
    <Button look="quiet" full onClick={() => void leave()}>
      {TEXT.other}
    </Button>
  );
}

export default function LoginPage() {
  const asked = useAccountAsked();
  const { problem } = useSearchTexts();
  const onDone = useProgress();
  const account = asked.isError ? undefined : asked.data;
  useEffect(() => {
    if (account !== undefined) rememberToken(account.csrfToken);
  }, [account]);
  const state = account?.state ?? 'full';
  const isPartWay = account !== undefined && state !== 'full';
  return (
    <main className={styles.page}>
      <title>{`${TITLES[state]} · Logonscope`}</title>
      <div className={styles.card}>
        <img src="/icon.svg" alt="" width={40} height={40} />
        <h1>{TITLES[state]}</h1>
        <Stack>
          {problem === undefined ? null : (
            <FormError error={PROBLEMS[problem] ?? 'The sign-in did not work. Begin anew.'} />
          )}
          <Suspense fallback={<Skeleton rows={4} />}>
            <Step account={account} onDone={onDone} />
          </Suspense>
          {isPartWay ? <SomebodyElse /> : null}
        </Stack>
      </div>
      <nav aria-label="Without an account" className={styles.foot}>
        <a href="/local">{TEXT.local}</a>
        <span className="muted">{TEXT.localAbout}</span>
        <Link to="/help">{TEXT.help}</Link>
        <a href="/api/v1/docs">{TEXT.docs}</a>
      </nav>
    </main>
  );
}
