/** Setting up an authenticator, replacing it, and doing without: each after the password was shown again. */
import { AppError } from '../../app-error.ts';
import { entryOf } from '../acting.ts';
import { MINUTE_MS } from '../clock.ts';
import { newRecoveryCodes, recoveryCodeHash } from '../mfa/recovery-codes.ts';
import { acceptedStep, newTotpSecret, qrSvg, totpUri } from '../mfa/totp.ts';
import { NO_PASSWORD } from '../passwords/passwords.ts';
import { seal, unseal } from '../secrets.ts';
import { audited } from '../trail/audit.ts';
import { type Portal, requireToken, type Visit } from './portal.ts';
import { endSessionsOf, keptNotes, notesOf, writeNotes } from './sessions.ts';
import { type Browser, checkedPassword, originOf, spendCode } from './sign-in.ts';

const ENROL_RULE = { limit: 10, periodSeconds: 300 };

/** What an app is fed with, and what is shown to those who type. */
export interface NewAuthenticator {
  readonly secret: string;
  readonly uri: string;
  readonly qrSvg: string;
}

/** Being asked anew at the provider stands for a password for so long. */
const ASKED_ANEW_MS = 10 * MINUTE_MS;

/**
 * Throws unless the password is right; guesses count against the login limit of the name. Who has none proves himself
 * by having been asked anew at the sign-in provider.
 */
export async function requirePassword(
  portal: Portal,
  { user, session }: Visit,
  password: string | undefined,
): Promise<void> {
  if (user.password_hash === NO_PASSWORD) {
    const askedAtMs = notesOf(session).provider?.askedAtMs ?? null;
    if (askedAtMs !== null && portal.clock() - askedAtMs < ASKED_ANEW_MS) return;
    throw new AppError('forbidden', 'account/sign-in-anew', 'Sign in anew at your provider first.');
  }
  if (password === undefined) throw wrongPassword();
  await requireToken(portal, `password:${user.id}`, portal.rules.login);
  const { right } = await checkedPassword(user.password_hash, password);
  if (!right) throw wrongPassword();
}

function wrongPassword(): AppError {
  const fields = [{ field: 'password', expected: 'your current password' }];
  return new AppError('forbidden', 'account/wrong-password', 'The password is not right.', { fields });
}

/** Starts a new authenticator. Nothing changes until its first code is confirmed, so reloading the page locks nobody out. */
export async function startEnrolment(
  portal: Portal,
  visit: Visit,
  password: string | undefined,
): Promise<NewAuthenticator> {
  if (visit.state === 'mfa_pending')
    throw new AppError('unauthenticated', 'account/mfa-pending', 'Enter your code first.');
  await requirePassword(portal, visit, password);
  const secret = newTotpSecret();
  const newSecret = seal(portal.totpKey, secret, `user:${visit.user.id}`);
  await writeNotes(portal.store.db, visit.session, { ...notesOf(visit.session), newSecret });
  const uri = totpUri(secret, { issuer: portal.issuer, account: visit.user.email });
  return { secret, uri, qrSvg: await qrSvg(uri) };
}

/** Confirms the new authenticator by its first code; other sessions end. Returns ten recovery codes, shown once. */
export async function confirmEnrolment(
  portal: Portal,
  visit: Visit,
  code: string,
  browser: Browser,
): Promise<string[]> {
  const { user, session } = visit;
  await requireToken(portal, `enrol:${user.id}`, ENROL_RULE);
  const sealed = notesOf(session).newSecret;
  const secret = sealed === undefined ? null : unseal(portal.totpKey, sealed, `user:${user.id}`);
  if (sealed === undefined || secret === null || visit.state === 'mfa_pending') {
    throw new AppError('conflict', 'account/no-enrolment', 'Start setting up the authenticator first.');
  }
  const step = acceptedStep(secret, code, { nowMs: portal.clock(), lastStep: null });
  if (step === null) {
    const fields = [{ field: 'code', expected: 'the six digits your authenticator shows now' }];
    throw new AppError('invalid', 'account/wrong-code', 'The code is not right.', { fields });
  }
  const codes = newRecoveryCodes();
  await audited(portal.store, async (trx) => {
    const enabled = { mfa_secret: sealed, mfa_enabled: 1 as const, mfa_last_step: step };
    await trx.updateTable('users').set(enabled).where('id', '=', user.id).execute();
    await storeCodes(trx, { userId: user.id, codes, nowMs: portal.clock() });
    await endSessionsOf(trx, user.id, session.token_hash);
    await writeNotes(trx, session, keptNotes(session));
    const deed = { action: 'account.mfa-enable', target: `user:${user.id} ${user.username}` };
    return { result: undefined, entries: [entryOf(portal, originOf(user, browser), deed)] };
  });
  return codes;
}

async function storeCodes(
  trx: Portal['store']['db'],
  { userId, codes, nowMs }: { userId: number; codes: readonly string[]; nowMs: number },
): Promise<void> {
  await trx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  const rows = codes.map((code) => ({
    user_id: userId,
    code_hash: recoveryCodeHash(userId, code),
    used_at: null,
    created_at: nowMs,
  }));
  await trx.insertInto('recovery_codes').values(rows).execute();
}

/** Replaces the recovery codes; the old ones are worth nothing from then on. */
export async function renewRecoveryCodes(
  portal: Portal,
  visit: Visit,
  password: string | undefined,
  browser: Browser,
): Promise<string[]> {
  const { user } = visit;
  if (!user.mfa_enabled) throw new AppError('conflict', 'account/no-mfa', 'No authenticator is set up.');
  await requirePassword(portal, visit, password);
  const codes = newRecoveryCodes();
  await audited(portal.store, async (trx) => {
    await storeCodes(trx, { userId: user.id, codes, nowMs: portal.clock() });
    const deed = { action: 'account.recovery-codes', target: `user:${user.id} ${user.username}` };
    return { result: undefined, entries: [entryOf(portal, originOf(user, browser), deed)] };
  });
  return codes;
}

/** Does without a second factor: with password and code, and only where none is required. */
export async function disableMfa(
  portal: Portal,
  visit: Visit,
  { password, code }: { password?: string | undefined; code: string },
  browser: Browser,
): Promise<void> {
  const { user, mfaRequired } = visit;
  if (!user.mfa_enabled) throw new AppError('conflict', 'account/no-mfa', 'No authenticator is set up.');
  if (mfaRequired)
    throw new AppError('forbidden', 'account/mfa-required', 'Your account needs a second factor.');
  await requirePassword(portal, visit, password);
  await requireToken(portal, `code:${user.id}`, ENROL_RULE);
  if (!(await spendCode(portal, user, code))) {
    throw new AppError('forbidden', 'account/wrong-code', 'The code is not right.');
  }
  await audited(portal.store, async (trx) => {
    await forgetMfa(trx, user.id);
    const deed = { action: 'account.mfa-disable', target: `user:${user.id} ${user.username}` };
    return { result: undefined, entries: [entryOf(portal, originOf(user, browser), deed)] };
  });
}

/** Takes the authenticator and its recovery codes away. */
export async function forgetMfa(trx: Portal['store']['db'], userId: number): Promise<void> {
  const none = { mfa_secret: null, mfa_enabled: 0 as const, mfa_last_step: null };
  await trx.updateTable('users').set(none).where('id', '=', userId).execute();
  await trx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
}
