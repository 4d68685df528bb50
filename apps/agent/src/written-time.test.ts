// Times carry the offset that the zone has then, on both sides of a change of the clocks.
import { expect, it } from 'vitest';
import { writtenTime } from './written-time.ts';

it.each([
  ['Europe/London', '2026-03-29T00:59:59.900Z', '2026-03-29T00:59:59Z'],
  ['Europe/London', '2026-03-29T01:00:00Z', '2026-03-29T02:00:00+01:00'],
  ['Europe/London', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00+01:00'],
  ['Europe/London', '2026-10-25T01:30:00Z', '2026-10-25T01:30:00Z'],
  ['America/New_York', '2026-07-01T12:00:00Z', '2026-07-01T08:00:00-04:00'],
  ['Asia/Kolkata', '2026-07-01T12:00:00Z', '2026-07-01T17:30:00+05:30'],
  ['UTC', '2026-07-01T12:00:00Z', '2026-07-01T12:00:00Z'],
])('in %s %s is %s', (zone, instant, written) => {
  expect(writtenTime(zone, Date.parse(instant))).toBe(written);
  expect(Date.parse(written)).toBe(Math.floor(Date.parse(instant) / 1000) * 1000);
});
