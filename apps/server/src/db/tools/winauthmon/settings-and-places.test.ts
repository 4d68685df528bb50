/** Where an original is read from and what it moves into, as the settings say; a PostgreSQL original among them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAnyPostgres } from '@logonscope/testkit';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { firstStart } from '../../../operations/first-start.ts';
import { openStore } from '../../store.ts';
import { importWinauthmon } from './index.ts';
import type { MoveProblem } from './report.ts';
import { twoCompanies } from './testdata/two-companies.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winauthmon-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(from: string, ...argv: string[]) {
  const problems: MoveProblem[] = [];
  const tell = (problem: MoveProblem) => void problems.push(problem);
  return importWinauthmon({ from, argv, env: {}, folder, tell, clock: () => NOW }).then((done) => ({
    ...done,
    problems,
  }));
}
const openOurs = () => openStore('sqlite:///logonscope.db', { folder: join(folder, 'instance') });

test('into an instance that is made for it, in the zone that is named or that the original had', async () => {
  twoCompanies(join(folder, 'old.db')).close();
  const named = await run('old.db', '--timezone', 'Europe/Berlin');
  expect(named.timezone).toBe('Europe/Berlin');
  expect(named.problems.filter(({ table, row }) => table === 'api_logs' && row === null)).toEqual([]);
  const store = await openOurs();
  const { time } = await store.db
    .selectFrom('events')
    .select('time')
    .orderBy('time')
    .executeTakeFirstOrThrow();
  await store.close();
  expect(new Date(time).toISOString()).toBe('2025-06-02T06:00:00.000Z');
  const assumed = await run('old.db', '--instance', 'other');
  expect(assumed.timezone).toBe('Europe/London');
  expect(assumed.problems).toContainEqual(
    expect.objectContaining({ table: 'api_logs', row: null, field: 'timestamp' }),
  );
});

test('beside a first start: the account of its administrator stays his', async () => {
  twoCompanies(join(folder, 'old.db')).close();
  const before = await openOurs();
  await before.migrate();
  await firstStart({ store: before, clock: () => NOW });
  const ofAdmin = () =>
    before.db.selectFrom('users').selectAll().where('username', '=', 'superadmin').execute();
  const admins = await ofAdmin();
  const { problems } = await run('old.db', '--timezone', 'UTC');
  expect(await ofAdmin()).toEqual(admins);
  expect(problems).toContainEqual(
    expect.objectContaining({ table: 'app_auth_users', row: 1, field: 'username', outcome: 'left-out' }),
  );
  await before.close();
});

test('a config.ini that names the original itself as the store is refused before anything is written', async () => {
  const old = twoCompanies(join(folder, 'database.db'));
  await expect(run('database.db', '--database', `sqlite:///${join(folder, 'database.db')}`)).rejects.toThrow(
    /name another with --database/,
  );
  old.close();
});

/** The tables that an original has on PostgreSQL, with a row each. */
const ON_POSTGRES = `
create table app_auth_companies (id serial primary key, name varchar(100) not null, description varchar(200), created_at timestamp not null);
create table app_auth_users (id serial primary key, username varchar(20) not null, email varchar(120) not null, password varchar(60) not null,
  role varchar(20) not null, is_active boolean, mfa_secret varchar(32), mfa_enabled boolean, mfa_required boolean);
create table app_auth_user_companies (id serial primary key, user_id int not null, company_id int not null, role varchar(50) not null);
create table app_auth_api_keys (id serial primary key, key varchar(64) not null, description varchar(100), created_at timestamp not null,
  last_used timestamp, is_active boolean, company_id int);
create table api_logs (id serial primary key, event_type varchar(20) not null, user_name varchar(50) not null, computer_name varchar(50) not null,
  local_ip varchar(45), public_ip varchar(45), timestamp timestamp not null, retry int not null, company_id int, api_key_id int);
insert into app_auth_companies values (1, 'Acme', null, '2025-01-01 09:00');
insert into app_auth_users values (1, 'ana', 'ana@example.com', '$2b$04$${'x'.repeat(53)}', 'User', true, null, false, null);
insert into app_auth_user_companies values (1, 1, 1, 'CompanyAdmin');
insert into app_auth_api_keys values (1, '${'a'.repeat(64)}', 'HO', '2025-01-01 09:00', null, false, 1);
insert into api_logs values (1, 'Logon', 'ana', 'PC-1', null, null, '2025-06-02 09:00', 0, 1, 1);
insert into api_logs values (2, 'Logoff', 'ana', 'PC-1', null, null, '2025-06-02 17:00:00.5', 0, 1, 1);
`;

test('from PostgreSQL, whose times are no more bound to a zone than those of SQLite', async () => {
  const server = await startAnyPostgres();
  try {
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query(ON_POSTGRES);
    await client.end();
    const { counts, problems } = await run(server.url, '--timezone', 'America/New_York');
    expect(problems).toEqual([]);
    expect(counts.api_logs).toEqual({ added: 2, known: 0, leftOut: 0 });
    const store = await openOurs();
    const session = await store.db.selectFrom('sessions').select(['start_at', 'end_at']).executeTakeFirst();
    expect(session).toEqual({
      start_at: Date.parse('2025-06-02T13:00:00Z'),
      end_at: Date.parse('2025-06-02T21:00:00.500Z'),
    });
    const key = await store.db.selectFrom('api_keys').select(['is_active', 'prefix']).executeTakeFirst();
    expect(key).toEqual({ is_active: 0, prefix: 'aaaaaaaa' });
    const user = await store.db.selectFrom('users').select(['is_active', 'mfa_required']).executeTakeFirst();
    expect(user).toEqual({ is_active: 1, mfa_required: null });
    await store.close();
  } finally {
    await server.stop();
  }
});
