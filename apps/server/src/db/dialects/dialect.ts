/** What differs between databases, as named properties: the only place that may know is this folder. */
import type { Dialect, Kysely, LogConfig, RawBuilder, Transaction } from 'kysely';
import type { Tables } from '../schema.ts';

export type DialectName = 'sqlite' | 'postgres' | 'mysql' | 'mssql';

/** How a dialect spells the column kinds of `table-def.ts`. */
export interface ColumnTypes {
  readonly big: string;
  readonly int: string;
  readonly flag: string;
  readonly text: string;
  /** Compared by code point, so that order and equality are the same everywhere. */
  key(length: number): string;
  /** What follows the closing bracket of a table. */
  tableEnding(clustered: boolean): RawBuilder<unknown> | null;
}

/** Columns of rows that travel as one JSON parameter. */
export type RowColumns = Readonly<Record<string, 'big' | 'int' | 'text'>>;
export type Row = readonly (number | string | null)[];

export interface OpenOptions {
  /** Relative SQLite files are taken from here. */
  readonly folder: string;
  readonly log?: LogConfig;
  /** Connections at most; SQLite has one. */
  readonly poolSize?: number;
  readonly readOnly?: boolean;
}

/** An open database: Kysely's dialect, and how to hear what other processes say. */
export interface OpenedDatabase {
  readonly dialect: Dialect;
  /** For those who only read, where they would keep the others waiting; absent: the same as `dialect`. */
  readonly reader?: Dialect;
  /** The same connections, seeing only these companies; for databases with a wall of their own. */
  readonly inside?: (companies: readonly number[] | 'all') => Dialect;
  /** Calls back for every message on the channel until the returned function is called. Absent: one process only. */
  readonly listen?: (channel: string, heard: (message: string) => void) => Promise<() => Promise<void>>;
}

export interface StoreDialect {
  readonly name: DialectName;
  readonly types: ColumnTypes;
  open(url: string, options: OpenOptions): Promise<OpenedDatabase>;
  /** Throws, saying what an administrator has to do, where the database is not set up as a store needs it. */
  mustSuit?(db: Kysely<never>): Promise<void>;
  /** The isolation that shows one moment of the whole database; absent: `repeatable read`. */
  readonly snapshot?: 'snapshot';
  /** A table expression `r` of rows given as one parameter; for the FROM of a statement. */
  rows(columns: RowColumns, rows: readonly Row[]): RawBuilder<unknown>;
  /** Goes behind a table's name in a SELECT whose rows are to be locked until the end of the transaction. */
  readonly lockHint: RawBuilder<unknown>;
  /**
   * Joins a table to `rows`, which come first: a few rows look up theirs by its key. Left to itself SQLite scans the
   * table and looks through the rows for each of its lines.
   */
  readonly joinToRows: RawBuilder<unknown>;
  /** Goes to the end of such a SELECT. */
  readonly lockClause: RawBuilder<unknown>;
  /** A text of `rows` made comparable with a column. */
  comparable(text: RawBuilder<unknown>): RawBuilder<unknown>;
  /** Inserts rows that are not there yet for certain. */
  insertRows(
    db: Kysely<Tables>,
    table: keyof Tables,
    columns: RowColumns,
    rows: readonly Row[],
  ): Promise<void>;
  /** Inserts rows whose key is not there yet; the rows of others are left alone. */
  insertAbsent(
    db: Kysely<Tables>,
    table: keyof Tables,
    columns: RowColumns,
    rows: readonly Row[],
    key: readonly string[],
  ): Promise<void>;
  /** Inserts rows, or for those already there adds or sets the columns of `change`. */
  upsert(
    db: Kysely<Tables>,
    table: keyof Tables,
    columns: RowColumns,
    rows: readonly Row[],
    key: readonly string[],
    change: UpsertChange,
  ): Promise<void>;
  /** Deletes a company's rows with these keys; `columns` is the key without the company. */
  deleteRows(
    db: Kysely<Tables>,
    table: keyof Tables,
    companyId: number,
    columns: RowColumns,
    rows: readonly Row[],
  ): Promise<void>;
  /** True where trying the transaction again may succeed: deadlock, serialization, busy. */
  isTransient(error: unknown): boolean;
  /** True where a unique key refused a row. */
  isDuplicate(error: unknown): boolean;
  /** The first `limit` rows of a sorted statement; goes to its end. */
  page(limit: number): RawBuilder<unknown>;
  /** Run at the start of every transaction that acts for one company: the database's own wall, where it has one. */
  enterCompany?(transaction: Transaction<Tables>, companyId: number): Promise<void>;
  /** Whether that wall holds for the role we are. */
  wallStands?(db: Kysely<Tables>): Promise<boolean>;
  /** As the tables' owner: lets the role of an address use them, behind the wall. */
  admitRole?(db: Kysely<Tables>, url: string): Promise<void>;
  /** Makes rows of these tables visible only to who has entered their company; the tables' owner sees all. */
  raiseWall?(db: Kysely<never>, tables: readonly string[]): Promise<void>;
  /** Settings under which the database may forget what it acknowledged, in words for its operator. */
  doubts?(db: Kysely<Tables>): Promise<readonly string[]>;
  /** Tells other processes. */
  notify?(db: Kysely<Tables>, channel: string, message: string): Promise<void>;
}

/** For each column what a row that is already there does with the new value. */
export type UpsertChange = Readonly<Record<string, 'add' | 'set' | 'greatest'>>;
