/** What is behind the sign-in: asks who is there, leads to the sign-in page where nobody is, and draws the frame. */
import { RefusedError } from '@logonscope/protocol';
import { Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { rememberToken, useVisit } from '../data/visit.ts';
import { ErrorPanel, Skeleton } from '../ui/index.ts';
import { AccountContext, useAccountAsked } from './account.ts';
import { Frame } from './frame.tsx';
import { Redirect, signInAddress } from './redirect.tsx';

const SignInAgain = lazy(() => import('./sign-in-again.tsx'));

export function SignedIn() {
  const { lost } = useVisit();
  const asked = useAccountAsked();
  // While it leads away the address is another one already; what was wanted is the first.
  const { href } = useLocation();
  const [wanted] = useState(href);
  const account = asked.data;
  useEffect(() => {
    if (account !== undefined) rememberToken(account.csrfToken);
  }, [account]);
  const isStranger = asked.error instanceof RefusedError && asked.error.refusal.status === 401;
  if (isStranger && account === undefined) return <Redirect to={signInAddress(wanted)} />;
  if (asked.isError && account === undefined)
    return <ErrorPanel error={asked.error} onRetry={asked.refetch} />;
  if (account === undefined) return <Skeleton rows={10} />;
  if (account.state !== 'full') return <Redirect to={signInAddress(wanted)} />;
  return (
    <AccountContext value={account}>
      <Frame>
        <Outlet />
      </Frame>
      <Suspense>{lost === null ? null : <SignInAgain username={account.username} />}</Suspense>
    </AccountContext>
  );
}
