/** Recovery codes: ten words for the day the phone is gone, each good once, stored as digests. */
import { randomBytes } from 'node:crypto';
import { tokenHash } from '../secrets.ts';

export const RECOVERY_CODE_COUNT = 10;
/** Without 0, 1, i, l, o, u: nothing that is misread from paper. 32 letters would need them; 30 are enough. */
const LETTERS = '23456789abcdefghjkmnpqrstvwxyz';
const CODE_LETTERS = 12;
/** Bytes from here on would favour the first letters of the alphabet. */
const FAIR_BELOW = 256 - (256 % LETTERS.length);

function newCode(): string {
  let letters = '';
  while (letters.length < CODE_LETTERS) {
    for (const byte of randomBytes(CODE_LETTERS)) {
      if (byte < FAIR_BELOW && letters.length < CODE_LETTERS) letters += LETTERS[byte % LETTERS.length];
    }
  }
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** Ten codes to show once, like `k7mz-3q9d-hw5c`; 58 bits each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODE_COUNT }, newCode);
}

/** What is stored and looked up: case, spaces and hyphens of the one who types do not matter. */
export function recoveryCodeHash(userId: number, code: string): string {
  return tokenHash(`${userId}:${code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`);
}
