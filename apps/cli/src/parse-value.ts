/** Turns the text of an option into its value, or says what was expected instead. */

export type Parsed<T> = { readonly value: T } | { readonly expected: string };

const DURATION_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `10m`, `2h`, `1d`; a number alone is seconds. Milliseconds. */
export function duration(text: string): Parsed<number> {
  const match = /^(\d+(?:\.\d+)?)\s*([smhd]?)$/i.exec(text.trim());
  if (match === null) return { expected: 'a length of time such as 10m, 90s, 2h or 600 (seconds)' };
  const unit = (match[2]?.toLowerCase() || 's') as keyof typeof DURATION_MS;
  return { value: Math.round(Number(match[1]) * DURATION_MS[unit]) };
}

export function integer(from: number, to: number): (text: string) => Parsed<number> {
  const expected = to === Number.MAX_SAFE_INTEGER ? `a whole number from ${from}` : `${from} to ${to}`;
  return (text) => {
    const value = Number(text);
    const fits = /^\d+$/.test(text) && value >= from && value <= to;
    return fits ? { value } : { expected };
  };
}

export function choice<const C extends readonly string[]>(choices: C): (text: string) => Parsed<C[number]> {
  return (text) => {
    const value = choices.find((c) => c === text.toLowerCase());
    return value === undefined ? { expected: `one of ${choices.join(', ')}` } : { value };
  };
}

/** A comma that does not belong to a name: those are written `\,`. */
const SEPARATOR = /(?<!\\),/;

/** A comma-separated list, each part read by `part`; `\,` is a comma within a part. */
export function list<T>(part: (text: string) => Parsed<T>): (text: string) => Parsed<readonly T[]> {
  return (text) => {
    const values: T[] = [];
    for (const piece of text.split(SEPARATOR)) {
      const parsed = part(piece.replaceAll('\\,', ',').trim());
      if ('expected' in parsed) return { expected: `${parsed.expected}; several with commas between` };
      values.push(parsed.value);
    }
    return { value: values };
  };
}

export function text(expected: string): (text: string) => Parsed<string> {
  return (given) => (given.trim() === '' ? { expected } : { value: given.trim() });
}

/** An IANA zone that this machine knows. */
export function timezone(given: string): Parsed<string> {
  try {
    return { value: new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone };
  } catch {
    return { expected: 'an IANA time zone such as Europe/London or UTC' };
  }
}

export interface HourRange {
  readonly fromHour: number;
  readonly toHour: number;
}

/** `7-19`; the second hour is the first one outside. A night shift is `22-6`. */
export function hourRange(given: string): Parsed<HourRange> {
  const match = /^(\d{1,2})-(\d{1,2})$/.exec(given.trim());
  const fromHour = Number(match?.[1]);
  const toHour = Number(match?.[2]);
  const fits = match !== null && fromHour <= 23 && toHour <= 24 && fromHour !== toHour;
  return fits ? { value: { fromHour, toHour } } : { expected: 'two hours such as 7-19' };
}

/** `1-5` or `1,3,5`: Monday is 1, Sunday 7. */
export function weekdays(given: string): Parsed<readonly number[]> {
  const expected = { expected: 'days such as 1-5 or 1,3,5 (Monday is 1, Sunday 7)' };
  const days: number[] = [];
  for (const piece of given.split(',')) {
    const match = /^\s*([1-7])(?:-([1-7]))?\s*$/.exec(piece);
    if (match === null) return expected;
    const first = Number(match[1]);
    const last = Number(match[2] ?? match[1]);
    if (last < first) return expected;
    for (let day = first; day <= last; day++) days.push(day);
  }
  return { value: [...new Set(days)].sort() };
}
