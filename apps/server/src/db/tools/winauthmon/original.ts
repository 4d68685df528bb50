/** An original winauthmon-server database, opened for reading only: SQLite or PostgreSQL. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Kysely, type RawBuilder, sql } from 'kysely';
import { databaseFile, dialectOf } from '../../dialects/index.ts';
import type { Tables } from '../../schema.ts';

/** Tables with the columns we read; `?` marks those that an older version may lack, `@` instants without a zone. */
const TABLES = {
  app_auth_companies: ['id', 'name', 'description?', '@created_at?'],
  app_auth_users: [
    ...['id', 'username', 'email', 'password', 'role'],
    ...['is_active?', 'mfa_secret?', 'mfa_enabled?', 'mfa_required?'],
  ],
  app_auth_user_companies: ['id', 'user_id', 'company_id', 'role'],
  app_auth_api_keys: [
    'id',
    'key',
    'description?',
    '@created_at?',
    '@last_used?',
    'is_active?',
    'company_id?',
  ],
  app_auth_settings: [
    ...['id', 'allow_registration?', 'restrict_email_domains?', 'password_min_length?'],
    ...['password_require_numbers_mixed_case?', 'password_require_special_chars?'],
    ...['password_safe_special_chars?', 'require_mfa_for_all_users?', 'log_level?'],
  ],
  app_auth_allowed_domains: ['id', 'domain'],
  api_logs: [
    ...['id', 'event_type', 'user_name', 'computer_name', 'local_ip?', 'public_ip?', 'ip_address?'],
    ...['@timestamp', 'retry?', 'company_id?', 'api_key_id?'],
  ],
} as const satisfies Record<string, readonly string[]>;

export type OriginalTable = keyof typeof TABLES;
const NAMES = Object.keys(TABLES) as OriginalTable[];
/** Their absence says that the database is another one; the rest came with later versions. */
const NEEDED: readonly OriginalTable[] = ['app_auth_users', 'app_auth_api_keys', 'api_logs'];

const PAGE_ROWS = 2_000;

/** A row by column; columns that the database lacks are absent. */
export type OriginalRow = { readonly id: number } & Readonly<Record<string, unknown>>;

export interface Original {
  /** All rows of a table in the order in which they came, page after page. */
  pages(table: OriginalTable): AsyncGenerator<OriginalRow[]>;
  /** All of a table that fits into memory: everything but the events. */
  all(table: OriginalTable): Promise<OriginalRow[]>;
  /** Whether any row has nothing in this column. */
  lacksAny(table: OriginalTable, column: string): Promise<boolean>;
  /** How many rows a table has that is not read any further; 0 where it is missing. */
  rowsOf(table: 'error_log'): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens the database at a path or an address as SQLAlchemy has them (`sqlite:///…`, `postgresql://…`). Throws where
 * nothing is there, and where it is no database of winauthmon-server.
 */
export async function openOriginal(from: string, folder: string): Promise<Original> {
  const url = originalUrl(from, folder);
  const opened = await dialectOf(url).open(url, { folder, readOnly: true, poolSize: 1 });
  const db = new Kysely<Tables>({ dialect: opened.dialect });
  try {
    const columns = await columnsOf(db);
    requireOriginal(columns, from);
    const pages = (table: OriginalTable) => eachPage(db, table, columns.get(table) ?? null);
    return {
      pages,
      async all(table) {
        const rows: OriginalRow[] = [];
        for await (const page of pages(table)) rows.push(...page);
        return rows;
      },
      async lacksAny(table, column) {
        const without = columns.get(table)?.has(column) ? sql`where ${sql.ref(column)} is null` : sql``;
        const { rows } = await sql`select id from ${sql.table(table)} ${without} limit 1`.execute(db);
        return rows.length > 0;
      },
      async rowsOf(table) {
        if (!columns.has(table)) return 0;
        const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
        return Number(rows[0]!.n);
      },
      close: () => db.destroy(),
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** The address of a path or an address; the file it names, if it names one, exists. */
export function originalUrl(from: string, folder: string): string {
  const url = /^[a-z][a-z0-9+]+:/i.test(from) ? from : `sqlite:///${resolve(folder, from)}`;
  if (!['sqlite', 'postgres'].includes(dialectOf(url).name)) {
    throw new Error('Databases of winauthmon-server are read from SQLite files and postgresql:// addresses.');
  }
  const file = databaseFile(url, folder);
  if (file !== null && !existsSync(file)) throw new Error(`There is no file ${file}.`);
  return url;
}

/** Which columns each table of ours has; a table that is missing has no entry. */
async function columnsOf(db: Kysely<Tables>): Promise<Map<string, Set<string>>> {
  const found = await db.introspection.getTables();
  return new Map(found.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]));
}

function requireOriginal(found: ReadonlyMap<string, ReadonlySet<string>>, from: string): void {
  const table = NEEDED.find((name) => !found.has(name));
  if (table !== undefined) {
    throw new Error(`${from} is no database of winauthmon-server: it has no table ${table}.`);
  }
  for (const name of NAMES) {
    const columns = found.get(name);
    const missing = TABLES[name]
      .filter((column) => !column.endsWith('?'))
      .find((column) => columns && !columns.has(column.replace('@', '')));
    if (missing !== undefined)
      throw new Error(`${from} is no database of winauthmon-server: ${name} has no column ${missing}.`);
  }
}

async function* eachPage(
  db: Kysely<Tables>,
  table: OriginalTable,
  found: ReadonlySet<string> | null,
): AsyncGenerator<OriginalRow[]> {
  if (found === null) return;
  const list = sql.join(TABLES[table].flatMap((column) => selected(column, found)));
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const { rows } = await sql<OriginalRow>`select ${list} from ${sql.table(table)}
      where id > ${sql.lit(after)} order by id limit ${sql.lit(PAGE_ROWS)}`.execute(db);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)!.id;
  }
}

/** Instants travel as text: a driver would read them in the zone of this machine. */
function selected(column: string, found: ReadonlySet<string>): RawBuilder<unknown>[] {
  const name = column.replace(/[@?]/g, '');
  if (!found.has(name)) return [];
  return [column.startsWith('@') ? sql`cast(${sql.ref(name)} as text) as ${sql.id(name)}` : sql.ref(name)];
}
