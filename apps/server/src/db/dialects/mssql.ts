/** Microsoft SQL Server 2016 and later, and Azure SQL. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../schema.ts';
import type { ColumnTypes, Row, RowColumns, StoreDialect, UpsertChange } from './dialect.ts';
import { mssqlAddress } from './mssql/address.ts';
import { mssqlKysely } from './mssql/driver.ts';
import { mustSuit } from './mssql/suits.ts';
import { columnList, rowColumnList } from './upserts.ts';

/** Without it names would be equal whatever their letter case. It pads, so names are kept without trailing blanks. */
const BY_CODE_POINT = 'collate Latin1_General_100_BIN2';

const TYPES: ColumnTypes = {
  big: 'bigint',
  int: 'int',
  flag: 'smallint',
  text: `nvarchar(max) ${BY_CODE_POINT}`,
  key: (length) => `nvarchar(${length}) ${BY_CODE_POINT}`,
  // Every table lies in the order of its primary key.
  tableEnding: () => null,
};

const SPELLED = { big: 'bigint', int: 'int', text: 'nvarchar(max)' } as const;
/** A unique constraint, and a unique index, refused a row. */
const DUPLICATE = new Set([2627, 2601]);
/** Chosen as the victim of a deadlock, a lock waited for too long, and a row changed since the snapshot. */
const TRANSIENT = new Set([1205, 1222, 3960]);

const numberOf = (error: unknown) => Number((error as { number?: unknown } | null)?.number ?? 0);

/** The rows are in a variable, so that they travel once for the statements of one batch. */
const IN_VARIABLE = sql`@rows`;
const asVariable = (rows: readonly Row[]) => sql`declare @rows nvarchar(max) = ${JSON.stringify(rows)}`;

function rowsOf(columns: RowColumns, json: RawBuilder<unknown>): RawBuilder<unknown> {
  const paths = Object.entries(columns).map(
    ([name, type], i) => sql`${sql.id(name)} ${sql.raw(SPELLED[type])} ${sql.lit(`$[${i}]`)}`,
  );
  return sql`openjson(${json}) with (${sql.join(paths)}) as r`;
}

/** A text out of JSON has the collation of the database, which must not meet that of a column unsaid. */
function sameKey(columns: RowColumns, key: readonly string[]): RawBuilder<unknown> {
  const same = key.map((name) => {
    const given = sql.ref(`r.${name}`);
    return sql`${sql.ref(`t.${name}`)} = ${columns[name] === 'text' ? comparable(given) : given}`;
  });
  return sql.join(same, sql` and `);
}

const comparable = (text: RawBuilder<unknown>) => sql`${text} ${sql.raw(BY_CODE_POINT)}`;

/**
 * Rows whose key is not there. `updlock, holdlock` holds the place of a missing key, so that of two who insert the same
 * one waits and then finds it.
 */
function insertMissing(
  table: keyof Tables,
  columns: RowColumns,
  key: readonly string[],
  json: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`insert into ${sql.table(table)} (${columnList(columns)})
    select ${rowColumnList(columns)} from ${rowsOf(columns, json)}
    where not exists (
      select 1 from ${sql.table(table)} as t with (updlock, holdlock) where ${sameKey(columns, key)})`;
}

/** Of rows with equal keys the first: the statement sees the table as it was before all of them. */
function withoutRepeats(columns: RowColumns, rows: readonly Row[], key: readonly string[]): Row[] {
  const names = Object.keys(columns);
  const places = key.map((name) => names.indexOf(name));
  const firsts = new Map<string, Row>();
  for (const row of rows) {
    const id = JSON.stringify(places.map((place) => row[place]));
    if (!firsts.has(id)) firsts.set(id, row);
  }
  return [...firsts.values()];
}

function changed(name: string, how: UpsertChange[string]): RawBuilder<unknown> {
  const [column, old, fresh] = [sql.ref(name), sql.ref(`t.${name}`), sql.ref(`r.${name}`)];
  if (how === 'add') return sql`${column} = ${old} + ${fresh}`;
  // There is no `greatest` before 2022.
  return how === 'set'
    ? sql`${column} = ${fresh}`
    : sql`${column} = case when ${old} > ${fresh} then ${old} else ${fresh} end`;
}

/** No `merge`: two statements say the same without its known faults. They have to be one transaction. */
async function upsert(
  db: Kysely<Tables>,
  table: keyof Tables,
  columns: RowColumns,
  rows: readonly Row[],
  key: readonly string[],
  change: UpsertChange,
): Promise<void> {
  const changes = Object.entries(change).map(([name, how]) => changed(name, how));
  await sql`${asVariable(rows)};
    update t set ${sql.join(changes)} from ${rowsOf(columns, IN_VARIABLE)}
    inner loop join ${sql.table(table)} as t with (updlock, holdlock) on ${sameKey(columns, key)};
    ${insertMissing(table, columns, key, IN_VARIABLE)}`.execute(db);
}

export const MSSQL: StoreDialect = {
  name: 'mssql',
  types: TYPES,
  async open(url, { poolSize = 10 }) {
    return { dialect: mssqlKysely(mssqlAddress(url), poolSize) };
  },
  mustSuit,
  snapshot: 'snapshot',
  rows: (columns, rows) => rowsOf(columns, sql`${JSON.stringify(rows)}`),
  lockHint: sql`with (updlock, rowlock)`,
  // The server guesses fifty rows whatever there are; this way it looks each of them up by the key.
  joinToRows: sql`inner loop join`,
  lockClause: sql``,
  comparable,
  async insertRows(db, table, columns, rows) {
    await sql`insert into ${sql.table(table)} (${columnList(columns)})
      select ${rowColumnList(columns)} from ${rowsOf(columns, sql`${JSON.stringify(rows)}`)}`.execute(db);
  },
  async insertAbsent(db, table, columns, rows, key) {
    const json = sql`${JSON.stringify(withoutRepeats(columns, rows, key))}`;
    await insertMissing(table, columns, key, json).execute(db);
  },
  async upsert(db, table, columns, rows, key, change) {
    if (db.isTransaction) return upsert(db, table, columns, rows, key, change);
    await db.transaction().execute((tx) => upsert(tx, table, columns, rows, key, change));
  },
  async deleteRows(db, table, companyId, columns, rows) {
    await sql`delete from t from ${rowsOf(columns, sql`${JSON.stringify(rows)}`)}
      inner loop join ${sql.table(table)} as t on ${sameKey(columns, Object.keys(columns))}
      where t.company_id = ${companyId}`.execute(db);
  },
  isTransient: (error) => TRANSIENT.has(numberOf(error)),
  isDuplicate: (error) => DUPLICATE.has(numberOf(error)),
  page: (limit) => sql` offset 0 rows fetch next ${limit} rows only`,
};
