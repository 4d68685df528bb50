/** Signing in: name and password, then the second factor; and what a stranger may learn on the way, which is nothing. */
import { AppError } from '../../app-error.ts';
import { entryOf } from '../acting.ts';
import type { PortalState } from '../mfa/mfa-policy.ts';
import { recoveryCodeHash } from '../mfa/recovery-codes.ts';
import { acceptedStep } from '../mfa/totp.ts';
import { checkPassword } from '../passwords/passwords.ts';
import { Crowded } from '../passwords/turnstile.ts';
import { unseal } from '../secrets.ts';
import { type Origin, writeAudit } from '../trail/audit.ts';
import { nameKey } from './email.ts';
import { localPath } from './next-path.ts';
import { type UserRow, userByLogin } from './people.ts';
import { type Portal, requireToken, type Visit, visitOf } from './portal.ts';
import {
  type BegunSession,
  beginSession,
  endSession,
  notesOf,
  type ProviderNote,
  writeNotes,
} from './sessions.ts';

/** Wrong codes after which the password has to be entered anew. */
const CODE_ATTEMPTS = 5;
/** Over all sessions of a person: a million codes stay out of reach of whoever has the password. */
const CODE_RULE = { limit: 10, periodSeconds: 300 };

export interface SignIn {
  /** User name or e-mail address, in any case. */
  readonly login: string;
  readonly password: string;
  readonly remember: boolean;
  readonly next?: string | null;
}

