/** The live feed over real HTTP: news within a moment of the commit, of one's own companies only. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openTestPortal,
  type TestCompany,
  type TestPerson,
  type TestPortal,
} from '../../http/testdata/portal.ts';
import { openIngest } from '../ingest/open.ts';
import { createHub, type Hub } from './hub.ts';
import { liveRoutes } from './routes.ts';

let portal: TestPortal;
let hub: Hub;
let address: string;
let acme: TestCompany;
let other: TestCompany;
let ana: TestPerson;

beforeAll(async () => {
  portal = await openTestPortal({
    routes: ({ store, folder }) => {
      hub = createHub(store.live, randomUUID());
      const options = { store, now: Date.now, uploadFolder: folder, assumedTimezone: 'UTC' };
      return [...openIngest(options).routes, ...liveRoutes(hub, { heartbeatMs: 50, streamMs: 1500 })];
    },
  });
  acme = await portal.addCompany('Acme');
  other = await portal.addCompany('Other');
  ana = await portal.addPerson('ana', 'User', { [acme.companyId]: 'User' });
  address = await portal.listen();
});
afterAll(async () => {
  hub.close();
  await portal.close();
});

const logon = (company: TestCompany, user: string) =>
  fetch(`${address}/api/v1/events`, {
    method: 'POST',
    headers: { 'x-api-key': company.key, 'content-type': 'application/json' },
    body: JSON.stringify([{ type: 'Logon', computer: 'PC-1', user, time: new Date().toISOString() }]),
  });

/** Reads the stream until `enough` says so or it ends. */
async function watch(headers: Record<string, string>, enough: (text: string) => boolean, query = '') {
  const answer = await fetch(`${address}/api/v1/live${query}`, { headers });
  const reader = answer.body!.getReader();
  let text = '';
  const decoder = new TextDecoder();
  while (!enough(text)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return { answer, text };
}

test('a logon is told to its company within a moment, and to nobody else', async () => {
  const hearing = watch(ana.headers, (text) => text.includes('event: session'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await logon(other, 'mallory');
  const sent = Date.now();
  await logon(acme, 'ana');
  const { answer, text } = await hearing;
  expect(Date.now() - sent).toBeLessThan(2000);
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(text).toMatch(/event: event\nid: \S+\ndata: \{"companyId":\d+,"computer":"PC-1","user":"ana"/);
  expect(text).not.toContain('mallory');
});

test('silence is broken by heartbeats, and the stream ends to be taken up again', async () => {
  const { text } = await watch(ana.headers, () => false);
  expect(text).toContain('retry: 1000');
  expect(text.split(': heartbeat').length).toBeGreaterThan(5);
});

test('who comes back hears what was committed meanwhile', async () => {
  const hearing = watch(ana.headers, (text) => text.includes('event: session'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await logon(acme, 'bob');
  const lastId = /id: (\S+)\n/.exec((await hearing).text)![1]!;
  await logon(acme, 'cy');
  const { text } = await watch({ ...ana.headers, 'last-event-id': lastId }, (got) => got.includes('"cy"'));
  expect(text).toContain('"cy"');
  expect(text).not.toContain('reset');
});

test('a foreign company is not there, and strangers hear nothing', async () => {
  const of = async (query: string, headers: Record<string, string> = ana.headers) => {
    const answer = await fetch(`${address}/api/v1/live${query}`, { headers });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  expect(await of(`?company=${other.companyId}`)).toEqual([404, 'company/not-found']);
  expect(await of('?company=77')).toEqual([404, 'company/not-found']);
  expect((await of('', {}))[0]).toBe(401);
  expect((await of('', { 'x-api-key': acme.key }))[0]).toBe(401);
});
