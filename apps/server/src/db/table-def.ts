/** Tables as data: what a migration says once and every dialect spells its own way. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ColumnTypes } from './dialects/dialect.ts';

/**
 * A column's kind: `big` (64-bit whole number), `int`, `flag` (0 or 1), `text`, or `key N`, a text of at most N
 * characters that can stand in an index. With `?` it may be null.
 */
export type ColumnKind = `${'big' | 'int' | 'flag' | 'text' | `key ${number}`}${'' | '?'}`;

export interface TableDef {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  readonly key: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly indexes?: readonly (readonly string[])[];
  /** Rows lie in the order of the key, where the database lets us choose. */
  readonly clustered?: boolean;
}

/** Makes a table with its keys and indexes. */
export async function createTable(db: Kysely<never>, types: ColumnTypes, def: TableDef): Promise<void> {
  let table = db.schema.createTable(def.name);
  for (const [name, kind] of Object.entries(def.columns)) {
    const optional = kind.endsWith('?');
    table = table.addColumn(name, typeOf(kind, types), (column) => (optional ? column : column.notNull()));
  }
  table = table.addPrimaryKeyConstraint(`${def.name}_pk`, [...def.key] as never[]);
  const ending = types.tableEnding(def.clustered ?? false);
  await (ending === null ? table : table.modifyEnd(ending)).execute();
  for (const columns of def.unique ?? []) await createIndex(db, def.name, columns, { unique: true });
  for (const columns of def.indexes ?? []) await createIndex(db, def.name, columns);
}

/** Adds columns that may be null to a table with rows. */
export async function addColumns(
  db: Kysely<never>,
  types: ColumnTypes,
  table: string,
  columns: Readonly<Record<string, ColumnKind>>,
): Promise<void> {
  // One statement each: SQLite takes no more.
  for (const [name, kind] of Object.entries(columns))
    await db.schema.alterTable(table).addColumn(name, typeOf(kind, types)).execute();
}

export interface IndexFacts {
  readonly unique?: boolean;
  /** Where two indexes would be called alike. */
  readonly name?: string;
}

/** Makes an index; by itself it is called after its columns. */
export async function createIndex(
  db: Kysely<never>,
  table: string,
  columns: readonly string[],
  { unique = false, name: given }: IndexFacts = {},
): Promise<void> {
  const named = columns.filter((column) => column !== 'company_id').join('_');
  const name = given ?? `${table}_by_${named}`.slice(0, 60);
  const index = db.schema
    .createIndex(name)
    .on(table)
    .columns([...columns]);
  await (unique ? index.unique() : index).execute();
}

function typeOf(kind: ColumnKind, types: ColumnTypes): RawBuilder<unknown> {
  const [word = '', length] = kind.replace('?', '').split(' ');
  if (word === 'key') return sql.raw(types.key(Number(length)));
  return sql.raw(types[word as 'big' | 'int' | 'flag' | 'text']);
}