export interface Browser {
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

export interface SignedIn {
  readonly session: BegunSession;
  readonly state: PortalState;
  /** Where to go, always within this site. */
  readonly next: string;
}

/** Checks a password; where many are checked at once the caller is asked for patience. */
export async function checkedPassword(stored: string | null, password: string) {
  try {
    return await checkPassword(stored, password);
  } catch (error) {
    if (!(error instanceof Crowded)) throw error;
    throw new AppError('unavailable', 'access/crowded', 'Many people sign in just now; try again.', {
      retryAfterSeconds: 2,
    });
  }
}

export function originOf(user: Pick<UserRow, 'id' | 'username'> | null, browser: Browser): Origin {
  return {
    userId: user?.id ?? null,
    userName: user?.username ?? null,
    address: browser.address,
    requestId: browser.requestId,
  };
}

/**
 * Begins a session for the right password. Throws `account/wrong-login` in the same words and time for an unknown name
 * and a wrong password, and `account/inactive` only after the right one.
 */
export async function signIn(portal: Portal, asked: SignIn, browser: Browser): Promise<SignedIn> {
  const { db } = portal.store;
  await requireToken(portal, `login:address:${browser.address}`, portal.rules.login);
  await requireToken(portal, `login:name:${nameKey(asked.login).slice(0, 254)}`, portal.rules.login);
  const user = await userByLogin(db, asked.login);
  const { right, betterHash } = await checkedPassword(user?.password_hash ?? null, asked.password);
  const refuse = async (reason: string, code: string, message: string) => {
    const origin = originOf(user ?? null, browser);
    const target = user ? `user:${user.id} ${user.username}` : `name:${asked.login}`;
    await writeAudit(
      portal.store,
      entryOf(portal, origin, { action: 'account.login', target, outcome: 'refused', detail: { reason } }),
    );
    return new AppError('unauthenticated', code, message);
  };
  if (!user || !right)
    throw await refuse('wrong name or password', 'account/wrong-login', 'Invalid Username or Password');
  if (!user.is_active)
    throw await refuse('inactive', 'account/inactive', 'Account awaiting activation by administrator');
  if (betterHash !== null) {
    await db.updateTable('users').set({ password_hash: betterHash }).where('id', '=', user.id).execute();
  }
  const stage = user.mfa_enabled ? 'mfa_pending' : 'full';
  return complete(portal, user, { stage, remember: asked.remember, next: asked.next ?? null }, browser);
}

export interface Completion {
  readonly stage: 'full' | 'mfa_pending';
  readonly remember: boolean;
  readonly next: string | null;
  /** Where a provider vouched for the person. */
  readonly provider?: ProviderNote | undefined;
}

/** Begins the session and writes the login down once nothing is pending. */
export async function complete(
  portal: Portal,
  user: UserRow,
  { stage, remember, next, provider }: Completion,
  browser: Browser,
): Promise<SignedIn> {
  const { db } = portal.store;
  const nowMs = portal.clock();
  const { address, userAgent } = browser;
  const wanted = { userId: user.id, stage, remember, address, userAgent, provider };
  const session = await beginSession(db, wanted, { nowMs, limits: portal.limits });
  if (stage === 'full') {
    await db.updateTable('users').set({ last_login_at: nowMs }).where('id', '=', user.id).execute();
    const how = provider === undefined ? {} : { detail: { by: 'provider', mfa: provider.mfa } };
    const deed = { action: 'account.login', target: `user:${user.id} ${user.username}`, ...how };
    await writeAudit(portal.store, entryOf(portal, originOf(user, browser), deed));
  }
  const visit = await visitOf(portal, session.token);
  return { session, state: visit?.state ?? stage, next: localPath(next) };
}

/**
 * Completes a pending session with a code of the authenticator or a recovery code. The session gets a new token: the
 * one from before the second factor opens nothing. Throws `account/wrong-code`, and ends the session after five.
 */
export async function verifyCode(
  portal: Portal,
  visit: Visit,
  code: string,
  browser: Browser,
): Promise<SignedIn> {
  const { db } = portal.store;
  const { session, user } = visit;
  if (visit.state !== 'mfa_pending')
    throw new AppError('conflict', 'account/nothing-pending', 'No code is asked for.');
  await requireToken(portal, `code:${user.id}`, CODE_RULE);
  if (!(await spendCode(portal, user, code))) {
    const attempts = (notesOf(session).attempts ?? 0) + 1;
    const over = attempts >= CODE_ATTEMPTS;
    await (over ? endSession(db, session) : writeNotes(db, session, { ...notesOf(session), attempts }));
    const detail = { reason: 'wrong code', attempts };
    const deed = {
      action: 'account.login',
      target: `user:${user.id} ${user.username}`,
      outcome: 'refused' as const,
      detail,
    };
    await writeAudit(portal.store, entryOf(portal, originOf(user, browser), deed));
    throw new AppError(
      'unauthenticated',
      'account/wrong-code',
      over ? 'Invalid MFA code; sign in again' : 'Invalid MFA code',
    );
  }
  await endSession(db, session);
  const { provider } = notesOf(session);
  const completion = { stage: 'full' as const, remember: session.remember === 1, next: null, provider };
  return complete(portal, user, completion, browser);
}

/** Whether the code is good now; it is spent by that, even if two requests bring it at once. */
export async function spendCode(portal: Portal, user: UserRow, code: string): Promise<boolean> {
  const { db } = portal.store;
  if (user.mfa_secret === null) return false;
  const secret = unseal(portal.totpKey, user.mfa_secret, `user:${user.id}`);
  const step = secret && acceptedStep(secret, code, { nowMs: portal.clock(), lastStep: user.mfa_last_step });
  if (step) {
    const { numUpdatedRows } = await db
      .updateTable('users')
      .set({ mfa_last_step: step })
      .where('id', '=', user.id)
      .where((eb) => eb.or([eb('mfa_last_step', 'is', null), eb('mfa_last_step', '<', step)]))
      .executeTakeFirst();
    return Number(numUpdatedRows) === 1;
  }
  const { numUpdatedRows } = await db
    .updateTable('recovery_codes')
    .set({ used_at: portal.clock() })
    .where('user_id', '=', user.id)
    .where('code_hash', '=', recoveryCodeHash(user.id, code))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** Ends the session of a visit. */
export async function signOut(portal: Portal, { session, user }: Visit, browser: Browser): Promise<void> {
  await endSession(portal.store.db, session);
  const deed = { action: 'account.logout', target: `user:${user.id} ${user.username}` };
  await writeAudit(portal.store, entryOf(portal, originOf(user, browser), deed));
}
