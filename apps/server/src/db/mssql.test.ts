// What is particular to SQL Server: how a database must be set up, lost connections, levels of isolation, sizes of keys.
import { startSqlServer, type TestServer } from '@logonscope/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isAway } from './dialects/away.ts';
import { MSSQL } from './dialects/mssql.ts';
import { newId } from './ids.ts';
import { TABLES } from './migrations/index.ts';
import { openStore, type Store } from './store.ts';
import type { TableDef } from './table-def.ts';
import { said } from './testdata/conformance.ts';
import { addCompany, openTestStore } from './testdata/open.ts';
import { companyTransaction } from './transaction.ts';

test.each([
  [{ readCommittedSnapshot: false }, /set read_committed_snapshot on;$/],
  [{ allowSnapshotIsolation: false }, /set allow_snapshot_isolation on;$/],
  [{ compatibilityLevel: 120 }, /set compatibility_level = 130;$/],
])('a database with %j is left alone, and told what to run first', async (facts, statement) => {
  const server = await startSqlServer({ facts });
  const store = await openStore(server.url, { folder: '.' });
  await expect(store.migrate()).rejects.toThrow(statement);
  const tables = await store.db.introspection.getTables({ withInternalKyselyTables: true });
  expect(tables).toEqual([]);
  await store.close();
  await server.stop();
});

describe('a store on SQL Server', () => {
  let server: TestServer;
  let store: Store;
  const heard: string[] = [];
  beforeAll(async () => {
    server = await startSqlServer({ heard: (statement) => heard.push(statement) });
    store = await openTestStore(server.url);
  });
  beforeEach(() => heard.splice(0));
  afterAll(async () => {
    await store.close();
    await server.stop();
  });
  const lease = (name: string, owner: string, until = 1) => [name, owner, until] as const;
  const COLUMNS = { name: 'text', owner: 'text', until: 'big' } as const;
  const leases = (name: string) =>
    store.db.selectFrom('leases').selectAll().where('name', 'like', `${name}%`).orderBy('name').execute();

  test('of repeated keys in one insert the first is taken; what is there already stays', async () => {
    const rows = [lease('r 1', 'a'), lease('r 1', 'b'), lease('r 2', 'c')];
    await MSSQL.insertAbsent(store.db, 'leases', COLUMNS, rows, ['name']);
    await MSSQL.insertAbsent(store.db, 'leases', COLUMNS, [lease('r 2', 'd')], ['name']);
    expect((await leases('r ')).map(({ owner }) => owner)).toEqual(['a', 'c']);
  });

  test('changing and inserting are one transaction, whether or not one is open', async () => {
    const change = { owner: 'set', until: 'greatest' } as const;
    await MSSQL.upsert(store.db, 'leases', COLUMNS, [lease('u', 'a', 5)], ['name'], change);
    await MSSQL.upsert(store.db, 'leases', COLUMNS, [lease('u', 'b', 3)], ['name'], change);
    await store.db
      .transaction()
      .execute((tx) => MSSQL.upsert(tx, 'leases', COLUMNS, [lease('u', 'c', 9)], ['name'], { until: 'add' }));
    expect(await leases('u')).toEqual([{ name: 'u', owner: 'b', until: 14 }]);
    expect(heard.filter((one) => one.includes('begin transaction'))).toHaveLength(3);
  });

  test('a duplicate is known as one, and the connection goes on', async () => {
    const insert = () => store.db.insertInto('leases').values({ name: 'd', owner: 'a', until: 1 }).execute();
    await insert();
    const error = await insert().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(MSSQL.isDuplicate(error)).toBe(true);
    expect([MSSQL.isTransient(error), isAway(error)]).toEqual([false, false]);
    expect(await leases('d')).toHaveLength(1);
  });

  test('who loses a deadlock tries again, and both arrive', async () => {
    const { companyId } = await addCompany(store, `deadlock ${newId()}`);
    const of = (computer: string, minute: number) =>
      said('logon', minute, { computer, identity: `${minute}` });
    const send = (events: ReturnType<typeof said>[]) =>
      store.events.append(companyId, {
        events: events.map((event) => ({ event, siteId: null })),
        receivedAt: 1,
      });
    await send([of('A', 0), of('B', 0)]);
    let first!: () => void;
    const bothHold = new Promise<void>((resolve) => {
      let holding = 0;
      first = () => ++holding === 2 && resolve();
    });
    const cross = (one: string, other: string) => {
      let tried = 0;
      return companyTransaction(store.db, store.dialect, companyId, async (tx) => {
        const touch = (name: string) =>
          sql`update computers set last_seen_at = last_seen_at + 1
            where company_id = ${companyId} and name = ${name}`.execute(tx);
        await touch(one);
        if (++tried === 1) {
          first();
          await bothHold;
        }
        await touch(other);
        return tried;
      });
    };
    const tries = await Promise.all([cross('A', 'B'), cross('B', 'A')]);
    expect(tries.sort()).toEqual([1, 2]);
    const rows = await store.db
      .selectFrom('computers')
      .select('last_seen_at')
      .where('company_id', '=', companyId)
      .execute();
    expect(rows.map(({ last_seen_at }) => last_seen_at)).toEqual([3, 3]);
  });

  test('a connection that read one moment of everything goes back to the usual level', async () => {
    await store.db
      .transaction()
      .setIsolationLevel('snapshot')
      .execute((tx) => tx.selectFrom('leases').selectAll().execute());
    const levels = heard.filter((one) => one.includes('isolation level'));
    expect(levels).toEqual([
      'set transaction isolation level snapshot; begin transaction',
      'set transaction isolation level read committed',
    ]);
  });

  test('a server that went away is away, not wrong; once it is back the store goes on', async () => {
    const asked = () => store.db.selectFrom('leases').select('name').execute();
    const open = store.db.transaction().execute(async (tx) => {
      await tx.selectFrom('leases').select('name').execute();
      await server.crash();
      await tx.selectFrom('leases').select('name').execute();
    });
    const lost = await open.catch((error: unknown) => error);
    expect(isAway(lost), String(lost)).toBe(true);
    const refused = await asked().catch((error: unknown) => error);
    expect(isAway(refused), String(refused)).toBe(true);
    await server.restart();
    await expect.poll(asked, { timeout: 20_000 }).toBeInstanceOf(Array);
  });

  test('nobody is let in by a wrong password, and that is no matter of waiting', async () => {
    const wrong = await openStore(server.url.replace(/:[^:@/]+@/, ':wrong@'), { folder: '.' });
    const error = await wrong.migrate().catch((thrown: unknown) => thrown);
    expect([String(error), isAway(error)]).toEqual([expect.stringMatching(/Login failed/), false]);
    await wrong.close();
  });
});

/** What a key may take at most: the primary one, by which the rows lie, and any other index. */
const PRIMARY_BYTES = 900;
const INDEX_BYTES = 1_700;

function bytesOf({ columns }: TableDef, names: readonly string[]): number {
  return names.reduce((sum, name) => {
    const [word, length] = columns[name]!.replace('?', '').split(' ');
    return sum + (word === 'key' ? 2 * Number(length) : 8);
  }, 0);
}

test('every key and index fits into what SQL Server allows', () => {
  for (const table of TABLES) {
    expect(bytesOf(table, table.key), table.name).toBeLessThanOrEqual(PRIMARY_BYTES);
    for (const names of [...(table.unique ?? []), ...(table.indexes ?? [])])
      expect(bytesOf(table, names), `${table.name} ${names}`).toBeLessThanOrEqual(INDEX_BYTES);
  }
});
