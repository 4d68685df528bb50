/** A database that may forget what it acknowledged says so at the server's start. */
import { type NoServer, startMariadb, startPostgres, type TestServer } from '@logonscope/testkit';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openStore } from '../store.ts';

async function doubtsOf(database: TestServer | NoServer, skip: (why: string) => never, ...before: string[]) {
  if ('skipped' in database) return skip(database.skipped);
  const store = await openStore(database.url, { folder: '.' });
  try {
    for (const statement of before) await sql.raw(statement).execute(store.db);
    return await store.dialect.doubts?.(store.db);
  } finally {
    await store.close();
    await database.stop();
  }
}

test('PostgreSQL as it comes leaves no doubt', async ({ skip }) => {
  expect(await doubtsOf(await startPostgres(), skip)).toEqual([]);
});

test('PostgreSQL that writes nothing through', async ({ skip }) => {
  const database = await startPostgres(['fsync=off', 'synchronous_commit=off']);
  expect(await doubtsOf(database, skip)).toEqual([
    expect.stringMatching(/fsync = off/),
    expect.stringMatching(/synchronous_commit = off/),
  ]);
});

test('PostgreSQL that does not wait for its standby', async ({ skip }) => {
  const database = await startPostgres(['synchronous_commit=local', 'synchronous_standby_names=other']);
  expect(await doubtsOf(database, skip)).toEqual([expect.stringMatching(/standby may lack/)]);
});

test('MariaDB as it comes leaves no doubt', async ({ skip }) => {
  expect(await doubtsOf(await startMariadb(), skip)).toEqual([]);
});

test('MariaDB whose log is written through once a second', async ({ skip }) => {
  const careless = 'set global innodb_flush_log_at_trx_commit = 2';
  expect(await doubtsOf(await startMariadb(), skip, careless)).toEqual([
    expect.stringMatching(/innodb_flush_log_at_trx_commit = 2/),
  ]);
});
