/** An original installation moves in: people, keys and events go on here, and nothing is lost without a word. */
import { join } from 'node:path';
import { decode, type SessionEvent, sessionize } from '@logonscope/core';
import { agentRecord } from '@logonscope/readers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCode } from '../../../access/mfa/totp.ts';
import { readSection } from '../../../access/portal/settings.ts';
import { seal } from '../../../access/secrets.ts';
import { accountRoutes } from '../../../features/account/routes.ts';
import { openIngest } from '../../../features/ingest/open.ts';
import { openTestPortal, type TestPortal } from '../../../http/testdata/portal.ts';
import { storedSessions } from '../../testdata/conformance.ts';
import { checkStore } from '../check.ts';
import { moveIn } from './move.ts';
import { openOriginal } from './original.ts';
import type { MoveCounts, MoveProblem } from './report.ts';
import type { OriginalDatabase } from './testdata/original-database.ts';
import { KEYS, PASSWORD, TOTP_SECRET, twoCompanies } from './testdata/two-companies.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
let portal: TestPortal;
let original: OriginalDatabase;
let first: { counts: MoveCounts; problems: MoveProblem[] };

async function move(): Promise<typeof first> {
  const problems: MoveProblem[] = [];
  const opened = await openOriginal('original.db', portal.folder);
  const counts = await moveIn({
    ...{ store: portal.store, original: opened, timezone: 'Europe/London', clock: () => NOW },
    seal: (secret, userId) => seal(portal.access.portal.totpKey, secret, `user:${userId}`),
    tell: (problem) => problems.push(problem),
  });
  await opened.close();
  return { counts, problems };
}

beforeAll(async () => {
  portal = await openTestPortal({
    now: () => NOW,
    routes: ({ access, store, folder }) => [
      ...accountRoutes(access),
      ...openIngest({ store, now: () => NOW, uploadFolder: folder, assumedTimezone: 'UTC' }).routes,
    ],
  });
  original = twoCompanies(join(portal.folder, 'original.db'));
  first = await move();
});
afterAll(async () => {
  original.close();
  await portal.close();
});

const companyId = async (name: string) =>
  (
    await portal.store.db
      .selectFrom('companies')
      .select('id')
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
  ).id;

async function post(url: string, payload: object, headers = {}) {
  const answer = await portal.app.inject({ method: 'POST', url, payload, headers });
  return { status: answer.statusCode, body: answer.json(), cookie: answer.headers['set-cookie'] };
}
const login = (name: string, password = PASSWORD) => post('/api/v1/account/login', { login: name, password });

/** Every table that a move writes, as rows. */
async function everything() {
  const { db } = portal.store;
  const names = ['companies', 'sites', 'api_keys', 'users', 'memberships', 'app_settings'] as const;
  const more = ['allowed_domains', 'events', 'sessions', 'day_totals', 'audit_trail'] as const;
  const tables = [...names, ...more].map((name) => db.selectFrom(name).selectAll().execute());
  return (await Promise.all(tables)) as unknown[][];
}

