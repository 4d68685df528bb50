/** The second factor: the vectors of RFC 6238, no code twice, and who has to have one. */
import fc from 'fast-check';
import { Secret } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { derivedKey, seal, unseal } from '../secrets.ts';
import { mfaRequired, stateAfterPassword } from './mfa-policy.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts';
import { acceptedStep, newTotpSecret, qrSvg, totpCode, totpStep, totpUri } from './totp.ts';

/** The secret of RFC 6238 appendix B for SHA-1: the ASCII text 12345678901234567890. */
const RFC_SECRET = Secret.fromUTF8('12345678901234567890').base32;

describe('one-time passwords', () => {
  // RFC 6238 appendix B prints eight digits; an app with six shows the last six of them.
  test.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('RFC 6238 at %d s', (seconds, eight) => {
    expect(totpCode(RFC_SECRET, seconds * 1000)).toBe(eight.slice(2));
    expect(acceptedStep(RFC_SECRET, eight.slice(2), { nowMs: seconds * 1000, lastStep: null })).toBe(
      Math.floor(seconds / 30),
    );
  });

  const nowMs = 1_800_000_000_000;
  const secret = newTotpSecret();

  test('a code one step early or late is accepted, two are not', () => {
    const offsets = [-60_000, -30_000, 0, 30_000, 60_000];
    const accepted = offsets.map(
      (offset) => acceptedStep(secret, totpCode(secret, nowMs + offset), { nowMs, lastStep: null }) !== null,
    );
    expect(accepted).toEqual([false, true, true, true, false]);
  });

  test('no code twice, and none from before the last accepted one', () => {
    const now = totpCode(secret, nowMs);
    const step = acceptedStep(secret, now, { nowMs, lastStep: null });
    expect(step).toBe(totpStep(nowMs));
    expect(acceptedStep(secret, now, { nowMs, lastStep: step })).toBe(null);
    expect(acceptedStep(secret, totpCode(secret, nowMs - 30_000), { nowMs, lastStep: step })).toBe(null);
    const next = nowMs + 30_000;
    expect(acceptedStep(secret, totpCode(secret, next), { nowMs: next, lastStep: step })).toBe(step! + 1);
  });

  test('spaces and hyphens are how people type; letters and other lengths are refused', () => {
    const code = totpCode(secret, nowMs);
    const typed = `${code.slice(0, 3)} ${code.slice(3)}`;
    expect(acceptedStep(secret, typed, { nowMs, lastStep: null })).not.toBe(null);
    for (const wrong of ['', '12345', `${code}0`, 'abcdef', '１２３４５６']) {
      expect(acceptedStep(secret, wrong, { nowMs, lastStep: null }), wrong).toBe(null);
    }
  });

  test('the QR code is an SVG of the address with issuer and account', async () => {
    const uri = totpUri('JBSWY3DPEHPK3PXP', { issuer: 'Logon scope', account: 'ana+x@example.com' });
    expect(uri).toBe(
      'otpauth://totp/Logon%20scope:ana%2Bx%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Logon%20scope&algorithm=SHA1&digits=6&period=30',
    );
    expect(await qrSvg(uri)).toMatch(/^<svg .*<\/svg>\s*$/s);
  });
});

describe('stored secrets', () => {
  const key = derivedKey('a secret key of some length, thirty-two', 'totp');

  test('law: what is sealed comes back under the same key for the same user only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const sealed = seal(key, text, 'user:1');
        expect(unseal(key, sealed, 'user:1')).toBe(text);
        expect(unseal(key, sealed, 'user:2')).toBe(null);
        expect(unseal(derivedKey('another', 'totp'), sealed, 'user:1')).toBe(null);
      }),
    );
  });

  test('the stored text does not contain the secret, and a changed byte is noticed', () => {
    const sealed = seal(key, 'JBSWY3DPEHPK3PXP', 'user:1');
    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP');
    const last = sealed.at(-3) === 'A' ? 'B' : 'A';
    expect(unseal(key, `${sealed.slice(0, -3)}${last}${sealed.slice(-2)}`, 'user:1')).toBe(null);
    expect(unseal(key, 'JBSWY3DPEHPK3PXP', 'user:1')).toBe(null);
  });
});

test('ten recovery codes, all different, read however they are typed', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[2-9a-hjkmnp-tv-z]{4}(-[2-9a-hjkmnp-tv-z]{4}){2}$/);
  const code = codes[0]!;
  expect(recoveryCodeHash(1, code.toUpperCase().replaceAll('-', ' '))).toBe(recoveryCodeHash(1, code));
  expect(recoveryCodeHash(2, code)).not.toBe(recoveryCodeHash(1, code));
});

describe('who needs a second factor', () => {
  // everyone, companies, person → required
  test.each([
    [false, [], null, false],
    [false, [], true, true],
    [false, [], false, false],
    [true, [], null, true],
    [true, [], true, true],
    [true, [], false, false],
    [false, [null], null, false],
    [true, [null], null, true],
    [false, [true], null, true],
    [true, [true], null, true],
    [false, [false], null, false],
    [true, [false], null, false],
    [false, [true, false], null, true],
    [true, [false, null], null, true],
    [false, [true], false, false],
    [true, [false], true, true],
  ])('installation %s, companies %j, person %s: %s', (everyone, companies, person, required) => {
    expect(mfaRequired({ everyone, companies, person })).toBe(required);
  });

  test('how far the right password leads', () => {
    expect(stateAfterPassword({ enrolled: false, required: false })).toBe('full');
    expect(stateAfterPassword({ enrolled: false, required: true })).toBe('mfa_enrol_required');
    expect(stateAfterPassword({ enrolled: true, required: false })).toBe('mfa_pending');
    expect(stateAfterPassword({ enrolled: true, required: true })).toBe('mfa_pending');
  });
});
