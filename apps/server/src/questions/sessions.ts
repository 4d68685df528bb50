/** Sessions of a question: the rows in the order asked for, and the predicate for those the database cannot judge. */
import {
  allHold,
  type Condition,
  conditionOf,
  type FilterChip,
  type LogonSession,
  sessionTest,
} from '@logonscope/core';
import type { CursorKeys } from '@logonscope/protocol';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { sessionOfBody } from '../db/index.ts';
import { askCondition, isOneOf } from './asked.ts';
import { placesOf } from './places.ts';
import type { Question } from './question.ts';
import type { Scan } from './scan.ts';
import { askSession } from './session-predicates.ts';
import type { Source } from './source.ts';

export interface SessionRow {
  readonly computer_id: number;
  readonly id: string;
  readonly start_at: number;
  readonly site_id: number | null;
  readonly sorted_by: number;
  readonly body: string;
  readonly as_of: number | null;
}

export type SessionSort = 'start' | 'use' | 'duration';

export interface SessionOrder {
  readonly sort: SessionSort;
  readonly order: 'asc' | 'desc';
}

export interface AskedSessions {
  /** Nothing but the company, the range and the filter; for totals. */
  rows(): Promise<SessionRows>;
  /** The same without a hint where in time to begin; for those who go by account or computer. */
  reaching(): SessionRows;
  /** `also` are conditions that lead straight to few rows, such as one account. */
  scan(order: SessionOrder, also?: readonly RawBuilder<SqlBool>[]): Scan<SessionRow, LogonSession>;
  /** Whether the filter itself names who or where, so that few rows are left. */
  readonly narrow: boolean;
  readonly fits: ((session: LogonSession) => boolean) | null;
  readonly ignored: readonly FilterChip[];
}

type SessionRows = ReturnType<Source['scope']['sessions']>;

/** Kinds of the cursor's keys: what it is sorted by, start, id. */
export const SESSION_KEYS = ['number', 'number', 'string'] as const;

const SORTED_BY: Readonly<Record<SessionSort, 'start_at' | 'use_ms' | 'duration_ms'>> = {
  start: 'start_at',
  use: 'use_ms',
  duration: 'duration_ms',
};

/**
 * Prepares a question about sessions that touch its range; the filter's names are looked up once. `always` are conditions
 * that no filter can say, on the table's columns.
 */
export async function askSessions(
  source: Source,
  question: Question,
  always: readonly RawBuilder<SqlBool>[] = [],
): Promise<AskedSessions> {
  const { companyId, from, to, filter, context } = question;
  const condition = conditionOf(filter, 'session');
  const places = await placesOf(source, { companyId, table: 'sessions', condition });
  const { where, rest } = askCondition(condition, (predicate) => askSession(predicate, places));
  const fits = rest.length === 0 ? null : allHold(rest, (predicate) => sessionTest(predicate, context));
  const narrow = isNarrow(condition);
  const begun = (since: number | null, also: readonly RawBuilder<SqlBool>[] = []) => {
    let query = source.scope.sessions().where('sessions.company_id', '=', companyId);
    if (since !== null) query = query.where('sessions.start_at', '>=', since);
    if (to !== null) query = query.where('sessions.start_at', '<', to);
    for (const one of [...where, ...always, ...also]) query = query.where(one);
    return query;
  };
  const reaching = (also: readonly RawBuilder<SqlBool>[] = []) =>
    from === null ? begun(null, also) : begun(null, also).where(reaches(from));
  // Looked for once, and only by those who get that far.
  let first: Promise<number> | null = null;
  const rows = async () => {
    // The index of an account or computer leads to few rows; older ones among them cost less than the look for the first.
    if (from === null || narrow) return reaching();
    first ??= firstStart(source, companyId, from);
    return begun(await first).where(reaches(from));
  };
  const scan: AskedSessions['scan'] = (order, also) =>
    sessionScan(source, {
      ...{ order, fits },
      begun: () => (from === null ? null : begun(from, also)),
      rows: also === undefined ? rows : async () => reaching(also),
    });
  return { rows, reaching: () => reaching(), scan, narrow, fits, ignored: condition.ignored };
}

/** Whether a filter names who or where without a star. */
function isNarrow({ all }: Condition): boolean {
  return all.some(
    ({ any, negated }) =>
      !negated &&
      any.every((one) => (one.is === 'account' || one.is === 'computer') && !one.pattern.includes('*')),
  );
}

