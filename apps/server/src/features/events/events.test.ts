/** Events over HTTP: pages that no new event shifts, totals, one event with all it says. */
import { eventToContract, type SessionEvent } from '@logonscope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReading } from '../../open-reading.ts';
import { type Ask, askingServer } from '../../questions/testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { eventRoutes } from './routes.ts';

let stage: TwoCompanies;
let ask: Ask;
beforeAll(async () => {
  stage = await twoCompanies();
  ({ ask } = await askingServer(
    stage,
    eventRoutes(
      { limit: stage.store.dialect.page },
      openReading(stage.store, { url: 'sqlite::memory:', folder: '.' }),
    ),
  ));
});
afterAll(() => stage.store.close());

const iso = (at: number) => new Date(at).toISOString();
const plain = (event: SessionEvent) => JSON.parse(JSON.stringify(eventToContract(event)));
const withoutId = ({ id: _, ...event }: Record<string, unknown>) => event;

async function allPages(
  query: Record<string, string | number>,
  between: () => Promise<void> = async () => {},
) {
  const rows: Record<string, unknown>[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { status, body } = await ask(stage.own, 'events', { ...query, ...(cursor && { cursor }) });
    expect(status).toBe(200);
    rows.push(...body.rows);
    cursor = body.next;
    await between();
  }
  return rows;
}

describe('a list of events', () => {
  it('has every event once, in order of time', async () => {
    const rows = await allPages({ limit: 37, order: 'asc' });
    const times = rows.map(({ time }) => time as string);
    expect(times).toEqual(times.toSorted());
    expect(new Set(rows.map(({ id }) => id)).size).toBe(stage.own.events.length);
    const key = (event: Record<string, unknown>) => JSON.stringify(event);
    expect(rows.map(withoutId).map(key).sort()).toEqual(stage.own.events.map(plain).map(key).sort());
  });

  it('is filtered, and says which conditions had no say', async () => {
    const { body } = await ask(stage.own, 'events', { filter: 'event:lock dur:>1h', limit: 5 });
    expect(body.rows.every(({ signal }: { signal: string }) => signal === 'lock')).toBe(true);
    expect(body.ignored).toEqual([{ key: 'dur', value: '1h' }]);
  });

  it('shifts nothing when events arrive between two pages', async () => {
    const before = await allPages({ limit: 50, filter: 'event:logon' });
    const template = stage.own.events.find(({ signal }) => signal === 'logon')!;
    let arrived = 0;
    const rows = await allPages({ limit: 50, filter: 'event:logon' }, async () => {
      arrived += 1;
      const event = { ...template, recordId: 10_000_000 + arrived, time: template.time + 86_400_000 * 400 };
      await stage.store.events.append(stage.own.id, { events: [{ event, siteId: null }], receivedAt: 0 });
    });
    expect(arrived).toBeGreaterThan(1);
    expect(rows).toEqual(before);
  });

  it.each([
    ['cursor', { cursor: 'WzFd' }],
    ['filter', { filter: 'colour:red' }],
    ['timezone', { timezone: 'Nowhere' }],
    ['query.limit', { limit: 5_000 }],
  ])('refuses a wrong %s by name', async (field, query) => {
    const { status, body } = await ask(stage.own, 'events', query as never);
    expect(status).toBe(400);
    expect(body.errors[0].field).toContain(field.split('.').at(-1));
  });
});

describe('totals of events', () => {
  it.each(['', 'host:*', 'type:console', '-event:logon', 'hours:outside'])(
    'of "%s" count what the list shows',
    async (filter) => {
      const rows = await allPages({ limit: 500, filter });
      const { body } = await ask(stage.own, 'events/totals', { filter });
      const counted: Record<string, number> = {};
      for (const { signal } of rows) counted[signal as string] = (counted[signal as string] ?? 0) + 1;
      expect(body).toMatchObject({ events: rows.length, bySignal: counted, complete: true });
    },
  );
});

describe('events over time', () => {
  const DAY_MS = 86_400_000;

  it.each(['', 'event:lock,unlock', '-host:*1', 'hours:outside'])(
    'in bins, of "%s", are those of the list',
    async (filter) => {
      const first = Math.min(...stage.own.events.map(({ time }) => time));
      const range = { from: iso(first + 3_600_000), to: iso(first + 4 * DAY_MS + 1) };
      const rows = await allPages({ limit: 500, filter, ...range });
      const { status, body } = await ask(stage.own, 'events/bins', { filter, ...range, bins: 11 });
      expect(status).toBe(200);
      const expected: Record<string, number[]> = {};
      for (const { signal, time } of rows) {
        const since = Date.parse(time as string) - Date.parse(body.from);
        expected[signal as string] ??= Array.from({ length: 11 }, () => 0);
        expected[signal as string]![Math.floor(since / (body.binSeconds * 1000))]! += 1;
      }
      expect(body).toMatchObject({ bySignal: expected, complete: true, from: range.from });
      expect(rows.length).toBeGreaterThan(10);
    },
  );

  it('are not asked for backwards', async () => {
    const query = { from: iso(DAY_MS), to: iso(0) };
    expect((await ask(stage.own, 'events/bins', query)).body.errors[0].field).toBe('to');
  });
});

describe('one event', () => {
  it('is found by its id, with its detail', async () => {
    const { body: list } = await ask(stage.own, 'events', { limit: 1, filter: 'event:elevated' });
    const { status, body } = await ask(stage.own, `events/${list.rows[0].id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...list.rows[0],
      site: 'Head office',
      receivedAt: '2026-01-01T00:00:00.000Z',
    });
    expect(body.detail).not.toBeNull();
  });

  it('of another company is as absent as one that never was', async () => {
    const { body: list } = await ask(stage.foreign, 'events', { limit: 1 });
    const foreign = await ask(stage.own, `events/${list.rows[0].id}`);
    const missing = await ask(stage.own, 'events/1.1.1');
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    const { requestId: _, ...said } = foreign.body;
    const { requestId: __, ...saidOfMissing } = missing.body;
    expect(said).toEqual(saidOfMissing);
  });

  it('of another company cannot be asked for under that company either', async () => {
    const { body: list } = await ask(stage.foreign, 'events', { limit: 1 });
    const as = { ...stage.own, id: stage.own.id };
    const path = `../${stage.foreign.id}/events/${list.rows[0].id}`;
    expect((await ask(as, path)).status).toBe(404);
  });
});
