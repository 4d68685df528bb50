/** Sessions of a question: the rows in the order asked for, and the predicate for those the database cannot judge. */
import { allHold, conditionOf, type FilterChip, type LogonSession, sessionTest } from '@logonscope/core';
import type { CursorKeys } from '@logonscope/protocol';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { sessionOfBody } from '../db/index.ts';
import { askCondition } from './asked.ts';
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
  rows(): ReturnType<Source['scope']['sessions']>;
  scan(order: SessionOrder): Scan<SessionRow, LogonSession>;
  readonly fits: ((session: LogonSession) => boolean) | null;
  readonly ignored: readonly FilterChip[];
}

/** Kinds of the cursor's keys: what it is sorted by, start, id. */
export const SESSION_KEYS = ['number', 'number', 'string'] as const;

const SORTED_BY: Readonly<Record<SessionSort, 'start_at' | 'use_ms' | 'duration_ms'>> = {
  start: 'start_at',
  use: 'use_ms',
  duration: 'duration_ms',
};

/**
 * Prepares a question about sessions that touch its range; the filter's names are looked up once. `also` are conditions
 * that no filter can say, on the table's columns.
 */
export async function askSessions(
  source: Source,
  question: Question,
  also: readonly RawBuilder<SqlBool>[] = [],
): Promise<AskedSessions> {
  const { companyId, from, to, filter, context } = question;
  const condition = conditionOf(filter, 'session');
  const places = await placesOf(source, { companyId, table: 'sessions', condition });
  const { where, rest } = askCondition(condition, (predicate) => askSession(predicate, places));
  const fits = rest.length === 0 ? null : allHold(rest, (predicate) => sessionTest(predicate, context));
  const first = from === null ? null : await firstStart(source, companyId, from);
  const rows = () => {
    let query = source.scope.sessions().where('sessions.company_id', '=', companyId);
    if (from !== null) query = query.where('sessions.start_at', '>=', first!).where(reaches(from));
    if (to !== null) query = query.where('sessions.start_at', '<', to);
    for (const one of [...where, ...also]) query = query.where(one);
    return query;
  };
  const scan = (order: SessionOrder) => sessionScan(source, rows, order, fits);
  return { rows, scan, fits, ignored: condition.ignored };
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

function sessionScan(
  { limit }: Source,
  rows: AskedSessions['rows'],
  { sort, order }: SessionOrder,
  fits: AskedSessions['fits'],
): Scan<SessionRow, LogonSession> {
  const sortedBy = `sessions.${SORTED_BY[sort]}` as const;
  return {
    fits,
    keysOf: ({ sorted_by, start_at, id }) => [sorted_by, start_at, id],
    read: ({ body, as_of }) => sessionOfBody(body, as_of),
    fetch(after, count) {
      const page = after === null ? rows() : rows().where(isAfter(sortedBy, after, order));
      const sorted = page
        .innerJoin('computers', (join) =>
          join
            .onRef('computers.company_id', '=', 'sessions.company_id')
            .onRef('computers.id', '=', 'sessions.computer_id'),
        )
        .select(['sessions.computer_id', 'sessions.id', 'sessions.start_at', 'sessions.site_id'])
        .select(['sessions.body', `${sortedBy} as sorted_by`, 'computers.as_of'])
        .orderBy(sortedBy, order);
      const told = sort === 'start' ? sorted : sorted.orderBy('sessions.start_at', order);
      return told.orderBy('sessions.id', order).modifyEnd(limit(count)).execute();
    },
  };
}

/** The first comparison lets the index find the place; the others part rows of equal keys. */
function isAfter(sortedBy: string, [key, start, id]: CursorKeys, order: 'asc' | 'desc') {
  const column = sql.ref(sortedBy);
  const reached = sql.raw(order === 'asc' ? '>=' : '<=');
  const past = sql.raw(order === 'asc' ? '>' : '<');
  return sql<SqlBool>`(${column} ${reached} ${key} and (${column} ${past} ${key}
    or sessions.start_at ${past} ${start} or (sessions.start_at = ${start} and sessions.id ${past} ${id})))`;
}
