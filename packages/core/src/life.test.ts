/** Spans of life must not depend on the order in which a log is read. */
import { expect, test } from 'vitest';
import { LifeTracker } from './life.ts';

test('a missing number, a silence and a clock running back each begin a new span', () => {
  const tracker = new LifeTracker('PC', 'Security');
  for (const [id, time] of [
    [1, 0],
    [2, 10],
    [2, 10],
    [5, 20],
    [6, 90_000],
    [7, 80_000],
  ] as const)
    tracker.touch(id, time);
  expect(tracker.finish().map((s) => [s.firstRecordId, s.lastRecordId, s.from, s.to])).toEqual([
    [1, 2, 0, 10],
    [5, 5, 20, 20],
    [6, 6, 90_000, 90_000],
    [7, 7, 80_000, 80_000],
  ]);
});

test('a log that comes newest first makes the same span as one that comes oldest first', () => {
  const tracker = new LifeTracker('PC', 'Security');
  for (const [id, time] of [
    [4, 40],
    [3, 30],
    [2, 20],
  ] as const)
    tracker.touch(id, time);
  expect(tracker.finish()).toEqual([
    { computer: 'PC', channel: 'Security', from: 20, to: 40, firstRecordId: 2, lastRecordId: 4 },
  ]);
});
