/** PostgreSQL 15 and later: the first step up, with a standby that answers for what the primary acknowledged. */

import { type Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import type { Tables } from '../schema.ts';
import type { ColumnTypes, OpenedDatabase, Row, RowColumns, StoreDialect } from './dialect.ts';
import { postgresDoubts } from './doubts.ts';
import { followPrimary, hostsOf } from './postgres-hosts.ts';
import { admitRole, insidePool, raiseWall, wallStands } from './postgres-wall.ts';
import { columnList, orChange, orNothing, rowColumnList } from './upserts.ts';

const INT8 = 20;
const NUMERIC = 1700;

/** Whole numbers of 64 bits, and the sums of them, are numbers: everything we store is below 2^53. */
export const POSTGRES_TYPES = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8 || oid === NUMERIC) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

const TYPES: ColumnTypes = {
  big: 'bigint',
  int: 'integer',
  flag: 'smallint',
  text: 'text',
  key: (length) => `varchar(${length}) collate "C"`,
  tableEnding: () => null,
};

const SPELLED = { big: 'bigint', int: 'integer', text: 'text' } as const;

/** Serialization failure, deadlock, and a server that is restarting or was taken away between two statements. */
const TRANSIENT = new Set(['40001', '40P01', '55P03']);
const UNIQUE_VIOLATION = '23505';

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '');

/** One JSON parameter as a table: objects, since that is what the function takes. */
export function postgresRows(columns: RowColumns, rows: readonly Row[]) {
  const names = Object.keys(columns);
  const objects = rows.map((row) => Object.fromEntries(row.map((value, i) => [names[i]!, value])));
  const types = Object.entries(columns).map(([name, type]) => sql`${sql.id(name)} ${sql.raw(SPELLED[type])}`);
  return sql`json_to_recordset(${JSON.stringify(objects)}::json) as r(${sql.join(types)})`;
}

async function insert(
  db: Kysely<Tables>,
  table: keyof Tables,
  columns: RowColumns,
  rows: readonly Row[],
  ending: RawBuilder<unknown>,
): Promise<void> {
  await sql`insert into ${sql.table(table)} (${columnList(columns)})
    select ${selected(columns, rows)} from ${postgresRows(columns, rows)} ${ending}`.execute(db);
}

/** The company of all rows stands in the statement itself: so a divided database knows the one place to send it to. */
function selected(columns: RowColumns, rows: readonly Row[]): RawBuilder<unknown> {
  const company = rows[0]?.[0];
  const ofOne = Object.keys(columns)[0] === 'company_id' && rows.every(([id]) => id === company);
  if (!ofOne) return rowColumnList(columns);
  const { company_id: _, ...others } = columns;
  return sql`${company}::bigint, ${rowColumnList(others)}`;
}

/** What PostgreSQL and PGlite share: all but the way to it. */
export const POSTGRES_WORDS: Omit<StoreDialect, 'open'> = {
  name: 'postgres',
  types: TYPES,
  rows: postgresRows,
  lockHint: sql``,
  joinToRows: sql`join`,
  lockClause: sql`for update`,
  comparable: (text) => text,
  insertRows: (db, table, columns, rows) => insert(db, table, columns, rows, sql``),
  insertAbsent: (db, table, columns, rows, key) => insert(db, table, columns, rows, orNothing(key)),
  upsert: (db, table, columns, rows, key, change) =>
    insert(db, table, columns, rows, orChange(table, key, change, 'greatest')),
  async deleteRows(db, table, companyId, columns, rows) {
    await sql`delete from ${sql.table(table)}
      where company_id = ${companyId} and (${columnList(columns)}) in
      (select ${rowColumnList(columns)} from ${postgresRows(columns, rows)})`.execute(db);
  },
  isTransient: (error) => TRANSIENT.has(codeOf(error)),
  isDuplicate: (error) => codeOf(error) === UNIQUE_VIOLATION,
  page: (limit) => sql` limit ${limit}`,
  async enterCompany(transaction, companyId) {
    await sql`select set_config('logonscope.company', ${String(companyId)}, true)`.execute(transaction);
  },
  raiseWall,
  wallStands,
  admitRole,
  async notify(db, channel, message) {
    await sql`select pg_notify(${channel}, ${message})`.execute(db);
  },
};

export const POSTGRES: StoreDialect = {
  ...POSTGRES_WORDS,
  doubts: postgresDoubts,
  async open(url, { poolSize = 10 }) {
    const connectionString = url.replace(/^postgres(ql)?(\+\w+)?:/, 'postgresql:');
    const hosts = hostsOf(connectionString);
    return hosts.length > 1 ? openHosts(hosts, poolSize) : openOne(connectionString, poolSize);
  },
};

function openOne(connectionString: string, poolSize: number): OpenedDatabase {
  const pool = new pg.Pool({ connectionString, max: poolSize, types: POSTGRES_TYPES });
  // A connection that dies while idle is replaced at its next use; without a listener it would end the process.
  pool.on('error', () => {});
  // One that dies between two statements of a transaction tells so itself; the next statement fails anyway.
  pool.on('connect', (client) => void client.on('error', () => {}));
  const client = async () => {
    const made = new pg.Client({ connectionString });
    made.on('error', () => {});
    await made.connect();
    return made;
  };
  return {
    dialect: new PostgresDialect({ pool }),
    inside: (companies) => insidePool(pool, companies),
    listen: (channel, heard) => listen(client, channel, heard),
  };
}

function openHosts(hosts: readonly string[], poolSize: number): OpenedDatabase {
  const follower = followPrimary(hosts);
  const pool = follower.pool({ max: poolSize, types: POSTGRES_TYPES });
  const end = () => {
    follower.stop();
    return pool.end();
  };
  return {
    dialect: new PostgresDialect({ pool: { ...pool, end } }),
    inside: (companies) => insidePool(pool, companies),
    listen: (channel, heard) => listen(follower.client, channel, heard),
  };
}

const LISTEN_AGAIN_MS = 1_000;

/** Listens until it is ended; a connection that is lost is made again, and what was told meanwhile is not heard. */
async function listen(
  connect: () => Promise<pg.Client>,
  channel: string,
  heard: (message: string) => void,
): Promise<() => Promise<void>> {
  let ended = false;
  const connected = async () => {
    const client = await connect();
    client.on('notification', ({ payload }) => heard(payload ?? ''));
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    client.once('end', () => void again());
    return client;
  };
  let client = await connected();
  async function again(): Promise<void> {
    if (ended) return;
    await new Promise((resume) => setTimeout(resume, LISTEN_AGAIN_MS).unref());
    if (ended) return;
    try {
      client = await connected();
    } catch {
      return again();
    }
    if (ended) await client.end();
  }
  return () => {
    ended = true;
    return client.end();
  };
}
