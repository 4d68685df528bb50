/** Ticks and scales: round, ascending, and reaching over the greatest value. */
import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { countTicks, everyNth, lengthTicks, levelOf, linear, quantile } from './scale.ts';

const H = 3_600_000;

it.each([
  [0, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [143, [0, 50, 100, 150]],
])('%i events have the ticks %j', (max, ticks) => expect(countTicks(max)).toEqual(ticks));

it.each([
  [8 * H, [0, 2, 4, 6, 8]],
  [7.2 * H, [0, 2, 4, 6, 8]],
  [24 * H, [0, 6, 12, 18, 24]],
])('%i ms have round hours', (max, hours) => expect(lengthTicks(max)).toEqual(hours.map((one) => one * H)));

test('ticks ascend evenly from 0 to over the greatest, and are few', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 1e12, noNaN: true }), (max) => {
      for (const ticks of [countTicks(max), lengthTicks(max * 1_000)]) {
        const top = ticks === undefined ? 0 : ticks.at(-1)!;
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeLessThan(12);
        expect(top).toBeGreaterThan(0);
        for (let i = 2; i < ticks.length; i++) {
          expect(ticks[i]! - ticks[i - 1]!).toBeCloseTo(ticks[1]!, 3);
        }
      }
      expect(countTicks(max).at(-1)!).toBeGreaterThanOrEqual(max * (1 - 1e-9));
      expect(lengthTicks(max * 1_000).at(-1)!).toBeGreaterThanOrEqual(max * 1_000 * (1 - 1e-9));
    }),
  );
});

test('a scale keeps its ends, and a range without length its beginning', () => {
  const y = linear([0, 10], [100, 0]);
  expect([y(0), y(5), y(10)]).toEqual([100, 50, 0]);
  expect(linear([3, 3], [7, 9])(3)).toBe(7);
});

test('the least that is there is seen, the greatest is darkest', () => {
  expect([0, 0.001, 0.2, 0.21, 1].map((value) => levelOf(value, 1))).toEqual([0, 1, 1, 2, 5]);
  expect(levelOf(5, 0)).toBe(0);
});

test('labels keep apart, and quantiles lie between', () => {
  expect([everyNth(30, 28), everyNth(10, 28), everyNth(0, 28)]).toEqual([1, 3, 2800]);
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([0, 10], 0.25)).toBe(2.5);
});
