/** Random tokens, their digests, and what is stored encrypted: the few uses of cryptography that all others share. */
import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const TOKEN_BYTES = 32;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Marks how a stored secret was encrypted, for the day when it is done otherwise. */
const ENCRYPTION = 'v1';

/** 256 random bits as 43 characters of base64url. */
export function randomToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is stored of a token: nobody who reads the database can use it. Lower-case hex. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Whether two texts are equal, in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(tokenHash(a)), Buffer.from(tokenHash(b)));
}

/** A key for one purpose, made of the installation's SECRET_KEY (HKDF-SHA-256). */
export function derivedKey(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, 'logonscope', purpose, KEY_BYTES));
}

/**
 * Encrypts a text with AES-256-GCM.
 *
 * @param bound what the text belongs to (a user id): a row moved to another user does not decrypt
 */
export function seal(key: Buffer, text: string, bound: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(bound),
  );
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${ENCRYPTION}.${sealed.toString('base64url')}`;
}

/** The text again, or null if the key is another, the row was moved or the bytes were changed. */
export function unseal(key: Buffer, sealed: string, bound: string): string | null {
  const [version, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  if (version !== ENCRYPTION || bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
