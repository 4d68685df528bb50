/** Every level of detail tells the same: steps, pyramid and day bins against sums done by hand. */
import { dayBoundaries, END_EVIDENCE, type Interval, stateLengths, TIMELINE_STATES } from '@logonscope/core';
import { BIN_STATES, packDayBin, WIRE_STATES } from '@logonscope/protocol';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyLane, contentOf, DAY, HOUR, ORIGIN } from '../testdata/build.ts';
import {
  countColumns,
  countDayMeans,
  levelFor,
  pyramidColumns,
  stepColumns,
  summedColumns,
} from './columns.ts';
import { ENDS, endNameOf } from './sessions.ts';
import { dayBins, pyramidOf, SHARE_MAX, shareOf } from './shares.ts';
import { CLASS_COUNT, CLASS_OF, CLASSES, STATES } from './states.ts';
import { type Steps, stateAt } from './steps.ts';

/** Milliseconds of each class in [from, to), step by step, without any cleverness. */
function byHand({ at, state }: Steps, from: number, to: number): number[] {
  const sums = CLASSES.map(() => 0);
  for (let i = 0; i + 1 < at.length; i++) {
    const length = Math.min(to, at[i + 1]!) - Math.max(from, at[i]!);
    if (length > 0 && state[i]! > 0) sums[CLASS_OF[state[i]!]! - 1]! += length;
  }
  return sums;
}

const view = fc.record({
  msPerPx: fc.double({ min: 5, max: 4 * HOUR, noNaN: true }),
  offset: fc.integer({ min: -2 * DAY, max: 8 * DAY }),
  width: fc.integer({ min: 1, max: 80 }),
  stride: fc.constantFrom(1, 2),
});

test('states, classes and ends have the numbers of the wire and of the core', () => {
  expect(STATES).toEqual(WIRE_STATES);
  expect(STATES).toEqual(TIMELINE_STATES);
  expect(CLASSES).toEqual(BIN_STATES);
  expect(ENDS).toEqual(END_EVIDENCE);
  expect(endNameOf(3)).toBe('crash');
});

describe('columns', () => {
  test('from steps hold exactly what lies in them', () => {
    fc.assert(
      fc.property(anyLane(), view, (lane, { msPerPx, offset, width, stride }) => {
        const { steps } = contentOf(lane);
        const column = Math.round((ORIGIN + offset) / msPerPx);
        const out = new Float64Array(width * CLASS_COUNT);
        stepColumns(steps, { column, msPerPx, x0: 0, x1: width, stride }, out);
        for (let x = 0; x < width; x += stride) {
          const sums = byHand(steps, (column + x) * msPerPx, (column + x + stride) * msPerPx);
          for (const [c, sum] of sums.entries()) {
            expect(out[x * CLASS_COUNT + c]).toBeCloseTo(sum / (msPerPx * stride), 6);
          }
        }
      }),
    );
  });

  test('do not depend on where their strip begins', () => {
    fc.assert(
      fc.property(anyLane(), view, fc.nat(), (lane, { msPerPx, offset, width }, seed) => {
        const { steps } = contentOf(lane);
        const column = Math.round((ORIGIN + offset) / msPerPx);
        const whole = new Float64Array(width * CLASS_COUNT);
        stepColumns(steps, { column, msPerPx, x0: 0, x1: width, stride: 1 }, whole);
        const cut = seed % width;
        const parts = new Float64Array(width * CLASS_COUNT);
        stepColumns(steps, { column, msPerPx, x0: cut, x1: width, stride: 1 }, parts);
        stepColumns(steps, { column, msPerPx, x0: 0, x1: cut, stride: 1 }, parts);
        expect(parts).toEqual(whole);
      }),
    );
  });

  test('from the pyramid are within a sixty-third of what lies in its bins, and lose nothing', () => {
    fc.assert(
      fc.property(anyLane(30), view, fc.nat(), (lane, { msPerPx: by, offset, width }, seed) => {
        const { steps } = contentOf(lane);
        const pyramid = pyramidOf(steps);
        const level = seed % (pyramid.depth + 1);
        // Columns of one to two bins, which is where this level is read.
        const msPerPx = (pyramid.spanMs / 2 ** level) * (1 + (by % 1));
        expect(levelFor(pyramid, msPerPx)).toBe(level);
        const column = Math.round((ORIGIN + offset) / msPerPx);
        const out = new Float64Array(width * CLASS_COUNT);
        pyramidColumns(pyramid, level, { column, msPerPx, x0: 0, x1: width, stride: 1 }, out);
        const binMs = pyramid.spanMs / 2 ** level;
        for (let x = 0; x < width; x++) {
          const bin = (at: number) => (at - pyramid.from) / binMs;
          const first = Math.max(0, Math.floor(bin((column + x) * msPerPx)));
          const last = Math.min(2 ** level, Math.ceil(bin((column + x + 1) * msPerPx)));
          if (last <= first) continue;
          const [from, to] = [pyramid.from + first * binMs, pyramid.from + last * binMs];
          for (const [c, sum] of byHand(steps, from, to).entries()) {
            const share = out[x * CLASS_COUNT + c]!;
            expect(share).toBeGreaterThanOrEqual(sum / (to - from) - 1e-6);
            expect(share - sum / (to - from)).toBeLessThanOrEqual((1 + 1e-6) / SHARE_MAX + 1e-9);
          }
        }
      }),
    );
  });

  test('of counts are the same from their sums', () => {
    fc.assert(
      fc.property(anyLane(20), view, (lane, { offset, width, stride, msPerPx: by }) => {
        const { counts } = contentOf(lane);
        const msPerPx = HOUR + by;
        const strip = { column: Math.round((ORIGIN + offset) / msPerPx), msPerPx, x0: 0, x1: width, stride };
        const [marched, summed] = [new Float64Array(width * 5 + 5), new Float64Array(width * 5 + 5)];
        countColumns(counts, strip, marched);
        summedColumns(counts, strip, summed);
        for (const [k, value] of marched.entries()) expect(summed[k]).toBeCloseTo(value, 5);
      }),
    );
  });

  test('of counts add up to the lengths of all sessions', () => {
    fc.assert(
      fc.property(anyLane(20), view, (lane, { msPerPx, offset, width }) => {
        const content = contentOf(lane);
        const column = Math.round((ORIGIN + offset) / msPerPx);
        const out = new Float64Array(width * CLASS_COUNT);
        countColumns(content.counts, { column, msPerPx, x0: 0, x1: width, stride: 1 }, out);
        for (let x = 0; x < width; x++) {
          const all = content.tracks.map((track) =>
            byHand(track, (column + x) * msPerPx, (column + x + 1) * msPerPx),
          );
          for (let c = 0; c < CLASS_COUNT; c++) {
            const sum = all.reduce((total, one) => total + one[c]!, 0);
            expect(out[x * CLASS_COUNT + c]).toBeCloseTo(sum / msPerPx, 6);
          }
        }
      }),
    );
  });
});