/** Whether a session is still there at `from`; one that is open is there until its computer was last heard of. */
function reaches(from: number): RawBuilder<SqlBool> {
  return sql<SqlBool>`(sessions.start_at >= ${from} or sessions.end_at >= ${from}
    or (sessions.end_at is null and sessions.start_at + sessions.duration_ms >= ${from}))`;
}

/**
 * Where to begin reading in order of start: the first session that reaches into the range, mostly hours before it.
 * `+ 0` leaves the database only the index by end, which holds all that is asked here.
 */
export async function firstStart({ scope }: Source, companyId: number, from: number): Promise<number> {
  const before = () =>
    scope
      .sessions()
      .select(sql<number | null>`min(sessions.start_at + 0)`.as('first'))
      .where('sessions.company_id', '=', companyId)
      .where(sql<SqlBool>`sessions.start_at + 0 < ${from}`);
  const ended = await before().where('sessions.end_at', '>=', from).executeTakeFirst();
  const open = await before().where('sessions.end_at', 'is', null).executeTakeFirst();
  return Math.min(from, Number(ended?.first ?? from), Number(open?.first ?? from));
}

interface SessionScan {
  rows(): Promise<SessionRows>;
  /** Only those that begin in the range; null where it has no beginning. */
  begun(): SessionRows | null;
  readonly order: SessionOrder;
  readonly fits: AskedSessions['fits'];
}

function sessionScan(
  source: Source,
  { rows, begun, order, fits }: SessionScan,
): Scan<SessionRow, LogonSession> {
  const newestFirst = order.sort === 'start' && order.order === 'desc';
  return {
    fits,
    keysOf: ({ sorted_by, start_at, id }) => [sorted_by, start_at, id],
    read: ({ body, as_of }) => sessionOfBody(body, as_of),
    async fetch(after, count) {
      // Where the newest come first, those that began before the range come last: mostly nobody gets there.
      const all = newestFirst ? begun() : null;
      const found = all === null ? [] : await sortedPage(source, all, { after, order, count });
      if (all !== null && found.length === count) return found;
      return sortedPage(source, await rows(), { after, order, count });
    },
  };
}

interface PageWish {
  readonly after: CursorKeys | null;
  readonly order: SessionOrder;
  readonly count: number;
}

async function sortedPage(source: Source, rows: SessionRows, wish: PageWish): Promise<SessionRow[]> {
  const sortedBy = `sessions.${SORTED_BY[wish.order.sort]}` as const;
  const { order } = wish.order;
  const past = wish.after === null ? rows : rows.where(isAfter(sortedBy, wish.after, order));
  if (wish.order.sort === 'start') {
    const sorted = withBodies(past).select(`${sortedBy} as sorted_by`).orderBy(sortedBy, order);
    return sorted.orderBy('sessions.id', order).modifyEnd(source.limit(wish.count)).execute();
  }
  // All in the range are sorted, which an index may do without looking at a row; only then are those wanted read.
  const keys = await past
    .select(['sessions.id', 'sessions.start_at', `${sortedBy} as sorted_by`])
    .orderBy(sortedBy, order)
    .orderBy('sessions.start_at', order)
    .orderBy('sessions.id', order)
    .modifyEnd(source.limit(wish.count))
    .execute();
  const ids = keys.map(({ id }) => id);
  const found = await withBodies(rows.where(isOneOf(sql.ref('sessions.id'), ids)))
    .select(`${sortedBy} as sorted_by`)
    .execute();
  const place = new Map(ids.map((id, i) => [id, i]));
  return found.sort((a, b) => place.get(a.id)! - place.get(b.id)!);
}

const withBodies = (rows: SessionRows) =>
  rows
    .innerJoin('computers', (join) =>
      join
        .onRef('computers.company_id', '=', 'sessions.company_id')
        .onRef('computers.id', '=', 'sessions.computer_id'),
    )
    .select(['sessions.computer_id', 'sessions.id', 'sessions.start_at', 'sessions.site_id'])
    .select(['sessions.body', 'computers.as_of']);

/** The first comparison lets the index find the place; the others part rows of equal keys. */
function isAfter(sortedBy: string, [key, start, id]: CursorKeys, order: 'asc' | 'desc') {
  const column = sql.ref(sortedBy);
  const reached = sql.raw(order === 'asc' ? '>=' : '<=');
  const past = sql.raw(order === 'asc' ? '>' : '<');
  return sql<SqlBool>`(${column} ${reached} ${key} and (${column} ${past} ${key}
    or sessions.start_at ${past} ${start} or (sessions.start_at = ${start} and sessions.id ${past} ${id})))`;
}
