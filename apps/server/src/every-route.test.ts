/** Every route of the running server, asked by every role about its own company and another's. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, test, vi } from 'vitest';
import { type Caller, mayIn } from './access/caller.ts';
import { ACTIONS, type Action } from './access/roles.ts';
import type { Route } from './http/mount.ts';
import {
  openTestPortal,
  type TestCompany,
  type TestPerson,
  type TestPortal,
} from './http/testdata/portal.ts';
import { createMetrics } from './operations/metrics.ts';
import { openParts, type Parts } from './parts.ts';
import { readServerSettings, wrongSettingsText } from './settings.ts';

const GOLDEN = new URL('./every-route.golden.txt', import.meta.url);
let portal: TestPortal;
let parts: Parts;
let routes: readonly Route[];
let a: TestCompany;
let b: TestCompany;
const who = new Map<string, { readonly headers: Record<string, string> }>();
let strangers: TestPerson;

beforeAll(async () => {
  portal = await openTestPortal({
    limits: { login: { limit: 1e9, periodSeconds: 1 }, register: { limit: 1e9, periodSeconds: 1 } },
    routes: ({ store, folder }) => {
      const loaded = readServerSettings({ argv: ['--log-level', 'silent'], folder });
      if (!loaded.ok) throw new Error(wrongSettingsText(loaded.wrong));
      const trouble = (error: unknown) => console.error(error);
      const common = {
        settings: { ...loaded.values, instanceFolder: folder, databaseUrl: 'sqlite:///test.db' },
        store,
        secretKey: 'x'.repeat(32),
        secure: false,
        clock: Date.now,
      };
      // What the server does now and then by itself would stand between the statements that are compared.
      vi.useFakeTimers({ toFake: ['setInterval', 'setTimeout'] });
      parts = openParts({ ...common, metrics: createMetrics(), trouble });
      vi.useRealTimers();
      routes = parts.routes;
      return routes;
    },
  });
  noteStatements();
  a = await portal.addCompany('Alpha');
  b = await portal.addCompany('Beta');
  who.set('GlobalAdmin', (await portal.addPerson('boss', 'GlobalAdmin')) as never);
  who.set('Admin', (await portal.addPerson('admin', 'Admin', { [a.companyId]: 'User' })) as never);
  who.set(
    'CompanyAdmin',
    (await portal.addPerson('chief', 'User', { [a.companyId]: 'CompanyAdmin' })) as never,
  );
  who.set('User', (await portal.addPerson('user', 'User', { [a.companyId]: 'User' })) as never);
  who.set('ApiKey', { headers: { 'x-api-key': a.key } });
  who.set('Anonymous', { headers: {} });
  strangers = await portal.addPerson('stranger', 'User', { [b.companyId]: 'User' });
  ofA = await thingsOf(a, 'Alpha');
  ofB = await thingsOf(b, 'Beta');
});
afterAll(async () => {
  parts.stop();
  await parts.close();
  await portal.close();
});

/** What the server does by itself every few seconds is no answer to anybody. */
const SWEEPING = /^delete from "(portal_sessions|spent_tokens)" where "expires_at" <= \?$/;
/** The SQL that was run since somebody emptied this. */
const statements: string[] = [];
function noteStatements(): void {
  const executor = portal.store.db.getExecutor();
  const run = executor.executeQuery.bind(executor);
  executor.executeQuery = (query, ...rest) => {
    if (!SWEEPING.test(query.sql)) statements.push(query.sql);
    return run(query, ...rest);
  };
}

/** What a company has, as it stands in addresses. */
type Things = Readonly<Record<string, string | number>>;
const NOTHING: Things = {
  ...{ companyId: 1, siteId: 2, keyId: 3, userId: 12345, eventId: '', sessionId: '', personId: 'nobody' },
  ...{ computer: 'NOWHERE', id: 4711, report: 'time-spent' },
};
let ofA: Things;
let ofB: Things;

