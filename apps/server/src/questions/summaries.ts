/** What there is of a person or computer in a range, added up by the database. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { isOneOf } from './asked.ts';
import { firstStart } from './sessions.ts';
import type { Source } from './source.ts';

/** Kinds of sessions in which a person sits at a desktop, as `isPersonal` of the core has them. */
export const PERSONAL_KINDS = ['console', 'remote', 'unknown'] as const;

export interface Within {
  readonly companyId: number;
  /** Half-open; null is unbounded. */
  readonly from: number | null;
  readonly to: number | null;
}

/** A range, and the start of the first session that reaches into it. */
export interface Reach extends Within {
  readonly first: number | null;
}

/** Looks up where the sessions of a range begin, so that older ones need not be read. */
export async function reachOf(source: Source, within: Within): Promise<Reach> {
  const { companyId, from } = within;
  return { ...within, first: from === null ? null : await firstStart(source, companyId, from) };
}

/** Personal sessions that touch the range. */
export function personalSessions({ scope }: Pick<Source, 'scope'>, { companyId, from, to, first }: Reach) {
  let query = scope
    .sessions()
    .where('sessions.company_id', '=', companyId)
    .where('sessions.kind', 'in', PERSONAL_KINDS);
  if (to !== null) query = query.where('sessions.start_at', '<', to);
  if (first !== null) query = query.where('sessions.start_at', '>=', first);
  if (from !== null) query = query.where(lastSign, '>=', from);
  return query;
}

/** The end of a session, or, while it is open, how far it is counted. */
const lastSign = sql<number>`coalesce(sessions.end_at, sessions.start_at + sessions.duration_ms)`;

/** Sums of some sessions, as `summaryOf` reads them. */
export const SUMS = [
  sql<number>`min(sessions.start_at)`.as('first_start'),
  sql<number>`max(sessions.start_at)`.as('last_start'),
  sql<number>`max(${lastSign})`.as('last_sign'),
  sql<number>`count(*)`.as('sessions'),
  sql<number>`sum(case when sessions.end_at is null then 1 else 0 end)`.as('open_sessions'),
  sql<number>`sum(sessions.use_ms)`.as('use_ms'),
  sql<number>`sum(sessions.elevated)`.as('elevated'),
] as const;

export interface SumsRow {
  readonly first_start: number | null;
  readonly last_sign: number | null;
  readonly sessions: number;
  readonly open_sessions: number;
  readonly use_ms: number;
  readonly elevated: number;
}

const isoOrNull = (at: number | null | undefined) =>
  at === null || at === undefined ? null : new Date(Number(at)).toISOString();

/** Sums as they travel; without a row there were no sessions. */
export function summaryOf(row: SumsRow | undefined, failedLogons: number) {
  return {
    firstSeen: isoOrNull(row?.first_start),
    lastSeen: isoOrNull(row?.last_sign),
    sessions: Number(row?.sessions ?? 0),
    openSessions: Number(row?.open_sessions ?? 0),
    useSeconds: Number(row?.use_ms ?? 0) / 1000,
    elevations: Number(row?.elevated ?? 0),
    failedLogons,
  };
}

/** Failed logons in the range by user name or by computer, for some of them. */
export async function failedLogons<K extends 'user_name' | 'computer_id'>(
  { scope }: Pick<Source, 'scope'>,
  { companyId, from, to }: Within,
  by: K,
  some: readonly (K extends 'user_name' ? string : number)[],
): Promise<ReadonlyMap<string | number, number>> {
  if (some.length === 0) return new Map();
  const column = sql.ref<string | number>(`events.${by}`);
  const failed: RawBuilder<SqlBool> = sql`events.signal = ${'logonFailed'}`;
  let query = scope
    .events('person.read')
    .where('events.company_id', '=', companyId)
    .where(failed)
    .where(isOneOf(column, some));
  if (from !== null) query = query.where('events.time', '>=', from);
  if (to !== null) query = query.where('events.time', '<', to);
  const rows = await query
    .select([column.as('whose'), sql<number>`count(*)`.as('failed')])
    .groupBy(column)
    .execute();
  return new Map(rows.map(({ whose, failed: count }) => [whose, Number(count)]));
}

/** A search for part of a name; stars in it stand for anything. Empty finds all. */
export function searchPattern(search: string): string {
  return `*${search.trim()}*`;
}

/** A range of the query string. */
export function withinOf(
  companyId: number,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Within {
  return {
    companyId,
    from: from === undefined ? null : Date.parse(from),
    to: to === undefined ? null : Date.parse(to),
  };
}
