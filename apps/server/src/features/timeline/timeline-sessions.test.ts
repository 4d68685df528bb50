/** Sessions and marks on lanes over HTTP: they are those of the store, each on its lane, thinned but not lost. */
import { accountKey, END_EVIDENCE, type SessionEvent, sessionSteps, TIMELINE_STATES } from '@logonscope/core';
import { decodeMarkers, decodeSessions, MARKER_SIGNALS, WIRE_ENDS } from '@logonscope/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReading } from '../../open-reading.ts';
import { type Ask, askingServer } from '../../questions/testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { timelineRoutes } from './routes.ts';

let stage: TwoCompanies;
let ask: Ask;
let range: { from: string; to: string };
beforeAll(async () => {
  stage = await twoCompanies({ days: 7, computers: 4 });
  const reading = openReading(stage.store, { url: 'sqlite::memory:', folder: '.' });
  ({ ask } = await askingServer(stage, timelineRoutes({ limit: stage.store.dialect.page }, reading)));
  const times = stage.own.events.map(({ time }) => time);
  const iso = (at: number) => new Date(at).toISOString();
  range = { from: iso(Math.min(...times)), to: iso(Math.max(...times) + 1_000) };
});
afterAll(() => stage.store.close());

const idText = (ids: Uint8Array, i: number) => Buffer.from(ids.subarray(i * 8, i * 8 + 8)).toString('hex');

async function laneIds(by: string): Promise<string[]> {
  const { status, body } = await ask(stage.own, 'timeline/lanes', { ...range, by, limit: 500 });
  expect(status).toBe(200);
  return body.rows.map(({ id }: { id: string }) => id);
}

it('ends and marks have the numbers of the wire', () => {
  expect(WIRE_ENDS).toEqual(END_EVIDENCE);
  expect(MARKER_SIGNALS.slice(0, 3)).toEqual(['logonFailed', 'elevated', 'explicitCredentials']);
});

describe.each(['user', 'computer', 'site'] as const)('sessions by %s', (by) => {
  it('are all of the range, each on its lane, with the states of its ledger', async () => {
    const ids = await laneIds(by);
    const { status, bytes } = await ask(stage.own, 'timeline/sessions', { ...range, by, lanes: ids });
    expect(status).toBe(200);
    const { names, lanes } = decodeSessions(bytes);
    const found = new Map<string, string>();
    for (const [lane, columns] of lanes.entries()) {
      for (let i = 0; i < columns.start.length; i++) found.set(idText(columns.ids, i), ids[lane]!);
    }
    expect([...found.keys()].sort()).toEqual(stage.own.sessions.map(({ id }) => id).sort());
    for (const session of stage.own.sessions) {
      const lane = found.get(session.id);
      if (by !== 'site') expect(lane).toBe(by === 'user' ? accountKey(session) : session.computer);
      const columns = lanes[ids.indexOf(lane!)]!;
      const i = [...columns.start.keys()].find((k) => idText(columns.ids, k) === session.id)!;
      const steps = sessionSteps(session).slice(0, -1);
      const drawn = [...columns.stepState.subarray(columns.stepOff[i], columns.stepOff[i + 1])];
      expect(drawn.map((state) => TIMELINE_STATES[state])).toEqual(steps.map(({ state }) => state));
      expect(columns.start[i]).toBe(Math.floor(session.start / 1000) * 1000);
      expect(WIRE_ENDS[columns.traits[i]! & 7]).toBe(session.endBy);
      expect(names[columns.other[i]!]).toContain(by === 'computer' ? session.user : session.computer);
    }
  });
});

describe('lanes', () => {
  it('of computers say between which events anything is known of them', async () => {
    const { body } = await ask(stage.own, 'timeline/lanes', { ...range, by: 'computer', limit: 500 });
    for (const { id, knownFrom, knownTo } of body.rows) {
      const times = stage.own.events.filter(({ computer }) => computer === id).map(({ time }) => time);
      expect([Date.parse(knownFrom), Date.parse(knownTo)]).toEqual([Math.min(...times), Math.max(...times)]);
    }
  });

  it('of sites are those with sessions, by name, page by page', async () => {
    const { body } = await ask(stage.own, 'timeline/lanes', { ...range, by: 'site', limit: 1 });
    const names: string[] = [body.rows[0].name];
    if (body.next !== null) {
      const query = { ...range, by: 'site', limit: 5, cursor: body.next };
      names.push(
        ...(await ask(stage.own, 'timeline/lanes', query)).body.rows.map((row: { name: string }) => row.name),
      );
    }
    expect(names).toEqual([...new Set(names)].sort());
    const { body: all } = await ask(stage.own, 'timeline/lanes', { ...range, by: 'site', limit: 50 });
    const sessions = all.rows.reduce((sum: number, row: { sessions: number }) => sum + row.sessions, 0);
    expect(sessions).toBe(stage.own.sessions.length);
  });
});

