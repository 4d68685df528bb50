/**
 * Every statement that the server asks of a SQL Server, in a file to be read, and by rules: no server of Microsoft's
 * is here to try them on. The stand-in has understood and done each of them.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SessionEvent, sessionize } from '@logonscope/core';
import { startSqlServer, type TestServer } from '@logonscope/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyAudit } from './access/trail/audit.ts';
import { importLog, noteAgentHealth, openStore, type Store } from './db/index.ts';
import { said } from './db/testdata/conformance.ts';
import { backup } from './db/tools/backup.ts';
import { checkStore } from './db/tools/check.ts';
import { copyStore } from './db/tools/copy.ts';
import { runRetention } from './features/retention/run.ts';
import { fleetEvents } from './questions/testdata/two-companies.ts';
import { type WholePortal, wholePortal } from './testdata/every-deed.ts';
import {
  faultsOf,
  inOrder,
  isAboutEvidence,
  laidOut,
  namesCompany,
  normalised,
} from './testdata/golden-statements.ts';

const GOLDEN = new URL('./mssql.golden.txt', import.meta.url);
const NOW = Date.UTC(2026, 2, 20);
const FLEET = { seed: 5, days: 4, computers: 3 };
/** What people ask of sessions and events, one of each kind. */
const FILTERS = [
  ...[
    '',
    'user:*a*',
    'user:ana',
    'user:S-1-5-21-*',
    'user:corp\\ana',
    'host:*1',
    'host:*.example',
    'a -user:*b*',
  ],
  ...['type:rdp,console', 'type:3', 'ip:10.0.0.0/8', 'site:h*', 'dur:>30m', 'use:1h..6h', 'cert:<exact'],
  ...['-elevated:yes', 'end:shutdown,logoff', 'start:first-seen', 'state:locked>5m', 'finding:log-gap'],
  ...['hours:outside', 'event:lock,4624', '-finding:log-gap'],
];

