/** One's own account over HTTP: signing in and out, the second factor, the password, one's sessions. */
import * as contract from '@logonscope/protocol';
import { type Access, browserOf } from '../../access/access.ts';
import * as account from '../../access/portal/account.ts';
import { noSessionCookie } from '../../access/portal/cookies.ts';
import type { Visit } from '../../access/portal/portal.ts';
import * as factor from '../../access/portal/second-factor.ts';
import { readSection } from '../../access/portal/settings.ts';
import { type SignedIn, signIn, signOut, verifyCode } from '../../access/portal/sign-in.ts';
import { type Route, route } from '../../http/mount.ts';
import { providerRoutes } from './provider-routes.ts';
import { cookieOf } from './session-cookie.ts';
import { sessionToWire, visitToWire } from './wire.ts';

const { reply } = contract;

function signedInReply(access: Access, { session, state, next }: SignedIn) {
  const body = { state, next, csrfToken: session.csrfToken };
  return reply(200, body, cookieOf(access, session));
}

/** The doors that open before anyone is known. */
function doorRoutes(access: Access): Route[] {
  const { portal } = access;
  return [
    route(contract.login, {
      action: 'account.login',
      async handle({ body, request }) {
        const asked = { ...body, next: body.next ?? null };
        return signedInReply(access, await signIn(portal, asked, browserOf(request)));
      },
    }),
    route(contract.sendCode, {
      action: 'account.login',
      async handle({ body, request }) {
        const visit = await access.visitAt(request);
        return signedInReply(access, await verifyCode(portal, visit, body.code, browserOf(request)));
      },
    }),
    route(contract.logout, {
      action: 'account.login',
      async handle({ request }) {
        await signOut(portal, await access.visitAt(request), browserOf(request));
        return reply(204, null, { 'set-cookie': noSessionCookie(access.secure) });
      },
    }),
    route(contract.getRegistration, {
      action: 'account.register',
      async handle() {
        const { open, restrictDomains } = await readSection(portal.store.db, 'registration');
        const password = await readSection(portal.store.db, 'password');
        return reply(200, { open, restrictDomains, password });
      },
    }),
    route(contract.register, {
      action: 'account.register',
      async handle({ body, request }) {
        await account.register(portal, body, browserOf(request));
        return reply(201, { message: 'Your account waits for an administrator to activate it.' });
      },
    }),
  ];
}

/** The password and the second factor; also for those whose session waits for just that. */
function ownRoutes(access: Access): Route[] {
  const { portal } = access;
  return [
    route(contract.getAccount, {
      action: 'account.login',
      handle: async ({ request }) => reply(200, visitToWire(await access.visitAt(request))),
    }),
    route(contract.changePassword, {
      action: 'account.login',
      async handle({ body, request }) {
        const visit: Visit = await access.visitAt(request);
        const wanted = { current: body.password, next: body.newPassword };
        const session = await account.changePassword(portal, visit, wanted, browserOf(request));
        const now = await access.visitOf(session.token);
        return signedInReply(access, { session, state: now?.state ?? 'full', next: '/' });
      },
    }),
    route(contract.startMfa, {
      action: 'account.login',
      async handle({ body, request }) {
        const started = await factor.startEnrolment(portal, await access.visitAt(request), body.password);
        return reply(200, started, { 'cache-control': 'no-store' });
      },
    }),
    route(contract.confirmMfa, {
      action: 'account.login',
      async handle({ body, request }) {
        const visit = await access.visitAt(request);
        const recoveryCodes = await factor.confirmEnrolment(portal, visit, body.code, browserOf(request));
        return reply(200, { recoveryCodes }, { 'cache-control': 'no-store' });
      },
    }),
    route(contract.renewRecoveryCodes, {
      action: 'account.edit',
      async handle({ body, request }) {
        const visit = await access.visitAt(request);
        const recoveryCodes = await factor.renewRecoveryCodes(
          portal,
          visit,
          body.password,
          browserOf(request),
        );
        return reply(200, { recoveryCodes }, { 'cache-control': 'no-store' });
      },
    }),
    route(contract.disableMfa, {
      action: 'account.edit',
      async handle({ body, request }) {
        await factor.disableMfa(portal, await access.visitAt(request), body, browserOf(request));
        return reply(204, null);
      },
    }),
  ];
}

function sessionRoutes(access: Access): Route[] {
  const { portal } = access;
  return [
    route(contract.listPortalSessions, {
      action: 'account.read',
      async handle({ request }) {
        const rows = await account.listSessions(portal, await access.visitAt(request));
        return reply(200, { rows: rows.map(sessionToWire) });
      },
    }),
    route(contract.endPortalSession, {
      action: 'account.edit',
      async handle({ params, request }) {
        await account.revokeSession(portal, await access.visitAt(request), params.id, browserOf(request));
        return reply(204, null);
      },
    }),
  ];
}

export function accountRoutes(access: Access): Route[] {
  return [...doorRoutes(access), ...providerRoutes(access), ...ownRoutes(access), ...sessionRoutes(access)];
}
