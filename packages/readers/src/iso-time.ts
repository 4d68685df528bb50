/** Reads the ISO 8601 times that event formats write, to the millisecond, without the engine's own guesses. */
import type { Instant } from '@logonscope/core';

const DIGIT_0 = 48;

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - DIGIT_0;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Milliseconds of a fraction that starts at `from`, and where it ends; digits beyond the third are cut off. */
function fraction(text: string, from: number, to: number): { ms: number; end: number } {
  let ms = 0;
  let scale = 100;
  let end = from;
  for (; end < to; end++) {
    const digit = text.charCodeAt(end) - DIGIT_0;
    if (!(digit >= 0 && digit <= 9)) break;
    ms += digit * scale;
    scale = scale > 1 ? scale / 10 : 0;
  }
  return { ms, end };
}

/** `+01:00`, `+0100`, `+01` or `Z` at `from`, in minutes; NaN where it is none of these, null where nothing stands. */
function offsetMinutes(text: string, from: number, to: number): number | null {
  let at = from;
  while (at < to && text.charCodeAt(at) === 32) at++;
  if (at >= to) return null;
  const sign = text[at];
  if (sign === 'Z' || sign === 'z') return at + 1 === to ? 0 : Number.NaN;
  if (sign !== '+' && sign !== '-') return Number.NaN;
  const colon = text[at + 3] === ':' ? 1 : 0;
  const length = to - at;
  const minutes = length === 3 ? 0 : length === 5 + colon ? digits(text, at + 3 + colon, 2) : Number.NaN;
  const total = digits(text, at + 1, 2) * 60 + minutes;
  return sign === '-' ? -total : total;
}

export interface IsoTime {
  /** The wall time as if it were UTC, in milliseconds. */
  readonly wallMs: number;
  readonly offsetMinutes: number | null;
}

/** `2025-11-03T08:58:02.1234567Z` and its kin (blank for T, any fraction, with or without offset); null if it is none. */
export function parseIsoTime(text: string, from = 0, to = text.length): IsoTime | null {
  if (to - from < 16) return null;
  const between = text.charCodeAt(from + 10);
  if (
    text[from + 4] !== '-' ||
    text[from + 7] !== '-' ||
    (between !== 84 && between !== 116 && between !== 32)
  ) {
    return null;
  }
  const [year, month, day] = [digits(text, from, 4), digits(text, from + 5, 2), digits(text, from + 8, 2)];
  const [hour, minute] = [digits(text, from + 11, 2), digits(text, from + 14, 2)];
  let end = from + 16;
  let second = 0;
  let ms = 0;
  if (text[end] === ':' && end < to) {
    second = digits(text, end + 1, 2);
    end += 3;
    if (end < to && (text[end] === '.' || text[end] === ',')) ({ ms, end } = fraction(text, end + 1, to));
  }
  if (text[from + 13] !== ':' || end > to) return null;
  const wallMs = wallTime(year, month, day, hour, minute, second) + ms;
  const offset = offsetMinutes(text, end, to);
  return Number.isNaN(wallMs) || Number.isNaN(offset) ? null : { wallMs, offsetMinutes: offset };
}

/** Milliseconds of a wall time as if it were UTC; NaN where a part is out of range or the day does not exist. */
export function wallTime(
  ...[year, month, day, hour, minute, second]: [number, number, number, number, number, number]
): number {
  const valid =
    year >= 1601 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour <= 23 &&
    minute <= 59;
  if (!valid || !(second <= 60)) return Number.NaN;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const rolledOver = day > 28 && new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day;
  return rolledOver ? Number.NaN : ms;
}

/** The instant of an ISO time; one without offset is taken as UTC. */
export function parseIsoInstant(text: string, from = 0, to = text.length): Instant | null {
  const parsed = parseIsoTime(text, from, to);
  return parsed === null ? null : parsed.wallMs - (parsed.offsetMinutes ?? 0) * 60_000;
}
