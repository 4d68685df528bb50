/** Points in time as people type them: a date, a wall-clock time in the chosen zone, or an exact instant. */
import { type Instant, instantOf, zoneOf } from '@logonscope/core';
import type { Parsed } from './parse-value.ts';

const DAY_MS = 86_400_000;

/** Wall-clock parts in the order of `Date.UTC`; the month counts from 1. */
type Wall = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number];

export type When =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'wall'; readonly wall: Wall }
  | { readonly kind: 'date'; readonly wall: Wall };

const EXPECTED = {
  expected:
    'a date (2025-11-03), a time in --timezone (2025-11-03T14:30) or an instant (2025-11-03T14:30:00Z)',
};
const FORM =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/i;

export function when(text: string): Parsed<When> {
  const match = FORM.exec(text.trim());
  if (match === null) return EXPECTED;
  const part = (index: number) => Number(match[index] ?? 0);
  const wall: Wall = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const utc = utcOf(wall);
  // The calendar has no 31 February and the clock no 25:00: what rolls over was no time.
  if (Number.isNaN(utc) || wallOf(utc).some((value, index) => value !== wall[index])) return EXPECTED;
  if (match[4] === undefined) return { value: { kind: 'date', wall } };
  const zone = match[8];
  if (zone === undefined) return { value: { kind: 'wall', wall } };
  const fractionMs = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1_000);
  return { value: { kind: 'instant', at: utc + fractionMs - offsetMs(zone) } };
}

/**
 * The instant meant. A date as a beginning is its first moment (at `dayStartHour`), as an end the first moment of
 * the next day, so that `--from 2025-11-03 --to 2025-11-03` is that whole day.
 */
export function resolveWhen(
  given: When,
  { timezone, dayStartHour, edge }: { timezone: string; dayStartHour: number; edge: 'begin' | 'end' },
): Instant {
  if (given.kind === 'instant') return given.at;
  if (given.kind === 'wall') return instantOfWall(given.wall, timezone);
  const [year, month, day] = given.wall;
  const date = new Date(Date.UTC(year, month - 1, edge === 'end' ? day + 1 : day));
  return instantOf(timezone, date.toISOString().slice(0, 10), dayStartHour);
}

/**
 * The first instant at which clocks in the zone showed this. Two guesses settle it everywhere but in the hour that
 * spring skips; there the time moves forward.
 */
function instantOfWall(wall: Wall, timezone: string): Instant {
  const zone = zoneOf(timezone);
  const local = utcOf(wall);
  const before = local - zone.offsetAt(local - DAY_MS);
  const after = local - zone.offsetAt(local + DAY_MS);
  const shows = (at: Instant) => at + zone.offsetAt(at) === local;
  const fitting = [before, after].filter(shows).sort((a, b) => a - b);
  return fitting[0] ?? Math.max(before, after);
}

function utcOf([year, month, day, hour, minute, second]: Wall): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function wallOf(utc: number): Wall {
  const date = new Date(utc);
  const [hour, minute, second] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()];
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), hour, minute, second];
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}
