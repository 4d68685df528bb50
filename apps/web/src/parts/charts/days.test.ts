/** Days of charts against the core's calendar, over changes of clocks and odd beginnings of days. */
import { daysOf } from '@logonscope/core';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { byHourOfWeek, hourIn, localDays, sumsByDay, weekdayOf } from './days.ts';

const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];

test('are those of the core, for any zone, range and beginning of the day', () => {
  const start = Date.UTC(2026, 0, 1);
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 365 * 24 }),
      fc.integer({ min: 1, max: 20 * 24 }),
      fc.integer({ min: 0, max: 23 }),
      (zone, fromHour, hours, dayStart) => {
        const fromMs = start + fromHour * 3_600_000;
        const toMs = fromMs + hours * 3_600_000;
        const expected = daysOf([{ from: fromMs, to: toMs }], { timezone: zone, dayStartHour: dayStart });
        const found = localDays({ zone, fromMs, toMs, dayStart });
        expect(found.map(({ date, fromMs: from, toMs: to }) => ({ date, from, to }))).toEqual(
          expected.map(({ date, from, to }) => ({ date, from, to })),
        );
      },
    ),
    { numRuns: 400 },
  );
});

describe('a day on which the clocks change', () => {
  it('is 23 or 25 hours long', () => {
    const hours = (iso: string) => {
      const fromMs = Date.parse(iso);
      const [day] = localDays({ zone: 'Europe/London', fromMs, toMs: fromMs + 1 });
      return (day!.toMs - day!.fromMs) / 3_600_000;
    };
    expect(hours('2026-03-29T12:00:00Z')).toBe(23);
    expect(hours('2026-10-25T12:00:00Z')).toBe(25);
  });
});

test('what is summed by day is the same as the whole', () => {
  const day = Date.UTC(2026, 4, 5);
  const days = localDays({ zone: 'UTC', fromMs: day, toMs: day + 2 * 86_400_000 });
  const H = 3_600_000;
  const segments = [
    { state: 'active' as const, fromMs: day + 22 * H, toMs: day + 30 * H },
    { state: 'locked' as const, fromMs: day + 30 * H, toMs: day + 31 * H },
  ];
  expect(sumsByDay(segments, days)).toEqual([{ active: 2 * H }, { active: 6 * H, locked: H }]);
});

test('hours and weekdays are those of the zone', () => {
  expect(hourIn('Asia/Kolkata', Date.parse('2026-05-05T20:00:00Z'))).toBe(1);
  expect(weekdayOf('2026-11-20')).toBe(5);
  const cells = byHourOfWeek('Europe/London', [
    { atMs: Date.parse('2026-05-05T07:30:00Z'), value: 3 },
    { atMs: Date.parse('2026-05-12T07:59:00Z'), value: 4 },
  ]);
  expect(cells[1]![8]).toBe(7);
  expect(cells.flat().reduce((sum, value) => sum + value, 0)).toBe(7);
});
