/** Points in time as people type them, over zones and clock changes. */
import { expect, test } from 'vitest';
import { resolveWhen, when } from './when.ts';

function at(text: string, edge: 'begin' | 'end' = 'begin', timezone = 'Europe/London', dayStartHour = 0) {
  const parsed = when(text);
  if ('expected' in parsed) return parsed.expected;
  return new Date(resolveWhen(parsed.value, { timezone, dayStartHour, edge })).toISOString();
}

test('an instant is exact, with Z or an offset', () => {
  expect(at('2025-11-03T14:30:00Z')).toBe('2025-11-03T14:30:00.000Z');
  expect(at('2025-11-03T14:30:00.125+01:00')).toBe('2025-11-03T13:30:00.125Z');
  expect(at('2025-11-03 14:30-0500')).toBe('2025-11-03T19:30:00.000Z');
});

test('a date is its whole day in the zone', () => {
  expect(at('2025-07-01')).toBe('2025-06-30T23:00:00.000Z');
  expect(at('2025-07-01', 'end')).toBe('2025-07-01T23:00:00.000Z');
  expect(at('2025-12-31', 'end')).toBe('2026-01-01T00:00:00.000Z');
  expect(at('2025-11-03', 'begin', 'Europe/Berlin', 4)).toBe('2025-11-03T03:00:00.000Z');
});

test('a wall-clock time stands in the zone', () => {
  expect(at('2025-07-01T09:00')).toBe('2025-07-01T08:00:00.000Z');
  expect(at('2025-11-03 09:00:30', 'begin', 'Asia/Tokyo')).toBe('2025-11-03T00:00:30.000Z');
});

test('when clocks change: the first of two, and forward over what is skipped', () => {
  expect(at('2025-10-26T01:30')).toBe('2025-10-26T00:30:00.000Z');
  expect(at('2025-03-30T01:30')).toBe('2025-03-30T01:30:00.000Z');
});

test.each(['yesterday', '2025-02-30', '2025-13-01', '03.11.2025', '2025-11-03T25:00', ''])(
  '%s is no time',
  (text) => expect(when(text)).toHaveProperty('expected'),
);
