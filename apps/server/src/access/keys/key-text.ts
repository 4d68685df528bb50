/** How an API key looks: `usm_<number>_<secret>`; keys of the original server, 64 hex digits, stay valid. */
import { randomToken, tokenHash } from '../secrets.ts';

const OWN = /^usm_([0-9a-z]{1,11})_[A-Za-z0-9_-]{43}$/;
const ORIGINAL = /^[0-9a-f]{64}$/;
const ORIGINAL_PREFIX_DIGITS = 8;

export interface NewKey {
  /** Shown once and never stored. */
  readonly text: string;
  /** For people to tell keys apart. */
  readonly prefix: string;
  readonly hash: string;
}

/** A new key text for a key's number. */
export function newKeyText(id: number): NewKey {
  const prefix = `usm_${id.toString(36)}`;
  const text = `${prefix}_${randomToken()}`;
  return { text, prefix, hash: tokenHash(text) };
}

/** What is stored of a key that was made elsewhere, or null if the text is no key. */
export function storedKeyOf(text: string): { prefix: string; hash: string } | null {
  if (!isKeyText(text)) return null;
  const prefix = OWN.test(text) ? text.slice(0, text.indexOf('_', 4)) : text.slice(0, ORIGINAL_PREFIX_DIGITS);
  return { prefix, hash: tokenHash(text) };
}

/** Whether a text has the form of a key: others are refused without asking the database. */
export function isKeyText(text: string): boolean {
  return OWN.test(text) || ORIGINAL.test(text);
}
