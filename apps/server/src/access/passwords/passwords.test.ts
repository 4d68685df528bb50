/** Passwords: what is hashed can be checked, old formats are taken over, and the policy says what is missing. */
import { hash as bcryptHash } from '@node-rs/bcrypt';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPassword, hashPassword } from './passwords.ts';
import { DEFAULT_PASSWORD_POLICY, passwordFaults } from './policy.ts';
import { Crowded, turnstile } from './turnstile.ts';

const WORD = 'Correct-Horse-1';
const OWN = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

describe('hashes', () => {
  test('a password matches its own hash and no other', async () => {
    const stored = await hashPassword(WORD);
    expect(stored).toMatch(OWN);
    expect(await checkPassword(stored, WORD)).toEqual({ right: true, betterHash: null });
    expect(await checkPassword(stored, `${WORD} `)).toEqual({ right: false, betterHash: null });
    expect(await hashPassword(WORD)).not.toBe(stored);
  });

  // Made by werkzeug.security.generate_password_hash of Werkzeug 2.2.
  test.each([
    'scrypt:32768:8:1$oyLVZ9BQiZOAxgdw$a810ddd17e7e443722b388db56233d8ba8135ac49905a0fd3b4c6f04c2bf24ddf69e9078898b340b9b99b01c88b237f14fb8afe27a341ea821701de82155bfa6',
    'pbkdf2:sha256:1000000$o9N2K15epIifcHu8$c08cb260db95863d92f139f0ae69c835acf60b98eed728fdf7b5245e09e579e5',
  ])('an imported hash is accepted and replaced: %.12s', async (stored) => {
    const { right, betterHash } = await checkPassword(stored, WORD);
    expect(right).toBe(true);
    expect(betterHash).toMatch(OWN);
    expect(await checkPassword(stored, 'Correct-Horse-2')).toEqual({ right: false, betterHash: null });
  });

  test('bcrypt of the original portal is accepted and replaced', async () => {
    const stored = await bcryptHash(WORD, { cost: 4 });
    const { right, betterHash } = await checkPassword(stored, WORD);
    expect(right).toBe(true);
    expect((await checkPassword(betterHash, WORD)).right).toBe(true);
    expect((await checkPassword(stored, 'wrong')).right).toBe(false);
  });

  test('letters after the 72nd byte count with ours', async () => {
    const stored = await hashPassword('x'.repeat(80));
    expect((await checkPassword(stored, `${'x'.repeat(79)}y`)).right).toBe(false);
  });

  test('nothing matches an unknown user, an empty hash, or rubbish', async () => {
    for (const stored of [
      null,
      '',
      'plain',
      '$argon2id$broken',
      '$2b$04$short',
      'scrypt:999999999:8:1$a$'.padEnd(80, 'f'),
    ]) {
      expect((await checkPassword(stored, WORD)).right, String(stored)).toBe(false);
      expect((await checkPassword(stored, '')).right, String(stored)).toBe(false);
    }
  });

  test('an unknown user costs what a wrong password costs', async () => {
    const stored = await hashPassword(WORD);
    const cost = async (hash: string | null) => {
      const before = process.cpuUsage();
      for (let i = 0; i < 6; i++) await checkPassword(hash, 'wrong');
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await cost(null);
    const ratio = (await cost(null)) / (await cost(stored));
    // Without a hash to compare with the ratio is below 0.01.
    expect(ratio).toBeGreaterThan(0.3);
    expect(ratio).toBeLessThan(3);
  });

  test('a password of 129 characters is wrong before it is hashed', async () => {
    expect((await checkPassword(await hashPassword('x'.repeat(129)), 'x'.repeat(129))).right).toBe(false);
  });
});

describe('policy', () => {
  test.each([
    ['Abcdef-123', []],
    ['Abcdef-12', ['at least 10 characters']],
    ['abcdef-1234', ['an upper-case letter']],
    ['ABCDEF-1234', ['a lower-case letter']],
    ['Abcdef-ghij', ['a digit']],
    ['Abcdef1234', ['one of !@#$%^&*()_+-=[]{}|;:,.<>?']],
    [`Aa1-${'x'.repeat(125)}`, ['at most 128 characters']],
    ['Ünïcödé-123', []],
  ])('%s lacks %j', (password, faults) => {
    expect(passwordFaults(password, DEFAULT_PASSWORD_POLICY)).toEqual(faults);
  });

  test('switches turn rules off one by one', () => {
    const policy = { ...DEFAULT_PASSWORD_POLICY, minLength: 8, digitsAndMixedCase: false, specials: false };
    expect(passwordFaults('abcdefgh', policy)).toEqual([]);
    expect(passwordFaults('abcdefgh', { ...policy, specials: true })).toHaveLength(1);
  });

  test('law: what is too short is refused whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 9 }), (password) => {
        expect(passwordFaults(password, DEFAULT_PASSWORD_POLICY)).toContain('at least 10 characters');
      }),
    );
  });
});

describe('turnstile', () => {
  test('no more than its places run at once, and who waits too long is sent away', async () => {
    const gate = turnstile({ places: 2, waiting: 3 });
    const releases: (() => void)[] = [];
    let inside = 0;
    let most = 0;
    const work = () =>
      gate.pass(async () => {
        most = Math.max(most, ++inside);
        await new Promise<void>((release) => releases.push(release));
        inside--;
      });
    const all = Array.from({ length: 5 }, work);
    await expect(work()).rejects.toThrow(Crowded);
    while (releases.length > 0) {
      releases.shift()!();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    expect(most).toBe(2);
  });

  test('a failure frees its place', async () => {
    const gate = turnstile({ places: 1, waiting: 0 });
    await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.pass(async () => 1)).toBe(1);
  });
});
