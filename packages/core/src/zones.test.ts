/** Days, hours and weekdays in zones whose clocks change, checked against dates people can look up. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayBoundaries,
  dayOf,
  daysOf,
  formatInZone,
  instantOf,
  localHour,
  splitByDay,
  weekdayOf,
  zoneOf,
  zoneProblem,
} from './zones.ts';

const HOUR_MS = 3_600_000;
const at = (text: string) => Date.parse(text);

const oneDay = (timezone: string, date: string, dayStartHour = 0) => {
  const noon = at(`${date}T12:00:00Z`);
  const days = daysOf([{ from: noon, to: noon + 1 }], { timezone, dayStartHour });
  return days.map((day) => ({ date: day.date, hours: (day.to - day.from) / HOUR_MS }));
};

describe('the length of a day', () => {
  test.each([
    ['Europe/London', '2025-03-30', 23],
    ['Europe/London', '2025-10-26', 25],
    ['Europe/London', '2025-06-01', 24],
    ['America/New_York', '2025-03-09', 23],
    ['Australia/Lord_Howe', '2025-10-05', 23.5],
    ['UTC', '2025-03-30', 24],
    ['+05:30', '2025-03-30', 24],
  ])('%s on %s has %d hours', (timezone, date, hours) => {
    expect(oneDay(timezone, date)).toEqual([{ date, hours }]);
  });

  test('a date without a midnight begins when it begins (Cairo skips 00:00 to 01:00)', () => {
    const [day] = daysOf([{ from: at('2023-04-28T09:00Z'), to: at('2023-04-28T10:00Z') }], {
      timezone: 'Africa/Cairo',
    });
    expect(day).toEqual({
      date: '2023-04-28',
      from: at('2023-04-28T01:00+03:00'),
      to: at('2023-04-29T00:00+03:00'),
    });
  });

  test('a date that a zone never had does not appear (Samoa went from 29 to 31 December 2011)', () => {
    const days = daysOf([{ from: at('2011-12-29T12:00Z'), to: at('2012-01-01T12:00Z') }], {
      timezone: 'Pacific/Apia',
    });
    expect(days.map((day) => day.date)).toEqual(['2011-12-29', '2011-12-31', '2012-01-01', '2012-01-02']);
  });

  test('a day may begin at any hour: before six it is still yesterday', () => {
    const days = daysOf([{ from: at('2025-06-02T04:30Z'), to: at('2025-06-02T05:30Z') }], {
      timezone: 'Europe/London',
      dayStartHour: 6,
    });
    expect(days.map((day) => day.date)).toEqual(['2025-06-01', '2025-06-02']);
  });

  test('a boundary in the skipped hour lies after the gap', () => {
    expect(instantOf('Europe/London', '2025-03-30', 1)).toBe(at('2025-03-30T02:00+01:00'));
    expect(oneDay('Europe/London', '2025-03-30', 1)).toEqual([{ date: '2025-03-30', hours: 23 }]);
  });
});

test('boundaries of a range and the search in them', () => {
  const range = { from: at('2025-03-29T10:00Z'), to: at('2025-03-31T10:00Z'), timezone: 'Europe/London' };
  expect(dayBoundaries(range)).toEqual([
    at('2025-03-29T00:00Z'),
    at('2025-03-30T00:00Z'),
    at('2025-03-30T23:00Z'),
    at('2025-03-31T23:00Z'),
  ]);
  const days = daysOf([range], range);
  expect(dayOf(days, at('2025-03-30T22:59:59Z'))).toBe(1);
  expect(dayOf(days, at('2025-03-30T23:00:00Z'))).toBe(2);
  expect(dayOf(days, at('2025-03-28T23:59:59Z'))).toBe(-1);
  expect(dayOf(days, at('2025-03-31T23:00:00Z'))).toBe(-1);
});

test('hours, weekdays and text as the local clock shows them', () => {
  const london = zoneOf('Europe/London');
  expect(localHour(london, at('2025-03-30T00:59:59Z'))).toBe(0);
  expect(localHour(london, at('2025-03-30T01:00:00Z'))).toBe(2);
  expect(localHour(london, at('2025-10-26T00:30:00Z'))).toBe(1);
  expect(localHour(london, at('2025-10-26T01:30:00Z'))).toBe(1);
  expect(localHour(london, at('1960-01-01T00:00:00Z'))).toBe(0);
  expect(formatInZone(london, at('2025-07-01T12:34:56Z'))).toBe('2025-07-01 13:34:56');
  expect(weekdayOf('2025-03-30')).toBe(7);
  expect(instantOf('Europe/London', '2025-07-01', 17.5)).toBe(at('2025-07-01T17:30+01:00'));
  expect(instantOf('Europe/London', '2025-07-01', 30)).toBe(at('2025-07-02T06:00+01:00'));
  expect(instantOf('Europe/London', '2025-07-01', 24)).toBe(at('2025-07-02T00:00+01:00'));
});

test('an unknown zone is told of in a sentence, before anything is computed', () => {
  expect(zoneProblem('Europe/London')).toBeNull();
  expect(zoneProblem('Mars/Olympus')).toBe('"Mars/Olympus" is not a time zone like Europe/London or UTC.');
  expect(() => zoneOf('')).toThrow(RangeError);
});

test('one absurd time costs a century of days at most', () => {
  const days = daysOf([{ from: at('1601-01-01T00:00Z'), to: at('2025-01-01T00:00Z') }], { timezone: 'UTC' });
  expect(days).toHaveLength(36_525);
  expect(days.at(-1)!.date).toBe('2024-12-31');
  expect(daysOf([{ from: 8.64e15 - 5, to: 8.64e15 }], { timezone: 'UTC' })).toEqual([]);
});

describe('laws', () => {
  const zones = ['Europe/London', 'America/Havana', 'Africa/Cairo', 'Asia/Beirut', 'Pacific/Apia', 'UTC'];
  const interval = fc
    .tuple(
      fc.integer({ min: at('2009-01-01T00:00Z'), max: at('2026-01-01T00:00Z') }),
      fc.integer({ min: 1, max: 40 * 24 * HOUR_MS }),
    )
    .map(([from, length]) => ({ from, to: from + length }));

  test('days are a chain without holes that holds every instant once; cutting loses nothing', () => {
    fc.assert(
      fc.property(
        interval,
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        (range, timezone, hour) => {
          const days = daysOf([range], { timezone, dayStartHour: hour });
          for (const [i, day] of days.entries()) {
            expect(day.to).toBeGreaterThan(day.from);
            expect(day.to - day.from).toBeLessThanOrEqual(25 * HOUR_MS);
            if (i > 0) expect(day.from).toBe(days[i - 1]!.to);
          }
          expect(days[0]!.from <= range.from && days.at(-1)!.to >= range.to).toBe(true);
          expect(dayOf(days, range.from)).toBe(0);
          const parts = splitByDay([range], days);
          expect(parts.reduce((sum, part) => sum + part.to - part.from, 0)).toBe(range.to - range.from);
        },
      ),
    );
  });

  test('the cached offset is the one Intl shows', () => {
    fc.assert(
      fc.property(interval, fc.constantFrom(...zones), ({ from }, timezone) => {
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone: timezone,
          hour: '2-digit',
          hourCycle: 'h23',
        });
        expect(localHour(zoneOf(timezone), from)).toBe(Number(shown.format(from)));
      }),
    );
  });
});
