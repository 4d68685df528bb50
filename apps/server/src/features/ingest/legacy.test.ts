/** Requests recorded against winauthmon-server, one by one: what ours answers, and where that differs, why. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moveIn } from '../../db/tools/winauthmon/move.ts';
import { openOriginal } from '../../db/tools/winauthmon/original.ts';
import { KEYS, twoCompanies } from '../../db/tools/winauthmon/testdata/two-companies.ts';
import { openTestPortal, type TestPortal } from '../../http/testdata/portal.ts';
import { openIngest } from './open.ts';

interface Recorded {
  readonly name: string;
  readonly method?: 'GET';
  readonly path: string;
  readonly key: string | null;
  readonly body: unknown;
  readonly original_status: number;
  readonly original_body?: Record<string, unknown>;
}

const RECORDED = readFileSync(
  join(import.meta.dirname, '../../../../../samples/api/api_requests.jsonl'),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

/** Where ours answers otherwise on purpose; every other line must get the original's status and body. */
const OURS: Readonly<Record<string, number>> = {
  // Duplicates are looked for in one's own company only.
  'same event, key of another company': 201,
  'fractional seconds': 201,
  'T, no zone': 201,
  // What the sender did wrong is his: with a 500 an agent would try for ever.
  'epoch number': 400,
  'missing UserName': 400,
  'empty EventType': 400,
  'array body': 400,
  // An error is no page with status 200.
  'wrong path': 404,
  'GET health': 405,
};

const LIMITED = '61st request within 60 s';
const NOW = Date.parse('2026-03-01T08:00:00Z');
let portal: TestPortal;
let address: string;
let keys: Record<string, string>;

beforeAll(async () => {
  portal = await openTestPortal({
    now: () => NOW,
    limits: { api: { limit: 60, periodSeconds: 60 } },
    routes: ({ store, folder }) =>
      openIngest({ store, now: () => NOW, uploadFolder: folder, assumedTimezone: 'UTC' }).routes,
  });
  const [first, second, third] = [
    await portal.addCompany('first'),
    await portal.addCompany('second'),
    await portal.addCompany('third'),
  ];
  await portal.store.db
    .updateTable('api_keys')
    .set({ is_active: 0 })
    .where('company_id', '=', third.companyId)
    .where('id', '=', third.keyId)
    .execute();
  keys = { good: first.key, other_company: second.key, disabled: third.key, bad: 'bad' };
  keys.no_company = await movedKey();
  address = await portal.listen();
});
afterAll(() => portal.close());

/** A key of an original installation that belonged to no company there, as it is after moving in. */
async function movedKey(): Promise<string> {
  const original = twoCompanies(join(portal.folder, 'original.db'));
  const opened = await openOriginal('original.db', portal.folder);
  await moveIn({
    ...{ store: portal.store, original: opened, timezone: 'UTC', clock: () => NOW },
    seal: (secret) => secret,
    tell: () => {},
  });
  await opened.close();
  original.close();
  return KEYS.nobodys;
}

function send({
  path,
  method = undefined,
  key,
  body,
}: Pick<Recorded, 'path' | 'key' | 'body'> & { method?: 'GET' }) {
  return fetch(address + path, {
    method: method ?? 'POST',
    headers: {
      ...(key === null ? {} : { 'x-api-key': keys[key] ?? key }),
      ...(body === null || body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null || body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const lines = RECORDED.filter(({ name }) => name !== LIMITED);

test('all recorded requests are here', () => expect([RECORDED.length, lines.length]).toEqual([25, 24]));

test.each(lines.map((line) => [line.name, line] as const))('%s', async (name, line) => {
  const answer = await send(line);
  const told = (await answer.json()) as Record<string, unknown>;
  expect(answer.status).toBe(OURS[name] ?? line.original_status);
  expect(answer.headers.get('content-type')).toMatch(/json/);
  if (OURS[name] === undefined && line.original_body !== undefined) {
    const { timestamp, company_id, ...expected } = line.original_body;
    expect(told).toMatchObject(expected);
    if (timestamp !== undefined)
      expect(told.timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}[+-]\d\d:\d\d$/);
    if (company_id !== undefined) expect(told.company_id).toEqual(expect.any(Number));
  }
});

test('a key that had no company has one here, and what it sends is seen there', async () => {
  const health = await send({ path: '/api/health', key: 'no_company', body: {} });
  const { company_id } = (await health.json()) as { company_id: number };
  const company = await portal.store.db
    .selectFrom('companies')
    .select('name')
    .where('id', '=', company_id)
    .executeTakeFirst();
  expect(company).toEqual({ name: 'Without a company' });
  const body = {
    EventType: 'Logon',
    UserName: 'nobody',
    ComputerName: 'PC-0',
    Timestamp: '2025-04-27T09:00:00Z',
  };
  expect((await send({ path: '/api/log_event', key: 'no_company', body })).status).toBe(201);
  const rows = await portal.store.db
    .selectFrom('events')
    .select('company_id')
    .where('user_name', '=', 'nobody')
    .execute();
  expect(rows).toEqual([{ company_id }]);
});

test('a word that nobody taught us is kept, with a warning; a trial is not warned of', async () => {
  const event = { UserName: 'x', ComputerName: 'PC', Timestamp: '2025-04-27T09:00:00Z' };
  const odd = await send({ path: '/api/log_event', key: 'good', body: { ...event, EventType: 'Reboot!' } });
  expect([odd.status, await odd.json()]).toEqual([
    201,
    {
      message: 'Event logged successfully',
      status: 'success',
      warning: 'EventType "Reboot!" is not known; the event is kept but counts for no session.',
    },
  ]);
  const trial = await send({ path: '/api/log_event', key: 'good', body: { ...event, EventType: 'Test' } });
  expect(await trial.json()).not.toHaveProperty('warning');
});

test('the README’s address and the newer agent’s are both kept', async () => {
  const rows = await portal.store.db.selectFrom('events').select('body').execute();
  const bodies = rows.map(({ body }) => body).join('\n');
  expect(bodies).toContain('own address 192.168.1.100');
  expect(bodies).toContain('public address 198.51.100.7');
});

test('the 61st request within 60 seconds is refused as the original does, and says when to come back', async () => {
  const limited = RECORDED.find(({ name }) => name === LIMITED)!;
  let answer = await send(limited);
  for (let i = 0; i < 60 && answer.status !== 429; i++) answer = await send(limited);
  expect(answer.status).toBe(429);
  expect(await answer.json()).toEqual(limited.original_body);
  expect(answer.headers.get('x-ratelimit-limit')).toBe('60');
  expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(Number(answer.headers.get('x-ratelimit-reset'))).toBeGreaterThan(NOW / 1000);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});
