/** Whom and what a question is put to: the caller's scope, and the database's word for "the first rows". */
import type { RawBuilder } from 'kysely';
import type { Scope } from '../access/scope.ts';

export interface Source {
  readonly scope: Scope;
  /** Goes to the end of a sorted statement; `StoreDialect.page`. */
  readonly limit: (rows: number) => RawBuilder<unknown>;
}
