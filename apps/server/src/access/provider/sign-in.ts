/** Signing in through the provider, from the button to the session; and connecting an account one is signed in to. */
import { AppError } from '../../app-error.ts';
import { entryOf } from '../acting.ts';
import { NO_PASSWORD } from '../passwords/passwords.ts';
import { localPath } from '../portal/next-path.ts';
import { type Portal, requireToken, type Visit } from '../portal/portal.ts';
import { requirePassword } from '../portal/second-factor.ts';
import { notesOf, type ProviderNote } from '../portal/sessions.ts';
import { type Browser, complete, originOf, type SignedIn, signOut } from '../portal/sign-in.ts';
import { seal, unseal } from '../secrets.ts';
import { audited, writeAudit } from '../trail/audit.ts';
import { accountFor, connect } from './accounts.ts';
import { type Attempt, type AttemptWish, newAttempt, spendAttempt } from './attempt.ts';
import { identityOf } from './identity.ts';
import type { Provider, ProviderAnswer } from './provider.ts';
import type { ProviderRules } from './rules.ts';

/** The provider of an installation that has one. */
export interface ProviderDoor {
  readonly provider: Provider;
  readonly rules: ProviderRules;
  /** Seals what browsers keep for us. */
  readonly key: Buffer;
}

/** Begins an attempt: where to send the browser, and what its cookie has to remember. */
export async function beginAttempt(
  portal: Portal,
  { provider }: ProviderDoor,
  wish: AttemptWish,
  browser: Browser,
): Promise<{ address: string; attempt: Attempt }> {
  await requireToken(portal, `login:address:${browser.address}`, portal.rules.login);
  const attempt = newAttempt({ ...wish, next: localPath(wish.next) }, portal.clock());
  return { address: await provider.authorizationUrl(attempt), attempt };
}

/**
 * Completes an attempt. Of somebody who is connecting his account nothing begins: `visit` is the session he has, and
 * only his own attempt in it counts. Every refusal stands in the audit trail.
 */
export async function completeAttempt(
  portal: Portal,
  door: ProviderDoor,
  { attempt, answer, visit }: { attempt: Attempt; answer: ProviderAnswer; visit: Visit | null },
  browser: Browser,
): Promise<SignedIn | null> {
  await requireToken(portal, `login:address:${browser.address}`, portal.rules.login);
  try {
    await spendAttempt(portal.store, attempt);
    const proved = await door.provider.prove(answer, attempt);
    const identity = identityOf(proved.issuer, proved.claims, door.rules);
    if (identity === null) {
      throw new AppError('forbidden', 'account/provider-failed', 'What the provider said does not hold.');
    }
    if (attempt.linkUserId !== null) {
      const user = ownVisit(visit, attempt.linkUserId).user;
      await connect(portal, user, identity, { browser, how: 'signed in' });
      return null;
    }
    const user = await accountFor(portal, identity, door.rules, browser);
    if (!user.is_active) {
      throw new AppError(
        'unauthenticated',
        'account/inactive',
        'Account awaiting activation by administrator',
      );
    }
    const provider: ProviderNote = {
      mfa: identity.mfa,
      askedAtMs: attempt.anew ? portal.clock() : null,
      idToken: kept(door, proved.idToken),
    };
    const stage = user.mfa_enabled && !identity.mfa ? 'mfa_pending' : 'full';
    return await complete(portal, user, { stage, remember: false, next: attempt.next, provider }, browser);
  } catch (error) {
    if (error instanceof AppError) await writeRefusal(portal, error, browser);
    throw error;
  }
}

function ownVisit(visit: Visit | null, userId: number): Visit {
  if (visit?.state === 'full' && visit.user.id === userId) return visit;
  throw new AppError('unauthenticated', 'account/sign-in', 'Sign in first.');
}

/** What a row of a session has room for; without it the provider asks whom to sign out. */
const ID_TOKEN_CHARS_MAX = 8_000;

function kept({ key }: ProviderDoor, idToken: string): string | null {
  return idToken.length > ID_TOKEN_CHARS_MAX ? null : seal(key, idToken, 'id-token');
}

async function writeRefusal(portal: Portal, { code }: AppError, browser: Browser): Promise<void> {
  const detail = { by: 'provider', reason: code };
  const deed = { action: 'account.login', target: null, outcome: 'refused' as const, detail };
  await writeAudit(portal.store, entryOf(portal, originOf(null, browser), deed));
}

/** Begins to connect one's account, after the password was shown again. */
export async function beginConnecting(
  portal: Portal,
  door: ProviderDoor,
  { visit, password }: { visit: Visit; password: string | undefined },
  browser: Browser,
): Promise<{ address: string; attempt: Attempt }> {
  const { user } = ownVisit(visit, visit.user.id);
  await requirePassword(portal, visit, password);
  return beginAttempt(portal, door, { next: '/', anew: true, linkUserId: user.id }, browser);
}

/** Takes one's connections away; not from who has no other way in. */
export async function disconnect(portal: Portal, { user }: Visit, browser: Browser): Promise<void> {
  if (user.password_hash === NO_PASSWORD)
    throw new AppError('conflict', 'account/no-password', 'Without a password you could not come back.');
  await audited(portal.store, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('provider_accounts')
      .where('user_id', '=', user.id)
      .executeTakeFirst();
    if (Number(numDeletedRows) === 0)
      throw new AppError('not-found', 'account/not-connected', 'The account is not connected.');
    const deed = { action: 'account.provider-disconnect', target: `user:${user.id} ${user.username}` };
    return { result: undefined, entries: [entryOf(portal, originOf(user, browser), deed)] };
  });
}

/** Ends the session here, and tells where the provider ends its own; null where it has no such page, or is away. */
export async function signOutThere(
  portal: Portal,
  { provider, key }: ProviderDoor,
  visit: Visit,
  browser: Browser,
): Promise<string | null> {
  const sealed = notesOf(visit.session).provider?.idToken ?? null;
  const idToken = sealed === null ? null : unseal(key, sealed, 'id-token');
  await signOut(portal, visit, browser);
  return idToken === null ? null : provider.logoutUrl(idToken).catch(() => null);
}
