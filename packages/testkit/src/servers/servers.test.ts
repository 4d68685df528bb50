// Throw-away servers start, answer, survive a crash and leave nothing behind.
import { describe, expect, test } from 'vitest';
import { startMariadb } from './mariadb.ts';
import { startPglite } from './pglite.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import { answers } from './server.ts';
import { startSqlServer } from './sql-server.ts';

describe.each([
  ['PostgreSQL', startPostgres],
  ['MariaDB', startMariadb],
  ['Redis', startRedis],
  ['PGlite', startPglite],
  ['SQL Server (stand-in)', startSqlServer],
] as const)('%s', (_, start) => {
  test('starts, crashes, starts again, stops', async ({ skip }) => {
    const server = await start();
    if ('skipped' in server) return skip(server.skipped);
    expect(await answers(server.port)).toBe(true);
    await server.crash();
    expect(await answers(server.port)).toBe(false);
    await server.restart();
    expect(await answers(server.port)).toBe(true);
    await server.stop();
    expect(await answers(server.port)).toBe(false);
  });
});
