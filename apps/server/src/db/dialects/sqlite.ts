/** SQLite in the server's own process: WAL, and every commit on the disk before the answer goes out. */
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import {
  type Kysely,
  type RawBuilder,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteStatement,
  sql,
} from 'kysely';
import type { Tables } from '../schema.ts';
import type { OpenOptions, Row, RowColumns, StoreDialect } from './dialect.ts';
import { type Checkpoints, checkpointsOf } from './sqlite-checkpoints.ts';
import { sqliteReaders } from './sqlite-readers.ts';
import { columnList, orChange, orNothing, rowColumnList } from './upserts.ts';

const CACHE_KIB = 65_536;
/**
 * Pages of log (4 KiB each) after which they are written to their places. A page that several commits change is
 * written there once; with SQLite's 1,000 each commit of a full batch would write all of its pages twice.
 */
const CHECKPOINT_PAGES = 20_000;
const BUSY_TIMEOUT_MS = 10_000;

export const SQLITE: StoreDialect = {
  name: 'sqlite',
  types: {
    big: 'integer',
    int: 'integer',
    flag: 'integer',
    text: 'text',
    key: () => 'text',
    tableEnding: (clustered) => sql.raw(clustered ? 'strict, without rowid' : 'strict'),
  },
  async open(url, options) {
    const file = fileOf(url, options.folder);
    const database = openFile(file, options);
    if (file === ':memory:' || options.readOnly)
      return { dialect: new LockedSqlite({ database: withKeptStatements(database) }) };
    const kept = withKeptStatements(database, checkpointsOf(file));
    return { dialect: new LockedSqlite({ database: kept }), reader: sqliteReaders(file) };
  },
  rows(columns, rows) {
    const names = Object.keys(columns).map((name, i) => sql`value ->> ${sql.lit(i)} as ${sql.id(name)}`);
    return sql`(select ${sql.join(names)} from json_each(${JSON.stringify(rows)})) as r`;
  },
  lockHint: sql``,
  joinToRows: sql`cross join`,
  lockClause: sql``,
  comparable: (text) => text,
  insertRows: (db, table, columns, rows) => insertEach(db, table, columns, rows, sql``),
  insertAbsent: (db, table, columns, rows, key) => insertEach(db, table, columns, rows, orNothing(key)),
  upsert: (db, table, columns, rows, key, change) =>
    insertEach(db, table, columns, rows, orChange(table, key, change, 'max')),
  async deleteRows(db, table, companyId, columns, rows) {
    await sql`delete from ${sql.table(table)}
      where company_id = ${companyId} and (${columnList(columns)}) in
      (select ${rowColumnList(columns)} from ${SQLITE.rows(columns, rows)})`.execute(db);
  },
  isTransient: (error) => codeOf(error).startsWith('SQLITE_BUSY'),
  isDuplicate: (error) => /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(codeOf(error)),
  page: (limit) => sql` limit ${limit}`,
};

/**
 * In the server's own process a prepared statement for each row costs a fifth of taking JSON apart. The rows travel as
 * the one parameter of the statement; `withKeptStatements` runs it for each of them.
 */
async function insertEach(
  db: Kysely<Tables>,
  table: keyof Tables,
  columns: RowColumns,
  rows: readonly Row[],
  ending: RawBuilder<unknown>,
): Promise<void> {
  const holes = sql.raw(Object.keys(columns).fill('?').join(', '));
  const statement = sql`insert into ${sql.table(table)} (${columnList(columns)}) values (${holes}) ${ending}`;
  await db.executeQuery({ ...statement.compile(db), parameters: [rows] });
}

/**
 * SQLite's tables come all or not at all; Kysely does not make use of it. With it the migration's own transaction, which
 * takes the write lock as it begins, keeps two processes from making the same tables.
 */
class LockedSqlite extends SqliteDialect {
  override createAdapter() {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl() {
        return true;
      }
    })();
  }
}

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '');

/** `sqlite:///relative.db`, `sqlite:////absolute.db`, `sqlite::memory:`; the first two as SQLAlchemy has them. */
export function fileOf(url: string, folder: string): string {
  const path = url.replace(/^sqlite:(\/\/\/)?/, '');
  return path === ':memory:' || path === '' ? ':memory:' : resolve(folder, path);
}

function openFile(file: string, { readOnly = false }: OpenOptions): Database.Database {
  if (file !== ':memory:' && !readOnly) mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS, readonly: readOnly });
  if (!readOnly) {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
  }
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma('temp_store = MEMORY');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  return database;
}

/** A connection that only reads, with statements kept. */
export function openForReading(file: string): SqliteDatabase {
  return withKeptStatements(openFile(file, { folder: '', readOnly: true }));
}

const KEPT_STATEMENTS = 200;

/**
 * Compiling a statement costs more than running most of them, so the last ones are kept. A transaction takes the
 * write lock when it begins: two processes then wait for each other instead of failing half-way.
 */
function withKeptStatements(database: Database.Database, checkpoints?: Checkpoints): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close() {
      checkpoints?.end();
      database.close();
    },
    prepare(text) {
      const found = kept.get(text);
      if (found !== undefined) return found;
      const begin = text === 'begin' && !database.readonly;
      const made = forEachRow(database.prepare(begin ? 'begin immediate' : text));
      const statement =
        text === 'commit' && checkpoints !== undefined ? then(made, () => checkpoints.committed()) : made;
      if (kept.size >= KEPT_STATEMENTS) kept.delete(kept.keys().next().value!);
      kept.set(text, statement);
      return statement;
    },
  };
}

function then(statement: SqliteStatement, done: () => void): SqliteStatement {
  return {
    ...statement,
    run(parameters) {
      const result = statement.run(parameters);
      done();
      return result;
    },
  };
}

function forEachRow(statement: Database.Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(parameters),
    iterate: (parameters) => statement.iterate(parameters) as IterableIterator<unknown>,
    run(parameters) {
      const [rows] = parameters;
      if (!Array.isArray(rows)) return statement.run(parameters);
      for (const row of rows as unknown[][]) statement.run(row);
      return { changes: rows.length, lastInsertRowid: 0 };
    },
  };
}
