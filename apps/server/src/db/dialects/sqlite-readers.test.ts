/** Questions to an SQLite file are answered beside the thread that writes, of what is committed, and can change nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../store.ts';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'readers-'));
  store = await openStore('sqlite:///store.db', { folder });
  await store.migrate();
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const COUNTED = 1_000_000;
const long = () =>
  sql<{ n: number }>`with recursive c(i) as (select 1 union all select i + 1 from c where i < ${COUNTED})
    select count(*) as n from c`.execute(store.inside('all'));
const tellLease = (name: string) =>
  store.db.insertInto('leases').values({ name, owner: 'me', until: 1 }).execute();

test('whoever writes does not wait for whoever reads', async () => {
  const order: string[] = [];
  const reading = long().then(({ rows }) => order.push(`read ${rows[0]!.n}`));
  await tellLease('first').then(() => order.push('written'));
  await reading;
  expect(order).toEqual(['written', `read ${COUNTED}`]);
});

test('what is committed is seen by the next question', async () => {
  await tellLease('second');
  const found = await store.inside('all').selectFrom('leases').select('name').orderBy('name').execute();
  expect(found.map(({ name }) => name)).toContain('second');
});

test('more questions than threads are all answered', async () => {
  const many = Array.from({ length: 12 }, (_, i) =>
    sql<{ i: number }>`select ${i} as i`.execute(store.inside('all')),
  );
  expect((await Promise.all(many)).map(({ rows }) => rows[0]!.i)).toEqual(many.map((_, i) => i));
});

test('nothing can be changed there, and what is wrong is said', async () => {
  const change = store.inside('all').deleteFrom('leases').returning('name').execute();
  await expect(change).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
  await expect(sql`select missing from leases`.execute(store.inside('all'))).rejects.toThrow(
    /no such column/,
  );
  await expect(
    store
      .inside('all')
      .transaction()
      .execute(async () => {}),
  ).rejects.toThrow(/no transaction/);
});
