/** Events of a question: the rows in order of time, and the predicate for those the database cannot judge. */
import { allHold, conditionOf, eventTest, type FilterChip, type SessionEvent } from '@logonscope/core';
import type { CursorKeys } from '@logonscope/protocol';
import { type SqlBool, sql } from 'kysely';
import { eventOfBody } from '../db/index.ts';
import { askCondition } from './asked.ts';
import { askEvent } from './event-predicates.ts';
import { placesOf } from './places.ts';
import type { Question } from './question.ts';
import type { Scan } from './scan.ts';
import type { Source } from './source.ts';

export interface EventRow {
  readonly computer_id: number;
  readonly time: number;
  readonly hash: number;
  readonly body: string;
}

export interface AskedEvents {
  /** Nothing but the company, the range and the filter; for totals. */
  rows(): ReturnType<Source['scope']['events']>;
  scan(order: 'asc' | 'desc'): Scan<EventRow, SessionEvent>;
  readonly fits: ((event: SessionEvent) => boolean) | null;
  readonly ignored: readonly FilterChip[];
}

/** Kinds of the cursor's keys: time, hash, computer. */
export const EVENT_KEYS = ['number', 'number', 'number'] as const;

/** Prepares a question about events; the filter's names are looked up once. */
export async function askEvents(source: Source, question: Question): Promise<AskedEvents> {
  const { companyId, from, to, filter, context } = question;
  const condition = conditionOf(filter, 'event');
  const places = await placesOf(source, { companyId, table: 'events', condition });
  const { where, rest } = askCondition(condition, (predicate) => askEvent(predicate, places));
  const fits = rest.length === 0 ? null : allHold(rest, (predicate) => eventTest(predicate, context));
  const rows = () => {
    let query = source.scope.events().where('events.company_id', '=', companyId);
    if (from !== null) query = query.where('events.time', '>=', from);
    if (to !== null) query = query.where('events.time', '<', to);
    for (const one of where) query = query.where(one);
    return query;
  };
  return { rows, scan: (order) => eventScan(source, rows, order, fits), fits, ignored: condition.ignored };
}

function eventScan(
  { limit }: Source,
  rows: AskedEvents['rows'],
  order: 'asc' | 'desc',
  fits: AskedEvents['fits'],
): Scan<EventRow, SessionEvent> {
  return {
    fits,
    keysOf: ({ time, hash, computer_id }) => [time, hash, computer_id],
    read: ({ body }) => eventOfBody(body),
    fetch(after, count) {
      const page = after === null ? rows() : rows().where(isAfter(after, order));
      return page
        .select(['events.computer_id', 'events.time', 'events.hash', 'events.body'])
        .orderBy('events.time', order)
        .orderBy('events.hash', order)
        .orderBy('events.computer_id', order)
        .modifyEnd(limit(count))
        .execute();
    },
  };
}

/** The first comparison lets the index find the place; the others part rows of one instant. */
function isAfter([time, hash, computerId]: CursorKeys, order: 'asc' | 'desc') {
  const reached = sql.raw(order === 'asc' ? '>=' : '<=');
  const past = sql.raw(order === 'asc' ? '>' : '<');
  return sql<SqlBool>`(events.time ${reached} ${time} and (events.time ${past} ${time} or events.hash ${past} ${hash}
    or (events.hash = ${hash} and events.computer_id ${past} ${computerId})))`;
}
