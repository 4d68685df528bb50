/** What files answer in the browser is what a server answers that imported the same files: endpoint by endpoint, to the byte. */
import { readFileSync } from 'node:fs';
import {
  addressOf,
  drawDays,
  drawMarkers,
  drawMinimap,
  drawSegments,
  drawSessions,
  ENDPOINTS,
  type Endpoint,
  exportSessions,
} from '@logonscope/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANSWERS, answerOf } from '../../apps/web/src/local/answers.ts';
import { LOCAL_ENDPOINTS } from '../../apps/web/src/local/endpoints.ts';
import { readFiles } from '../../apps/web/src/local/read-files.ts';
import { LocalRefusal } from '../../apps/web/src/local/refusal.ts';
import { buildStore, type LocalStore } from '../../apps/web/src/local/store.ts';
import { type FilledPortal, SAMPLE_FILES, startFilledPortal } from './lib/filled-portal.ts';

/** Building the app, starting a server and reading files take their time on a busy machine; nothing is measured. */
const STARTED_WITHIN_MS = 240_000;

const RANGE = { from: '2025-03-03T00:00:00Z', to: '2025-03-08T00:00:00Z', timezone: 'Europe/London' };
const FILTERS = ['', 'user:anna', 'host:RDS-0001', 'dur:>1h -user:bob', 'end:open', 'elevated:yes'];
/** What only a store numbers or stamps in its own way. */
const OWN = new Set(['id', 'reportedAt', 'receivedAt', 'site', 'next']);

/** Without what a store numbers in its own way; ids of sessions are of the engine and stay. */
function comparable(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => comparable(one, key));
  if (typeof value !== 'object' || value === null) return value;
  const isEvent = 'signal' in value || 'fqdn' in value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      isEvent && OWN.has(name) ? [] : [[name, comparable(inner, name)]],
    ),
  );
}

