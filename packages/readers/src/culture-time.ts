/** Times as Windows prints them in any culture: taken apart first, the order of day and month decided by the whole file. */
import { wallTime } from './iso-time.ts';

/** Words for the halves of the day as .NET's cultures print them, in lower case without dots and blanks. */
const BEFORE_NOON = [
  'am',
  'a',
  '上午',
  '오전',
  '午前',
  'πμ',
  'dop',
  'sa',
  'pd',
  'ص',
  'ق.ظ',
  'de',
  'vm',
  'fm',
];
const AFTER_NOON = ['pm', 'p', '下午', '오후', '午後', 'μμ', 'odp', 'ch', 'md', 'م', 'ب.ظ', 'du', 'nm', 'em'];

/** Years of the Buddhist calendar, which the Thai culture prints. */
const BUDDHIST = { from: 2443, to: 2643, ahead: 543 };

/** The parts of a time; one object, filled anew by each `splitTime`. */
export interface TimeParts {
  /** The three numbers of the date as written. */
  first: number;
  second: number;
  third: number;
  yearFirst: boolean;
  /** The character after the first number. */
  separator: string;
  hour: number;
  minute: number;
  secondOfMinute: number;
  ms: number;
  half: 'am' | 'pm' | null;
  offsetMinutes: number | null;
}

export type DateOrder = 'day-first' | 'month-first';

export function emptyParts(): TimeParts {
  return {
    first: 0,
    second: 0,
    third: 0,
    yearFirst: false,
    separator: '',
    hour: 0,
    minute: 0,
    secondOfMinute: 0,
    ms: 0,
    half: null,
    offsetMinutes: null,
  };
}

// Date numbers, blank or T, clock numbers, fraction, and whatever words and offset the culture adds.
const SHAPE =
  /^\s*(?<lead>[^\d\s][^\d]*?)?\s*(\d{1,4})([./-])\s*(\d{1,2})[./-]\s*(\d{1,4})\.?(?:\s*[T ,]\s*|\s+)(?<middle>[^\d]*?)\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*(?<tail>[^\d+-]*?)\s*(?<offset>[+-]\d{2}:?\d{2})?\s*$/u;

function halfOf(words: string): TimeParts['half'] | undefined {
  const word = words.replace(/[\s.]/gu, '').toLowerCase();
  if (word === '' || word === 'г' || word === 'z' || word === 'utc') return null;
  if (BEFORE_NOON.includes(word)) return 'am';
  return AFTER_NOON.includes(word) ? 'pm' : undefined;
}

/** Reads the plain shape `11/3/2025 8:58:02 AM` or `03.11.2025 08:58:02` without a pattern; false if it is another. */
function splitPlain(text: string, into: TimeParts): boolean {
  let at = 0;
  let value = 0;
  let count = 0;
  const length = text.length;
  for (; at < length && count < 6; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      if (at + 1 < length) continue;
      at += 1;
    }
    if (count === 0) {
      into.first = value;
      into.separator = text[at] ?? '';
      if (code !== 47 && code !== 46 && code !== 45) return false;
      into.yearFirst = at === 4;
      if (at > 4) return false;
    } else if (count === 1) {
      into.second = value;
      if (code !== 47 && code !== 46 && code !== 45) return false;
    } else if (count === 2) {
      into.third = value;
      if (code !== 32 && code !== 84) return false;
    } else if (count === 3) {
      into.hour = value;
      if (code !== 58) return false;
    } else if (count === 4) {
      into.minute = value;
      if (code !== 58) return false;
    } else {
      into.secondOfMinute = value;
    }
    count += 1;
    value = 0;
    if (count === 6) break;
  }
  if (count < 6) return false;
  into.ms = 0;
  into.offsetMinutes = null;
  into.half = null;
  if (at >= length) return true;
  return splitPlainTail(text, at, into);
}

/** What may follow the seconds of the plain shape: nothing, `AM` or `PM` after any one blank. */
function splitPlainTail(text: string, at: number, into: TimeParts): boolean {
  const blank = text.charCodeAt(at);
  if (text.length !== at + 3 || (blank !== 32 && blank !== 0x202f && blank !== 0xa0)) return false;
  const letter = text.charCodeAt(at + 1) | 32;
  if ((text.charCodeAt(at + 2) | 32) !== 109 || (letter !== 97 && letter !== 112)) return false;
  into.half = letter === 97 ? 'am' : 'pm';
  return true;
}

function splitAny(text: string, into: TimeParts): boolean {
  if (text.length > 100) return false;
  const match = SHAPE.exec(text);
  if (match === null) return false;
  const groups = match.groups!;
  const half = halfOf(`${groups.lead ?? ''}${groups.middle ?? ''}${groups.tail ?? ''}`);
  if (half === undefined) return false;
  const isUtc = /^(z|utc)$/i.test(groups.tail ?? '');
  const offset = groups.offset?.replace(':', '');
  into.first = Number(match[2]);
  into.separator = match[3]!;
  into.second = Number(match[4]);
  into.third = Number(match[5]);
  into.yearFirst = match[2]!.length === 4;
  into.hour = Number(match[7]);
  into.minute = Number(match[8]);
  into.secondOfMinute = Number(match[9] ?? 0);
  into.ms = Math.floor(Number(`0.${match[10] ?? 0}`) * 1000 + 1e-6);
  into.half = half;
  into.offsetMinutes =
    offset === undefined
      ? isUtc
        ? 0
        : null
      : (offset[0] === '-' ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5)));
  return true;
}

/** Takes a time apart into `into`; false if it has no shape of a time. */
export function splitTime(text: string, into: TimeParts): boolean {
  return splitPlain(text, into) || splitAny(text, into);
}

/** The wall time as if it were UTC, in milliseconds; NaN where the day or time does not exist in that order. */
export function wallTimeOf(parts: TimeParts, order: DateOrder): number {
  const monthFirst = order === 'month-first';
  let year = parts.yearFirst ? parts.first : parts.third;
  const month = parts.yearFirst ? parts.second : monthFirst ? parts.first : parts.second;
  const day = parts.yearFirst ? parts.third : monthFirst ? parts.second : parts.first;
  if (year < 100) year += 2000;
  if (year >= BUDDHIST.from && year <= BUDDHIST.to) year -= BUDDHIST.ahead;
  let hour = parts.hour;
  if (parts.half !== null && hour > 12) return Number.NaN;
  if (parts.half === 'pm' && hour < 12) hour += 12;
  if (parts.half === 'am' && hour === 12) hour = 0;
  return wallTime(year, month, day, hour, parts.minute, parts.secondOfMinute) + parts.ms;
}
