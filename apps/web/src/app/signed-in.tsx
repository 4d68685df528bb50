/** What is behind the sign-in: asks who is there, leads to the sign-in page where nobody is, and draws the frame. */
import { RefusedError } from '@logonscope/protocol';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { rememberToken } from '../data/visit.ts';
import { ErrorPanel, Skeleton } from '../ui/index.ts';
import { AccountContext, useAccountAsked } from './account.ts';
import { Frame } from './frame.tsx';
import { SignInAgain } from './sign-in-again.tsx';

export function SignedIn() {
  const asked = useAccountAsked();
  const { href } = useLocation();
  const account = asked.data;
  useEffect(() => {
    if (account !== undefined) rememberToken(account.csrfToken);
  }, [account]);
  const isStranger = asked.error instanceof RefusedError && asked.error.refusal.status === 401;
  if (isStranger && account === undefined)
    return <Navigate to="/login" search={{ next: href } as never} replace />;
  if (asked.isError && account === undefined)
    return <ErrorPanel error={asked.error} onRetry={asked.refetch} />;
  if (account === undefined) return <Skeleton rows={10} />;
  if (account.state !== 'full') return <Navigate to="/login" search={{ next: href } as never} replace />;
  return (
    <AccountContext value={account}>
      <Frame>
        <Outlet />
      </Frame>
      <SignInAgain username={account.username} />
    </AccountContext>
  );
}
