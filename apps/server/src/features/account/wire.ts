/** Accounts and portal sessions in the shapes of the contract. */
import { NO_PASSWORD } from '../../access/passwords/passwords.ts';
import type { listSessions } from '../../access/portal/account.ts';
import type { Visit } from '../../access/portal/portal.ts';
import { notesOf } from '../../access/portal/sessions.ts';
import type { GlobalRole } from '../../access/roles.ts';

const iso = (atMs: number) => new Date(atMs).toISOString();

export function visitToWire({ user, state, session, memberships, mfaRequired }: Visit) {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role as GlobalRole,
    state,
    mfaEnabled: user.mfa_enabled === 1,
    mfaRequired,
    hasPassword: user.password_hash !== NO_PASSWORD,
    signedInBy: notesOf(session).provider === undefined ? ('password' as const) : ('provider' as const),
    // Who has not shown the second factor yet learns nothing but his own name.
    companies:
      state === 'mfa_pending'
        ? []
        : memberships.map(({ companyId, companyName, role }) => ({ companyId, name: companyName, role })),
    csrfToken: session.csrf_token,
  };
}

type ListedSession = Awaited<ReturnType<typeof listSessions>>[number];

export function sessionToWire({ id, current, address, userAgent, ...at }: ListedSession) {
  const times = {
    createdAt: iso(at.createdAtMs),
    lastSeenAt: iso(at.lastSeenAtMs),
    expiresAt: iso(at.expiresAtMs),
  };
  return { id, current, address, userAgent, ...times };
}
