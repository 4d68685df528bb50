/** What lies where, and what a range holds: the searches against looking at everything. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyLane, contentOf, DAY, type Drawn, HOUR, ORIGIN } from '../testdata/build.ts';
import { hitAt } from './hit.ts';
import { ALL_LANES, chosenLanes, type Lane, Lanes, rowsOf, TOTAL } from './lanes.ts';
import { ALL_MARKERS, countMarkers, type Markers, NO_MARKERS } from './markers.ts';
import { rangeStats, sessionsAt } from './range-stats.ts';
import { eachSessionWithin, endCertainty, sessionStateAt, startCertainty } from './sessions.ts';
import { CLASS_COUNT, CLASS_OF } from './states.ts';
import { stateAt } from './steps.ts';

const instant = fc.integer({ min: -3600, max: 9 * 86_400 }).map((second) => ORIGIN + second * 1000);
const span = fc.tuple(instant, instant).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1000] as const);
const lane = (id: string, name = id): Lane => ({ id, name, sessions: 0, useMs: 0, known: null });

function lanesOf(all: readonly (readonly Drawn[])[]): Lanes {
  const lanes = new Lanes();
  lanes.setList(all.map((_, i) => lane(`L${i}`)));
  for (const [i, sessions] of all.entries()) lanes.setContent(i, contentOf(sessions, 9));
  return lanes;
}

describe('laws', () => {
  test('sessions within a range are found as by looking at each', () => {
    fc.assert(
      fc.property(anyLane(20), span, (drawn, [from, to]) => {
        const { sessions } = contentOf(drawn);
        const found: number[] = [];
        eachSessionWithin(sessions, from, to, (i) => found.push(i));
        const expected = [...sessions.start.keys()].filter(
          (i) => sessions.earliest[i]! <= to && sessions.latest[i]! >= from,
        );
        expect(found).toEqual(expected);
      }),
    );
  });

  test('a hit is a session that shows the state of the row there, whenever there is one', () => {
    fc.assert(
      fc.property(anyLane(), instant, (drawn, at) => {
        const content = contentOf(drawn);
        const aim = { at, reachMs: 0, markerMask: 0 };
        const hit = hitAt({ lane: 0, track: -1 }, 0, content, NO_MARKERS, aim);
        const states = [...content.sessions.start.keys()].map((i) => sessionStateAt(content.sessions, i, at));
        expect(hit.state).toBe(stateAt(content.steps, at));
        expect(hit.sessions).toBe(states.filter((state) => state > 0).length);
        if (hit.state > 0) expect(states[hit.session]).toBe(hit.state);
        expect(hit.stateFrom <= at && at <= hit.stateTo).toBe(true);
      }),
    );
  });

  test('the mark meant is the nearest one shown within reach', () => {
    const times = fc.array(fc.tuple(instant, fc.nat({ max: 9 })), { maxLength: 30 });
    fc.assert(
      fc.property(times, instant, fc.nat({ max: ALL_MARKERS }), (events, at, markerMask) => {
        events.sort((a, b) => a[0] - b[0]);
        const markers: Markers = {
          at: Float64Array.from(events, ([time]) => time),
          kind: Uint8Array.from(events, ([, kind]) => kind),
        };
        const reachMs = 6 * HOUR;
        const { marker } = hitAt({ lane: 0, track: -1 }, 0, contentOf([]), markers, {
          at,
          reachMs,
          markerMask,
        });
        const near = events.filter(
          ([time, kind]) => markerMask & (1 << kind) && Math.abs(time - at) <= reachMs,
        );
        const best = Math.min(...near.map(([time]) => Math.abs(time - at)));
        if (marker < 0) expect(near).toEqual([]);
        else expect(Math.abs(markers.at[marker]! - at)).toBe(best);
      }),
    );
  });

  test('figures of a range are sums over everything', () => {
    fc.assert(
      fc.property(fc.array(anyLane(), { minLength: 1, maxLength: 4 }), span, (all, [from, to]) => {
        const lanes = lanesOf(all);
        const chosen = all.map((_, i) => i);
        const stats = rangeStats(lanes, chosen, from, to);
        const sessions = all.flat();
        const touching = sessions.filter(({ start, end }) => start < to && end > from);
        expect(stats.sessions).toBe(touching.length);
        expect(stats.started).toBe(sessions.filter(({ start }) => start >= from && start < to).length);
        expect(stats.ended).toBe(sessions.filter(({ end }) => end > from && end <= to).length);
        expect(stats.spanning).toBe(touching.filter(({ start, end }) => start < from && end > to).length);
        expect(stats.others).toBe(new Set(touching.map(({ other }) => other)).size);
        expect(stats.lanes).toBe(all.filter((some) => some.some((one) => touching.includes(one))).length);
        const classMs = new Array<number>(CLASS_COUNT).fill(0);
        for (const i of chosen) {
          const { at, state } = lanes.content(i).steps;
          for (let k = 0; k + 1 < at.length; k++) {
            const ms = Math.min(to, at[k + 1]!) - Math.max(from, at[k]!);
            if (ms > 0 && state[k]! > 0) classMs[CLASS_OF[state[k]!]! - 1]! += ms;
          }
        }
        expect([...stats.classMs]).toEqual(classMs);
      }),
    );
  });

  test('sessions at an instant are those that have begun and not ended', () => {
    fc.assert(
      fc.property(fc.array(anyLane(), { maxLength: 4 }), instant, (all, at) => {
        const here = all.flat().filter(({ start, end }) => start <= at && at < end).length;
        expect(sessionsAt(lanesOf(all), [...all.keys()], at)).toBe(here);
      }),
    );
  });
});

test('failed logons and elevations of a range are counted by kind', () => {
  const markers = { at: Float64Array.of(1, 2, 3, 4), kind: Uint8Array.of(0, 1, 0, 0) };
  expect([countMarkers(markers, 1, 4, 1), countMarkers(markers, 0, 9, 2)]).toEqual([2, 1]);
});

describe('how sure an end is', () => {
  const at = ORIGIN;
  const one = (traits: number, latest = at + HOUR) =>
    contentOf([{ start: at, end: at + HOUR, latest, traits, steps: [[at, 1]] }]).sessions;

  it.each([
    [0, 'exact'],
    [1, 'inferred'],
    [2, 'exact'],
    [3, 'inferred'],
    [5, 'open'],
  ])('end %i is %s', (traits, kind) => expect(endCertainty(one(traits), 0).kind).toBe(kind));

  it('is bounded where it may have lasted longer', () => {
    expect(endCertainty(one(3, at + 2 * HOUR), 0).kind).toBe('bounded');
    expect(startCertainty(one(8), 0).kind).toBe('inferred');
    expect(startCertainty(one(0), 0).kind).toBe('exact');
  });
});

describe('lanes', () => {
  const list = ['ana', 'bo', 'chen', 'dara'].map((name) => lane(name, `CORP\\${name}`));

  it('are filtered by parts of names, hidden, pinned first, or only one', () => {
    const shown = (choice: object) => chosenLanes(list, { ...ALL_LANES, ...choice }).map((i) => list[i]!.id);
    expect(shown({})).toEqual(['ana', 'bo', 'chen', 'dara']);
    expect(shown({ search: 'AN, ch' })).toEqual(['ana', 'chen']);
    expect(shown({ hidden: new Set(['bo']), pinned: ['dara', 'chen'] })).toEqual(['dara', 'chen', 'ana']);
    expect(shown({ only: 'chen', hidden: new Set(['chen']) })).toEqual(['chen']);
  });

  it('take a row for each overlap when expanded, unless they are a crowd, and one more to count all', () => {
    const at = (hours: number): Drawn => ({
      start: ORIGIN + hours * HOUR,
      end: ORIGIN + 20 * HOUR,
      steps: [[ORIGIN + hours * HOUR, 1]],
    });
    const lanes = lanesOf([[at(1), at(2)], [at(1)], Array.from({ length: 12 }, (_, i) => at(i))]);
    const rows = (choice: object) =>
      rowsOf(lanes, { ...ALL_LANES, ...choice }).map(({ lane: l, track }) => [l, track]);
    expect(rows({})).toEqual([
      [0, -1],
      [1, -1],
      [2, -1],
    ]);
    expect(rows({ expanded: true })).toEqual([
      [0, 0],
      [0, 1],
      [1, -1],
      [2, -1],
    ]);
    expect(rows({ counting: true, expanded: true })).toEqual([
      [TOTAL, -1],
      [0, -1],
      [1, -1],
      [2, -1],
    ]);
  });

  it('keep what is known of those that stay when the list changes', () => {
    const lanes = lanesOf([[], [{ start: ORIGIN, end: ORIGIN + HOUR, steps: [[ORIGIN, 1]] }]]);
    lanes.setList([lane('L1'), lane('new')]);
    expect(lanes.content(0).sessions.start.length).toBe(1);
    expect(lanes.content(1).sessions.start.length).toBe(0);
    expect(lanes.covers(0, { from: ORIGIN, to: ORIGIN + DAY })).toBe(true);
  });
});