/** Sends events of one person on one computer, and finds out how all of it is addressed. */
async function thingsOf(company: TestCompany, name: string): Promise<Things> {
  for (const [EventType, time] of [
    ['Logon', '08:00:00'],
    ['Lock', '09:00:00'],
    ['Unlock', '10:00:00'],
    ['Logoff', '16:00:00'],
  ]) {
    const payload = {
      EventType,
      UserName: `person-${name}`,
      ComputerName: `PC-${name}`,
      Timestamp: `2026-03-02T${time}Z`,
    };
    const headers = { 'x-api-key': company.key };
    const sent = await portal.app.inject({ method: 'POST', url: '/api/log_event', headers, payload });
    expect(sent.statusCode, sent.body).toBe(201);
  }
  const { headers } = who.get('GlobalAdmin')!;
  const first = async (list: string) => {
    const answer = await portal.app.inject({
      url: `/api/v1/companies/${company.companyId}/${list}`,
      headers,
    });
    return answer.json().rows[0];
  };
  const upload = { ...headers, 'content-type': 'application/octet-stream' };
  const url = `/api/v1/imports?company=${company.companyId}&name=${name}.csv`;
  const given = await portal.app.inject({ method: 'POST', url, headers: upload, payload: 'no events' });
  const { companyId, siteId, keyId } = company;
  // Reading goes on in the background, and its statements are nobody's here.
  await vi.waitFor(async () => {
    const answer = await portal.app.inject({ url: `/api/v1/imports/${given.json().id}`, headers });
    expect(answer.json().state).toMatch(/done|failed/);
  }, 20_000);
  return {
    ...{ companyId, siteId, keyId, userId: strangers.userId },
    eventId: (await first('events')).id,
    sessionId: (await first('sessions')).id,
    personId: (await first('people')).id,
    computer: (await first('computers')).name,
    id: given.json().id,
    report: 'time-spent',
  };
}

/** A path with the things of a company in place of its parameters, and a query that asks for them as well. */
function addressOf({ endpoint }: Route, things: Things): string {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(`${things[name] ?? 4711}`),
  );
  if (endpoint.query === undefined) return path;
  const query = {
    ...{ company: things.companyId, site: things.siteId, computer: things.computer, user: things.personId },
    ...{
      at: '2026-03-02T08:30:00Z',
      from: '2026-03-01T00:00:00Z',
      to: '2026-03-04T00:00:00Z',
      keepDays: 3650,
    },
  };
  return `${path}?${new URLSearchParams(query as never)}`;
}

/** Streams of news do not end by themselves; the feature's own test looks at them. */
const ENDLESS = new Set(['watchLive']);
const tried = () => routes.filter(({ endpoint }) => !ENDLESS.has(endpoint.id));

/** Asks with an empty body: enough to be admitted or not, too little to change anything. */
async function ask(route: Route, role: string, things: Things) {
  const { method } = route.endpoint;
  const { headers } = who.get(role)!;
  const payload = method === 'GET' || method === 'DELETE' ? {} : { payload: {} };
  statements.length = 0;
  const answer = await portal.app.inject({ method, url: addressOf(route, things), headers, ...payload });
  return { status: answer.statusCode, body: answer.body, statements: statements.splice(0) };
}

test('every route demands a row of the permission table, or is meant for everybody', () => {
  const open = routes.filter(({ action }) => action === 'public').map(({ endpoint }) => endpoint.id);
  expect(open.sort()).toEqual([
    'getApiPage',
    'getApiStyle',
    'getLive',
    'getMetrics',
    'getOpenApi',
    'getReady',
  ]);
  for (const { action } of routes) if (action !== 'public') expect(ACTIONS).toContain(action);
});

test('who gets through the gate of which route is what the golden file says', async () => {
  const roles = [...who.keys()];
  const lines: string[] = [];
  for (const route of tried()) {
    // Signing out would end the sessions of the test.
    if (route.endpoint.id === 'logout') continue;
    const cells: string[] = [];
    for (const role of roles) {
      const { status, body } = await ask(route, role, NOTHING);
      const stopped = status === 401 || body.includes('access/forbidden') || body.includes('access/forged');
      cells.push(stopped ? `${status}` : 'through');
    }
    lines.push(
      [`${route.endpoint.method} ${route.endpoint.path}`.padEnd(64), ...cells.map((cell) => cell.padEnd(8))]
        .join(' ')
        .trimEnd(),
    );
  }
  const text = `${['route'.padEnd(64), ...roles.map((role) => role.slice(0, 8).padEnd(8))].join(' ').trimEnd()}\n${lines.join('\n')}\n`;
  if (process.env.UPDATE || !existsSync(GOLDEN)) writeFileSync(GOLDEN, text);
  expect(text, 'run with UPDATE=1 and review the difference').toBe(readFileSync(GOLDEN, 'utf8'));
});

