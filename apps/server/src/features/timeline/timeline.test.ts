/** The timeline over HTTP: lanes, days, segments and minimap are what the core draws of the same sessions. */
import {
  accountKey,
  daysOf,
  type LogonSession,
  stateLengths,
  stepsOf,
  TIMELINE_STATES,
  useIntervals,
} from '@logonscope/core';
import {
  decodeDayBins,
  decodeMinimap,
  decodeSegments,
  unpackDayBin,
  WIRE_STATES,
} from '@logonscope/protocol';
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

const bounds = () => ({ from: Date.parse(range.from), to: Date.parse(range.to) });
const laneSessions = (by: 'user' | 'computer', id: string): LogonSession[] =>
  stage.own.sessions.filter((one) => (by === 'user' ? accountKey(one) : one.computer) === id);

it('the numbers of states are the same in the core and on the wire', () => {
  expect([...WIRE_STATES]).toEqual([...TIMELINE_STATES]);
});

describe.each(['user', 'computer'] as const)('lanes by %s', (by) => {
  async function laneIds(query: Record<string, string> = {}): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const { status, body } = await ask(stage.own, 'timeline/lanes', {
        ...range,
        by,
        limit: 2,
        ...query,
        ...(cursor && { cursor }),
      });
      expect(status).toBe(200);
      ids.push(...body.rows.map(({ id }: { id: string }) => id));
      cursor = body.next;
    }
    return ids;
  }

  it('are those with sessions, each once', async () => {
    const expected = new Set(
      stage.own.sessions.map((one) => (by === 'user' ? accountKey(one) : one.computer)),
    );
    expect((await laneIds()).sort()).toEqual([...expected].sort());
  });

  it('are the same whether the database or we judge the filter', async () => {
    expect(await laneIds({ filter: 'ip:0.0.0.0/0 -end:open' })).toEqual(
      (await laneIds({ filter: '-end:open' })).filter((id) =>
        laneSessions(by, id).some(
          ({ sourceAddress, endBy }) => sourceAddress?.includes('.') && endBy !== 'open',
        ),
      ),
    );
  });

  it('have the segments of their sessions, to the second', async () => {
    const ids = await laneIds();
    const { status, bytes } = await ask(stage.own, 'timeline/segments', { ...range, by, lanes: ids });
    expect(status).toBe(200);
    const { baseMs, lanes } = decodeSegments(bytes);
    expect(lanes).toHaveLength(ids.length);
    for (const [i, lane] of lanes.entries()) {
      const steps = stepsOf(laneSessions(by, ids[i]!), bounds());
      expect([...lane.states]).toEqual(steps.map(({ state }) => TIMELINE_STATES.indexOf(state)));
      for (const [j, step] of steps.entries()) {
        const drawn = baseMs + lane.seconds[j]! * 1000;
        expect(drawn - step.at).toBeLessThan(10_000);
        expect(step.at - drawn).toBeLessThan(1_000);
      }
    }
  });

  it('have the days of their sessions', async () => {
    const query = { ...range, by, timezone: 'Europe/London', dayStart: 4 };
    const { bytes } = await ask(stage.own, 'timeline/days', query);
    const ids = await laneIds();
    const { boundaries, lanes, bins } = decodeDayBins(bytes);
    const days = daysOf([bounds()], { timezone: 'Europe/London', dayStartHour: 4 });
    expect(boundaries).toEqual([days[0]!.from, ...days.map(({ to }) => to)]);
    expect(lanes).toBe(ids.length);
    for (const [i, id] of ids.entries()) {
      const lengths = stateLengths(stepsOf(laneSessions(by, id), bounds()), days);
      for (const [day, states] of lengths.entries()) {
        const share = unpackDayBin(bins[i * days.length + day]!)[0]!;
        const exact = states[1]! / (days[day]!.to - days[day]!.from);
        expect(share).toBeGreaterThanOrEqual(exact);
        expect(share - exact).toBeLessThan(1 / 63);
      }
    }
  });
});

describe('the minimap', () => {
  it('adds up to the time there and the time in use', async () => {
    const { bytes } = await ask(stage.own, 'timeline/minimap', { ...range, bins: 100 });
    const { binMs, inUse, present } = decodeMinimap(bytes);
    const length = (values: Uint32Array) => values.reduce((sum, value) => sum + (value / 1000) * binMs, 0);
    const { from, to } = bounds();
    const within = (a: number, b: number) => Math.max(0, Math.min(b, to) - Math.max(a, from));
    const there = stage.own.sessions.reduce(
      (sum, { start, end, asOf }) => sum + within(start, end ?? asOf),
      0,
    );
    const used = stage.own.sessions.reduce(
      (sum, session) => sum + useIntervals(session).reduce((ms, one) => ms + within(one.from, one.to), 0),
      0,
    );
    // Each bin is rounded up to a thousandth of a session.
    expect(length(present) - there).toBeGreaterThanOrEqual(-1);
    expect(length(present) - there).toBeLessThan((100 * binMs) / 1000);
    expect(length(inUse) - used).toBeGreaterThanOrEqual(-1);
    expect(length(inUse) - used).toBeLessThan((100 * binMs) / 1000);
  });
});

describe('no lane of another company', () => {
  it('is drawn, whatever is asked', async () => {
    const own = new Set(stage.own.sessions.map(accountKey));
    const foreign = stage.foreign.sessions.map(accountKey).find((key) => !own.has(key))!;
    const { bytes } = await ask(stage.own, 'timeline/segments', { ...range, lanes: [foreign] });
    expect(decodeSegments(bytes).lanes.map(({ states }) => states.length)).toEqual([0]);
    expect((await ask(stage.own, `../${stage.foreign.id}/timeline/lanes`, range)).status).toBe(404);
  });
});

it('refuses a range that runs backwards', async () => {
  const { status, body } = await ask(stage.own, 'timeline/days', { from: range.to, to: range.from });
  expect([status, body.errors[0].field]).toEqual([400, 'to']);
});
