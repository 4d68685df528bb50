// The log of an SQLite file is worked off beside the commits, and nothing of it is left behind.
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '../store.ts';
import { said } from '../testdata/conformance.ts';
import { addCompany } from '../testdata/open.ts';
import { checkpointsOf } from './sqlite-checkpoints.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logonscope-checkpoints-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function openLogged() {
  const file = join(folder, 'a.db');
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  // Nobody but the thread moves anything.
  database.pragma('wal_autocheckpoint = 0');
  database.exec('create table t(n integer, text text)');
  return { file, database };
}

test('what was committed gets to its place without the writer doing anything', async () => {
  const { file, database } = openLogged();
  const checkpoints = checkpointsOf(file, 3);
  const insert = database.prepare('insert into t values(?, ?)');
  const before = statSync(file).size;
  for (let n = 0; n < 50; n++) {
    insert.run(n, 'x'.repeat(4_000));
    checkpoints.committed();
  }
  await expect.poll(() => statSync(file).size, { timeout: 20_000 }).toBeGreaterThan(before + 49 * 4_000);
  // It goes on with what comes later.
  insert.run(50, 'y'.repeat(400_000));
  checkpoints.committed();
  await expect
    .poll(() => statSync(file).size, { timeout: 20_000 })
    .toBeGreaterThan(before + 49 * 4_000 + 400_000);
  checkpoints.end();
  database.close();
  expect(readdirSync(folder)).toEqual(['a.db']);
});

test('ended before it has begun, and after few commits, it leaves nothing behind', () => {
  for (const commits of [0, 2, 4]) {
    const { file, database } = openLogged();
    const checkpoints = checkpointsOf(file, 3);
    for (let n = 0; n < commits; n++) checkpoints.committed();
    checkpoints.end();
    checkpoints.end();
    database.close();
    expect(readdirSync(folder)).toEqual(['a.db']);
    rmSync(file);
  }
});

test('a store that committed often closes to one file with everything in it', async () => {
  const store = await openStore('sqlite:///store.db', { folder });
  await store.migrate();
  const { companyId } = await addCompany(store, 'often');
  for (let minute = 0; minute < 300; minute++)
    await store.events.append(companyId, {
      events: [{ event: said(minute % 2 === 0 ? 'logon' : 'logoff', minute * 5), siteId: null }],
      receivedAt: 0,
    });
  await store.close();
  expect(existsSync(join(folder, 'store.db-wal'))).toBe(false);
  const again = await openStore('sqlite:///store.db', { folder });
  const { n } = await again.db
    .selectFrom('events')
    .select((of) => of.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  expect(n).toBe(300);
  expect(await again.events.rebuild(0, companyId)).toMatchObject({ corrected: 0 });
  await again.close();
});
