/** Moves a whole installation from one database to another, whatever kind they are, and proves that it arrived. */
import { createHash } from 'node:crypto';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Row, RowColumns } from '../dialects/index.ts';
import { TABLES } from '../migrations/index.ts';
import type { Tables } from '../schema.ts';
import type { Store } from '../store.ts';
import type { TableDef } from '../table-def.ts';

const PAGE_ROWS = 2_000;

/** One table as it was read: equal digests mean equal rows. */
export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 over all rows in the order of their keys. */
  readonly digest: string;
}

/**
 * Copies every row of `from` to `to`, whose schema is brought up to date and whose tables must be empty. Reads both
 * again to compare; throws, naming the table, if anything differs. `told` hears of each table once it is done.
 */
export async function copyStore(
  from: Store,
  to: Store,
  told: (done: CopiedTable) => void = () => {},
): Promise<CopiedTable[]> {
  if (from.walled())
    throw new Error(
      'The role of the database to copy from sees no company’s rows; name its owner (DATABASE_ADMIN_URL).',
    );
  await to.migrate();
  await mustBeEmpty(to);
  const copied: CopiedTable[] = [];
  const isolated = from.db.transaction();
  const begun =
    from.dialect.name === 'sqlite'
      ? isolated
      : isolated.setIsolationLevel(from.dialect.snapshot ?? 'repeatable read');
  await begun.execute(async (source) => {
    for (const table of TABLES) {
      const sent = await eachPage(source, table, from.dialect.page(PAGE_ROWS), async (rows) => {
        await to.dialect.insertRows(to.db, nameOf(table), columnsOf(table), rows);
      });
      const arrived = await eachPage(to.db, table, to.dialect.page(PAGE_ROWS), async () => {});
      if (sent.digest !== arrived.digest)
        throw new Error(
          `${table.name}: ${sent.rows} rows were sent, ${arrived.rows} arrived, or they differ.`,
        );
      copied.push(sent);
      told(sent);
    }
  });
  return copied;
}

async function mustBeEmpty({ db }: Store): Promise<void> {
  for (const table of TABLES) {
    const { rows } = await sql`select count(*) as n from ${sql.table(table.name)}`.execute(db);
    const n = Number((rows[0] as { n: unknown }).n);
    if (n > 0) throw new Error(`The database to copy to is not empty: ${table.name} has ${n} rows.`);
  }
}

const nameOf = (table: TableDef) => table.name as keyof Tables;

/** The columns of a table as rows travel. */
function columnsOf({ columns }: TableDef): RowColumns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, kind]) => {
      const word = kind.replace('?', '');
      return [name, word === 'big' ? 'big' : word === 'int' || word === 'flag' ? 'int' : 'text'] as const;
    }),
  );
}

/** Reads a table by its key, page after page. */
async function eachPage(
  db: Kysely<Tables>,
  table: TableDef,
  page: RawBuilder<unknown>,
  take: (rows: readonly Row[]) => Promise<void>,
): Promise<CopiedTable> {
  const names = Object.keys(table.columns);
  const digest = createHash('sha256');
  let count = 0;
  let last: Row | null = null;
  for (;;) {
    const rows: Row[] = await readPage(db, table, names, last, page);
    for (const row of rows) digest.update(`${JSON.stringify(row)}\n`);
    count += rows.length;
    if (rows.length > 0) await take(rows);
    if (rows.length < PAGE_ROWS) break;
    last = rows.at(-1)!;
  }
  return { table: table.name, rows: count, digest: digest.digest('hex') };
}

async function readPage(
  db: Kysely<Tables>,
  { name, key }: TableDef,
  names: readonly string[],
  last: Row | null,
  page: RawBuilder<unknown>,
): Promise<Row[]> {
  const after = last === null ? sql`` : sql`where ${behind(key, names, last)}`;
  const { rows } = await sql<Record<string, Row[number]>>`
    select ${sql.join(names.map((column) => sql.ref(column)))} from ${sql.table(name)} ${after}
    order by ${sql.join(key.map((column) => sql.ref(column)))} ${page}`.execute(db);
  return rows.map((row) => names.map((column) => row[column] ?? null));
}

/** `a > ? or (a = ? and (b > ? or …))`: row values are compared alike everywhere this way. */
function behind(key: readonly string[], names: readonly string[], last: Row): ReturnType<typeof sql> {
  const [first = '', ...rest] = key;
  const value = last[names.indexOf(first)]!;
  const greater = sql`${sql.ref(first)} > ${value}`;
  if (rest.length === 0) return greater;
  return sql`(${greater} or (${sql.ref(first)} = ${value} and ${behind(rest, names, last)}))`;
}