describe('after the move', () => {
  it('every row of the original is counted once', () => {
    expect(first.counts).toEqual({
      app_auth_companies: { added: 4, known: 0, leftOut: 0 },
      app_auth_api_keys: { added: 4, known: 0, leftOut: 2 },
      app_auth_users: { added: 7, known: 0, leftOut: 3 },
      app_auth_user_companies: { added: 5, known: 1, leftOut: 2 },
      app_auth_settings: { added: 1, known: 0, leftOut: 0 },
      app_auth_allowed_domains: { added: 1, known: 0, leftOut: 1 },
      api_logs: { added: 14, known: 1, leftOut: 7 },
      error_log: { added: 0, known: 0, leftOut: 2 },
    });
  });

  it('what is not as it was is told with table, row, field and expectation', () => {
    const told = first.problems.map(
      ({ table, row, field, outcome }) => `${table} ${row} ${field} ${outcome}`,
    );
    expect(told).toMatchInlineSnapshot(`
      [
        "app_auth_companies 3 name changed",
        "app_auth_companies null null changed",
        "app_auth_api_keys 5 key left-out",
        "app_auth_api_keys 6 company_id left-out",
        "app_auth_users 1 password changed",
        "app_auth_users 6 username left-out",
        "app_auth_users 7 username left-out",
        "app_auth_users 9 password changed",
        "app_auth_users 9 role changed",
        "app_auth_users 9 mfa_secret changed",
        "app_auth_users 10 email left-out",
        "app_auth_user_companies 6 user_id left-out",
        "app_auth_user_companies 7 company_id left-out",
        "app_auth_user_companies 8 role changed",
        "app_auth_settings 1 password_min_length changed",
        "app_auth_settings 1 log_level changed",
        "app_auth_allowed_domains 2 domain left-out",
        "api_logs 11 event_type left-out",
        "api_logs 12 computer_name left-out",
        "api_logs 13 timestamp left-out",
        "api_logs 14 timestamp left-out",
        "api_logs 15 company_id left-out",
        "api_logs 16 user_name left-out",
        "api_logs 17 user_name left-out",
        "api_logs 18 timestamp changed",
        "api_logs 19 timestamp changed",
        "api_logs 20 timestamp changed",
        "error_log null null left-out",
      ]
    `);
    expect(first.problems.every(({ expected }) => expected.length > 0)).toBe(true);
    // A report is mailed about: no key and no password hash is in it.
    expect(JSON.stringify(first.problems)).not.toMatch(/plain text|\$2b\$|"short"|e{64}/);
  });

  it('two companies whose names differ in case stay two', async () => {
    const rows = await portal.store.db.selectFrom('companies').select('name').orderBy('name').execute();
    expect(rows.map(({ name }) => name)).toEqual([
      'ACME (3-2)',
      'Acme',
      "Globex'; drop table companies; --",
      'Without a company',
      'acme (3)',
    ]);
  });

  it('people sign in with the password they had, and into both of their companies', async () => {
    expect(await login('ana', 'wrong')).toMatchObject({ status: 401 });
    const { status, cookie } = await login('ana');
    expect(status).toBe(200);
    const headers = { cookie: String(cookie).split(';', 1)[0]! };
    const me = (await portal.app.inject({ url: '/api/v1/account', headers })).json();
    expect(JSON.stringify(me)).toContain('Acme');
    expect(JSON.stringify(me)).toContain('Globex');
  });

  it('an inactive account stays so, an unreadable password opens nothing, the public one must be changed', async () => {
    expect(await login('idle')).toMatchObject({ status: 401 });
    expect(await login('nosecret', 'plain text')).toMatchObject({ status: 401 });
    const { db } = portal.store;
    const changing = await db
      .selectFrom('users')
      .select('username')
      .where('must_change_password', '=', 1)
      .execute();
    expect(changing).toEqual([{ username: 'superadmin' }]);
  });

  it('an authenticator goes on showing the right codes', async () => {
    const { body, cookie } = await login('totp');
    expect(body.state).toBe('mfa_pending');
    const headers = { cookie: String(cookie).split(';', 1)[0]!, 'x-csrf-token': body.csrfToken };
    const answer = await post('/api/v1/account/code', { code: totpCode(TOTP_SECRET, NOW) }, headers);
    expect(answer).toMatchObject({ status: 200, body: { state: 'full' } });
    const row = await portal.store.db
      .selectFrom('users')
      .select('mfa_secret')
      .where('username', '=', 'totp')
      .executeTakeFirst();
    expect(row?.mfa_secret).not.toContain(TOTP_SECRET);
  });

  it('the settings are what they were, within what is safe here', async () => {
    const { db } = portal.store;
    expect(await readSection(db, 'registration')).toEqual({ open: true, restrictDomains: true });
    const password = { minLength: 8, digitsAndMixedCase: false, specials: true, specialCharacters: '!?' };
    expect(await readSection(db, 'password')).toEqual(password);
    expect(await readSection(db, 'log')).toEqual({ level: 'warning' });
  });

  it('sessions are what the core makes of the events', async () => {
    const at = (text: string) => Date.parse(`2025-06-02T${text}+01:00`);
    const of = (word: string, time: number, retry: number | null, note: string | null): SessionEvent =>
      decode(agentRecord({ word, user: 'ana', computer: 'PC-1', time, retry, note }, { file: 'x' }))!;
    const events = [
      of('Logon', at('09:00:00'), null, 'own address 10.0.0.5, public address 192.0.2.7'),
      of('Lock', at('12:00:00'), null, null),
      of('Unlock', at('13:00:00'), null, null),
      of('Logoff', at('17:00:00'), 3, null),
    ];
    const [expected] = sessionize(events).sessions;
    const stored = await storedSessions(portal.store, await companyId('Acme'));
    const found = stored.find(({ id }) => id === expected!.id);
    expect(found).toMatchObject({ start: at('09:00:00'), end: at('17:00:00'), useMs: 7 * 3_600_000 });
    expect(found?.useMs).toBe(expected!.useMs);
    expect(await checkStore(portal.store)).toEqual([]);
    expect(await portal.store.events.rebuild(NOW)).toMatchObject({ corrected: 0 });
  });

  it('the hour that autumn repeats is run through twice', async () => {
    const stored = await storedSessions(portal.store, await companyId('Acme'));
    const night = stored.find(({ computer }) => computer === 'PC-2');
    // 01:10 BST to 03:00 GMT; away from 01:50 BST to 01:20 GMT.
    expect([night?.durationMs, night?.awayMs.total]).toEqual([170 * 60_000, 30 * 60_000]);
  });

  it('no event is seen by another company', async () => {
    const globex = await storedSessions(portal.store, await companyId("Globex'; drop table companies; --"));
    expect(globex.map(({ useMs }) => useMs)).toEqual([30 * 60_000]);
    const nobodys = await storedSessions(portal.store, await companyId('Without a company'));
    expect(nobodys).toHaveLength(1);
  });
});

