/** Civil time for reports: which local day, hour and weekday an instant has. The only user of Temporal in the core. */
import { Temporal } from 'temporal-polyfill';
import { type Interval, union } from './intervals.ts';
import type { DurationMs, Instant } from './model.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** One absurd time in a log must not cost a calendar of ten thousand years; older days of such a stretch are left out. */
const STRETCH_MAX_MS = 36_525 * DAY_MS;
/** Two days inside what Temporal can hold, so that "the next day" always exists. */
const INSTANT_MAX = 8.64e15 - 2 * DAY_MS;

/** A zone whose UTC offset is known for every instant; looks each stretch of equal offset up only once. */
export interface Zone {
  readonly timezone: string;
  /** What to add to UTC to get local time, in milliseconds. */
  offsetAt(at: Instant): DurationMs;
}

/** One local day: the instants between which it lies. 23 or 25 hours long when the clocks change. */
export interface Day extends Interval {
  /** Local date on which the day begins, `2025-03-30`. */
  readonly date: string;
}

export interface DayRange {
  /** IANA name such as `Europe/London`, `UTC`, or an offset such as `+02:00`. */
  readonly timezone: string;
  /** Local hour at which a day begins, 0 to 23; times before it belong to the day before. */
  readonly dayStartHour?: number;
}

/** What is wrong with a zone's name, as a sentence for people; null if it is a known one. Ask before all else here. */
export function zoneProblem(timezone: string): string | null {
  try {
    new Temporal.PlainDate(2000, 1, 1).toZonedDateTime(timezone);
    return null;
  } catch {
    return `"${timezone}" is not a time zone like Europe/London or UTC.`;
  }
}

/** The zone of that name. Throws a RangeError for a name that `zoneProblem` would have told of. */
export function zoneOf(timezone: string): Zone {
  const problem = zoneProblem(timezone);
  if (problem !== null) throw new RangeError(problem);
  const known: (Interval & { readonly offsetMs: DurationMs })[] = [];
  let last = { from: 0, to: 0, offsetMs: 0 };
  return {
    timezone,
    offsetAt(at) {
      if (at >= last.from && at < last.to) return last.offsetMs;
      const found = known.find(({ from, to }) => at >= from && at < to);
      last = found ?? stretchOfOffset(timezone, at);
      if (found === undefined) known.push(last);
      return last.offsetMs;
    },
  };
}

/**
 * Every local day that touches one of the stretches, in order. A day begins at the first instant that its date
 * has, since not every date has a midnight; dates that a zone skipped altogether do not appear.
 *
 *     stretches      ├──┤ ├──────────┤                  ├─┤
 *     days       ├─────────────┼────────────┤       ├────────────┤
 */
export function daysOf(stretches: readonly Interval[], { timezone, dayStartHour = 0 }: DayRange): Day[] {
  const zone = zoneOf(timezone);
  const days: Day[] = [];
  for (const stretch of union(stretches)) {
    const to = Math.min(stretch.to, INSTANT_MAX);
    let at = Math.max(stretch.from, days.at(-1)?.to ?? -INSTANT_MAX, to - STRETCH_MAX_MS);
    while (at < to) {
      const day = plainDayAround(zone, at, dayStartHour) ?? dayAround(zone, at, dayStartHour);
      days.push(day);
      at = day.to;
    }
  }
  return days;
}

/** The boundaries of the days that touch [from, to]: day n lies between boundary n and n + 1. */
export function dayBoundaries({ from, to, ...range }: Interval & DayRange): Instant[] {
  const days = daysOf([{ from, to }], range);
  return days.length === 0 ? [] : [days[0]!.from, ...days.map((day) => day.to)];
}

/** Index of the day that holds the instant, by binary search; -1 if none does. */
export function dayOf(days: readonly Interval[], at: Instant): number {
  const after = firstEndingAfter(days, at);
  return after < days.length && days[after]!.from <= at ? after : -1;
}

/**
 * Cuts intervals at the day boundaries.
 *
 *     interval      ├──────────────┤
 *     days      ├─────────┼─────────────┤
 *     result        ├─────┤ 0
 *                         ├────────┤ 1
 */
