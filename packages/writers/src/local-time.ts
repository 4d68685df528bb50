/** How instants and durations are written: ISO in UTC for programs, wall clock with offset for people. */
import type { DurationMs, Instant } from '@logonscope/core';

const MINUTE_MS = 60_000;
/** Zones change their offset only on a quarter of an hour, so one answer serves a whole one. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Quarters remembered per zone; a year has 35,040, and a log rarely spans more. */
const QUARTERS_MAX = 50_000;
/** The furthest instants a JavaScript date can hold. */
const INSTANT_MAX = 8.64e15;

/** `2026-03-04T09:00:00.000Z`; null for what is no instant at all. */
export function isoInstant(instant: Instant): string | null {
  return Math.abs(instant) <= INSTANT_MAX ? new Date(instant).toISOString() : null;
}

/** `7:05:09`, hours without limit; to the nearest second. */
export function clockDuration(durationMs: DurationMs): string {
  const seconds = Math.round(Math.abs(durationMs) / 1000);
  const sign = durationMs < 0 && seconds > 0 ? '-' : '';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${sign}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/**
 * A function that writes instants as people in `timezone` (IANA) read them: `2026-03-04 10:00:00 +01:00`.
 * Throws a RangeError if there is no such zone. Fractions of a second are cut.
 */
export function wallClock(timezone: string): (instant: Instant) => string {
  const offsetOf = zoneOffsets(timezone);
  return (instant) => {
    const offsetMs = offsetOf(instant);
    const local = isoInstant(instant + offsetMs);
    if (local === null) return String(instant);
    return `${local.slice(0, -14)} ${local.slice(-13, -5)} ${offsetText(offsetMs)}`;
  };
}

function offsetText(offsetMs: DurationMs): string {
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function zoneOffsets(timezone: string): (instant: Instant) => DurationMs {
  if (timezone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  const known = new Map<number, DurationMs>();
  return (instant) => {
    const quarter = Math.floor(instant / QUARTER_MS);
    let offsetMs = known.get(quarter);
    if (offsetMs === undefined) {
      if (known.size >= QUARTERS_MAX) known.clear();
      offsetMs = offsetAt(format, quarter * QUARTER_MS);
      known.set(quarter, offsetMs);
    }
    return offsetMs;
  };
}

function offsetAt(format: Intl.DateTimeFormat, instant: Instant): DurationMs {
  if (Math.abs(instant) > INSTANT_MAX) return 0;
  const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  // Date.UTC would read years below 100 as 19xx.
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  wall.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
  return Math.round((wall.getTime() - instant) / MINUTE_MS) * MINUTE_MS;
}