const zone = fc.constantFrom(
  'Europe/London',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
);
const stepsForCore = ({ at, state }: Steps) =>
  Array.from(at, (instant, i) => ({ at: instant, state: TIMELINE_STATES[state[i]!]! }));
const daysFrom = (boundaries: readonly number[]): Interval[] =>
  boundaries.slice(1).map((to, i) => ({ from: boundaries[i]!, to }));

describe('day bins', () => {
  test('are those of the core, on days of 23, 23½ and 25 hours too', () => {
    // Clocks change in all of these zones around the end of March and the beginning of April.
    fc.assert(
      fc.property(anyLane(), zone, (lane, timezone) => {
        const { steps } = contentOf(lane);
        const boundaries = dayBoundaries({ from: ORIGIN - DAY, to: ORIGIN + 14 * DAY, timezone });
        const days = daysFrom(boundaries);
        const bins = dayBins(steps, Float64Array.from(boundaries));
        const lengths = stateLengths(stepsForCore(steps), days);
        for (const [day, byState] of lengths.entries()) {
          const byClass = BIN_STATES.map(() => 0);
          for (const [state, ms] of byState.entries()) {
            if (CLASS_OF[state]! > 0) byClass[CLASS_OF[state]! - 1]! += ms;
          }
          const expected = packDayBin(byClass, days[day]!.to - days[day]!.from);
          for (let c = 0; c < CLASS_COUNT; c++) {
            expect(shareOf(bins[day]!, c)).toBe((expected >>> (c * 6)) & 63);
          }
        }
      }),
    );
  });

  it('show half a minute', () => {
    const { steps } = contentOf([
      { start: ORIGIN + HOUR, end: ORIGIN + HOUR + 30_000, steps: [[ORIGIN + HOUR, 1]] },
    ]);
    expect(shareOf(dayBins(steps, Float64Array.of(ORIGIN, ORIGIN + DAY))[0]!, 0)).toBe(1);
  });

  test('means of counts by day are the lengths of all sessions', () => {
    fc.assert(
      fc.property(anyLane(20), (lane) => {
        const content = contentOf(lane);
        const boundaries = Float64Array.from({ length: 10 }, (_, i) => ORIGIN + i * DAY);
        const means = countDayMeans(content.counts, boundaries);
        for (let day = 0; day < 9; day++) {
          const all = content.tracks.map((track) => byHand(track, boundaries[day]!, boundaries[day + 1]!));
          for (let c = 0; c < CLASS_COUNT; c++) {
            const sum = all.reduce((total, one) => total + one[c]!, 0);
            expect(means[day * CLASS_COUNT + c]).toBeCloseTo(sum / DAY, 6);
          }
        }
      }),
    );
  });
});

test('the state at an instant is that of the last step', () => {
  const steps = { at: Float64Array.of(10, 20, 30), state: Uint8Array.of(1, 3, 0) };
  expect([9, 10, 19, 20, 29, 30, 99].map((at) => stateAt(steps, at))).toEqual([0, 1, 1, 3, 3, 0, 0]);
});
