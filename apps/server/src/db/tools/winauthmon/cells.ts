/** Cells of the original database, whatever its engine put there: SQLite keeps any type in any column. */
import { agentTime } from '@logonscope/readers';

/** A text, or a scalar as text; null for nothing and for bytes. */
export function textOf(cell: unknown): string | null {
  if (typeof cell === 'string') return cell;
  return ['number', 'bigint', 'boolean'].includes(typeof cell) ? String(cell) : null;
}

/** A whole number that is exact, or null. */
export function numberOf(cell: unknown): number | null {
  const number = typeof cell === 'string' || typeof cell === 'number' ? Number(cell) : Number.NaN;
  return cell !== '' && Number.isSafeInteger(number) ? number : null;
}

const TRUE = new Set(['1', 'true', 't']);
const FALSE = new Set(['0', 'false', 'f']);

/** A truth value of SQLite or PostgreSQL; null for what is none. */
export function flagOf(cell: unknown): boolean | null {
  const text = textOf(cell)?.toLowerCase() ?? '';
  return TRUE.has(text) ? true : FALSE.has(text) ? false : null;
}

const WALL_TIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?$/;

/** What a clock on the wall showed, in milliseconds as if it were UTC; null for what is no time. */
export function wallMsOf(cell: unknown): number | null {
  const text = textOf(cell) ?? '';
  return WALL_TIME.test(text) ? agentTime(text) : null;
}
