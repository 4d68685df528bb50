/** Hashes of Werkzeug (`scrypt:32768:8:1$salt$hex`, `pbkdf2:sha256:600000$salt$hex`), for accounts that were imported. */
import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scryptOf = promisify(
  scrypt as (
    password: string,
    salt: string,
    length: number,
    options: { N: number; r: number; p: number; maxmem: number },
    done: (error: Error | null, key: Buffer) => void,
  ) => void,
);
const pbkdf2Of = promisify(pbkdf2);

const SCRYPT = /^scrypt:(\d+):(\d+):(\d+)\$([^$]+)\$([0-9a-f]{32,})$/;
const PBKDF2 = /^pbkdf2:(sha1|sha256|sha512)(?::(\d+))?\$([^$]+)\$([0-9a-f]{32,})$/;
/** What Werkzeug takes where the text names no number. */
const PBKDF2_ITERATIONS = 260_000;
/** A row of the database must not be able to ask for more work than this. */
const ITERATIONS_MAX = 5_000_000;
const SCRYPT_MEMORY_BYTES_MAX = 256 << 20;

export function isWerkzeugHash(stored: string): boolean {
  return SCRYPT.test(stored) || PBKDF2.test(stored);
}

/** Whether the password is the one that was hashed; false for a hash that asks for absurd work. */
export async function matchesWerkzeug(stored: string, password: string): Promise<boolean> {
  const key = (await scryptKey(stored, password)) ?? (await pbkdf2Key(stored, password));
  return key !== null && key.made.length === key.expected.length && timingSafeEqual(key.made, key.expected);
}

interface Keys {
  readonly made: Buffer;
  readonly expected: Buffer;
}

async function scryptKey(stored: string, password: string): Promise<Keys | null> {
  const match = SCRYPT.exec(stored);
  if (!match) return null;
  const [N, r, p] = match.slice(1, 4).map(Number) as [number, number, number];
  if (128 * N * r > SCRYPT_MEMORY_BYTES_MAX || p > 16) return null;
  const expected = Buffer.from(match[5]!, 'hex');
  const made = await scryptOf(password, match[4]!, expected.length, {
    N,
    r,
    p,
    maxmem: SCRYPT_MEMORY_BYTES_MAX + (1 << 20),
  });
  return { made, expected };
}

async function pbkdf2Key(stored: string, password: string): Promise<Keys | null> {
  const match = PBKDF2.exec(stored);
  if (!match) return null;
  const iterations = Number(match[2] ?? PBKDF2_ITERATIONS);
  if (iterations < 1 || iterations > ITERATIONS_MAX) return null;
  const expected = Buffer.from(match[4]!, 'hex');
  return { made: await pbkdf2Of(password, match[3]!, iterations, expected.length, match[1]!), expected };
}
