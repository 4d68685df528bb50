/** Interval arithmetic, first as pictures, then as laws against a slow count of single milliseconds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, type Interval, intersect, lengthMs, subtract, union } from './intervals.ts';

/** Reads `'  ├──┤ ├┤'`: the column is the millisecond. Several lines may overlap. */
function drawn(...lines: string[]): Interval[] {
  return lines.flatMap((line) =>
    [...line.matchAll(/├─*┤/g)].map((m) => ({ from: m.index, to: m.index + m[0].length - 1 })),
  );
}

describe('pictures', () => {
  test('union merges what overlaps or touches and drops the empty', () => {
    const intervals = drawn('├─────┤     ├──┤', '   ├────┤      ├──┤');
    expect(union([...intervals, { from: 30, to: 30 }, { from: 9, to: 2 }])).toEqual(
      drawn('├───────┤   ├─────┤'),
    );
  });

  test('subtract cuts holes that overlap each other and reach out of the span', () => {
    const span = drawn('  ├───────────────────┤');
    const holes = drawn('├───┤    ├───┤', '           ├────┤   ├──┤');
    expect(subtract(span, holes)).toEqual(drawn('    ├────┤      ├───┤'));
  });

  test('a hole as large as the span leaves nothing', () => {
    expect(subtract(drawn('  ├──┤'), drawn('  ├──┤'))).toEqual([]);
  });

  test('one hole may reach over several spans', () => {
    expect(subtract(drawn('├──┤ ├──┤ ├──┤'), drawn(' ├────────┤'))).toEqual(drawn('├┤        ├──┤'));
  });

  test('intersect keeps what lies in both', () => {
    expect(intersect(drawn('├──────┤  ├─────┤'), drawn('    ├─────────┤ ├┤'))).toEqual(
      drawn('    ├──┤  ├───┤'),
    );
  });

  test('length counts an overlap once', () => {
    expect(lengthMs(drawn('├─────┤', '   ├─────┤  ├──┤'))).toBe(9 + 3);
  });

  test('clip cuts at the frame and keeps overlaps', () => {
    expect(clip(drawn('├────┤', '  ├────┤', '        ├─┤'), { from: 3, to: 7 })).toEqual([
      { from: 3, to: 5 },
      { from: 3, to: 7 },
    ]);
  });
});

describe('laws', () => {
  const MS = 40;
  const interval = fc
    .tuple(fc.integer({ min: 0, max: MS }), fc.integer({ min: 0, max: MS }))
    .map(([from, to]) => ({ from, to }));
  const list = fc.array(interval, { maxLength: 8 });

  /** Which milliseconds the list covers, counted one by one. */
  const covered = (intervals: readonly Interval[]) =>
    Array.from({ length: MS }, (_, at) => intervals.some(({ from, to }) => from <= at && at < to));

  const isOrdered = (intervals: readonly Interval[]) =>
    intervals.every(({ from, to }, i) => from < to && (i === 0 || intervals[i - 1]!.to < from));

  test('union covers the same milliseconds, in order and apart', () => {
    fc.assert(
      fc.property(list, (a) => {
        const result = union(a);
        expect(isOrdered(result)).toBe(true);
        expect(covered(result)).toEqual(covered(a));
        expect(union(result)).toEqual(result);
      }),
    );
  });

  test('subtract is "in the one and not in the other", intersect "in both"', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const [inA, inB] = [covered(a), covered(b)];
        expect(covered(subtract(a, b))).toEqual(inA.map((yes, at) => yes && !inB[at]));
        expect(covered(intersect(a, b))).toEqual(inA.map((yes, at) => yes && inB[at]!));
        expect(isOrdered(subtract(a, b))).toBe(true);
        expect(intersect(a, b)).toEqual(intersect(b, a));
      }),
    );
  });

  test('what is cut out and what is left add up', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(lengthMs(subtract(a, b)) + lengthMs(intersect(a, b))).toBe(lengthMs(a));
      }),
    );
  });

  test('clip agrees with intersect, and nobody changes the input', () => {
    fc.assert(
      fc.property(list, interval, (a, frame) => {
        const before = JSON.stringify(a);
        expect(union(clip(a, frame))).toEqual(intersect(a, [frame]));
        expect(JSON.stringify(a)).toBe(before);
      }),
    );
  });
});
