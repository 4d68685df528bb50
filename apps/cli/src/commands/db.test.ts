// The database commands as somebody types them, on real databases: files in, kept, moved, damaged, found and mended.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMaintenance, startServer } from '@logonscope/server';
import { startAnyPostgres, startSqlServer } from '@logonscope/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { record } from '../recorded-terminal.ts';
import { settingsOf } from '../server-flags.ts';

const COLLECTOR = join(import.meta.dirname, '../../../../samples/csv/sessionsentry_collector_enUS_ps51.csv');
const COMPANY = 'Łódź "&" <b>';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'db-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => ['--instance', join(folder, name)];
const run = (...line: string[]) => record(line);
const importInto = (name: string, ...more: string[]) =>
  run('import', COLLECTOR, '--company', COMPANY, '--timezone', 'Europe/London', ...more, ...at(name));

/** An installation as a first start leaves it, its server gone again. */
async function installation(name = 'here'): Promise<void> {
  const settings = { ...settingsOf(at(name)), port: 0 };
  const server = await startServer(settings, { say: () => {}, logTo: { write: () => {} }, company: COMPANY });
  await server.close();
}

/** Runs statements in an installation's database, behind everybody's back. */
async function spoil(name: string, sessionsOnly: boolean): Promise<void> {
  const { openInstallation } = await loadMaintenance();
  const store = await openInstallation(settingsOf(at(name)), 'change');
  const { id } = await store.db.selectFrom('sessions').select('id').executeTakeFirstOrThrow();
  await store.db.deleteFrom('sessions').where('id', '=', id).execute();
  if (!sessionsOnly) await store.db.updateTable('day_totals').set({ events: 99 }).execute();
  await store.close();
}

const checksums = (out: string) => out.split('\n').filter((line) => / rows {3}sha256 /.test(line));

test('a file is imported once: the second time all of it is known', async () => {
  await installation();
  const first = await importInto('here', '--site', 'ho');
  expect([first.status, first.error]).toEqual([0, '']);
  const [, stored] = /(\d+) events stored, 0 known already$/m.exec(first.out)!;
  expect(Number(stored)).toBeGreaterThan(5);
  expect((await importInto('here')).out).toContain(`0 events stored, ${stored} known already`);
  expect(await run('db', 'check', ...at('here'))).toMatchObject({ status: 0, error: '' });
});

test('what cannot be read is told with file and line, the rest is stored, and the status is 1', async () => {
  await installation();
  const broken = join(folder, 'broken.csv');
  copyFileSync(COLLECTOR, broken);
  writeFileSync(broken, 'noonish,Logon,nobody\n', { flag: 'a' });
  const { status, out, error } = await run(
    ...['import', broken, join(folder, 'gone.evtx'), '--company', COMPANY.toUpperCase()],
    ...['--timezone', 'UTC', ...at('here')],
  );
  expect(status).toBe(1);
  expect(out).toMatch(/broken\.csv {3}[1-9]\d* events stored, 0 known already, \d problems?$/m);
  expect(error).toMatch(/broken\.csv, line \d+ {3}/);
  expect(error).toMatch(/gone\.evtx .*no such file/);

  const list = join(folder, 'problems.ndjson');
  await run('import', broken, '--company', COMPANY, '--quiet', '--problems', list, ...at('here'));
  const told = readFileSync(list, 'utf8').trim().split('\n');
  expect(told.map((line) => JSON.parse(line).code)).toContain('zone-assumed');
});

test('of a folder the logs are imported, and what else lies there is named once', async () => {
  await installation();
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  copyFileSync(COLLECTOR, join(logs, 'activity.csv'));
  writeFileSync(join(logs, 'notes.txt'), 'Call the dentist.\n');
  const { status, out, error } = await run(
    ...['import', logs, '--company', COMPANY, '--timezone', 'UTC', ...at('here')],
  );
  expect([status, error]).toEqual([0, `left out 1 file of no known format: ${join(logs, 'notes.txt')}\n`]);
  expect(out).not.toContain('notes.txt');
  const { openInstallation } = await loadMaintenance();
  const store = await openInstallation(settingsOf(at('here')), 'read');
  const imports = await store.db.selectFrom('imports').selectAll().orderBy('file_name').execute();
  await store.close();
  const [activity, notes] = imports;
  expect(activity).toMatchObject({ state: 'done', file_name: 'activity.csv', problem_count: 0 });
  expect(out).toContain(`activity.csv   ${activity!.events_stored} events stored`);
  expect(notes).toMatchObject({ state: 'done', file_name: 'notes.txt', events_stored: 0, problem_count: 1 });
});

