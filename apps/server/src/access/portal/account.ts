/** One's own account: registering, the password, and the list of one's sessions. */
import type { Insertable, Transaction } from 'kysely';
import { AppError } from '../../app-error.ts';
import { newId } from '../../db/ids.ts';
import type { Tables, Users } from '../../db/schema.ts';
import { entryOf } from '../acting.ts';
import { hashPassword, NO_PASSWORD } from '../passwords/passwords.ts';
import { passwordFaults } from '../passwords/policy.ts';
import type { GlobalRole } from '../roles.ts';
import { audited, writeAudit } from '../trail/audit.ts';
import { requireAllowedAddress } from './domains.ts';
import { emailParts, isUserName, nameKey } from './email.ts';
import { type Portal, requireToken, type Visit } from './portal.ts';
import { requirePassword } from './second-factor.ts';
import {
  type BegunSession,
  beginSession,
  endSession,
  endSessionsOf,
  notesOf,
  publicId,
  sessionsOf,
} from './sessions.ts';
import { readSection } from './settings.ts';
import { type Browser, originOf } from './sign-in.ts';

export interface NewPerson {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** Throws `account/invalid` with every field that is wrong with a new account, all at once. */
export async function requireWellFormed(portal: Portal, person: NewPerson): Promise<void> {
  const faults = passwordFaults(person.password, await readSection(portal.store.db, 'password'));
  const fields = [
    ...(isUserName(person.username)
      ? []
      : [{ field: 'username', expected: '2 to 20 letters, digits, . _ - or spaces' }]),
    ...(emailParts(person.email) ? [] : [{ field: 'email', expected: 'an e-mail address' }]),
    ...faults.map((expected) => ({ field: 'password', expected })),
  ];
  if (fields.length === 0) return requireAllowedAddress(portal.store.db, person.email);
  throw new AppError('invalid', 'account/invalid', 'The account cannot be made like this.', { fields });
}

export interface PersonFlags {
  readonly role: GlobalRole;
  readonly active: boolean;
  readonly mustChangePassword: boolean;
  readonly passwordHash: string;
  readonly nowMs: number;
}

/** A row for a new person. The hash comes from outside: hashing is slow and has no place in a transaction. */
export function newUserRow(
  person: Pick<NewPerson, 'username' | 'email'>,
  { role, active, mustChangePassword, passwordHash, nowMs }: PersonFlags,
): Insertable<Users> {
  return {
    id: newId(),
    username: person.username.normalize('NFKC').trim(),
    username_key: nameKey(person.username),
    email: person.email.trim(),
    email_key: nameKey(person.email),
    password_hash: passwordHash,
    role,
    is_active: active ? 1 : 0,
    must_change_password: mustChangePassword ? 1 : 0,
    mfa_secret: null,
    mfa_enabled: 0,
    mfa_required: null,
    mfa_last_step: null,
    failed_logins: 0,
    locked_until: null,
    created_at: nowMs,
    last_login_at: null,
    password_changed_at: nowMs,
    oidc_subject: null,
  };
}

/** Throws `account/taken` if the name or address is another person's, in whatever case. */
export async function requireFree(
  trx: Transaction<Tables>,
  { username, email, butId = 0 }: { username: string; email: string; butId?: number },
): Promise<void> {
  const keys = [nameKey(username), nameKey(email)];
  const taken = await trx
    .selectFrom('users')
    .select('id')
    .where((eb) => eb.or([eb('username_key', 'in', keys), eb('email_key', 'in', keys)]))
    .where('id', '<>', butId)
    .execute();
  if (taken.length > 0) {
    throw new AppError('conflict', 'account/taken', 'This user name or e-mail address is taken.');
  }
}

/** Registers a person, where that is open. The account is inactive until an administrator activates it. */
export async function register(portal: Portal, person: NewPerson, browser: Browser): Promise<void> {
  await requireToken(portal, `register:${browser.address}`, portal.rules.register);
  const { open } = await readSection(portal.store.db, 'registration');
  if (!open) throw new AppError('forbidden', 'account/registration-closed', 'Registration is not open here.');
  await requireWellFormed(portal, person);
  const passwordHash = await hashPassword(person.password);
  const flags = { role: 'User' as const, active: false, mustChangePassword: false };
  const row = newUserRow(person, { ...flags, passwordHash, nowMs: portal.clock() });
  await audited(portal.store, async (trx) => {
    await requireFree(trx, person);
    await trx.insertInto('users').values(row).execute();
    const deed = { action: 'account.register', target: `user:${row.id} ${row.username}` };
    return {
      result: undefined,
      entries: [entryOf(portal, originOf({ id: row.id, username: row.username }, browser), deed)],
    };
  });
}

/** Changes one's password; all sessions end, and a new one begins for this browser. */
export async function changePassword(
  portal: Portal,
  visit: Visit,
  { current, next }: { current: string; next: string },
  browser: Browser,
): Promise<BegunSession> {
  const { user, session } = visit;
  if (visit.state === 'mfa_pending')
    throw new AppError('unauthenticated', 'account/mfa-pending', 'Enter your code first.');
  if (user.password_hash === NO_PASSWORD)
    throw new AppError('conflict', 'account/no-password', 'You sign in through your provider.');
  await requirePassword(portal, visit, current);
  await requireNewPassword(portal, next, current);
  const hash = await hashPassword(next);
  const nowMs = portal.clock();
  return audited(portal.store, async (trx) => {
    const changed = { password_hash: hash, password_changed_at: nowMs, must_change_password: 0 as const };
    await trx.updateTable('users').set(changed).where('id', '=', user.id).execute();
    await endSessionsOf(trx, user.id);
    const { provider } = notesOf(session);
    const again = { userId: user.id, stage: 'full' as const, remember: session.remember === 1, provider };
    const begun = await beginSession(trx, { ...again, ...browser }, { nowMs, limits: portal.limits });
    const deed = { action: 'account.change-password', target: `user:${user.id} ${user.username}` };
    return { result: begun, entries: [entryOf(portal, originOf(user, browser), deed)] };
  });
}

/** Throws unless a password satisfies the policy and differs from the one before. */
export async function requireNewPassword(
  portal: Portal,
  password: string,
  before: string | null,
): Promise<void> {
  const faults = passwordFaults(password, await readSection(portal.store.db, 'password'));
  const all = password === before ? ['another password than now', ...faults] : faults;
  if (all.length === 0) return;
  const fields = all.map((expected) => ({ field: 'newPassword', expected }));
  throw new AppError('invalid', 'account/weak-password', 'The new password is not strong enough.', {
    fields,
  });
}

/** One's own living sessions as the account page shows them. */
export async function listSessions(portal: Portal, { user, session }: Visit) {
  const rows = await sessionsOf(portal.store.db, user.id, { nowMs: portal.clock(), limits: portal.limits });
  return rows.map((row) => ({
    id: publicId(row),
    current: row.token_hash === session.token_hash,
    address: row.address,
    userAgent: row.user_agent,
    createdAtMs: row.created_at,
    lastSeenAtMs: row.last_seen_at,
    expiresAtMs: row.expires_at,
  }));
}

/** Ends one of one's own sessions by its public name. */
export async function revokeSession(
  portal: Portal,
  { user }: Visit,
  id: string,
  browser: Browser,
): Promise<void> {
  const rows = await sessionsOf(portal.store.db, user.id, { nowMs: portal.clock(), limits: portal.limits });
  const row = rows.find((one) => publicId(one) === id);
  if (row === undefined) throw new AppError('not-found', 'session/not-found', 'There is no such session.');
  await endSession(portal.store.db, row);
  const deed = { action: 'account.revoke-session', target: `portal-session:${id}` };
  await writeAudit(portal.store, entryOf(portal, originOf(user, browser), deed));
}
