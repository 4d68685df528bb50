// A store moves to another database and back without losing a row; damage is found, and refused where it matters.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAnyPostgres, startMariadb, startSqlServer } from '@logonscope/testkit';
import { expect, test } from 'vitest';
import { openStore, type Store } from '../store.ts';
import { said, storedSessions } from '../testdata/conformance.ts';
import { addCompany, openTestStore } from '../testdata/open.ts';
import { backup, restore } from './backup.ts';
import { checkStore } from './check.ts';
import { type CopiedTable, copyStore } from './copy.ts';

async function filled(): Promise<{ store: Store; companyId: number }> {
  const store = await openTestStore();
  const { companyId, siteId } = await addCompany(store, 'Łódź "&" <b>');
  for (let day = 0; day < 30; day++) {
    const at = day * 1440;
    const events = [
      said('logon', at),
      said('lock', at + 60),
      said('unlock', at + 90),
      said('logoff', at + 400),
    ];
    await store.events.append(companyId, {
      events: events.map((event) => ({ event, siteId })),
      receivedAt: 1,
      positions: [{ computer: 'PC1', spoolEpoch: 'e', storedThrough: day }],
    });
  }
  return { store, companyId };
}

test('from SQLite over SQL Server’s stand-in, PostgreSQL and MariaDB to a backup: the same rows, and in order', {
  timeout: 180_000,
}, async () => {
  const servers = [await startSqlServer(), await startAnyPostgres(), await startMariadb()];
  for (const server of servers)
    if ('skipped' in server) console.log(`skipped: copying over ${server.skipped}`);
  const folder = mkdtempSync(join(tmpdir(), 'tools-'));
  const { store, companyId } = await filled();
  let source = store;
  let before: CopiedTable[] | null = null;
  try {
    const sessions = await storedSessions(store, companyId);
    for (const server of servers) {
      if ('skipped' in server) continue;
      const target = await openStore(server.url, { folder });
      const copied = await copyStore(source, target);
      // Equal checksums: what was read here is what was read one database before.
      expect(copied).toEqual(before ?? copied);
      before = copied;
      expect(copied.find(({ table }) => table === 'events')?.rows).toBe(120);
      expect(await storedSessions(target, companyId)).toEqual(sessions);
      expect(await checkStore(target)).toEqual([]);
      const file = join(folder, `${target.dialect.name}.db`);
      await backup(target, file);
      const kept = await openTestStore();
      expect(await restore(kept, file)).toEqual(copied);
      await kept.close();
      await source.close();
      source = target;
    }
    await backup(source, join(folder, 'backup.db'));
    const back = await openTestStore();
    expect(await restore(back, join(folder, 'backup.db'))).toEqual(before);
    expect(await storedSessions(back, companyId)).toEqual(sessions);
    expect(await back.events.rebuild(1)).toMatchObject({ corrected: 0 });
    await back.close();
  } finally {
    await source.close();
    for (const server of servers) if (!('skipped' in server)) await server.stop();
    rmSync(folder, { recursive: true });
  }
});

test('a backup of SQLite is one file; nothing is written over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tools-'));
  const { store, companyId } = await filled();
  await backup(store, join(folder, 'b.db'));
  await expect(backup(store, join(folder, 'b.db'))).rejects.toThrow(/There is a file already/);
  await expect(restore(store, join(folder, 'b.db'))).rejects.toThrow(/not empty/);
  const copy = await openStore('sqlite:///b.db', { folder });
  expect(await storedSessions(copy, companyId)).toEqual(await storedSessions(store, companyId));
  await copy.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

test('a check finds a changed event, wrong totals and a wrong session', async () => {
  const { store, companyId } = await filled();
  expect(await checkStore(store)).toEqual([]);
  const { hash } = await store.db.selectFrom('events').select('hash').executeTakeFirstOrThrow();
  await store.db
    .updateTable('events')
    .set({ hash: hash - 1 })
    .where('hash', '=', hash)
    .execute();
  const { id } = await store.db.selectFrom('sessions').select('id').executeTakeFirstOrThrow();
  await store.db.deleteFrom('sessions').where('id', '=', id).execute();
  await store.db.updateTable('day_totals').set({ events: 9 }).where('company_id', '=', companyId).execute();
  const codes = (await checkStore(store)).map(({ code }) => code).sort();
  expect(codes).toEqual(['event-changed', 'sessions-differ', 'totals-differ']);
  await store.close();
});
