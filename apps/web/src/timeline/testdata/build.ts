/** Sessions of tests: written down as stretches of states, or drawn at random. */
import fc from 'fast-check';
import { LaneContent } from '../data/lanes.ts';
import type { SessionColumns } from '../data/sessions.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Midnight in London, two days before the clocks go forward. */
export const ORIGIN = Date.parse('2026-03-27T00:00:00Z');

export interface Drawn {
  readonly start: number;
  readonly end: number;
  /** Beyond the end by so much it may have lasted. */
  readonly latest?: number;
  readonly earliest?: number;
  readonly other?: number;
  readonly traits?: number;
  /** State from each instant on, the first at the start. */
  readonly steps: readonly (readonly [at: number, state: number])[];
}

/** Columns of sessions in any order. */
export function columnsOf(sessions: readonly Drawn[]): SessionColumns {
  const sorted = [...sessions].sort((a, b) => (a.earliest ?? a.start) - (b.earliest ?? b.start));
  const stepOff = [0];
  for (const { steps } of sorted) stepOff.push(stepOff.at(-1)! + steps.length);
  const steps = sorted.flatMap((session) => session.steps);
  const ids = new Uint8Array(sorted.length * 8);
  for (const [i, { start, end }] of sorted.entries()) {
    const view = new DataView(ids.buffer, i * 8, 8);
    view.setUint32(0, (start / 1000) >>> 0);
    view.setUint32(4, (end / 1000) >>> 0);
  }
  return {
    ids,
    start: Float64Array.from(sorted, ({ start }) => start),
    end: Float64Array.from(sorted, ({ end }) => end),
    earliest: Float64Array.from(sorted, ({ start, earliest }) => earliest ?? start),
    latest: Float64Array.from(sorted, ({ end, latest }) => latest ?? end),
    other: Uint32Array.from(sorted, ({ other }) => other ?? 0),
    traits: Uint16Array.from(sorted, ({ traits }) => traits ?? 0),
    stepOff: Uint32Array.from(stepOff),
    stepAt: Float64Array.from(steps, ([at]) => at),
    stepState: Uint8Array.from(steps, ([, state]) => state),
  };
}

export const contentOf = (sessions: readonly Drawn[], days = 8): LaneContent =>
  new LaneContent(columnsOf(sessions), ['PC-1', 'PC-2', 'PC-3'], { from: ORIGIN, to: ORIGIN + days * DAY });

/** Seconds within so many days from the origin. */
const instantIn = (days: number) =>
  fc.integer({ min: 0, max: (days * DAY) / 1000 }).map((second) => ORIGIN + second * 1000);

/** A session anywhere in the days, in up to five states one after another. */
export const anySession = (days = 7): fc.Arbitrary<Drawn> =>
  fc
    .record({
      start: instantIn(days),
      seconds: fc.integer({ min: 1, max: 50_000 }),
      doubt: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: 0 }),
      other: fc.integer({ min: 0, max: 2 }),
      cuts: fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 4 }),
      states: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 5, maxLength: 5 }),
    })
    .map(({ start, seconds, doubt, other, cuts, states }) => {
      const end = start + seconds * 1000;
      const inner = cuts
        .sort((a, b) => a - b)
        .map((cut, i) => [start + Math.floor((seconds * cut) / 1000) * 1000, states[i + 1]!] as const)
        .filter(([at], i, all) => at > start && at < end && at !== all[i + 1]?.[0]);
      const steps = [[start, states[0]!] as const, ...inner, ...(doubt > 0 ? [[end, 8] as const] : [])];
      return { start, end, latest: end + doubt * 1000, other, steps };
    });

export const anyLane = (maxLength = 12): fc.Arbitrary<Drawn[]> => fc.array(anySession(), { maxLength });
