// One set of promises, kept on every database that is at hand.
import {
  noMariadb,
  noPostgres,
  startMariadb,
  startPglite,
  startPostgres,
  startSqlServer,
  type TestServer,
} from '@logonscope/testkit';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Store } from './store.ts';
import { storeConformance } from './testdata/conformance.ts';
import { openTestStore } from './testdata/open.ts';

const runs = (few: number) => Number(process.env.LAW_RUNS ?? few);

describe('SQLite', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
  });
  afterAll(() => store.close());
  storeConformance(() => store, runs(300));
});

const SERVERS = [
  { name: 'PostgreSQL', absent: noPostgres(), start: () => startPostgres(['fsync=off']) },
  { name: 'MariaDB', absent: noMariadb(), start: startMariadb },
  { name: 'PGlite', absent: null, start: startPglite },
  { name: 'SQL Server (stand-in)', absent: null, start: () => startSqlServer() },
];

for (const { name, absent, start } of SERVERS) {
  if (absent !== null) {
    test.skipIf(true)(`${name}: ${absent.skipped}`, () => {});
    continue;
  }
  describe(name, () => {
    let server: TestServer;
    let store: Store;
    beforeAll(async () => {
      server = (await start()) as TestServer;
      store = await openTestStore(server.url);
    });
    afterAll(async () => {
      await store.close();
      await server.stop();
    });
    storeConformance(() => store, runs(25));
  });
}
