/** The types of settings that only the server has. */
import { isIP } from 'node:net';
import { oneOf, type SettingType, url } from '@logonscope/settings';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Python's names, as earlier files hold them. */
const PYTHON_LEVELS: Readonly<Record<string, LogLevel>> = { warning: 'warn', critical: 'fatal' };

export function logLevel(): SettingType<LogLevel> {
  const words = oneOf(LOG_LEVELS);
  return {
    ...words,
    parse: (given) => {
      const level = PYTHON_LEVELS[given.toLowerCase()];
      return level === undefined ? words.parse(given) : { value: level };
    },
  };
}

/** Names that the HTTP server knows for whole networks of one's own. */
const NETWORK_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** An address or a network of a proxy. A network of everybody would let everybody write his own address. */
export function proxyAddress(): SettingType<string> {
  const expects = 'an IP address, a network as 10.0.0.0/8, or loopback, linklocal, uniquelocal';
  return {
    kind: 'text',
    expects,
    parse: (given) => {
      const word = given.toLowerCase();
      if (NETWORK_NAMES.includes(word)) return { value: word };
      const [address = '', bits, ...more] = given.split('/');
      const family = isIP(address);
      if (family === 0 || more.length > 0) return { expected: expects };
      if (bits === undefined) return { value: given };
      const most = family === 4 ? 32 : 128;
      const valid = /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most;
      return valid ? { value: given } : { expected: expects };
    },
    format: (value) => value,
  };
}

/** `mysql+pymysql:` names the driver of another program; only what stands before the plus means something here. */
const DATABASE_SCHEME = /^(sqlite|postgres|postgresql|mysql|mariadb|mssql)(\+[a-z0-9_]+)?:\/\//i;

export function databaseUrl(): SettingType<string> {
  const expects = 'an address that begins with sqlite://, postgresql://, mysql://, mariadb:// or mssql://';
  return {
    ...url([]),
    expects,
    parse: (given) => (DATABASE_SCHEME.test(given) ? { value: given } : { expected: expects }),
  };
}

/** Where a server can listen: an address or a name, not a URL. */
export function hostName(): SettingType<string> {
  const expects = 'an address or host name, without scheme and port';
  return {
    kind: 'text',
    expects,
    parse: (given) =>
      isIP(given) > 0 || /^[a-z0-9]([a-z0-9.-]{0,252})$/i.test(given)
        ? { value: given }
        : { expected: expects },
    format: (value) => value,
  };
}

/** Two letters, as certificates want a country. */
export function country(): SettingType<string> {
  const expects = 'a country of two letters';
  return {
    kind: 'text',
    expects,
    parse: (given) => (/^[a-z]{2}$/i.test(given) ? { value: given.toUpperCase() } : { expected: expects }),
    format: (value) => value,
  };
}
