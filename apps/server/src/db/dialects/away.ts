/** Errors that say: the database cannot be had at the moment, or has no room; nothing is wrong with what was asked. */

/** How a system and the drivers name a connection that was refused or lost. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
  ],
  ...[
    'PROTOCOL_CONNECTION_LOST',
    'ER_SERVER_SHUTDOWN',
    'ER_CON_COUNT_ERROR',
    'ER_DISK_FULL',
    'ER_RECORD_FILE_FULL',
  ],
  ...['ESOCKET', 'ECONNCLOSED', 'ETIMEOUT'],
]);
/** SQLite: no room, a disk that fails, a lock that is held for longer than anybody waits. */
const SQLITE_CODE = /^SQLITE_(FULL|IOERR|BUSY|CANTOPEN)/;
/** PostgreSQL: connection lost (08), a standby (25006), no room or too many connections (53), shut down or starting (57P). */
const POSTGRES_CODE = /^(08...|25006|53...|57P..)$/;
/** What pg says without a code when a connection ends under a statement, or had ended before it. */
const POSTGRES_WORDS = /^(Connection terminated|Client has encountered a connection error)/;
/**
 * SQL Server: no room for data (1105) or log (9002), no memory (701) or locks (1204), shut down (6005) or paused (17142),
 * a copy that takes no writes (983, 3906), and Azure's "come again" (40197, 40501, 40613).
 */
const MSSQL_NUMBERS: ReadonlySet<number> = new Set([
  1105, 9002, 701, 1204, 6005, 17142, 983, 3906, 40197, 40501, 40613,
]);

/** Whether an error of a driver, or what caused it, means that the same may succeed in a while. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = String((error as { code?: unknown }).code ?? '');
  if (CONNECTION_CODES.has(code) || SQLITE_CODE.test(code) || POSTGRES_CODE.test(code)) return true;
  if (POSTGRES_WORDS.test(error.message)) return true;
  if (MSSQL_NUMBERS.has((error as { number?: number }).number ?? 0)) return true;
  // Node tries every address of a name and tells of all together.
  if (error instanceof AggregateError) return error.errors.some(isAway);
  return error.cause !== undefined && isAway(error.cause);
}
