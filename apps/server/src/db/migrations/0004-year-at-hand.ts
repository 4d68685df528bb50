/**
 * Of SQLite alone, which runs in the server's own process: how it finds what is asked of a year of sessions. It chooses
 * indexes by statistics that nobody takes for it, and without any it reads a month of everybody to find one account's.
 * Those here are of a large company; being fixed, they give the same plans on every machine.
 */
import { type Kysely, sql } from 'kysely';

/** Rows, then rows that share the index's first column, its first two, and so on. */
const SESSIONS = 5_000_000;
const EVENTS = 50_000_000;
/** Few, since SQLite leaves an index aside whose first column has most rows in one value. */
const PER_COMPANY = 10_000;
const PER_ACCOUNT = 500;
const PER_COMPUTER = 500;

const NUMBERS: readonly (readonly [table: string, index: string, numbers: readonly number[]])[] = [
  ['sessions', 'sqlite_autoindex_sessions_1', [SESSIONS, PER_COMPANY, PER_COMPUTER, 1, 1]],
  ['sessions', 'sessions_by_start_at_id', [SESSIONS, PER_COMPANY, 1, 1, 1, 1, 1]],
  ['sessions', 'sessions_by_account_start_at_id', [SESSIONS, PER_COMPANY, PER_ACCOUNT, 1, 1]],
  ['sessions', 'sessions_by_user_name_start_at_id', [SESSIONS, PER_COMPANY, PER_ACCOUNT, 1, 1]],
  ['sessions', 'sessions_by_end_at_start_at', [SESSIONS, PER_COMPANY, 2, 1]],
  ['sessions', 'sessions_by_id', [SESSIONS, PER_COMPANY, 1]],
  ['events', 'events', [EVENTS, 10 * PER_COMPANY, 10 * PER_COMPUTER, 1, 1]],
  ['events', 'events_by_time_hash', [EVENTS, 10 * PER_COMPANY, 1, 1]],
  ['events', 'events_by_user_name_time_hash', [EVENTS, 10 * PER_COMPANY, 10 * PER_ACCOUNT, 1, 1]],
];

/** What is added up over a range lies in the index that goes through it in order: no row has to be looked at. */
export async function widenOrder(db: Kysely<never>): Promise<void> {
  await sql`drop index sessions_by_start_at_id`.execute(db);
  await sql`create index sessions_by_start_at_id on sessions
    (company_id, start_at, id, end_at, duration_ms, use_ms)`.execute(db);
}

/** Leaves alone what somebody's own `analyze` has found. */
export async function tellNumbers(db: Kysely<never>): Promise<void> {
  // Makes the table of statistics, and later has it read.
  const read = sql`analyze sqlite_schema`;
  await read.execute(db);
  const { rows } = await sql`select 1 from sqlite_stat1 limit 1`.execute(db);
  if (rows.length > 0) return;
  for (const [table, index, numbers] of NUMBERS)
    await sql`insert into sqlite_stat1 (tbl, idx, stat) values (${table}, ${index}, ${numbers.join(' ')})`.execute(
      db,
    );
  await read.execute(db);
}