test('damage in an event log is told with file, record and place', async ({ skip }) => {
  const damaged = join(
    import.meta.dirname,
    '../../../../../shared/fixtures/evtx/security-truncated-file.evtx',
  );
  if (!existsSync(damaged)) return skip(`there is no ${damaged}`);
  await installation();
  const { status, out, error } = await run('import', damaged, '--company', COMPANY, ...at('here'));
  expect(status).toBe(1);
  expect(out).toMatch(/[1-9]\d* events stored, 0 known already, 2 problems\n$/);
  expect(error).toMatch(/truncated-file\.evtx, record 284 at 0x30bd8 {3}evtx\/damaged-record/);
});

test('nobody else’s company takes the events: a wrong name is refused with those there are', async () => {
  await installation();
  const { status, error } = await run('import', COLLECTOR, '--company', 'Acme', ...at('here'));
  expect([status, error]).toEqual([
    2,
    `logonscope: There is no company "Acme"; there is ${JSON.stringify(COMPANY)}\n`,
  ]);
  const site = await importInto('here', '--site', 'Moon');
  expect([site.status, site.error]).toEqual([
    2,
    'logonscope: The company has no site "Moon"; there is "HO"\n',
  ]);
});

test('a backup restores into an empty database, and only there', async () => {
  await installation();
  await importInto('here');
  const file = join(folder, 'backup.db');
  expect(await run('db', 'backup', file, ...at('here'))).toMatchObject({ status: 0, error: '' });
  expect(statSync(file).mode & 0o077).toBe(0);
  const kept = readFileSync(file);
  const again = await run('db', 'backup', file, ...at('here'));
  expect([again.status, again.error]).toEqual([2, `logonscope: There is a file already: ${file}\n`]);

  const restored = await run('db', 'restore', file, ...at('there'));
  expect([restored.status, restored.error]).toEqual([0, '']);
  expect(restored.out).toMatch(/^users +1 rows {3}sha256 [0-9a-f]{64}$/m);
  expect(readFileSync(file).equals(kept)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.db']);
  expect((await importInto('there')).out).toContain(' 0 events stored');
  const full = await run('db', 'restore', file, ...at('here'));
  expect([full.status, full.error]).toMatchObject([2, expect.stringContaining('is not empty')]);
});

test('what is no backup restores nothing', async () => {
  for (const bytes of ['', 'a letter, and no database at all']) {
    const file = join(folder, 'letter.db');
    writeFileSync(file, bytes);
    const { status, error } = await run('db', 'restore', file, ...at('there'));
    expect([status, error]).toMatchObject([2, expect.stringMatching(/no backup|not a database/)]);
  }
});

test('a check finds damage and changes nothing; a rebuild mends the sessions', async () => {
  await installation();
  await importInto('here');
  await spoil('here', true);
  for (let twice = 0; twice < 2; twice++) {
    const { status, out } = await run('db', 'check', ...at('here'));
    expect(status).toBe(1);
    expect(out).toContain('sessions-differ   0 stored sessions are not what the events tell, 1 are missing.');
    expect(out).toContain('logonscope db rebuild');
  }
  const rebuilt = await run('db', 'rebuild', '--company', COMPANY, ...at('here'));
  expect(rebuilt).toMatchObject({ status: 0, out: expect.stringContaining('1 were missing, different') });
  expect((await run('db', 'rebuild', ...at('here'))).out).toContain('nothing differed');
  expect(await run('db', 'check', ...at('here'))).toMatchObject({ status: 0 });
  await spoil('here', false);
  expect((await run('db', 'check', ...at('here'))).out).toContain('totals-differ');
});

test('a database that is not there is not made by looking at it; migrate makes it, twice is once', async () => {
  for (const action of ['check', 'rebuild']) {
    const { status, error } = await run('db', action, ...at('none'));
    expect([status, error]).toMatchObject([2, expect.stringContaining('There is no database at ')]);
  }
  expect((await run('db', 'migrate', ...at('none'))).out).toMatch(
    /^applied 0001-first-tables\napplied 0002-own-classes\napplied 0003-sessions-in-order\napplied 0004-year-at-hand\napplied 0005-wall-for-several\napplied 0006-life-until\n.*up to date\n$/,
  );
  expect((await run('db', 'migrate', ...at('none'))).out).toMatch(/^sqlite.* is up to date\n$/);
});

test('a database without its tables is told apart from one that is damaged', async () => {
  writeFileSync(join(folder, 'logonscope.db'), '');
  const checked = await run('db', 'check', '--instance', folder);
  expect(checked).toMatchObject({ status: 1, out: expect.stringContaining('0001-first-tables is missing') });
  const rebuilt = await run('db', 'rebuild', '--instance', folder);
  expect([rebuilt.status, rebuilt.error]).toMatchObject([
    2,
    expect.stringContaining('run: logonscope db migrate'),
  ]);
});

test('beside a server that runs: files are imported, it is checked and kept, and the server goes on', async () => {
  const settings = { ...settingsOf(at('here')), port: 0 };
  const logTo = { write: () => {} };
  const server = await startServer(settings, { say: () => {}, logTo, company: COMPANY });
  try {
    const post = async (time: string) => {
      const answer = await fetch(`${server.address}/api/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.first!.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify([{ time, type: 'Logon', user: 'ana', computer: 'PC1', logonId: '0x1' }]),
      });
      expect(answer.status).toBeLessThan(300);
    };
    await post('2026-03-02T08:00:00Z');
    expect(await importInto('here')).toMatchObject({ status: 0 });
    await post('2026-03-02T09:00:00Z');
    const file = join(folder, 'kept.db');
    expect(await run('db', 'backup', file, ...at('here'))).toMatchObject({ status: 0, error: '' });
    expect(await run('db', 'check', ...at('here'))).toMatchObject({ status: 0, error: '' });
    expect((await run('db', 'rebuild', ...at('here'))).out).toContain('nothing differed');
    await post('2026-03-02T10:00:00Z');
    expect(await run('db', 'check', ...at('here'))).toMatchObject({ status: 0, error: '' });
  } finally {
    await server.close();
  }
});

test('details that an action needs or does not take are all named at once', async () => {
  expect((await run('db', 'copy', 'x.db', '--company', 'Acme')).error).toBe(
    [
      'logonscope: db copy: --to <url> is needed',
      'logonscope: db copy: takes no <file>',
      'logonscope: db copy: takes no --company <name>',
      'logonscope: see: logonscope db --help',
      '',
    ].join('\n'),
  );
  expect((await run('db', 'chek')).error).toContain('did you mean check?');
});

test('an address that nobody listens at is a sentence, without its password', async () => {
  const address = 'postgresql://me:secret@127.0.0.1:9/x';
  const { status, error } = await run('db', 'check', '--database', address, ...at('here'));
  expect([status, error]).toMatchObject([2, expect.stringContaining('does not answer')]);
  expect(error).not.toContain('secret');
});

test.each([
  ['PostgreSQL', startAnyPostgres],
  ['SQL Server (stand-in)', startSqlServer],
] as const)('SQLite → %s → SQLite: the same checksums each time', { timeout: 60_000 }, async (_, start) => {
  const server = await start();
  try {
    await installation();
    await importInto('here');
    const there = await run('db', 'copy', '--to', server.url, ...at('here'));
    expect([there.status, there.error]).toEqual([0, '']);
    const onServer = ['--database', server.url, ...at('other')];
    expect(await run('db', 'check', ...onServer)).toMatchObject({ status: 0, error: '' });
    const back = await run(
      'db',
      'copy',
      '--to',
      `sqlite:///${join(folder, 'back', 'logonscope.db')}`,
      ...onServer,
    );
    expect([back.status, back.error]).toEqual([0, '']);
    expect(checksums(there.out)).not.toHaveLength(0);
    expect(checksums(back.out)).toEqual(checksums(there.out));
    expect((await importInto('back')).out).toContain(' 0 events stored');
    expect(statSync(join(folder, 'back', 'logonscope.db')).mode & 0o077).toBe(0);
    const twice = await run('db', 'copy', '--to', server.url, ...at('back'));
    expect([twice.status, twice.error]).toMatchObject([2, expect.stringContaining('is not empty')]);

    const file = join(folder, 'server.db');
    expect(await run('db', 'backup', file, ...onServer)).toMatchObject({ status: 0, error: '' });
    expect(readdirSync(folder).filter((name) => name.startsWith('server'))).toEqual(['server.db']);
    expect(checksums((await run('db', 'restore', file, ...at('kept'))).out)).toEqual(checksums(there.out));
  } finally {
    await server.stop();
  }
});
