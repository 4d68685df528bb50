/** Counts per day and the agents' positions: small rows that move in the transaction of their events. */
import type { Kysely } from 'kysely';
import type { Row, RowColumns, StoreDialect } from '../dialects/index.ts';
import type { SpoolPosition } from '../ports.ts';
import type { Tables } from '../schema.ts';
import type { KeyedEvent } from './events.ts';

const DAY_MS = 86_400_000;

const TOTAL_COLUMNS = {
  company_id: 'big',
  site_id: 'big',
  day: 'int',
  signal: 'text',
  events: 'big',
} as const satisfies RowColumns;

/** Adds new events to the totals of their days, in one order, so that two batches wait for each other. */
export async function addTotals(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  events: readonly KeyedEvent[],
): Promise<void> {
  const counts = new Map<string, [number, number, number, string, number]>();
  for (const { event, siteId } of events) {
    const day = Math.floor(event.time / DAY_MS);
    const key = `${siteId ?? 0} ${day} ${event.signal}`;
    const count = counts.get(key);
    if (count === undefined) counts.set(key, [companyId, siteId ?? 0, day, event.signal, 1]);
    else count[4]++;
  }
  if (counts.size === 0) return;
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const key = ['company_id', 'site_id', 'day', 'signal'];
  await dialect.upsert(db, 'day_totals', TOTAL_COLUMNS, rows, key, { events: 'add' });
}

/** Takes events off the totals of their days; a day of which nothing is left has no row. */
export async function subtractTotals(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  gone: readonly { readonly site_id: number | null; readonly time: number; readonly signal: string }[],
): Promise<void> {
  const counts = new Map<string, [number, number, number, string, number]>();
  for (const { site_id, time, signal } of gone) {
    const day = Math.floor(time / DAY_MS);
    const key = `${site_id ?? 0} ${day} ${signal}`;
    const count = counts.get(key);
    if (count === undefined) counts.set(key, [companyId, site_id ?? 0, day, signal, -1]);
    else count[4]--;
  }
  if (counts.size === 0) return;
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const key = ['company_id', 'site_id', 'day', 'signal'];
  await dialect.upsert(db, 'day_totals', TOTAL_COLUMNS, rows, key, { events: 'add' });
  await db.deleteFrom('day_totals').where('company_id', '=', companyId).where('events', '<=', 0).execute();
}

const CURSOR_COLUMNS = {
  company_id: 'big',
  computer_id: 'big',
  spool_epoch: 'text',
  stored_through: 'big',
  updated_at: 'big',
} as const satisfies RowColumns;

/** Notes how far agents' spools are stored; a position never goes back. */
export async function moveCursors(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  positions: readonly (SpoolPosition & { readonly computerId: number })[],
  now: number,
): Promise<void> {
  const furthest = new Map<string, Row>();
  for (const { computerId, spoolEpoch, storedThrough } of positions) {
    const key = `${computerId} ${spoolEpoch}`;
    const before = Number(furthest.get(key)?.[3] ?? Number.NEGATIVE_INFINITY);
    if (storedThrough > before) furthest.set(key, [companyId, computerId, spoolEpoch, storedThrough, now]);
  }
  if (furthest.size === 0) return;
  const key = ['company_id', 'computer_id', 'spool_epoch'];
  const change = { stored_through: 'greatest', updated_at: 'set' } as const;
  await dialect.upsert(db, 'agent_cursors', CURSOR_COLUMNS, [...furthest.values()], key, change);
}
