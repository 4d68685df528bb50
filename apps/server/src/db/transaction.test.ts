/** Transactions on real databases: a deadlock is tried again, and a batch of any size is one commit. */
import { createDecoder } from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import {
  decodeSimulated,
  type NoServer,
  startMariadb,
  startPostgres,
  type TestServer,
} from '@logonscope/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from './store.ts';
import { companyTransaction } from './transaction.ts';

/** How many transactions a database has committed so far. */
const COMMITS = {
  PostgreSQL: sql<{
    n: number;
  }>`select xact_commit as n from pg_stat_database where datname = current_database()`,
  MariaDB: sql<{ n: number }>`select cast(variable_value as signed) as n from information_schema.global_status
    where variable_name = 'COM_COMMIT'`,
} as const;

describe.each([
  ['PostgreSQL', () => startPostgres(['fsync=off'])],
  ['MariaDB', startMariadb],
] as const)('%s', (name, start) => {
  let server: TestServer | NoServer;
  let store: Store;
  beforeAll(async () => {
    server = await start();
    if ('skipped' in server) return;
    store = await openStore(server.url, { folder: '.' });
    await store.migrate();
    const company = {
      name: 'One',
      name_key: 'one',
      is_active: 1,
      mfa_policy: 'inherit',
      created_at: 0,
    } as const;
    await store.db
      .insertInto('companies')
      .values({ id: 1, ...company })
      .execute();
  }, 60_000);
  afterAll(async () => {
    if ('skipped' in server) return;
    await store.close();
    await server.stop();
  });

  test('two transactions that wait for each other both arrive', async ({ skip }) => {
    if ('skipped' in server) return skip(server.skipped);
    for (const lease of ['a', 'b'])
      await store.db.insertInto('leases').values({ name: lease, owner: '', until: 0 }).execute();
    let [arrived, attempts] = [0, 0];
    let meet = () => {};
    const bothHaveOne = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const lockBoth = (first: string, second: string) =>
      companyTransaction(store.db, store.dialect, 1, async (tx) => {
        attempts += 1;
        const add = (which: string) =>
          sql`update leases set until = until + 1 where name = ${which}`.execute(tx);
        await add(first);
        if (++arrived === 2) meet();
        await bothHaveOne;
        await add(second);
      });
    await Promise.all([lockBoth('a', 'b'), lockBoth('b', 'a')]);
    expect(attempts).toBeGreaterThan(2);
    const leases = await store.db.selectFrom('leases').select('until').orderBy('name').execute();
    expect(leases.map(({ until }) => until)).toEqual([2, 2]);
  });

  test('a batch of a thousand events is one commit', async ({ skip }) => {
    if ('skipped' in server) return skip(server.skipped);
    const [computer] = [...simulateFleet({ seed: 1, computers: 1, days: 30, processes: 0 })];
    const decoded = decodeSimulated(computer!.records, createDecoder({ peopleOnly: true }));
    const events = decoded.events.slice(0, 1_000);
    const commits = async () => {
      // PostgreSQL tells its figures when a connection has been idle for a moment; a new one reads what was told.
      if (name === 'PostgreSQL') await sql`select pg_stat_force_next_flush()`.execute(store.db);
      return Number((await COMMITS[name].execute(store.db)).rows[0]!.n);
    };
    const before = await commits();
    const batch = events.map((event) => ({ event, siteId: null }));
    await store.events.append(1, { events: batch, receivedAt: 0 });
    const after = await commits();
    expect(events).toHaveLength(1_000);
    // The questions of this test and the news to others are transactions too; a commit for each row would be a thousand.
    expect(after - before).toBeGreaterThan(0);
    expect(after - before).toBeLessThan(name === 'MariaDB' ? 2 : 40);
  });
});
