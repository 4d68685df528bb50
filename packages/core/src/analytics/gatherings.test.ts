/** The sliding window against a search through all windows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, event } from '../queries/testdata/build.ts';
import { gatherings } from './gatherings.ts';

test('law: an event is in a gathering if and only if some window with enough kinds holds it', () => {
  const drawn = fc.record({
    minute: fc.integer({ min: 0, max: 60 }),
    user: fc.constantFrom('a', 'b', 'c', 'd'),
  });
  fc.assert(
    fc.property(
      fc.array(drawn, { maxLength: 14 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 2, max: 4 }),
      (facts, windowMinutes, threshold) => {
        const windowMs = windowMinutes * 60_000;
        const events = facts
          .map(({ minute, user }) =>
            event(new Date(at('09:00') + minute * 60_000).toISOString(), 'logon', { user }),
          )
          .sort((a, b) => a.time - b.time);
        const found = gatherings(events, { kindOf: ({ user }) => user!, windowMs, threshold });
        const windows = events.map((last) =>
          events.filter(({ time }) => time <= last.time && last.time - time <= windowMs),
        );
        const full = windows.filter((window) => new Set(window.map(({ user }) => user)).size >= threshold);
        const inFull = new Set(full.flat());
        expect(new Set(found.flatMap((one) => one.events))).toEqual(inFull);
        expect(found.reduce((sum, one) => sum + one.events.length, 0)).toBe(inFull.size);
        const most = Math.max(0, ...full.map((window) => new Set(window.map(({ user }) => user)).size));
        expect(Math.max(0, ...found.map((one) => one.peak))).toBe(most);
      },
    ),
  );
});