export function splitByDay(
  intervals: readonly Interval[],
  days: readonly Day[],
): (Interval & { readonly day: number })[] {
  const parts: (Interval & { readonly day: number })[] = [];
  for (const { from, to } of intervals) {
    for (let day = firstEndingAfter(days, from); day < days.length && days[day]!.from < to; day++) {
      const part = { day, from: Math.max(from, days[day]!.from), to: Math.min(to, days[day]!.to) };
      if (part.from < part.to) parts.push(part);
    }
  }
  return parts;
}

/**
 * When the local clock shows this hour of a date: 17.5 is half past five, 24 and more lie on the next date. Where the
 * clock skips that hour, the moment after the gap.
 */
export function instantOf(timezone: string, date: string, hour: number): Instant {
  const plain = Temporal.PlainDate.from(date).add({ days: Math.floor(hour / 24) });
  return boundaryOf(timezone, plain, hour % 24);
}

/** Hour shown by the local clock, 0 to 23. */
export function localHour(zone: Zone, at: Instant): number {
  return Math.floor(modulo(at + zone.offsetAt(at), DAY_MS) / HOUR_MS);
}

/** Weekday of a local date, 1 for Monday to 7 for Sunday. */
export function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** Local time as people read it, `2025-03-30 02:30:00`. */
export function formatInZone(zone: Zone, at: Instant): string {
  return new Date(at + zone.offsetAt(at)).toISOString().replace('T', ' ').slice(0, -5);
}

function stretchOfOffset(timezone: string, at: Instant) {
  const moment = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timezone);
  const next = moment.getTimeZoneTransition('next')?.epochMilliseconds;
  // "Previous" means before, so one millisecond later finds a change at this very moment too.
  const previous = moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds;
  return {
    from: previous ?? Number.NEGATIVE_INFINITY,
    to: next ?? Number.POSITIVE_INFINITY,
    offsetMs: moment.offsetNanoseconds / 1e6,
  };
}

/** Arithmetic instead of a calendar where the clocks stand still for days around; null where they may change. */
function plainDayAround(zone: Zone, at: Instant, dayStartHour: number): Day | null {
  const offsetMs = zone.offsetAt(at);
  const shiftMs = dayStartHour * HOUR_MS - offsetMs;
  const from = Math.floor((at - shiftMs) / DAY_MS) * DAY_MS + shiftMs;
  const to = from + DAY_MS;
  if (zone.offsetAt(from - DAY_MS) !== offsetMs || zone.offsetAt(to + DAY_MS) !== offsetMs) return null;
  return { date: new Date(from - shiftMs).toISOString().split('T', 1)[0]!, from, to };
}

function dayAround(zone: Zone, at: Instant, dayStartHour: number): Day {
  const local = new Date(at + zone.offsetAt(at) - dayStartHour * HOUR_MS);
  const guess = new Temporal.PlainDate(local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate());
  // A change of clocks near the boundary can put the guess a day off, in either direction.
  let date = guess.add({ days: 1 });
  while (boundaryOf(zone.timezone, date, dayStartHour) > at) date = date.subtract({ days: 1 });
  const from = boundaryOf(zone.timezone, date, dayStartHour);
  let next = date.add({ days: 1 });
  while (boundaryOf(zone.timezone, next, dayStartHour) <= from) next = next.add({ days: 1 });
  return { date: date.toString(), from, to: boundaryOf(zone.timezone, next, dayStartHour) };
}

function boundaryOf(timezone: string, date: Temporal.PlainDate, hour: number): Instant {
  const begin =
    hour === 0
      ? date.toZonedDateTime(timezone)
      : date.toZonedDateTime({
          timeZone: timezone,
          plainTime: new Temporal.PlainTime(Math.floor(hour), Math.floor((hour % 1) * 60)),
        });
  return begin.epochMilliseconds;
}

function firstEndingAfter(intervals: readonly Interval[], at: Instant): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[middle]!.to <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;
