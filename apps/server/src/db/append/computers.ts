/** The computers of a batch: made at first sight, locked while their sessions are folded, written back at the end. */
import type { SessionEvent } from '@logonscope/core';
import { sql, type Transaction } from 'kysely';
import type { RowColumns, StoreDialect } from '../dialects/index.ts';
import { clipped, keyName } from '../fold/text.ts';
import { newId } from '../ids.ts';
import type { ArrivedEvent } from '../ports.ts';
import type { Computers, Tables } from '../schema.ts';

/** What append keeps of a computer; agents' own news are written elsewhere. */
export type LockedComputer = Pick<
  Computers,
  | 'company_id'
  | 'id'
  | 'name'
  | 'fqdn'
  | 'site_id'
  | 'first_event_at'
  | 'last_event_at'
  | 'last_seen_at'
  | 'as_of'
  | 'fold_state'
  | 'kept_until'
  | 'life_until'
  | 'created_at'
>;

const COLUMNS = {
  company_id: 'big',
  id: 'big',
  name: 'text',
  fqdn: 'text',
  site_id: 'big',
  first_event_at: 'big',
  last_event_at: 'big',
  last_seen_at: 'big',
  as_of: 'big',
  fold_state: 'text',
  kept_until: 'big',
  life_until: 'big',
  created_at: 'big',
} as const satisfies RowColumns;

const COLUMN_NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/** The name by which a computer is known in the store. */
export const computerName = (event: Pick<SessionEvent, 'computer'>) => keyName(event.computer, 255);

/** Locks the computers of these names until the transaction ends, always in one order; makes those not known yet. */
export async function lockComputers(
  db: Transaction<Tables>,
  dialect: StoreDialect,
  companyId: number,
  names: readonly string[],
  now: number,
): Promise<Map<string, LockedComputer>> {
  const found = await lock(db, dialect, companyId, names);
  if (found.size === names.length) return found;
  const missing = names.filter((name) => !found.has(name)).sort();
  const rows = missing.map((name) => [
    companyId,
    newId(),
    name,
    null,
    null,
    null,
    null,
    now,
    null,
    null,
    null,
    null,
    now,
  ]);
  await dialect.insertAbsent(db, 'computers', COLUMNS, rows, ['company_id', 'name']);
  return lock(db, dialect, companyId, names);
}

/** In the order of a sum, since SQLite would look through all computers of the company to get them in that of their key. */
async function lock(
  db: Transaction<Tables>,
  dialect: StoreDialect,
  companyId: number,
  names: readonly string[],
): Promise<Map<string, LockedComputer>> {
  const wanted = dialect.rows(
    { name: 'text' },
    names.map((name) => [name]),
  );
  const { rows } = await sql<LockedComputer>`
    select ${sql.join(COLUMN_NAMES.map((name) => sql.ref(name)))} from computers ${dialect.lockHint}
    where company_id = ${companyId}
      and name in (select ${dialect.comparable(sql.ref('r.name'))} from ${wanted})
    order by id + 0 ${dialect.lockClause}`.execute(db);
  return new Map(rows.map((row) => [row.name, row]));
}

/** What the batch tells of a computer beside its sessions. */
export function seen(
  computer: LockedComputer,
  events: readonly ArrivedEvent[],
  receivedAt: number,
): LockedComputer {
  let { fqdn, site_id, first_event_at, last_event_at } = computer;
  for (const { event, siteId } of events) {
    first_event_at = Math.min(first_event_at ?? event.time, event.time);
    last_event_at = Math.max(last_event_at ?? event.time, event.time);
    if (event.computerFqdn !== null) fqdn = clipped(event.computerFqdn, 255);
    site_id = siteId ?? site_id;
  }
  const last_seen_at = Math.max(computer.last_seen_at, receivedAt);
  return { ...computer, fqdn, site_id, first_event_at, last_event_at, last_seen_at };
}

/** Writes locked computers back. */
export async function saveComputers(
  db: Transaction<Tables>,
  dialect: StoreDialect,
  computers: readonly LockedComputer[],
): Promise<void> {
  if (computers.length === 0) return;
  const rows = computers.map((computer) => COLUMN_NAMES.map((name) => computer[name]));
  await dialect.upsert(db, 'computers', COLUMNS, rows, ['company_id', 'id'], {
    fqdn: 'set',
    site_id: 'set',
    first_event_at: 'set',
    last_event_at: 'set',
    last_seen_at: 'set',
    as_of: 'set',
    fold_state: 'set',
    kept_until: 'set',
    life_until: 'set',
  });
}
