/** Patterns with stars as SQL: `like` with its own signs escaped, so that a name is never a pattern. */
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

/** A `like` pattern of a text in which `*` stands for anything. The escape sign is the same on all databases. */
export function likePattern(pattern: string): string {
  return pattern.replace(/[!%_[]/g, '!$&').replaceAll('*', '%');
}

/** A column against a pattern, both in the same letter case; a pattern without a star is an equality, which indexes serve. */
export function fitsPattern(column: Expression<string | null>, pattern: string): RawBuilder<SqlBool> {
  if (!pattern.includes('*')) return sql<SqlBool>`${column} = ${pattern}`;
  return sql<SqlBool>`${column} like ${likePattern(pattern)} escape '!'`;
}
