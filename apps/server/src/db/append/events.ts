/** Reading and writing events in bulk: one statement and one parameter for a whole batch. */
import { type Kysely, sql } from 'kysely';
import type { Row, RowColumns, StoreDialect } from '../dialects/index.ts';
import { eventColumns, eventOfBody } from '../fold/event-body.ts';
import type { ArrivedEvent } from '../ports.ts';
import type { Tables } from '../schema.ts';
import { groupBy } from './group.ts';
import type { WindowEvent } from './window.ts';

const COLUMNS = {
  company_id: 'big',
  computer_id: 'big',
  time: 'big',
  hash: 'big',
  received_at: 'big',
  site_id: 'big',
  signal: 'text',
  event_id: 'int',
  channel: 'text',
  account: 'text',
  user_name: 'text',
  source_address: 'text',
  logon_id: 'text',
  retry: 'int',
  body: 'text',
} as const satisfies RowColumns;

/** An event with its key. */
export interface KeyedEvent extends ArrivedEvent {
  readonly computerId: number;
  readonly hash: number;
}

interface EventKey {
  readonly computer_id: number;
  readonly time: number;
  readonly hash: number;
}

/** From when on a computer's events are wanted. */
export interface Since {
  readonly computerId: number;
  /** Null: all of them. */
  readonly from: number | null;
}

const EARLIEST = -8_640_000_000_000_000;

export const sinceRows = (since: readonly Since[]): Row[] =>
  since.map(({ computerId, from }) => [computerId, from ?? EARLIEST]);
export const SINCE_COLUMNS = { computer_id: 'big', since: 'big' } as const satisfies RowColumns;

/**
 * Events of several computers, each from its own instant on. A cross join with conditions is an inner join; SQLite also
 * takes it as an order: the few given rows first, then the table by its key.
 */
export async function readEvents(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  since: readonly Since[],
): Promise<Map<number, WindowEvent[]>> {
  if (since.length === 0) return new Map();
  const { rows } = await sql<EventKey & { body: string }>`
    select e.computer_id, e.time, e.hash, e.body
    from ${dialect.rows(SINCE_COLUMNS, sinceRows(since))}
    ${dialect.joinToRows} events e on e.computer_id = r.computer_id and e.time >= r.since
    where e.company_id = ${companyId}`.execute(db);
  const windows = new Map<number, WindowEvent[]>();
  for (const [computerId, list] of groupBy(rows, ({ computer_id }) => computer_id))
    windows.set(
      computerId,
      list.map(({ time, hash, body }) => ({ time, hash, event: eventOfBody(body) })),
    );
  return windows;
}

/** Which of these events are in the store already, as `eventKey`s. */
export async function knownKeys(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  events: readonly KeyedEvent[],
): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const keys = events.map(({ computerId, hash, event }): Row => [computerId, event.time, hash]);
  const { rows } = await sql<EventKey>`
    select e.computer_id, e.time, e.hash
    from ${dialect.rows({ computer_id: 'big', time: 'big', hash: 'big' }, keys)}
    ${dialect.joinToRows} events e on e.computer_id = r.computer_id and e.time = r.time and e.hash = r.hash
    where e.company_id = ${companyId}`.execute(db);
  return new Set(rows.map(({ computer_id, time, hash }) => eventKey(computer_id, time, hash)));
}

export const eventKey = (computerId: number, time: number, hash: number) => `${computerId} ${time} ${hash}`;

/** Inserts events that are known to be new, those of a computer together: so each page of its rows is met once. */
export async function insertEvents(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  receivedAt: number,
  events: readonly KeyedEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows: Row[] = [];
  for (const own of groupBy(events, ({ computerId }) => computerId).values())
    for (const event of own) rows.push(eventRow(companyId, receivedAt, event));
  await dialect.insertRows(db, 'events', COLUMNS, rows);
}

function eventRow(
  companyId: number,
  receivedAt: number,
  { event, siteId, computerId, hash }: KeyedEvent,
): Row {
  const c = eventColumns(event);
  return [
    companyId,
    computerId,
    event.time,
    hash,
    receivedAt,
    siteId,
    c.signal,
    c.event_id,
    c.channel,
    c.account,
    c.user_name,
    c.source_address,
    c.logon_id,
    c.retry,
    c.body,
  ];
}
