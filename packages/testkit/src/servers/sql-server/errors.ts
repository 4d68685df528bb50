/** Errors of the database behind under the numbers that a SQL Server gives them. */
import { ServerError } from './tokens.ts';

interface ErrorBehind {
  readonly code?: string;
  readonly constraint?: string;
  readonly message: string;
}

const NUMBERS: Readonly<Record<string, number>> = {
  '22001': 2628,
  '22003': 8115,
  '22P02': 8114,
  '23502': 515,
  '25P02': 3930,
  '40001': 3960,
  '40P01': 1205,
  '42601': 102,
  '42703': 207,
  '42803': 8120,
  '42883': 402,
  '42P01': 208,
  '42P07': 2714,
};
const UNIQUE_VIOLATION = '23505';
const PRIMARY_KEY = 2627;
const UNIQUE_INDEX = 2601;
const ANY = 50_000;
/** Severity of what ends a transaction, and of what a connection does not survive. */
const DEADLOCK_SEVERITY = 13;
const FATAL_SEVERITY = 20;

/** How a driver learns what went wrong behind. */
export function serverError(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  const { code = '', constraint = '', message } = error as ErrorBehind;
  if (code === UNIQUE_VIOLATION) {
    return constraint.endsWith('_pk') || constraint.endsWith('_pkey')
      ? new ServerError(PRIMARY_KEY, `Violation of PRIMARY KEY constraint '${constraint}'.`, 14)
      : new ServerError(
          UNIQUE_INDEX,
          `Cannot insert duplicate key row with unique index '${constraint}'.`,
          14,
        );
  }
  if (code === '') return new ServerError(ANY, message, FATAL_SEVERITY);
  return new ServerError(NUMBERS[code] ?? ANY, message, code === '40P01' ? DEADLOCK_SEVERITY : 16);
}

/** The server undoes the whole transaction by itself: a deadlock, or a snapshot that no longer holds. */
export const undoesTransaction = ({ number }: ServerError) => number === 1205 || number === 3960;
