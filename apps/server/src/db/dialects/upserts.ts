/** Inserting what is absent and changing what is there, in the words that SQLite and PostgreSQL share. */
import { type RawBuilder, sql } from 'kysely';
import type { Tables } from '../schema.ts';
import type { RowColumns, UpsertChange } from './dialect.ts';

/** `"a", "b"`. */
export function columnList(columns: RowColumns | readonly string[]): RawBuilder<unknown> {
  const names = Array.isArray(columns) ? (columns as readonly string[]) : Object.keys(columns);
  return sql.join(names.map((name) => sql.ref(name)));
}

/** `r."a", r."b"`. */
export function rowColumnList(columns: RowColumns): RawBuilder<unknown> {
  return sql.join(Object.keys(columns).map((name) => sql.ref(`r.${name}`)));
}

/** `on conflict (…) do nothing`. */
export function orNothing(key: readonly string[]): RawBuilder<unknown> {
  return sql`on conflict (${columnList(key)}) do nothing`;
}

/** `on conflict (…) do update set …`; `greatest` is the database's word for the greater of two. */
export function orChange(
  table: keyof Tables,
  key: readonly string[],
  change: UpsertChange,
  greatest: string,
): RawBuilder<unknown> {
  const changes = Object.entries(change).map(([name, how]) => {
    const old = sql.ref(`${table}.${name}`);
    const fresh = sql.ref(`excluded.${name}`);
    if (how === 'add') return sql`${sql.ref(name)} = ${old} + ${fresh}`;
    if (how === 'set') return sql`${sql.ref(name)} = ${fresh}`;
    return sql`${sql.ref(name)} = ${sql.raw(greatest)}(${old}, ${fresh})`;
  });
  return sql`on conflict (${columnList(key)}) do update set ${sql.join(changes)}`;
}