describe('marks', () => {
  const signals = 'logonFailed,elevated,lock,unlock,boot';
  const marked = (event: SessionEvent) => signals.split(',').includes(event.signal);

  it('by computer are its events of the kinds asked for', async () => {
    const ids = await laneIds('computer');
    const query = { ...range, by: 'computer', lanes: ids, signals };
    const lanes = decodeMarkers((await ask(stage.own, 'timeline/markers', query)).bytes);
    for (const [lane, id] of ids.entries()) {
      const events = stage.own.events.filter((event) => event.computer === id && marked(event));
      const seen = Array.from(lanes[lane]!.at, (at, i) => `${at} ${MARKER_SIGNALS[lanes[lane]!.kind[i]!]}`);
      const told = events.map(({ time, signal }) => `${Math.floor(time / 1000) * 1000} ${signal}`);
      expect(new Set(seen)).toEqual(new Set(told));
    }
    expect(lanes.some(({ at }) => at.length > 0)).toBe(true);
  });

  it('by user hold a failed logon, which carries no more than the name', async () => {
    const ids = await laneIds('user');
    const query = { ...range, by: 'user', lanes: ids, signals: 'logonFailed' };
    const lanes = decodeMarkers((await ask(stage.own, 'timeline/markers', query)).bytes);
    const nameOf = (id: string) =>
      stage.own.sessions.find((one) => accountKey(one) === id)!.user.toLowerCase();
    const expected = stage.own.events.filter(
      ({ signal, user }) =>
        signal === 'logonFailed' && ids.filter((id) => nameOf(id) === user?.toLowerCase()).length === 1,
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(lanes.reduce((sum, { at }) => sum + at.length, 0)).toBe(expected.length);
  });

  it('are thinned to the first of each kind in so many seconds', async () => {
    const ids = await laneIds('computer');
    const query = { ...range, by: 'computer', lanes: ids, signals, everySeconds: 86_400 };
    const lanes = decodeMarkers((await ask(stage.own, 'timeline/markers', query)).bytes);
    for (const [lane, id] of ids.entries()) {
      const events = stage.own.events.filter((event) => event.computer === id && marked(event));
      const slots = new Set(events.map(({ time, signal }) => `${Math.floor(time / 86_400_000)} ${signal}`));
      const seen = new Set(
        Array.from(
          lanes[lane]!.at,
          (at, i) => `${Math.floor(at / 86_400_000)} ${MARKER_SIGNALS[lanes[lane]!.kind[i]!]}`,
        ),
      );
      expect(seen).toEqual(slots);
      expect(lanes[lane]!.at.length).toBeLessThan(events.length);
    }
  });

  it('are the same where we judge the filter ourselves', async () => {
    const ids = await laneIds('computer');
    const counts = async (filter: string) => {
      const query = { ...range, by: 'computer', lanes: ids, signals: 'lock', filter };
      const { status, bytes } = await ask(stage.own, 'timeline/markers', query);
      expect(status).toBe(200);
      return decodeMarkers(bytes).map(({ at }) => at.length);
    };
    expect(await counts('hours:inside,outside')).toEqual(await counts(''));
  });

  it('of unknown kinds are refused, of unknown lanes empty', async () => {
    expect((await ask(stage.own, 'timeline/markers', { ...range, signals: 'nothing' })).status).toBe(400);
    const { bytes } = await ask(stage.own, 'timeline/markers', {
      ...range,
      by: 'computer',
      lanes: ['NOWHERE'],
    });
    expect(decodeMarkers(bytes)).toHaveLength(1);
  });

  it('of another company are not told', async () => {
    const ids = await laneIds('computer');
    const { bytes } = await ask(stage.foreign, 'timeline/markers', {
      ...range,
      by: 'computer',
      lanes: ids,
      signals,
    });
    const own = new Set(stage.own.events.filter(marked).map(({ time }) => Math.floor(time / 1000) * 1000));
    const foreign = new Set(stage.foreign.events.map(({ time }) => Math.floor(time / 1000) * 1000));
    for (const { at } of decodeMarkers(bytes)) {
      for (const time of at) expect(foreign.has(time) || !own.has(time)).toBe(true);
    }
  });
});
