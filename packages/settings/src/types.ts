/** The types a setting can have: what each takes, expects and gives back as text. */
import type { SettingType, Understood } from './setting.ts';

const CONTROL = /[\u0000-\u001f\u007f]/;
const TRUE = ['true', '1', 'yes', 'on'];
const FALSE = ['false', '0', 'no', 'off'];

/** Any text of one line. */
export function text({ minLength = 1, maxLength = 10_000 } = {}): SettingType<string> {
  const expects = minLength > 1 ? `at least ${minLength} characters in one line` : 'text in one line';
  return {
    kind: 'text',
    expects,
    parse: (given) =>
      CONTROL.test(given) || given.length < minLength || given.length > maxLength
        ? { expected: expects }
        : { value: given },
    format: (value) => value,
  };
}

/** A file or folder; relative ones are taken from the folder of the ini file (see `loadSettings`). */
export function path(): SettingType<string> {
  return { ...text(), kind: 'path', expects: 'the path of a file or folder' };
}

/** A whole number, in decimal digits. */
export function integer({ min, max }: { min: number; max: number }): SettingType<number> {
  const expects = `a whole number from ${min} to ${max}`;
  return {
    kind: 'integer',
    expects,
    min,
    max,
    parse: (given) => {
      const value = /^[+-]?\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
      return value >= min && value <= max ? { value: value === 0 ? 0 : value } : { expected: expects };
    },
    format: String,
  };
}

/** Yes or no. An environment knows texts only, so `false`, `0`, `no` and `off` are understood as no. */
export function boolean(): SettingType<boolean> {
  const expects = 'true or false (also yes, no, on, off, 1, 0)';
  return {
    kind: 'boolean',
    expects,
    parse: (given) => {
      const word = given.toLowerCase();
      if (TRUE.includes(word)) return { value: true };
      return FALSE.includes(word) ? { value: false } : { expected: expects };
    },
    format: String,
  };
}

/** One of the words, in any case. */
export function oneOf<const T extends string>(choices: readonly T[]): SettingType<T> {
  const expects = `one of ${choices.join(', ')}`;
  return {
    kind: 'choice',
    expects,
    choices,
    parse: (given) => {
      const value = choices.find((choice) => choice.toLowerCase() === given.toLowerCase());
      return value === undefined ? { expected: expects } : { value };
    },
    format: (value) => value,
  };
}

/** Several values between commas; each is of the inner type. */
export function list<T>(inner: SettingType<T>): SettingType<readonly T[]> {
  const expects = `a list between commas, each ${inner.expects}`;
  return {
    kind: 'list',
    expects,
    parse: (given) => {
      const values: T[] = [];
      for (const part of given.split(',').map((each) => each.trim())) {
        if (part === '') continue;
        const understood = inner.parse(part);
        if ('expected' in understood) return { expected: `${understood.expected} in place of "${part}"` };
        values.push(understood.value);
      }
      return { value: values };
    },
    format: (values) => values.map((value) => inner.format(value)).join(','),
  };
}

const DURATION_UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type DurationUnit = keyof typeof DURATION_UNITS;
const UNIT_WORDS: Readonly<Record<DurationUnit, string>> = {
  ms: 'milliseconds',
  s: 'seconds',
  m: 'minutes',
  h: 'hours',
  d: 'days',
};

/**
 * A length of time; the value is in milliseconds. A number alone is in `unit`, as earlier systems wrote it;
 * `90s`, `30m`, `2h` and `7d` say theirs.
 */
export function duration(options: { unit: DurationUnit; minMs: number; maxMs: number }): SettingType<number> {
  const { unit, minMs, maxMs } = options;
  const range = `${formatDuration(minMs)} to ${formatDuration(maxMs)}`;
  const expects = `a duration from ${range}, as 90s, 30m, 2h, 7d or a number of ${UNIT_WORDS[unit]}`;
  return {
    kind: 'duration',
    expects,
    min: minMs,
    max: maxMs,
    parse: (given) => {
      const match = /^(\d{1,12})\s*(ms|s|m|h|d)?$/i.exec(given);
      if (match === null) return { expected: expects };
      const value = Number(match[1]) * DURATION_UNITS[(match[2]?.toLowerCase() ?? unit) as DurationUnit];
      return value >= minMs && value <= maxMs ? { value } : { expected: expects };
    },
    format: formatDuration,
  };
}

/** The duration in the largest unit that divides it: `90s`, `30m`, `7d`. */
export function formatDuration(valueMs: number): string {
  if (valueMs === 0) return '0s';
  const units = Object.keys(DURATION_UNITS).reverse() as DurationUnit[];
  const unit = units.find((each) => valueMs % DURATION_UNITS[each] === 0) ?? 'ms';
  return `${valueMs / DURATION_UNITS[unit]}${unit}`;
}

/** An address with one of the schemes (`https:`); what it carries of credentials is never shown. */
export function url(schemes: readonly string[]): SettingType<string> {
  const expects = `an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`;
  return {
    kind: 'url',
    expects,
    parse: (given): Understood<string> => {
      const scheme = /^[a-z][a-z0-9+.-]*:(?=\/\/)/i.exec(given)?.[0].toLowerCase();
      const known = scheme !== undefined && schemes.includes(scheme) && !/\s/.test(given);
      return known && !CONTROL.test(given) ? { value: given } : { expected: expects };
    },
    format: (value) => value,
    show: withoutCredentials,
  };
}

/**
 * The address without user, password, query and fragment: each of them may hold a credential. A password may hold
 * any sign; where it cannot be told for sure what is one, only the scheme is shown.
 */
export function withoutCredentials(address: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(address)?.[0] ?? '';
  const rest = address.slice(scheme.length);
  const match = /^([^@?#/]*@)?([^@?#]*)(?:[?#][^@]*)?$/.exec(rest);
  if (match === null) return `${scheme}${HIDDEN}`;
  return `${scheme}${match[1] === undefined ? '' : `${HIDDEN}@`}${match[2]}`;
}

/** What stands where a secret is set. */
export const HIDDEN = '***';

/** A time zone of the IANA list. */
export function timezone(): SettingType<string> {
  const expects = 'a time zone such as UTC or Europe/London';
  return {
    kind: 'timezone',
    expects,
    parse: (given) => {
      try {
        return { value: new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone };
      } catch {
        return { expected: expects };
      }
    },
    format: (value) => value,
  };
}
