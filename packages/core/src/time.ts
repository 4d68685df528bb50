/** Instants from and to text: ISO 8601, Windows FILETIME and SYSTEMTIME. Everything is UTC. */
import type { Instant } from './model.ts';

/** Milliseconds from 1601-01-01 (where FILETIME counts from) to 1970-01-01. */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;
const FILETIME_TICKS_PER_MS = 10_000n;
/** Windows writes a FILETIME of zero for "none"; a day's grace covers zone shifts. */
const NO_TIME_BEFORE_MS = Date.UTC(1601, 0, 2);
const LAST_INSTANT_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const DAY_MS = 86_400_000;
const numerals = (count: number, digits: number): string[] =>
  Array.from({ length: count }, (_, number) => String(number).padStart(digits, '0'));
const TWO_DIGITS = numerals(60, 2);
const THREE_DIGITS = numerals(1_000, 3);

/** Times are mostly written in order, so the date of the previous one serves again: ten times as fast as `Date`. */
let latestDay = Number.NaN;
let latestDate = '';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const DECIMAL_TICKS = /^\d{16,19}$/;
const HEX_TICKS = /^0x[0-9a-f]{14,16}$/i;

/** An instant as `2025-11-03T08:58:02.000Z`: always UTC, always three decimals. */
export function isoMs(instant: Instant): string {
  const whole = Math.trunc(instant);
  const day = Math.floor(whole / DAY_MS);
  if (day !== latestDay) {
    latestDate = new Date(whole).toISOString().slice(0, -'00:00:00.000Z'.length);
    latestDay = day;
  }
  const ofDayMs = whole - day * DAY_MS;
  const seconds = Math.floor(ofDayMs / 1_000);
  const minutes = Math.floor(seconds / 60);
  const time = `${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}`;
  return `${latestDate}${time}.${THREE_DIGITS[ofDayMs % 1_000]}Z`;
}

/** `isoMs` that lets an absent instant stay absent. */
export function isoMsOrNull(instant: Instant | null): string | null {
  return instant === null ? null : isoMs(instant);
}

/**
 * An ISO 8601 instant (`T` or blank between date and time, up to nine decimals, `Z` or an offset) in milliseconds.
 * Text without an offset is taken as UTC, as Windows' own renderings mean it. Digits below a millisecond are cut,
 * not rounded, so that no event moves past its successor. Null if it is no such time or no day of the calendar.
 */
export function parseIso(text: string): Instant | null {
  const parts = ISO.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = parts;
  const atMidnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const calendar = new Date(atMidnight);
  if (calendar.getUTCMonth() !== Number(month) - 1 || calendar.getUTCDate() !== Number(day)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const ofDayMs =
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
    Number(fraction.slice(0, 3).padEnd(3, '0'));
  return atMidnight + ofDayMs - offsetMs(zone);
}

/** `+02:00`, `-0330` or `+02` in milliseconds; `Z` is 0. */
function offsetMs(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** A FILETIME, 100 ns ticks since 1601 as a number or its text (decimal or `0x…`), in milliseconds; null if it is none. */
export function parseFiletime(ticks: bigint | string): Instant | null {
  if (typeof ticks === 'string') {
    const text = ticks.trim();
    if (!DECIMAL_TICKS.test(text) && !HEX_TICKS.test(text)) return null;
    return parseFiletime(BigInt(text));
  }
  const instant = Number(ticks / FILETIME_TICKS_PER_MS - FILETIME_EPOCH_MS);
  return instant > NO_TIME_BEFORE_MS && instant <= LAST_INSTANT_MS ? instant : null;
}

/** A time in an event's own data: ISO text or FILETIME ticks. Null for anything else, and for Windows' zero time. */
export function parseWindowsTime(text: string): Instant | null {
  const instant = parseIso(text) ?? parseFiletime(text);
  return instant !== null && instant > NO_TIME_BEFORE_MS ? instant : null;
}

const SYSTEMTIME_HEX_DIGITS = 32;

/**
 * A SYSTEMTIME (eight 16-bit numbers: year, month, weekday, day, hour, minute, second, millisecond) that begins at
 * byte `offsetBytes` of hex text. Null if the text is too short or names no instant.
 */
export function parseSystemTimeHex(hex: string, offsetBytes: number): Instant | null {
  const digits = hex.slice(offsetBytes * 2, offsetBytes * 2 + SYSTEMTIME_HEX_DIGITS);
  if (digits.length < SYSTEMTIME_HEX_DIGITS || !/^[0-9a-f]+$/i.test(digits)) return null;
  const word = (index: number): number => {
    const at = index * 4;
    return Number.parseInt(digits.slice(at + 2, at + 4) + digits.slice(at, at + 2), 16);
  };
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${String(word(0)).padStart(4, '0')}-${two(word(1))}-${two(word(3))}`;
  const time = `${two(word(4))}:${two(word(5))}:${two(word(6))}.${String(word(7)).padStart(3, '0')}`;
  const instant = parseIso(`${date}T${time}Z`);
  return instant !== null && instant > NO_TIME_BEFORE_MS ? instant : null;
}