describe('answers out of files', () => {
  let portal: FilledPortal;
  let store: LocalStore;
  let cookie: string;
  let companyId: number;
  beforeAll(async () => {
    portal = await startFilledPortal();
    companyId = Number(portal.company.split('/')[2]);
    const signedIn = await fetch(`${portal.address}/api/v1/account/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'superadmin', password: portal.password }),
    });
    cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const files = SAMPLE_FILES.map((path) => ({
      name: path.split('/').at(-1)!,
      blob: new Blob([readFileSync(path)]),
    }));
    const order = { is: 'open', files, timezone: 'UTC', assumedTimezone: 'UTC' } as const;
    const { events, life } = await readFiles(order, () => {});
    store = buildStore(events, life);
  }, STARTED_WITHIN_MS);
  afterAll(() => portal?.close());

  const named = (id: string): Endpoint => ENDPOINTS.find((endpoint) => endpoint.id === id)!;
  const ofServer = (endpoint: Endpoint, params: object, query: object) =>
    fetch(portal.address + addressOf(endpoint, { params: { companyId, ...params }, query: { ...query } }), {
      headers: { cookie },
    });
  const ofFiles = (endpoint: Endpoint, params: object, query: object) =>
    answerOf(store, {
      ...{ is: 'ask', id: 1, endpoint: endpoint.id },
      params: (endpoint.params?.parse({ companyId: 1, ...params }) ?? {}) as Record<string, unknown>,
      query: (endpoint.query?.parse(query) ?? {}) as Record<string, unknown>,
    });
  const sameJson = async (id: string, params: object, query: object) => {
    const endpoint = named(id);
    const answer = await ofServer(endpoint, params, query);
    expect(answer.status, id).toBe(200);
    const told = await ofFiles(endpoint, params, query);
    const here = 'json' in told ? (JSON.parse(JSON.stringify(told.json)) as unknown) : null;
    expect(comparable(here), `${id} ${JSON.stringify({ params, query })}`).toEqual(
      comparable(await answer.json()),
    );
  };

  it('are there for every endpoint that the page believes in', () => {
    expect(Object.keys(ANSWERS).sort()).toEqual([...LOCAL_ENDPOINTS].sort());
  });

  it.each(FILTERS)('about sessions of “%s” are the server’s', async (filter) => {
    for (const sort of ['start', 'use', 'duration']) {
      for (const order of ['asc', 'desc']) {
        await sameJson('listSessions', {}, { ...RANGE, filter, sort, order });
      }
    }
    await sameJson('totalSessions', {}, { ...RANGE, filter });
    await sameJson('totalSessions', {}, { filter, from: '2025-03-04T06:00:00Z', to: '2025-03-05T06:00:00Z' });
    for (const by of ['user', 'computer']) await sameJson('listLanes', {}, { ...RANGE, filter, by });
  });

  it.each(['', 'user:anna', 'host:RDS-0001'])('about events of “%s” are the server’s', async (filter) => {
    await sameJson('totalEvents', {}, { ...RANGE, filter });
    await sameJson('binEvents', {}, { ...RANGE, filter, bins: 50 });
  });

  it('explain every session with the same ledger', async () => {
    expect(store.sessions.length).toBeGreaterThan(5);
    for (const { id: sessionId } of store.sessions) {
      const endpoint = named('getSession');
      const server = (await (await ofServer(endpoint, { sessionId }, {})).json()) as { told: unknown[] };
      const answer = await ofFiles(endpoint, { sessionId }, {});
      const files = ('json' in answer ? answer.json : null) as typeof server;
      expect({ ...files, told: files.told.length }).toEqual({ ...server, told: server.told.length });
    }
  });

  it('about people and computers are the server’s', async () => {
    for (const query of [RANGE, {}, { from: RANGE.from, to: '2025-03-04T00:00:00Z' }]) {
      const { from, to } = query as { from?: string; to?: string };
      const range = from === undefined ? {} : { from, to };
      await sameJson('listPeople', {}, range);
      await sameJson('listPeople', {}, { ...range, search: 'ann' });
      await sameJson('listComputers', {}, range);
    }
    await sameJson('getComputer', { computer: 'RDS-0001' }, {});
    const people = (await ofFiles(named('listPeople'), {}, {})) as { json: { rows: { id: string }[] } };
    for (const { id } of people.json.rows) await sameJson('getPerson', { personId: id }, {});
  });

  it('about who was where are the server’s', async () => {
    const at = '2025-03-03T15:00:00Z';
    await sameJson('whoWas', {}, { computer: 'RDS-0001', at });
    await sameJson('whereWas', {}, { user: 'anna', at });
    const { from, to } = RANGE;
    for (const anywhere of ['yes', 'no'])
      await sameJson('listOverlaps', {}, { user: 'anna', from, to, anywhere });
  });

  it('are the same reports', async () => {
    await sameJson('listReports', {}, {});
    const { json } = (await ofFiles(named('listReports'), {}, {})) as { json: { rows: { id: string }[] } };
    expect(json.rows.length).toBeGreaterThan(10);
    for (const { id } of json.rows) await sameJson('runReport', { report: id }, RANGE);
  });

  it('are the same drawings, byte for byte', async () => {
    for (const endpoint of [drawDays, drawSegments, drawSessions, drawMarkers, drawMinimap]) {
      for (const by of endpoint === drawMinimap ? [{}] : [{ by: 'user' }, { by: 'computer' }]) {
        const query = { ...RANGE, ...by };
        const server = await ofServer(endpoint, {}, query);
        const answer = await ofFiles(endpoint, {}, query);
        const bytes = Buffer.from('bytes' in answer ? answer.bytes : []);
        expect(bytes.equals(Buffer.from(await server.arrayBuffer())), `${endpoint.id} ${by}`).toBe(true);
      }
    }
  });

  it('are the same files', async () => {
    for (const format of ['csv', 'ndjson', 'json']) {
      const query = { ...RANGE, format };
      const answer = await ofFiles(exportSessions, {}, query);
      const text = Buffer.from('bytes' in answer ? answer.bytes : []).toString('utf8');
      expect(text).toBe(await (await ofServer(exportSessions, {}, query)).text());
    }
  });

  it('refuse what a server refuses', async () => {
    const refused = ofFiles(named('listSessions'), {}, { filter: 'nobody:knows' });
    await expect(refused).rejects.toBeInstanceOf(LocalRefusal);
    expect((await ofServer(named('listSessions'), {}, { filter: 'nobody:knows' })).status).toBe(400);
  });
});