describe('a second run', () => {
  it('changes nothing', async () => {
    const before = await everything();
    const second = await move();
    expect(await everything()).toEqual(before);
    expect(Object.values(second.counts).map(({ added }) => added)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('fetches what came in between', async () => {
    original.add('api_logs', {
      ...{ id: 50, event_type: 'Logon', user_name: 'late', computer_name: 'PC-9', retry: 0 },
      ...{ timestamp: '2025-07-01 09:00:00.000000', company_id: 1, api_key_id: 1 },
    });
    const { counts } = await move();
    expect(counts.api_logs).toEqual({ added: 1, known: 15, leftOut: 7 });
  });
});

describe('agents go on', () => {
  const body = (Timestamp: string) => ({
    EventType: 'Logon',
    UserName: 'ana',
    ComputerName: 'pc-1',
    Timestamp,
  });
  const send = (key: string, text: string) => post('/api/log_event', body(text), { 'x-api-key': key });

  it('with the key they have; what they send again is known', async () => {
    expect(await send(KEYS.acme, '2025-06-02 08:00:00 UTC')).toMatchObject({ status: 200 });
    expect(await send(KEYS.acme, '2026-03-01 08:00:00')).toMatchObject({ status: 201 });
    expect(await send(KEYS.globex, '2026-03-01 08:00:00')).toMatchObject({ status: 201 });
  });

  it('but not with one that was disabled', async () => {
    const { status, body: told } = await send(KEYS.disabled, '2026-03-01 08:00:00');
    expect([status, told.message]).toEqual([401, 'API key has been disabled']);
  });
});

describe('what is no original', () => {
  it('is refused by name', async () => {
    await expect(openOriginal('nowhere.db', portal.folder)).rejects.toThrow(/There is no file/);
    await expect(openOriginal('test.db', portal.folder)).rejects.toThrow(/no database of winauthmon-server/);
    await expect(openOriginal('mysql://x/y', portal.folder)).rejects.toThrow(/SQLite files and postgresql/);
  });
});
