/** Which database an address means. */
import type { StoreDialect } from './dialect.ts';
import { MSSQL } from './mssql.ts';
import { MYSQL } from './mysql.ts';
import { POSTGRES } from './postgres.ts';
import { fileOf, SQLITE } from './sqlite.ts';

export type { OpenOptions, Row, RowColumns, StoreDialect, UpsertChange } from './dialect.ts';

/** Address schemes, among them those that SQLAlchemy used. */
const SCHEMES: Readonly<Record<string, StoreDialect>> = {
  sqlite: SQLITE,
  postgresql: POSTGRES,
  postgres: POSTGRES,
  mysql: MYSQL,
  mariadb: MYSQL,
  mssql: MSSQL,
};

/** The dialect of a database address; an address that none understands is an error that names those there are. */
export function dialectOf(url: string): StoreDialect {
  const scheme = /^([a-z0-9]+)(\+[a-z0-9]+)?:/i.exec(url)?.[1]?.toLowerCase() ?? '';
  const dialect = SCHEMES[scheme];
  if (dialect === undefined) {
    const known = Object.keys(SCHEMES).join(', ');
    throw new Error(`The database address must begin with one of ${known}; it begins with "${scheme}".`);
  }
  return dialect;
}

/** The file an embedded database lies in, or null where it is none or lies in memory. */
export function databaseFile(url: string, folder: string): string | null {
  if (dialectOf(url) !== SQLITE) return null;
  const file = fileOf(url, folder);
  return file === ':memory:' ? null : file;
}