let server: TestServer;
let folder: string;
let whole: WholePortal;
const ofCompanies = new Set<string>();
const others = new Set<string>();
/** True while the whole database is read, whosever it is. */
let wholeDatabase = false;
const heard = (statement: string) => {
  const text = normalised(statement);
  (isAboutEvidence(text) && !wholeDatabase ? ofCompanies : others).add(text);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'golden-'));
  server = await startSqlServer({ heard });
  whole = await wholePortal(server.url, () => NOW);
});
afterAll(async () => {
  await whole.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const { events, sessions } = (() => {
  const fleet = fleetEvents(FLEET).events;
  return { events: fleet, sessions: sessionize(fleet).sessions };
})();

async function append(store: Store, companyId: number, siteId: number, list: readonly SessionEvent[]) {
  const batch = list.map((event) => ({ event, siteId }));
  const positions = [{ computer: list[0]!.computer, spoolEpoch: 'e', storedThrough: 1 }];
  await store.events.append(companyId, { events: batch, positions, receivedAt: NOW });
}

/** Events come in order, again, late, and go again; agents tell of themselves. */
async function storeDeeds(): Promise<void> {
  const { store } = whole.portal;
  const { companyId, siteId } = whole.company;
  await append(store, companyId, siteId, events);
  await append(store, companyId, siteId, events.slice(0, 9));
  // Late events make the computer's whole log be read, move sessions and remove some.
  const of = (signal: SessionEvent['signal'], minute: number) =>
    said(signal, minute, { computer: 'LATE', identity: `${signal} ${minute}` });
  await append(store, companyId, siteId, [of('logon', 100), of('logoff', 200), of('logon', 300)]);
  await append(store, companyId, siteId, [of('shutdown', 150), of('lock', 110), of('logon', -5000)]);
  for (let day = 1; day < 9; day++) {
    await append(store, companyId, siteId, [of('logon', day * 2_000), of('logoff', day * 2_000 + 9)]);
  }
  await append(store, companyId, siteId, [of('lock', 2_001)]);
  const note = { companyId, siteId, computer: 'LATE', version: '1', health: '{}', spoolEpoch: 'e', now: NOW };
  await noteAgentHealth(store, note);
  await store.events.rebuild(NOW, companyId);
  for (const totals of ['subtract', 'keep'] as const) {
    const choose =
      () =>
      ({ time }: { time: number }) =>
        time < said('logon', 90).time + (totals === 'keep' ? 9e7 : 0);
    await store.events.forget(companyId, { computer: 'LATE', choose, totals, now: NOW });
  }
}

/** Every list, page and picture, with every kind of filter. */
async function questions(): Promise<void> {
  const { ask } = whole;
  const of = (path: string, query: Readonly<Record<string, string | number>> = {}) =>
    ask('GET', `companies/:company/${path}?${new URLSearchParams(query as never)}`);
  const times = events.map(({ time }) => time).sort((a, b) => a - b);
  const iso = (at: number) => new Date(at).toISOString();
  const range = { from: iso(times[Math.floor(times.length / 4)]!), to: iso(times.at(-1)! + 1) };
  for (const filter of FILTERS)
    for (const list of ['events', 'sessions']) await of(list, { filter, limit: 20 });
  for (const filter of ['', 'host:*.example']) {
    for (const list of ['events', 'sessions']) {
      await of(list, { filter, limit: 20, ...range, order: 'asc' });
      await of(`${list}/totals`, { filter, ...range });
    }
    await of('sessions', { filter, limit: 20, sort: 'use' });
    await of('sessions/facets', { filter, ...range });
    await of('events/bins', { filter, ...range });
    await of('timeline/lanes', { filter, limit: 2, ...range });
  }
  for (const list of ['events', 'sessions', 'people', 'computers', 'timeline/lanes']) {
    const { body } = await of(list, { limit: 2, ...range });
    await of(list, { limit: 2, ...range, cursor: (body as { next: string }).next });
  }
  const { computer, user, start } = sessions[0]!;
  const first = async (list: string) =>
    ((await of(list, { limit: 1 })).body as { rows: { id: string }[] }).rows[0]!.id;
  for (const list of ['events', 'sessions', 'people'])
    await of(`${list}/${encodeURIComponent(await first(list))}`);
  await of(`computers/${computer}`);
  for (const list of ['people', 'computers']) await of(list, { search: 'a' });
  await of('who', { computer, at: iso(start + 60_000) });
  await of('where', { user, at: iso(start + 60_000) });
  await of('overlaps', { user, ...range });
  for (const by of ['user', 'computer']) {
    await of('timeline/lanes', { by, limit: 2, sort: 'use', ...range });
    await of('timeline/segments', { by, ...range });
    await of('timeline/sessions', { by, ...range });
    await of('timeline/markers', { by, ...range });
  }
  for (const picture of ['days', 'minimap']) await of(`timeline/${picture}`, range);
  const { body } = await ask('GET', 'reports');
  for (const { id } of (body as { rows: { id: string }[] }).rows)
    await of(`reports/${id}`, { ...range, at: range.to });
  for (const what of ['sessions', 'events', 'reports/daily'])
    await of(`exports/${what}`, { format: 'csv', ...range });
  await of('agents');
}

/** People, companies, keys and settings come, change and go. */
async function administration(): Promise<void> {
  const { ask, portal } = whole;
  const account = { username: 'ana', email: 'ana@example.com', password: 'Stronger-Horse-9' };
  const { body: made } = await ask('POST', 'users', account);
  const { id: ana } = made as { id: number };
  await ask('PATCH', `users/${ana}`, { username: 'anna', email: 'anna@example.com' });
  for (const role of ['Admin', 'User']) await ask('PUT', `users/${ana}/role`, { role });
  for (const active of [false, true]) await ask('PUT', `users/${ana}/active`, { active });
  await ask('PUT', `users/${ana}/password`, { newPassword: 'Another-Horse-9' });
  await ask('PUT', `users/${ana}/mfa-required`, { required: true });
  await ask('POST', 'companies/:company/members', { userId: ana, role: 'User' });
  await ask('PUT', `companies/:company/members/${ana}`, { role: 'CompanyAdmin' });
  const login = { login: 'anna', password: 'Another-Horse-9', remember: true };
  await portal.app.inject({ method: 'POST', url: '/api/v1/account/login', payload: login });
  await portal.app.inject({
    method: 'POST',
    url: '/api/v1/account/login',
    payload: { ...login, password: 'x' },
  });
  for (const list of [
    'users',
    `users/${ana}`,
    'companies',
    'companies/:company/members',
    'account',
    'account/sessions',
  ])
    await ask('GET', list);
  await ask('DELETE', `users/${ana}/mfa`);
  await ask('DELETE', `users/${ana}/sessions`);
  await ask('DELETE', `companies/:company/members/${ana}`);
  await ask('DELETE', `users/${ana}`);
  const { body: site } = await ask('POST', 'companies/:company/sites', { name: 'Branch' });
  const { id: siteId } = site as { id: number };
  await ask('PATCH', `companies/:company/sites/${siteId}`, { name: 'Office', active: true });
  const { body: key } = await ask('POST', 'companies/:company/keys', { siteId });
  const { id: keyId } = key as { id: number };
  await ask('PATCH', `companies/:company/keys/${keyId}`, { active: false });
  await ask('POST', `companies/:company/keys/${keyId}/rotate`, {});
  await ask('GET', `companies/:company/keys/${keyId}/usage`);
  for (const list of ['sites', 'keys', 'logins', 'retention']) await ask('GET', `companies/:company/${list}`);
  await ask('DELETE', `companies/:company/keys/${keyId}`);
  await ask('PUT', 'companies/:company/mfa-policy', { policy: 'optional' });
  await ask('PATCH', 'companies/:company', { description: 'Tools' });
  await ask('PUT', 'companies/:company/retention', { eventsDays: 9, totalsDays: 9 });
  const { body: other } = await ask('POST', 'companies', { name: 'Brief' });
  await ask('DELETE', `companies/${(other as { companyId: number }).companyId}`);
  await ask('POST', 'settings/domains', { domain: 'example.com' });
  await ask('DELETE', 'settings/domains/example.com');
  for (const list of ['settings', 'audit', 'audit/check', 'errors']) await ask('GET', list);
  await ask('DELETE', 'errors?keepDays=30');
}

/** What arrives by the doors for machines. */
async function ingest(): Promise<void> {
  const { portal, company, boss } = whole;
  const headers = { 'x-api-key': company.key };
  const logon = {
    EventType: 'Logon',
    UserName: 'ana',
    ComputerName: 'PC-9',
    Timestamp: '2026-03-02T08:00:00Z',
  };
  await portal.app.inject({ method: 'POST', url: '/api/log_event', headers, payload: logon });
  await portal.access.usage.store();
  const log = importLog(portal.store.db);
  const url = `/api/v1/imports?company=${company.companyId}&name=a.csv`;
  const upload = { ...boss.headers, 'content-type': 'application/octet-stream' };
  const given = await portal.app.inject({ method: 'POST', url, headers: upload, payload: 'no events' });
  await vi.waitFor(async () => {
    const answer = await portal.app.inject({
      url: `/api/v1/imports/${given.json().id}`,
      headers: boss.headers,
    });
    expect(answer.json().state).toMatch(/done|failed/);
  }, 20_000);
  await log.abandonUnfinished(NOW);
}

/** What nobody asks for: the rules of keeping, the trail, the lease, and the commands for the whole database. */
async function housekeeping(): Promise<void> {
  const { store } = whole.portal;
  const defaults = {
    keepEventsDays: 1,
    keepSessionsDays: 1,
    keepTotalsDays: 1,
    keepAuditDays: 1,
    keepErrorLogDays: 1,
  };
  const retention = { store, clock: () => NOW, defaults, owner: 'test', stopping: () => false };
  // The server's own run may be under way.
  await vi.waitUntil(() => runRetention(retention), { timeout: 60_000, interval: 500 });
  await whole.tick();
  await verifyAudit(store.db, whole.company.companyId);
  await store.lease.take('work', 'test', NOW, 1);
  expect(await store.lease.take('work', 'other', NOW, 1)).toBe(false);
  await store.lease.release('work', 'test');
  // One that is held while the database is copied goes along.
  await store.lease.take('held', 'test', NOW, 1);
  await checkStore(store);
}

async function copyInto(): Promise<void> {
  const other = await startSqlServer({ heard });
  const from = await openStore(`sqlite:///${join(folder, 'backup.db')}`, { folder });
  const to = await openStore(other.url, { folder });
  await copyStore(from, to);
  await from.close();
  await to.close();
  await other.stop();
}

test('every statement is in the golden file, and breaks no rule', { timeout: 300_000 }, async () => {
  await storeDeeds();
  await ingest();
  await questions();
  await whole.ask('GET', `companies/:company/people/${encodeURIComponent(sessions[0]!.sid ?? '')}/data`);
  await administration();
  await housekeeping();
  wholeDatabase = true;
  await backup(whole.portal.store, join(folder, 'backup.db'));
  await copyInto();
  const first = inOrder(ofCompanies);
  // What the server does by itself meanwhile, on a slow machine, was done before.
  const second = inOrder([...others].filter((statement) => !ofCompanies.has(statement)));
  expect(first.length).toBeGreaterThan(100);
  for (const statement of [...first, ...second]) {
    if (!statement.startsWith('set ansi_nulls')) expect(faultsOf(statement), statement).toEqual([]);
  }
  expect(first.filter((statement) => !namesCompany(statement))).toEqual([]);
  const chapter = (title: string, list: readonly string[]) =>
    [`-- ${title}`, ...list.map(laidOut)].join('\n\n');
  const text = `${chapter('of companies', first)}\n\n${chapter('of the installation', second)}\n`;
  if (process.env.UPDATE || !existsSync(GOLDEN)) writeFileSync(GOLDEN, text);
  expect(text, 'run with UPDATE=1 and review the difference').toBe(readFileSync(GOLDEN, 'utf8'));
});
