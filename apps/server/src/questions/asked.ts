/** What becomes of a filter's predicate in SQL: an expression, and whether it says all that the predicate asks. */
import type { Clause, Condition, Predicate } from '@logonscope/core';
import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * `where` null: the database cannot be asked. `exact` false: it lets through more than the predicate does, never less,
 * so that what is left has to be looked at again.
 */
export interface Asked {
  readonly where: RawBuilder<SqlBool> | null;
  readonly exact: boolean;
}

export const NOT_ASKED: Asked = { where: null, exact: false };
export const exactly = (where: RawBuilder<SqlBool>): Asked => ({ where, exact: true });
export const atLeast = (where: RawBuilder<SqlBool>): Asked => ({ where, exact: false });

export const NEVER = exactly(sql<SqlBool>`1 = 0`);
export const ALWAYS = exactly(sql<SqlBool>`1 = 1`);

/** One of them holds. */
export function either(parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`;
}

/** All of them hold. */
export function both(parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`;
}

/** A column is one of a few values. */
export function isOneOf(
  column: RawBuilder<unknown>,
  values: readonly (string | number)[],
): RawBuilder<SqlBool> {
  return values.length === 0 ? NEVER.where! : sql<SqlBool>`${column} in (${sql.join(values)})`;
}

export interface AskedCondition {
  readonly where: readonly RawBuilder<SqlBool>[];
  /** Clauses to be looked at again, or for the first time, in what the database gives. */
  readonly rest: readonly Clause[];
}

/** A whole condition: what the database is asked, and what is left to look at afterwards. */
export function askCondition(condition: Condition, ask: (predicate: Predicate) => Asked): AskedCondition {
  const where: RawBuilder<SqlBool>[] = [];
  const rest: Clause[] = [];
  for (const clause of condition.all) {
    const asked = clause.any.map(ask);
    const known = asked.flatMap((one) => (one.where === null ? [] : [one.where]));
    const exact = asked.every((one) => one.exact);
    if (!exact) rest.push(clause);
    // What lets through too much must not be negated, and a missing alternative would lose rows.
    if (known.length < asked.length || (clause.negated && !exact)) continue;
    // `is null` columns make an expression unknown: not fitting, as for the pure evaluation.
    const one = either(known);
    where.push(clause.negated ? sql<SqlBool>`(${asFlag(one)}) = 0` : one);
  }
  return { where, rest };
}

/** Truth as a number: databases differ in whether truth itself is a value. */
const asFlag = (one: RawBuilder<SqlBool>) => sql`case when ${one} then 1 else 0 end`;
