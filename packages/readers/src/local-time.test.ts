/** Wall clocks of zones with every kind of change, and the order that decides the repeated hour. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timePlacer, wallClock, zoneToUse } from './local-time.ts';

const wall = (text: string): number => Date.parse(`${text}Z`);
const placed = (zone: string, times: string[], newestFirst = false): string[] => {
  const { place } = timePlacer(zone, newestFirst);
  return times.map((text) => new Date(place(wall(text)).at).toISOString().slice(5, 16));
};

describe('the repeated hour of autumn', () => {
  test('oldest first: summer until the time runs back', () => {
    const times = [
      '2025-10-26T00:50',
      '2025-10-26T01:10',
      '2025-10-26T01:30',
      '2025-10-26T01:10',
      '2025-10-26T01:50',
    ];
    expect(placed('Europe/London', times)).toEqual([
      '10-25T23:50',
      '10-26T00:10',
      '10-26T00:30',
      '10-26T01:10',
      '10-26T01:50',
    ]);
  });

  test('newest first: winter until the time runs on', () => {
    const times = [
      '2025-10-26T02:10',
      '2025-10-26T01:30',
      '2025-10-26T01:10',
      '2025-10-26T01:40',
      '2025-10-26T00:50',
    ];
    expect(placed('Europe/London', times, true)).toEqual([
      '10-26T02:10',
      '10-26T01:30',
      '10-26T01:10',
      '10-26T00:40',
      '10-25T23:50',
    ]);
  });

  test('if the time never runs back, the end of the hour says so', () => {
    const placer = timePlacer('Europe/London', false);
    placer.place(wall('2025-10-26T01:10'));
    expect(placer.endsUndecided()).toBe(true);
    expect(placer.place(wall('2025-10-26T02:10')).undecided).toBe(true);
    expect(placer.endsUndecided()).toBe(false);
  });
});

test('the skipped hour of spring moves forward and says so', () => {
  const { place } = timePlacer('Europe/London', false);
  expect({ ...place(wall('2025-03-30T01:30')) }).toEqual({
    at: Date.parse('2025-03-30T01:30Z'),
    skipped: true,
    undecided: false,
  });
});

test('changes of half an hour, at a minute past midnight, and of a whole day', () => {
  expect(placed('Australia/Lord_Howe', ['2025-04-06T01:15', '2025-04-06T01:45', '2025-04-06T02:15'])).toEqual(
    ['04-05T14:15', '04-05T14:45', '04-05T15:45'],
  );
  expect(placed('America/St_Johns', ['2010-03-14T00:00', '2010-03-14T01:30'])).toEqual([
    '03-14T03:30',
    '03-14T04:00',
  ]);
  expect(placed('Pacific/Apia', ['2011-12-29T23:00', '2011-12-31T01:00'])).toEqual([
    '12-30T09:00',
    '12-30T11:00',
  ]);
});

test('every instant of a zone comes back from its wall time, in file order', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];
  const step = fc.integer({ min: 1, max: 90 * 60_000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
      fc.array(step, { maxLength: 30 }),
      (zone, start, steps) => {
        const clock = wallClock(zone);
        let at = start;
        for (const gap of steps) {
          at += gap;
          const shown = new Date(at).toLocaleString('sv-SE', { timeZone: zone });
          const meaning = clock(Date.parse(`${shown.replace(' ', 'T')}Z`));
          const whole = Math.floor(at / 1000) * 1000;
          const possible = [meaning.firstOffsetMs, meaning.secondOffsetMs].map(
            (offset) => Date.parse(`${shown.replace(' ', 'T')}Z`) - offset,
          );
          expect(meaning.kind).not.toBe('skipped');
          expect(possible).toContain(whole);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('an unknown zone is no reason to stop: the assumed one is taken', () => {
  expect(zoneToUse({ timezone: 'Mars/Base', assumedTimezone: 'Europe/Berlin' })).toEqual({
    timezone: 'Europe/Berlin',
    assumed: true,
  });
});
