/** An attempt to sign in through the provider: what we have to remember until the browser comes back, sealed in its own cookie. */
import { z } from 'zod';
import { AppError } from '../../app-error.ts';
import type { Store } from '../../db/store.ts';
import { type Clock, MINUTE_MS } from '../clock.ts';
import { randomToken, sameText, seal, tokenHash, unseal } from '../secrets.ts';
import type { Checks } from './provider.ts';

/** Nobody types a password and a code for longer. */
const LASTS_MS = 10 * MINUTE_MS;
const BOUND_TO = 'provider-attempt';

const attemptShape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  anew: z.boolean(),
  next: z.string(),
  /** The person who wants to connect his account, in place of signing in. */
  linkUserId: z.number().int().nullable(),
  untilMs: z.number(),
});

export type Attempt = z.output<typeof attemptShape> & Checks;

export type AttemptWish = Pick<Attempt, 'next' | 'anew' | 'linkUserId'>;

export function newAttempt(wish: AttemptWish, nowMs: number): Attempt {
  const secrets = { state: randomToken(), nonce: randomToken(), verifier: randomToken() };
  return { ...wish, ...secrets, untilMs: nowMs + LASTS_MS };
}

const nameOf = (secure: boolean) => (secure ? '__Host-logonscope-provider' : 'logonscope-provider');

/** The Set-Cookie header; it has to come along when the provider sends the browser back, hence Lax. */
export function attemptCookie(attempt: Attempt, { key, secure }: { key: Buffer; secure: boolean }): string {
  const sealed = seal(key, JSON.stringify(attempt), BOUND_TO);
  return `${nameOf(secure)}=${sealed}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=${LASTS_MS / 1_000}`;
}

/** Makes the browser forget it. */
export function noAttemptCookie(secure: boolean): string {
  return `${nameOf(secure)}=; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=0`;
}

/**
 * The attempt of this browser that the state belongs to. Throws `account/provider-expired` for a browser that never
 * began one, too late, or with another state: somebody else's answer opens nothing here.
 */
export function attemptOf(
  header: string | undefined,
  state: string,
  { key, secure, nowMs }: { key: Buffer; secure: boolean; nowMs: number },
): Attempt {
  const start = `${nameOf(secure)}=`;
  const pair = header?.split(/; */).find((one) => one.startsWith(start));
  const text = pair === undefined ? null : unseal(key, pair.slice(start.length), BOUND_TO);
  const read = attemptShape.safeParse(text === null ? null : JSON.parse(text));
  if (!read.success || read.data.untilMs <= nowMs || !sameText(read.data.state, state)) {
    throw new AppError('forbidden', 'account/provider-expired', 'This sign-in has expired; begin anew.');
  }
  return read.data;
}

/** Spends an attempt: a second answer to it, be it by another server of the same database, is refused. */
export async function spendAttempt(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  { state, untilMs }: Attempt,
): Promise<void> {
  const row = { digest: tokenHash(`${BOUND_TO} ${state}`), expires_at: untilMs };
  try {
    await db.insertInto('spent_tokens').values(row).execute();
  } catch (error) {
    if (!dialect.isDuplicate(error)) throw error;
    throw new AppError('forbidden', 'account/provider-replayed', 'This sign-in was completed already.');
  }
}

/** Throws away what would be refused as expired anyway. */
export async function sweepSpent({ db }: Pick<Store, 'db'>, clock: Clock): Promise<void> {
  await db.deleteFrom('spent_tokens').where('expires_at', '<=', clock()).execute();
}
