/** Time-based one-time passwords (RFC 6238): what an authenticator app shows, and what of it is accepted. */
import { Secret, TOTP } from 'otpauth';
import QRCode from 'qrcode';
import { SECOND_MS } from '../clock.ts';

const PERIOD_SECONDS = 30;
const DIGITS = 6;
/** 160 bits, the length RFC 4226 recommends; 32 characters in base32. */
const SECRET_BYTES = 20;
/** Clocks of phones are off by some seconds: one step to either side is accepted. */
const STEPS_AROUND = 1;

/** A new secret in base32, as apps take it. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

function totpOf(secret: string): TOTP {
  return new TOTP({
    secret: Secret.fromBase32(secret),
    digits: DIGITS,
    period: PERIOD_SECONDS,
    algorithm: 'SHA1',
  });
}

/** The step a moment belongs to: how many periods since 1970. */
export function totpStep(nowMs: number): number {
  return Math.floor(nowMs / (PERIOD_SECONDS * SECOND_MS));
}

/** What an app shows at this moment. */
export function totpCode(secret: string, nowMs: number): string {
  return totpOf(secret).generate({ timestamp: nowMs });
}

/**
 * The step whose code this is, or null. A step at or before the last accepted one is refused: a code that was read
 * over someone's shoulder opens nothing.
 *
 * @param lastStep the step accepted last, null if none was
 */
export function acceptedStep(
  secret: string,
  code: string,
  { nowMs, lastStep }: { nowMs: number; lastStep: number | null },
): number | null {
  const digits = code.replaceAll(/[\s-]/g, '');
  if (!/^\d{6}$/.test(digits)) return null;
  const delta = totpOf(secret).validate({ token: digits, timestamp: nowMs, window: STEPS_AROUND });
  if (delta === null) return null;
  const step = totpStep(nowMs) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

/** The address apps read from the QR code. */
export function totpUri(secret: string, { issuer, account }: { issuer: string; account: string }): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const facts = new URLSearchParams({
    secret,
    issuer,
    algorithm: 'SHA1',
    digits: `${DIGITS}`,
    period: `${PERIOD_SECONDS}`,
  });
  return `otpauth://totp/${label}?${facts.toString().replaceAll('+', '%20')}`;
}

/** The QR code as an SVG document: drawn by the browser, and no image leaves the server for elsewhere. */
export function qrSvg(uri: string): Promise<string> {
  return QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
}
