/** Local days begin when local clocks say so, also when summer time comes or goes. */
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, localInstant, zoneOffsetMs } from './zone.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;

test.each([
  ['Europe/London', '2025-03-30', 23],
  ['Europe/London', '2025-10-26', 25],
  ['Europe/Berlin', '2025-06-01', 24],
  ['Asia/Kolkata', '2025-03-30', 24],
  ['America/New_York', '2025-03-09', 23],
])('%s: %s has %i hours', (zone, date, hours) => {
  expect(localInstant(zone, day(date) + 1, 0) - localInstant(zone, day(date), 0)).toBe(hours * HOUR_MS);
});

test('nine o’clock is nine o’clock in winter and summer', () => {
  expect(localInstant('Europe/London', day('2025-01-15'), 540)).toBe(Date.UTC(2025, 0, 15, 9));
  expect(localInstant('Europe/London', day('2025-07-15'), 540)).toBe(Date.UTC(2025, 6, 15, 8));
  expect(zoneOffsetMs('Asia/Kolkata', Date.UTC(2025, 0, 1))).toBe(5.5 * HOUR_MS);
});
