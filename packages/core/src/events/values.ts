/** Windows' spellings of single values (logon IDs, addresses, codes) turned into ours. */

/** The logon ID of the computer itself; its type 0 logon is written once, at boot. */
export const SYSTEM_LOGON_ID = '0x3e7';

const CANONICAL_HEX = /^0x[1-9a-f][0-9a-f]{0,15}$/;
const ANY_HEX = /^0x0*([0-9a-f]{0,16})$/i;
const DECIMAL = /^\d{1,20}$/;
const LARGEST_ID = 0xffff_ffff_ffff_ffffn;

/** Text of a field, or null where Windows writes `-` or nothing for "none". */
export function textOrNull(text: string | null): string | null {
  if (text === null || text === '' || text === '-') return null;
  return text;
}

/** Names of workstations may also be the literal text `NULL`. */
export function workstationOrNull(text: string | null): string | null {
  return text === 'NULL' ? null : textOrNull(text);
}

/**
 * A logon ID in our spelling, lower-case hex without leading zeros, from hex or decimal text: `0x0000000009DEB4D`,
 * `10349389`. Null for zero, which Windows writes for "none", and for anything that is no 64-bit number.
 */
export function normalizeLogonId(text: string | null): string | null {
  if (text === null || text === '0x0') return null;
  if (CANONICAL_HEX.test(text)) return text;
  const hex = ANY_HEX.exec(text.trim());
  if (hex !== null) return hex[1] === '' ? null : `0x${hex[1]!.toLowerCase()}`;
  if (!DECIMAL.test(text)) return null;
  const value = BigInt(text);
  return value === 0n || value > LARGEST_ID ? null : `0x${value.toString(16)}`;
}

/** A logon ID to look up, not to show: a number where that is exact and small, else our spelling. */
export type LogonKey = number | string;

/** `0x` and 48 bits. */
const NUMERIC_KEY_DIGITS_MAX = 14;

/** The key of a logon ID from hex or decimal text; null where `normalizeLogonId` is. */
export function logonKey(text: string | null): LogonKey | null {
  const logonId = normalizeLogonId(text);
  return logonId === null || logonId.length > NUMERIC_KEY_DIGITS_MAX ? logonId : Number(logonId);
}

/** An NTSTATUS code as `0xc000006d`, from hex or from decimal text, signed or not; other text stays as it is. */
export function normalizeStatus(text: string | null): string | null {
  const written = textOrNull(text);
  if (written === null) return null;
  const hex = ANY_HEX.exec(written.trim());
  if (hex !== null) return `0x${hex[1] === '' ? '0' : hex[1]!.toLowerCase()}`;
  if (/^-?\d{1,10}$/.test(written)) return `0x${(Number(written) >>> 0).toString(16)}`;
  return written;
}

/** A whole number from decimal or `0x…` text; null for anything else. */
export function integerOrNull(text: string | null): number | null {
  if (text === null || text === '') return null;
  const first = text.charCodeAt(0);
  if (text.length === 1 && first >= 48 && first <= 57) return first - 48;
  if (!/^(?:\d{1,15}|0x[0-9a-f]{1,13})$/i.test(text)) return null;
  return Number(text);
}

/** A port; Windows writes `0` or `-` for "none". */
export function portOrNull(text: string | null): number | null {
  const port = integerOrNull(text);
  return port === null || port === 0 || port > 65_535 ? null : port;
}

const NO_ADDRESS = /^(?:-|local|unknown)?$/i;
const MAPPED_IPV4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * A network address as written, IPv4 freed from its `::ffff:` wrapping. Null for `-`, nothing, `LOCAL` and `unknown`.
 * Loopback addresses stay: they tell that the logon came from the computer itself.
 */
export function addressOrNull(text: string | null): string | null {
  if (text === null || text === '' || text === '-') return null;
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return text;
  if (NO_ADDRESS.test(text)) return null;
  const mapped = first === 58 ? MAPPED_IPV4.exec(text) : null;
  return mapped === null ? text : mapped[1]!;
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['%%1842', true],
  ['%%1843', false],
  ['Yes', true],
  ['No', false],
  ['true', true],
  ['false', false],
]);

/** ElevatedToken and its kind: message codes in the raw event, words in rendered ones. */
export function flagOrNull(text: string | null): boolean | null {
  return text === null ? null : (FLAGS.get(text) ?? null);
}

/** `DOMAIN\user` in two; a name without a backslash has no domain. */
export function splitAccount(text: string | null): { domain: string | null; user: string | null } {
  const name = textOrNull(text);
  if (name === null) return { domain: null, user: null };
  const slash = name.indexOf('\\');
  if (slash < 0) return { domain: null, user: name };
  return { domain: textOrNull(name.slice(0, slash)), user: textOrNull(name.slice(slash + 1)) };
}

/** A computer's name without its domain, upper case, and its full name where it has one. An IP address stays whole. */
export function computerNames(text: string): { computer: string; fqdn: string | null } {
  const name = text.trim();
  const dot = name.indexOf('.');
  if (dot <= 0 || /^[\d.]+$/.test(name)) return { computer: name.toUpperCase(), fqdn: null };
  return { computer: name.slice(0, dot).toUpperCase(), fqdn: name };
}