it('tells what is of another company and what does not exist alike, by the same statements, on every route', async () => {
  // The same form as what is there, so that only its absence can make a difference.
  const missing = { ...ofB, ...NOTHING, eventId: ofA.eventId!, sessionId: ofA.sessionId! };
  const plain = (text: string) => text.replace(/"requestId":"[^"]*"/, '');
  for (const route of tried()) {
    if (!route.endpoint.path.includes(':') && route.endpoint.query === undefined) continue;
    for (const role of ['Admin', 'CompanyAdmin', 'User', 'ApiKey', 'Anonymous']) {
      const foreign = await ask(route, role, ofB);
      const none = await ask(route, role, missing);
      expect({ ...foreign, body: plain(foreign.body) }, `${role} ${route.endpoint.id}`).toEqual({
        ...none,
        body: plain(none.body),
      });
    }
  }
});

/** Bodies that would do something, for the routes whose deeds must not reach the other company. */
const DEEDS: Record<string, object> = {
  editCompany: { name: 'Taken' },
  setCompanyMfa: { policy: 'required' },
  createSite: { name: 'Mine' },
  editSite: { name: 'Mine' },
  createKey: { siteId: 1 },
  editKey: { active: false },
  rotateKey: {},
  editUser: { username: 'taken' },
  setUserActive: { active: false },
  setUserRole: { role: 'GlobalAdmin' },
  resetUserPassword: { newPassword: 'Stronger-Horse-9' },
  requireUserMfa: { required: true },
  addMember: { userId: 1 },
  setMemberRole: { role: 'CompanyAdmin' },
  setRetention: { eventsDays: 1, totalsDays: null },
  setWorkingHours: { own: null },
  createView: { name: 'Mine', page: 'sessions', search: '', shared: true },
  editView: { shared: true },
};

it('lets nobody of one company change anything of another, whatever he sends', async () => {
  const before = await everything();
  for (const route of tried()) {
    const { endpoint } = route;
    if (endpoint.method === 'GET' || !endpoint.path.includes(':')) continue;
    for (const role of ['Admin', 'CompanyAdmin', 'User', 'ApiKey', 'Anonymous']) {
      const answer = await portal.app.inject({
        method: endpoint.method,
        url: addressOf(route, ofB),
        headers: who.get(role)!.headers,
        ...(endpoint.body === undefined
          ? {}
          : { payload: { ...DEEDS[endpoint.id], ...(endpoint.id === 'createKey' && { siteId: b.siteId }) } }),
      });
      expect([401, 403, 404], `${role} ${endpoint.id}: ${answer.body}`).toContain(answer.statusCode);
    }
  }
  expect(await everything()).toEqual(before);
});

/** What belongs to the other company and its people. */
async function everything() {
  const { db } = portal.store;
  return {
    company: await db.selectFrom('companies').selectAll().where('id', '=', b.companyId).execute(),
    sites: await db.selectFrom('sites').selectAll().where('company_id', '=', b.companyId).execute(),
    keys: await db.selectFrom('api_keys').selectAll().where('company_id', '=', b.companyId).execute(),
    members: await db.selectFrom('memberships').selectAll().where('company_id', '=', b.companyId).execute(),
    people: await db.selectFrom('users').selectAll().where('id', '=', strangers.userId).execute(),
    sessions: await db
      .selectFrom('portal_sessions')
      .select('token_hash')
      .where('user_id', '=', strangers.userId)
      .execute(),
  };
}

test('what a member of the company asks for is there: the refusals above are not for want of it', async () => {
  const asked = tried().filter(
    ({ endpoint, action }) =>
      endpoint.method === 'GET' && action.endsWith('.read') && endpoint.path.includes(':companyId'),
  );
  expect(asked.length).toBeGreaterThan(10);
  for (const route of asked) {
    const { status, body } = await ask(route, 'CompanyAdmin', ofA);
    expect(status, `${route.endpoint.id}: ${body}`).toBe(200);
    expect((await ask(route, 'CompanyAdmin', ofB)).status, route.endpoint.id).toBe(404);
  }
});

it('an answer to one company names nothing of another', async () => {
  for (const route of tried()) {
    if (route.endpoint.method !== 'GET') continue;
    for (const role of ['Admin', 'CompanyAdmin', 'User']) {
      const { body } = await ask(route, role, ofA);
      for (const secret of [
        'Beta',
        'BETA',
        'beta',
        'stranger',
        `${b.companyId}`,
        `${b.siteId}`,
        `${b.keyId}`,
      ]) {
        expect(body.includes(secret), `${role} ${route.endpoint.id} names ${secret}`).toBe(false);
      }
    }
  }
});

test('the company of a key is the only one it sends for', () => {
  const key: Caller = { kind: 'key', keyId: a.keyId, companyId: a.companyId, siteId: a.siteId };
  const sending: Action = 'event.send';
  expect([mayIn(key, sending, a.companyId), mayIn(key, sending, b.companyId)]).toEqual([true, false]);
});
