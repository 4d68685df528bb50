/** Events in over real HTTP into a real database: batches, repeats, tenants, wrong input, overload. */
import { gzipSync } from 'node:zlib';
import type { UploadResult } from '@logonscope/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestPortal, type TestCompany, type TestPortal } from '../../http/testdata/portal.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { openIngest } from './open.ts';
import { ingestRoutes } from './routes.ts';

const NOW = Date.parse('2026-03-02T00:00:00Z');
let portal: TestPortal;
let address: string;
let acme: TestCompany;

beforeEach(async () => {
  portal = await openTestPortal({
    now: () => NOW,
    routes: ({ store, folder }) =>
      openIngest({ store, now: () => NOW, uploadFolder: folder, assumedTimezone: 'UTC' }).routes,
  });
  acme = await portal.addCompany('Acme');
  address = await portal.listen();
});
afterEach(() => portal.close());

const named = (type: string, time: string, user = 'ana', computer = 'PC-1') => ({
  type,
  computer,
  user,
  time: `2026-03-01T${time}Z`,
});

async function post(body: unknown, headers: Record<string, string> = {}, query = '', key = acme.key) {
  const packed = body instanceof Uint8Array || typeof body === 'string';
  const answer = await fetch(`${address}/api/v1/events${query}`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
    body: packed ? (body as string) : JSON.stringify(body),
  });
  return { status: answer.status, told: (await answer.json()) as UploadResult & { code: string } };
}

const countOf = async (table: 'events' | 'sessions', company = acme.companyId) => {
  const rows = await portal.store.db.selectFrom(table).select('company_id').execute();
  return rows.filter(({ company_id }) => company_id === company).length;
};

test('a day becomes a session; sent again it is known and changes nothing', async () => {
  const day = [
    named('Logon', '08:00:00'),
    named('Lock', '12:00:00'),
    named('Unlock', '13:00:00'),
    named('Logoff', '17:00:00'),
  ];
  expect(await post(day)).toMatchObject({
    status: 200,
    told: { stored: 4, known: 0, refused: 0, knownAt: [] },
  });
  expect(await post(day)).toMatchObject({
    status: 200,
    told: { stored: 0, known: 4, knownAt: [0, 1, 2, 3] },
  });
  const [session] = await portal.store.db.selectFrom('sessions').selectAll().execute();
  expect(session).toMatchObject({
    user_name: 'ana',
    use_ms: 8 * 3_600_000,
    locked_ms: 3_600_000,
    end_by: 'logoff',
  });
});

test('fifty posts of one event at once make one row; the same event of two companies makes two', async () => {
  const other = await portal.addCompany('Other');
  const answers = await Promise.all(Array.from({ length: 50 }, () => post([named('Logon', '08:00:00')])));
  expect(answers.filter(({ told }) => told.stored === 1)).toHaveLength(1);
  expect(answers.filter(({ told }) => told.known === 1)).toHaveLength(49);
  await post([named('Logon', '08:00:00')], {}, '', other.key);
  expect([await countOf('events'), await countOf('events', other.companyId)]).toEqual([1, 1]);
});

test('NDJSON, gzip and both together say the same', async () => {
  const lines = (hour: string) =>
    [named('Logon', `${hour}:00:00`), named('Logoff', `${hour}:30:00`)]
      .map((event) => JSON.stringify(event))
      .join('\n');
  const ndjson = { 'content-type': 'application/x-ndjson' };
  const gzip = { 'content-encoding': 'gzip' };
  expect((await post(`${lines('08')}\n`, ndjson)).told.stored).toBe(2);
  expect((await post(gzipSync(`[${lines('09').replace('\n', ',')}]`), gzip)).told.stored).toBe(2);
  expect((await post(gzipSync(lines('10')), { ...ndjson, ...gzip })).told.stored).toBe(2);
  expect(await countOf('sessions')).toBe(3);
});

test('a wrong event costs only itself, and a line that is no JSON too', async () => {
  const body = [
    JSON.stringify(named('Logon', '08:00:00')),
    '{"type":',
    JSON.stringify(named('', '09:00:00')),
  ].join('\n');
  const { told } = await post(body, { 'content-type': 'application/x-ndjson' });
  expect(told).toMatchObject({ stored: 1, refused: 2 });
  expect(told.problems.map(({ at, field }) => [at, field])).toEqual([
    [1, 'event'],
    [2, 'type'],
  ]);
});

