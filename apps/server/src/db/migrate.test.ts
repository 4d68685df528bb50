// A new database gets its tables once, however often and by however many it is asked for.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openStore } from './store.ts';

const run = promisify(execFile);
const ALL = [
  '0001-first-tables',
  '0002-own-classes',
  '0003-sessions-in-order',
  '0004-year-at-hand',
  '0005-wall-for-several',
  '0006-life-until',
];

test('migrating twice applies once', async () => {
  const store = await openStore('sqlite::memory:', { folder: '.' });
  expect(await store.migrate()).toEqual(ALL);
  expect(await store.migrate()).toEqual([]);
  const tables = (await store.db.introspection.getTables()).map(({ name }) => name).sort();
  expect(tables).toContain('events');
  expect(tables.filter((name) => !name.startsWith('kysely'))).toHaveLength(22);
  await store.close();
});

test('three processes that start at once on one new file make the tables once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const script = join(import.meta.dirname, 'testdata', 'migrate-process.ts');
  const runs = await Promise.all([1, 2, 3].map(() => run(process.execPath, [script, folder])));
  expect(runs.flatMap(({ stdout }) => JSON.parse(stdout) as string[])).toEqual(ALL);
  rmSync(folder, { recursive: true });
});

test('an address nobody understands is refused with those there are', async () => {
  await expect(openStore('oracle://x', { folder: '.' })).rejects.toThrow(/begin with one of sqlite/);
});
