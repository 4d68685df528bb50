/** Local days of a range, cut where the clock of the zone does: what charts have one bar or row for. */
import { addDays, instantOfLocal, localDate, wallClock } from '../../app/local-time.ts';
import type { Segment } from '../segments/segments.ts';

export interface LocalDay {
  /** `2026-03-29`. */
  readonly date: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** 1 is Monday, 7 Sunday. */
  readonly weekday: number;
}

/** More than this is nobody's chart. */
const DAYS_MAX = 1_000;
const HOUR_MS = 3_600_000;

export interface DayRange {
  readonly zone: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Hour at which a day begins, 0 to 23. */
  readonly dayStart?: number;
}

/** The days that touch the range; 23 or 25 hours long when the clocks change. At most a thousand, the latest ones. */
export function localDays({ zone, fromMs, toMs, dayStart = 0 }: DayRange): LocalDay[] {
  const hour = String(dayStart).padStart(2, '0');
  const begin = (date: string) => instantOfLocal(zone, `${date}T${hour}:00`);
  const days: LocalDay[] = [];
  const last = localDate(zone, toMs - 1 - dayStart * HOUR_MS);
  let date = last;
  let end = begin(addDays(date, 1));
  while (end > fromMs && days.length < DAYS_MAX) {
    const start = begin(date);
    days.unshift({ date, fromMs: start, toMs: end, weekday: weekdayOf(date) });
    end = start;
    date = addDays(date, -1);
  }
  return days;
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/** The hour that the clock of a zone shows. */
export function hourIn(zone: string, atMs: number): number {
  return new Date(wallClock(zone, atMs)).getUTCHours();
}

export type StateSums = Partial<Record<Segment['state'], number>>;

/** How long each state lasted on each day. Segments are in order and apart, days too. */
export function sumsByDay(segments: readonly Segment[], days: readonly LocalDay[]): StateSums[] {
  return days.map((day) => {
    const sums: StateSums = {};
    for (const { state, fromMs, toMs } of segments) {
      const ms = Math.min(toMs, day.toMs) - Math.max(fromMs, day.fromMs);
      if (ms > 0) sums[state] = (sums[state] ?? 0) + ms;
    }
    return sums;
  });
}

/** Weekday × hour: for each of 7 × 24 cells how much of the values fell into it. */
export function byHourOfWeek(
  zone: string,
  bins: Iterable<{ readonly atMs: number; readonly value: number }>,
): number[][] {
  const cells = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { atMs, value } of bins) {
    if (value === 0) continue;
    const local = new Date(wallClock(zone, atMs));
    cells[(local.getUTCDay() + 6) % 7]![local.getUTCHours()]! += value;
  }
  return cells;
}
