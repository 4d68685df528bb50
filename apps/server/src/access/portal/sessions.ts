/** Portal sessions: a random token in the browser, its digest here; they end by idling, by age, or when revoked. */
import type { Kysely, Selectable } from 'kysely';
import type { PortalSessions, Tables } from '../../db/schema.ts';
import { HOUR_MS, MINUTE_MS } from '../clock.ts';
import type { PortalState } from '../mfa/mfa-policy.ts';
import { randomToken, tokenHash } from '../secrets.ts';

export interface SessionLimits {
  /** Without a request for so long a session ends. */
  readonly idleMs: number;
  /** However busy, it ends then. */
  readonly absoluteMs: number;
  /** Both, for those who asked to be remembered. */
  readonly rememberMs: number;
}

/** The original's two hours of idling; a working day; four weeks for those who asked. */
export const SESSION_LIMITS: SessionLimits = {
  idleMs: 2 * HOUR_MS,
  absoluteMs: 12 * HOUR_MS,
  rememberMs: 28 * 24 * HOUR_MS,
};

/** Between password and second factor nobody needs longer. */
const PENDING_MS = 10 * MINUTE_MS;
/** The time of last use is stored this coarsely: a page of ten requests writes once. */
const TOUCH_MS = MINUTE_MS;
const AGENT_CHARS_MAX = 300;
const PUBLIC_ID_DIGITS = 16;

export type SessionRow = Selectable<PortalSessions>;

/** What is kept with a session: how it came about, and what is needed until it is complete. */
export interface SessionNotes {
  /** Wrong codes so far. */
  readonly attempts?: number;
  /** The sealed secret of an authenticator that is being set up. */
  readonly newSecret?: string;
  /** Of one that a sign-in provider vouched for. */
  readonly provider?: ProviderNote;
}

export interface ProviderNote {
  /** Whether what was shown there counts as a second factor. */
  readonly mfa: boolean;
  /** When the provider asked the person anew; null if it let in a browser that it knew. */
  readonly askedAtMs: number | null;
  /** The sealed token by which the provider knows whom to sign out. */
  readonly idToken: string | null;
}

export interface NewSession {
  readonly userId: number;
  readonly stage: Extract<PortalState, 'full' | 'mfa_pending'>;
  readonly remember: boolean;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly provider?: ProviderNote | undefined;
}

/** A session right after it began: the only time its token is known. */
export interface BegunSession {
  readonly token: string;
  readonly csrfToken: string;
  readonly row: SessionRow;
}

/** The name a session goes by in lists: a piece of the digest, useless as a token. */
export function publicId(row: Pick<SessionRow, 'token_hash'>): string {
  return row.token_hash.slice(0, PUBLIC_ID_DIGITS);
}

/** Begins a session. */
export async function beginSession(
  db: Kysely<Tables>,
  { userId, stage, remember, address, userAgent, provider }: NewSession,
  { nowMs, limits }: { nowMs: number; limits: SessionLimits },
): Promise<BegunSession> {
  const token = randomToken();
  const lasts = stage === 'mfa_pending' ? PENDING_MS : remember ? limits.rememberMs : limits.absoluteMs;
  const row: SessionRow = {
    token_hash: tokenHash(token),
    user_id: userId,
    stage,
    csrf_token: randomToken(),
    data: provider === undefined ? null : JSON.stringify({ provider } satisfies SessionNotes),
    address,
    user_agent: userAgent?.slice(0, AGENT_CHARS_MAX) ?? null,
    remember: remember ? 1 : 0,
    created_at: nowMs,
    last_seen_at: nowMs,
    expires_at: nowMs + lasts,
  };
  await db.insertInto('portal_sessions').values(row).execute();
  return { token, csrfToken: row.csrf_token, row };
}

/** Whether a session has neither idled nor aged out. */
export function isAlive(
  row: SessionRow,
  { nowMs, limits }: { nowMs: number; limits: SessionLimits },
): boolean {
  const idleMs = row.remember ? limits.rememberMs : limits.idleMs;
  return nowMs < row.expires_at && nowMs < row.last_seen_at + idleMs;
}

/** The living session of a token; its time of last use moves on. */
export async function findSession(
  db: Kysely<Tables>,
  token: string,
  at: { nowMs: number; limits: SessionLimits },
): Promise<SessionRow | null> {
  const hash = tokenHash(token);
  const row = await db
    .selectFrom('portal_sessions')
    .selectAll()
    .where('token_hash', '=', hash)
    .executeTakeFirst();
  if (row === undefined || !isAlive(row, at)) return null;
  if (at.nowMs - row.last_seen_at >= TOUCH_MS) {
    await db
      .updateTable('portal_sessions')
      .set({ last_seen_at: at.nowMs })
      .where('token_hash', '=', hash)
      .execute();
  }
  return row;
}

export function notesOf(row: SessionRow): SessionNotes {
  return row.data === null ? {} : (JSON.parse(row.data) as SessionNotes);
}

/** What of the notes outlives the steps of signing in. */
export function keptNotes(row: SessionRow): SessionNotes {
  const { provider } = notesOf(row);
  return provider === undefined ? {} : { provider };
}

export async function writeNotes(db: Kysely<Tables>, row: SessionRow, notes: SessionNotes): Promise<void> {
  const data = JSON.stringify(notes);
  await db.updateTable('portal_sessions').set({ data }).where('token_hash', '=', row.token_hash).execute();
}

export async function endSession(db: Kysely<Tables>, row: Pick<SessionRow, 'token_hash'>): Promise<void> {
  await db.deleteFrom('portal_sessions').where('token_hash', '=', row.token_hash).execute();
}

/** Ends all sessions of a person but one, or all; tells how many. */
export async function endSessionsOf(
  db: Kysely<Tables>,
  userId: number,
  butHash: string | null = null,
): Promise<number> {
  let query = db.deleteFrom('portal_sessions').where('user_id', '=', userId);
  if (butHash !== null) query = query.where('token_hash', '<>', butHash);
  return Number((await query.executeTakeFirst()).numDeletedRows);
}

/** The living sessions of a person, newest first. */
export async function sessionsOf(
  db: Kysely<Tables>,
  userId: number,
  at: { nowMs: number; limits: SessionLimits },
): Promise<SessionRow[]> {
  const rows = await db
    .selectFrom('portal_sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.filter((row) => isAlive(row, at));
}

/** Throws the ended ones away. Remembered sessions have the longest life, so nothing older can be alive. */
export async function sweepSessions(db: Kysely<Tables>, nowMs: number): Promise<void> {
  await db.deleteFrom('portal_sessions').where('expires_at', '<=', nowMs).execute();
}