test('the spool’s position is kept with its events and told back', async () => {
  const query = '?computer=pc-1&epoch=e1&through=7';
  const { told } = await post([named('Logon', '08:00:00')], {}, query);
  expect(told.storedThrough).toBe(7);
  const rows = await portal.store.db.selectFrom('agent_cursors').selectAll().execute();
  expect(rows).toMatchObject([{ company_id: acme.companyId, spool_epoch: 'e1', stored_through: 7 }]);
});

test('an agent that only says how it is doing is seen, learns how far its clock is off and what it may forget', async () => {
  const report = async (body: object) => {
    const answer = await fetch(`${address}/api/v1/agents/health`, {
      method: 'POST',
      headers: { 'x-api-key': acme.key, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, told: await answer.json() };
  };
  const sentAt = new Date(NOW + 90_000).toISOString();
  const health = { computer: 'pc-9.corp.example', version: '2.0', sentAt, backlog: 3, epoch: 'e1' };
  expect(await report(health)).toMatchObject({
    status: 200,
    told: { clockAheadMs: 90_000, storedThrough: null },
  });
  await post([named('Logon', '08:00:00', 'ana', 'PC-9')], {}, '?computer=PC-9&epoch=e1&through=12');
  expect(await report(health)).toMatchObject({ told: { storedThrough: 12 } });
  const rows = await portal.store.db.selectFrom('computers').selectAll().execute();
  expect(rows).toMatchObject([
    { name: 'PC-9', agent_version: '2.0', last_seen_at: NOW, site_id: acme.siteId },
  ]);
  expect(JSON.parse(rows[0]!.agent_health!)).toMatchObject({ backlog: 3, clockAheadMs: 90_000 });
  expect((await report({ ...health, sentAt: 'now' })).status).toBe(400);
});

test.each([
  ['no JSON', '{', {}, 400],
  ['no list', '{}', {}, 400],
  ['nothing', '', {}, 400],
  ['too many', `[${'1,'.repeat(5000)}1]`, {}, 400],
  ['a strange type', 'x', { 'content-type': 'text/xml' }, 415],
  ['a bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024)), { 'content-encoding': 'gzip' }, 413],
  ['broken gzip', new Uint8Array([1, 2, 3]), { 'content-encoding': 'gzip' }, 400],
] as const)('%s is refused and nothing is stored', async (_name, body, headers, status) => {
  const answer = await post(body, headers);
  expect([answer.status, await countOf('events')]).toEqual([status, 0]);
});

test('names from logs are texts: hostile ones come back as they were', async () => {
  const hostile = `<script>'; drop table events; --"\\ =cmd() \u202e 😀`;
  await post([named('Logon', '08:00:00', hostile)]);
  const [row] = await portal.store.db.selectFrom('events').select('body').execute();
  expect(JSON.parse(row!.body).user).toBe(hostile);
});

test('without a key nothing of the body is looked at', async () => {
  expect((await post('{', {}, '', '')).status).toBe(401);
  expect((await post('{', {}, '', 'usm_1_wrong')).status).toBe(401);
});

test('overload sheds with 503; whatever was acknowledged is there exactly once, and senders get through in the end', async () => {
  let commits: GroupCommit | undefined;
  const busy = await openTestPortal({
    now: () => NOW,
    routes: ({ store }) => {
      commits = createGroupCommit({
        // A disk that is slow: posts come faster than it takes them.
        async append(companyId, batch) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          return store.events.append(companyId, batch);
        },
        now: () => NOW,
        queuedEventsMax: 40,
      });
      return ingestRoutes({ commits, now: () => NOW, ping: async () => {} });
    },
  });
  try {
    const { key } = await busy.addCompany('Busy');
    const url = `${await busy.listen()}/api/v1/events`;
    const send = async (n: number) => {
      const minutes = String(n % 60).padStart(2, '0');
      const events = Array.from({ length: 20 }, (_, i) =>
        named('Lock', `08:${minutes}:${String(i).padStart(2, '0')}`, `user${n}`),
      );
      for (let tries = 1; ; tries++) {
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'x-api-key': key, 'content-type': 'application/json' },
          body: JSON.stringify(events),
        });
        await answer.arrayBuffer();
        if (answer.status === 200) return tries;
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
        await new Promise((resolve) => setTimeout(resolve, 5 * tries));
      }
    };
    const tries = await Promise.all(Array.from({ length: 60 }, (_, n) => send(n)));
    expect(Math.max(...tries)).toBeGreaterThan(1);
    expect(commits?.queuedEvents()).toBe(0);
    const rows = await busy.store.db.selectFrom('events').select('hash').execute();
    expect(rows).toHaveLength(60 * 20);
  } finally {
    await busy.close();
  }
});
