/** Identifiers of rows: random, so that none can be guessed, no database has to hand them out and copies keep them. */
import { randomBytes } from 'node:crypto';

/** A new identifier: 1 to 2^48 − 1, exact as a JavaScript number on every database. */
export function newId(): number {
  return randomBytes(6).readUIntBE(0, 6) || 1;
}
