/** Sessions whose events were deleted by rule: marked, found again where they count, and never folded anew. */
import type { LogonSession } from '@logonscope/core';
import { type Kysely, sql } from 'kysely';
import type { Row, StoreDialect } from '../dialects/index.ts';
import { besideKept } from '../fold/kept.ts';
import { sessionOfBody } from '../fold/session-body.ts';
import type { Tables } from '../schema.ts';

/** Kept sessions of a computer that are not over by `since`. */
export async function readKept(
  db: Kysely<Tables>,
  companyId: number,
  computerId: number,
  since: number,
): Promise<LogonSession[]> {
  const rows = await db
    .selectFrom('sessions')
    .select('body')
    .where('company_id', '=', companyId)
    .where('computer_id', '=', computerId)
    .where('kept_since', 'is not', null)
    .where('end_at', '>=', since)
    .orderBy('start_at')
    .execute();
  return rows.map(({ body }) => sessionOfBody(body, null));
}

/** What a computer's sessions are, and up to when it has kept ones. */
interface TellingComputer {
  readonly computerId: number;
  readonly keptUntil: number | null;
  readonly sessions: readonly LogonSession[];
}

/** The sessions of a computer without those that kept ones speak for; asks only where there can be any. */
export async function withoutKept(
  db: Kysely<Tables>,
  companyId: number,
  { computerId, keptUntil, sessions }: TellingComputer,
): Promise<readonly LogonSession[]> {
  if (keptUntil === null || sessions.length === 0) return sessions;
  const first = sessions.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  if (first > keptUntil) return sessions;
  return besideKept(sessions, await readKept(db, companyId, computerId, first));
}

/** A computer's sessions by their ids. */
export interface ChosenSessions {
  readonly companyId: number;
  readonly computerId: number;
  readonly ids: readonly string[];
}

/** Marks sessions as kept from now on. */
export async function keepSessions(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  chosen: ChosenSessions,
  now: number,
): Promise<void> {
  if (chosen.ids.length === 0) return;
  await sql`update sessions set kept_since = ${now} where ${areThese(dialect, chosen)}`.execute(db);
}

/** Deletes kept sessions. */
export async function deleteKept(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  chosen: ChosenSessions,
): Promise<void> {
  if (chosen.ids.length === 0) return;
  await sql`delete from sessions where kept_since is not null and ${areThese(dialect, chosen)}`.execute(db);
}

function areThese(dialect: StoreDialect, { companyId, computerId, ids }: ChosenSessions) {
  const rows = dialect.rows(
    { id: 'text' },
    ids.map((id): Row => [id]),
  );
  return sql`company_id = ${companyId} and computer_id = ${computerId}
    and id in (select ${dialect.comparable(sql.ref('r.id'))} from ${rows})`;
}
