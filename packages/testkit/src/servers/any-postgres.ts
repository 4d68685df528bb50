/** PostgreSQL for tests that need no crash of it: the installed one, or PGlite where none is. */
import { startPglite } from './pglite.ts';
import { noPostgres, startPostgres } from './postgres.ts';
import type { TestServer } from './server.ts';

/** Starts one or the other; the closing lines of a test run say which. */
export async function startAnyPostgres(): Promise<TestServer> {
  const absent = noPostgres();
  const server = absent === null ? await startPostgres(['fsync=off']) : await startPglite();
  if ('skipped' in server) throw new Error(server.skipped);
  console.log(
    absent === null ? 'used: PostgreSQL' : `used: PGlite in place of PostgreSQL: ${absent.skipped}`,
  );
  return server;
}
