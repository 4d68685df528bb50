/** Signing in through a provider, over HTTP: browsers are led there and back, and told of refusals on a page. */
import * as contract from '@logonscope/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Access, browserOf } from '../../access/access.ts';
import { noSessionCookie } from '../../access/portal/cookies.ts';
import { readSection } from '../../access/portal/settings.ts';
import { type Attempt, attemptCookie, attemptOf, noAttemptCookie } from '../../access/provider/attempt.ts';
import type { ProviderAnswer } from '../../access/provider/provider.ts';
import * as signIn from '../../access/provider/sign-in.ts';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import { cookieOf } from './session-cookie.ts';

const { reply } = contract;

function doorOf({ provider }: Access): signIn.ProviderDoor {
  if (provider !== null) return provider;
  throw new AppError('not-found', 'account/no-provider', 'No sign-in provider is set up here.');
}

const keepAttempt = (access: Access, attempt: Attempt) => ({
  'set-cookie': attemptCookie(attempt, { key: doorOf(access).key, secure: access.secure }),
  'cache-control': 'no-store',
});

/** The page that says why nobody was let in; programs get the problem itself. */
function toPage(request: FastifyRequest, answer: FastifyReply, error: unknown): string {
  if (!(error instanceof AppError) || !/text\/html/.test(request.headers.accept ?? '')) throw error;
  if (error.cause !== undefined) request.log.warn({ err: error.cause }, error.code);
  answer.header('cache-control', 'no-store');
  return `/sign-in?problem=${encodeURIComponent(error.code)}`;
}

function wayRoutes(access: Access): Route[] {
  const { portal } = access;
  return [
    route(contract.getSignInWays, {
      action: 'account.register',
      async handle() {
        const { open } = await readSection(portal.store.db, 'registration');
        const { path: start } = contract.startProvider;
        const label = access.provider?.rules.label;
        return reply(200, { registration: open, provider: label === undefined ? null : { label, start } });
      },
    }),
    route(contract.startProvider, {
      action: 'account.login',
      async handle({ query, request, reply: answer }) {
        const wish = { next: query.next ?? '/', anew: query.anew, linkUserId: null };
        try {
          const begun = await signIn.beginAttempt(portal, doorOf(access), wish, browserOf(request));
          return reply(303, null, { location: begun.address, ...keepAttempt(access, begun.attempt) });
        } catch (error) {
          return reply(303, null, { location: toPage(request, answer, error) });
        }
      },
    }),
    route(contract.finishProvider, {
      action: 'account.login',
      async handle({ query, request, reply: answer }) {
        answer.header('set-cookie', noAttemptCookie(access.secure));
        try {
          return reply(303, null, await finished(access, request, query));
        } catch (error) {
          return reply(303, null, { location: toPage(request, answer, error) });
        }
      },
    }),
  ];
}

/** The headers of whoever was let in, or has connected his account. */
async function finished(
  access: Access,
  request: FastifyRequest,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  const { portal } = access;
  const door = doorOf(access);
  const about = { key: door.key, secure: access.secure, nowMs: portal.clock() };
  const attempt = attemptOf(request.headers.cookie, query.state ?? '', about);
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const answer = Object.fromEntries(given) as ProviderAnswer;
  const visit = attempt.linkUserId === null ? null : await access.visitAt(request);
  const done = await signIn.completeAttempt(portal, door, { attempt, answer, visit }, browserOf(request));
  if (done === null) return { location: attempt.next };
  // Whoever has a step left to do is shown it by the page of the login.
  const location = done.state === 'full' ? done.next : `/sign-in?next=${encodeURIComponent(done.next)}`;
  return { location, ...cookieOf(access, done.session) };
}

function connectionRoutes(access: Access): Route[] {
  const { portal } = access;
  return [
    route(contract.connectProvider, {
      action: 'account.edit',
      async handle({ body, request }) {
        const asked = { visit: await access.visitAt(request), password: body.password };
        const begun = await signIn.beginConnecting(portal, doorOf(access), asked, browserOf(request));
        return reply(200, { address: begun.address }, keepAttempt(access, begun.attempt));
      },
    }),
    route(contract.disconnectProvider, {
      action: 'account.edit',
      async handle({ request }) {
        await signIn.disconnect(portal, await access.visitAt(request), browserOf(request));
        return reply(204, null);
      },
    }),
    route(contract.logoutEverywhere, {
      action: 'account.login',
      async handle({ request }) {
        const visit = await access.visitAt(request);
        const address = await signIn.signOutThere(portal, doorOf(access), visit, browserOf(request));
        return reply(200, { address }, { 'set-cookie': noSessionCookie(access.secure) });
      },
    }),
  ];
}

export function providerRoutes(access: Access): Route[] {
  return [...wayRoutes(access), ...connectionRoutes(access)];
}
