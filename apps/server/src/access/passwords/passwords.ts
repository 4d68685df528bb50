/** Hashing and checking of passwords: argon2id for our own, and the formats of installations that were imported. */
import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2';
import { verify as bcryptVerify } from '@node-rs/bcrypt';
import { PASSWORD_LENGTH_MAX } from './policy.ts';
import { turnstile } from './turnstile.ts';
import { isWerkzeugHash, matchesWerkzeug } from './werkzeug.ts';

/** OWASP's smallest advice for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const OWN_PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$';
/** At once: two of four threads of Node's pool, the others stay free for files and databases. Waiting: some seconds. */
const HASHING = { places: 2, waiting: 200 };

/** Checks nothing but costs what a real check costs. Made of a random password that nobody knows. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$EpiXOQyuv1TpBePAkW3Lcg$SwPgHPV4xADRT0HANXFZ/0m9iRPnp8QJZxOuXHbB/hM';

/** Stored of a person who signs in elsewhere: no password matches it. */
export const NO_PASSWORD = '!';

interface Format {
  readonly of: (stored: string) => boolean;
  readonly matches: (stored: string, password: string) => Promise<boolean>;
}

/** How stored hashes are told apart. */
const FORMATS: readonly Format[] = [
  {
    of: (stored) => stored.startsWith('$argon2id$'),
    matches: (stored, password) => argon2Verify(stored, password),
  },
  // bcrypt of the original reads 72 bytes at most; what it accepted, is accepted, and hashed anew in full.
  {
    of: (stored) => /^\$2[abxy]\$(0[4-9]|1[0-6])\$/.test(stored),
    matches: (stored, password) => bcryptVerify(password, stored),
  },
  { of: isWerkzeugHash, matches: matchesWerkzeug },
];

export interface PasswordCheck {
  readonly right: boolean;
  /** To be stored in place of the old hash, if that was of another format or strength. */
  readonly betterHash: string | null;
}

const places = turnstile(HASHING);

/** The hash to store. Rejects with `Crowded` when too many hashes are asked for at once. */
export function hashPassword(password: string): Promise<string> {
  return places.pass(() => argon2Hash(password, ARGON2));
}

/**
 * Checks a password against what is stored, in about the same time whether there is a user or not.
 *
 * @param stored null for an unknown user: the answer is then always `right: false`
 */
export async function checkPassword(stored: string | null, password: string): Promise<PasswordCheck> {
  const format = FORMATS.find(({ of }) => stored !== null && of(stored));
  const tooLong = [...password].length > PASSWORD_LENGTH_MAX;
  const asked = tooLong ? '' : password;
  const matches = await places.pass(() =>
    stored !== null && format
      ? format.matches(stored, asked).catch(() => false)
      : argon2Verify(NOBODYS_HASH, asked),
  );
  const right = matches && !tooLong && format !== undefined;
  const outdated = right && stored !== null && !stored.startsWith(OWN_PREFIX);
  return { right, betterHash: outdated ? await hashPassword(password) : null };
}
