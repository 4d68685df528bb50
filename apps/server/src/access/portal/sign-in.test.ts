/** Signing in: what opens the door, what does not, and what nobody learns on the way. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../clock.ts';
import { totpCode } from '../mfa/totp.ts';
import { A, B, BROWSER, PASSWORD, type TestGround, testGround } from '../testdata/ground.ts';
import { changePassword, listSessions, register, revokeSession } from './account.ts';
import { addDomain } from './domains.ts';
import { emailParts, isUserName } from './email.ts';
import { localPath } from './next-path.ts';
import { type Visit, visitOf } from './portal.ts';
import { confirmEnrolment, disableMfa, renewRecoveryCodes, startEnrolment } from './second-factor.ts';
import { SESSION_LIMITS } from './sessions.ts';
import { changeSection, readSection } from './settings.ts';
import { signIn, signOut, verifyCode } from './sign-in.ts';

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
  await ground.user('boss', { role: 'GlobalAdmin' });
});
afterAll(() => ground.close());
// Each test begins in another hour, so that no bucket or code of the one before matters.
beforeEach(() => {
  ground.nowMs += HOUR_MS;
});

const enter = (login: string, more: Partial<Parameters<typeof signIn>[1]> = {}) =>
  signIn(ground.access.portal, { login, password: PASSWORD, remember: false, ...more }, BROWSER);

async function visit(token: string): Promise<Visit> {
  const found = await visitOf(ground.access.portal, token);
  if (found === null) throw new Error('no such visit');
  return found;
}
const isIn = async (token: string) => (await visitOf(ground.access.portal, token)) !== null;
const lastAudit = async () =>
  (await ground.store.db.selectFrom('audit_trail').selectAll().orderBy('seq', 'desc').execute())[0]!;

describe('the door', () => {
  test.each(['Ana', 'ana', ' ANA ', 'ANA@Example.COM'])(
    '%j and the right password open it',
    async (login) => {
      if (login === 'Ana') await ground.user('ana', { in: { [A]: 'User' } });
      const { session, state } = await enter(login);
      expect(state).toBe('full');
      expect((await visit(session.token)).memberships).toMatchObject([{ companyId: A, role: 'User' }]);
    },
  );

  test('an unknown name and a wrong password are told alike', async () => {
    const told = (login: string, password: string) =>
      enter(login, { password }).catch((error) => [error.code, error.message]);
    expect(await told('nobody', 'x')).toEqual(['account/wrong-login', 'Invalid Username or Password']);
    expect(await told('ana', 'x')).toEqual(['account/wrong-login', 'Invalid Username or Password']);
  });

  test('an inactive account says so only to whoever has the password', async () => {
    await ground.user('ines', { active: false });
    await expect(enter('ines')).rejects.toThrow('Account awaiting activation by administrator');
    await expect(enter('ines', { password: 'x' })).rejects.toThrow('Invalid Username or Password');
  });

  test('who is deactivated is out at once', async () => {
    const id = await ground.user('dora');
    const { session } = await enter('dora');
    await ground.store.db.updateTable('users').set({ is_active: 0 }).where('id', '=', id).execute();
    expect(await isIn(session.token)).toBe(false);
  });

  test('every login is written down, with who, from where and how it went', async () => {
    await enter('ana');
    expect(await lastAudit()).toMatchObject({
      action: 'account.login',
      outcome: 'done',
      user_name: 'ana',
      address: '192.0.2.1',
    });
    await enter('<b>instance/database.db', { password: 'x' }).catch(() => {});
    expect(await lastAudit()).toMatchObject({
      outcome: 'refused',
      target: 'name:<b>instance/database.db',
      user_id: null,
    });
  });

  test('ten tries a minute per name, whatever address they come from', async () => {
    const strict = await testGround({ limits: { login: { limit: 10, periodSeconds: 60 } } });
    await strict.user('ana');
    const attempt = (address: string) =>
      signIn(
        strict.access.portal,
        { login: 'ANA', password: 'x', remember: false },
        { ...BROWSER, address },
      ).catch((e) => e.code);
    const codes = [];
    for (let i = 0; i < 12; i++) codes.push(await attempt(`192.0.2.${i}`));
    expect(codes.filter((code) => code === 'account/wrong-login')).toHaveLength(10);
    expect(codes.slice(10)).toEqual(['access/too-many', 'access/too-many']);
    await strict.close();
  });
});

describe('sessions', () => {
  test('the database holds no token', async () => {
    const { session } = await enter('ana');
    const rows = await ground.store.db.selectFrom('portal_sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(session.token);
    expect(session.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test('it ends by idling', async () => {
    const { session } = await enter('ana');
    ground.nowMs += SESSION_LIMITS.idleMs - 1;
    expect(await isIn(session.token)).toBe(true);
    ground.nowMs += SESSION_LIMITS.idleMs - 1;
    expect(await isIn(session.token)).toBe(true);
    ground.nowMs += SESSION_LIMITS.idleMs;
    expect(await isIn(session.token)).toBe(false);
  });

  test('it ends by age, however busy', async () => {
    const { session } = await enter('ana');
    const begun = ground.nowMs;
    while (ground.nowMs + HOUR_MS < begun + SESSION_LIMITS.absoluteMs) {
      ground.nowMs += HOUR_MS;
      expect(await isIn(session.token)).toBe(true);
    }
    ground.nowMs = begun + SESSION_LIMITS.absoluteMs;
    expect(await isIn(session.token)).toBe(false);
  });

  test('who asked to be remembered stays for weeks', async () => {
    const { session } = await enter('ana', { remember: true });
    ground.nowMs += 20 * 24 * HOUR_MS;
    expect(await isIn(session.token)).toBe(true);
    ground.nowMs += 8 * 24 * HOUR_MS;
    expect(await isIn(session.token)).toBe(false);
  });

  test("the list shows one's own, and one can be ended; another's cannot", async () => {
    await ground.user('lea');
    const [one, other] = [await enter('lea'), await enter('lea')];
    const here = await visit(one.session.token);
    const list = await listSessions(ground.access.portal, here);
    expect(list.map(({ current }) => current).sort()).toEqual([false, true]);
    const id = list.find(({ current }) => !current)!.id;
    const stranger = await visit((await enter('ana')).session.token);
    await expect(revokeSession(ground.access.portal, stranger, id, BROWSER)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await revokeSession(ground.access.portal, here, id, BROWSER);
    expect(await isIn(other.session.token)).toBe(false);
    await signOut(ground.access.portal, here, BROWSER);
    expect(await isIn(one.session.token)).toBe(false);
  });

  test('a new password ends all sessions and begins one here', async () => {
    await ground.user('paul');
    const [one, other] = [await enter('paul'), await enter('paul')];
    const change = (current: string, next: string) =>
      visit(one.session.token).then((here) =>
        changePassword(ground.access.portal, here, { current, next }, BROWSER),
      );
    await expect(change('wrong', 'Another-Horse-2')).rejects.toMatchObject({
      code: 'account/wrong-password',
    });
    await expect(change(PASSWORD, 'weak')).rejects.toMatchObject({ code: 'account/weak-password' });
    await expect(change(PASSWORD, PASSWORD)).rejects.toMatchObject({ code: 'account/weak-password' });
    const begun = await change(PASSWORD, 'Another-Horse-2');
    expect([await isIn(one.session.token), await isIn(other.session.token), await isIn(begun.token)]).toEqual(
      [false, false, true],
    );
    await expect(enter('paul')).rejects.toMatchObject({ code: 'account/wrong-login' });
    await enter('paul', { password: 'Another-Horse-2' });
  });
});

describe('the second factor', () => {
  /** A person with an authenticator; returns its secret and recovery codes. */
  async function enrolled(name: string) {
    await ground.user(name, { in: { [B]: 'User' } });
    const { session } = await enter(name);
    const { secret, qrSvg } = await startEnrolment(
      ground.access.portal,
      await visit(session.token),
      PASSWORD,
    );
    expect(qrSvg).toContain('<svg');
    const code = totpCode(secret, ground.nowMs);
    const codes = await confirmEnrolment(ground.access.portal, await visit(session.token), code, BROWSER);
    ground.nowMs += 60_000;
    return { secret, codes, token: session.token };
  }
  const verify = async (token: string, code: string) =>
    verifyCode(ground.access.portal, await visit(token), code, BROWSER);

  test('password, then code; the token from between opens nothing', async () => {
    const { secret } = await enrolled('tom');
    const stored = await ground.store.db
      .selectFrom('users')
      .select('mfa_secret')
      .where('username_key', '=', 'tom')
      .executeTakeFirst();
    expect(stored?.mfa_secret).not.toContain(secret);
    const { session, state } = await enter('tom');
    expect(state).toBe('mfa_pending');
    const done = await verify(session.token, totpCode(secret, ground.nowMs));
    expect(done.state).toBe('full');
    expect(await isIn(session.token)).toBe(false);
    expect(await isIn(done.session.token)).toBe(true);
  });

  test('a code opens once, also when two bring it at the same moment', async () => {
    const { secret } = await enrolled('uma');
    const code = totpCode(secret, ground.nowMs);
    const tokens = [(await enter('uma')).session.token, (await enter('uma')).session.token];
    const visits = [await visit(tokens[0]!), await visit(tokens[1]!)];
    const results = await Promise.allSettled(
      visits.map((one) => verifyCode(ground.access.portal, one, code, BROWSER)),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(verify((await enter('uma')).session.token, code)).rejects.toThrow('Invalid MFA code');
  });

  test('five wrong codes end the session, ten in five minutes close the door', async () => {
    const { secret } = await enrolled('vic');
    for (let round = 0; round < 2; round++) {
      const { session } = await enter('vic');
      for (let i = 0; i < 5; i++)
        await expect(verify(session.token, '000000')).rejects.toMatchObject({ code: 'account/wrong-code' });
      expect(await isIn(session.token)).toBe(false);
    }
    const { session } = await enter('vic');
    const right = totpCode(secret, ground.nowMs);
    await expect(verify(session.token, right)).rejects.toMatchObject({ code: 'access/too-many' });
  });

  test('a recovery code opens once; new ones make the old ones worthless', async () => {
    const { codes, token } = await enrolled('wim');
    expect(codes).toHaveLength(10);
    await verify((await enter('wim')).session.token, codes[0]!.toUpperCase());
    await expect(verify((await enter('wim')).session.token, codes[0]!)).rejects.toMatchObject({
      code: 'account/wrong-code',
    });
    const fresh = await renewRecoveryCodes(ground.access.portal, await visit(token), PASSWORD, BROWSER);
    await expect(verify((await enter('wim')).session.token, codes[1]!)).rejects.toMatchObject({
      code: 'account/wrong-code',
    });
    await verify((await enter('wim')).session.token, fresh[1]!);
  });

  test('setting it up needs the password, and reloading the page changes nothing yet', async () => {
    await ground.user('xena');
    const { session } = await enter('xena');
    await expect(startEnrolment(ground.access.portal, await visit(session.token), 'x')).rejects.toMatchObject(
      { kind: 'forbidden' },
    );
    await startEnrolment(ground.access.portal, await visit(session.token), PASSWORD);
    await startEnrolment(ground.access.portal, await visit(session.token), PASSWORD);
    await expect(
      confirmEnrolment(ground.access.portal, await visit(session.token), '000000', BROWSER),
    ).rejects.toMatchObject({
      code: 'account/wrong-code',
    });
    expect((await enter('xena')).state).toBe('full');
  });

  test('once it is required, whoever is in already has to set it up; and nobody can do without', async () => {
    await ground.user('yan', { in: { [A]: 'User' } });
    const before = await enter('yan');
    const boss = await ground.store.db
      .selectFrom('users')
      .select('id')
      .where('username_key', '=', 'boss')
      .executeTakeFirst();
    const acting = await ground.acting(boss!.id);
    await changeSection(ground.access.portal, acting, 'mfa', { everyone: true });
    expect((await visit(before.session.token)).state).toBe('mfa_enrol_required');
    expect((await enter('yan')).state).toBe('mfa_enrol_required');
    // Administrators are no exception.
    expect((await enter('boss')).state).toBe('mfa_enrol_required');
    const { secret, token } = await enrolled('zoe');
    const leave = async () =>
      disableMfa(
        ground.access.portal,
        await visit(token),
        { password: PASSWORD, code: totpCode(secret, ground.nowMs) },
        BROWSER,
      );
    await expect(leave()).rejects.toMatchObject({ code: 'account/mfa-required' });
    await changeSection(ground.access.portal, acting, 'mfa', { everyone: false });
    await leave();
    expect((await enter('zoe')).state).toBe('full');
  });
});

describe('registering', () => {
  const person = { username: 'newbie', email: 'newbie@foo.org', password: PASSWORD };
  const join = (more: Partial<typeof person> = {}) =>
    register(ground.access.portal, { ...person, ...more }, BROWSER);

  test('closed, open, limited to domains; the account waits for an administrator', async () => {
    await expect(join()).rejects.toMatchObject({ code: 'account/registration-closed' });
    const boss = await ground.store.db
      .selectFrom('users')
      .select('id')
      .where('username_key', '=', 'boss')
      .executeTakeFirst();
    const acting = await ground.acting(boss!.id);
    await changeSection(ground.access.portal, acting, 'registration', { open: true, restrictDomains: true });
    expect(await addDomain(ground.access.portal, acting, '@Foo.ORG')).toBe('foo.org');
    await expect(join({ email: 'a@sub.foo.org' })).rejects.toMatchObject({
      code: 'account/address-not-allowed',
    });
    await expect(join({ email: 'a@bar.org' })).rejects.toMatchObject({ code: 'account/address-not-allowed' });
    await join({ email: 'Newbie@FOO.org' });
    await expect(enter('newbie')).rejects.toThrow('Account awaiting activation');
    await expect(join({ username: 'NEWBIE', email: 'b@foo.org' })).rejects.toMatchObject({
      code: 'account/taken',
    });
    ground.nowMs += HOUR_MS;
    await expect(join({ username: 'x', email: 'nope', password: 'p' })).rejects.toMatchObject({
      code: 'account/invalid',
    });
  });

  test('saving one card leaves the others as they are (SV-5)', async () => {
    const { db } = ground.store;
    const boss = await db
      .selectFrom('users')
      .select('id')
      .where('username_key', '=', 'boss')
      .executeTakeFirst();
    await changeSection(ground.access.portal, await ground.acting(boss!.id), 'log', { level: 'debug' });
    expect(await readSection(db, 'registration')).toMatchObject({ open: true, restrictDomains: true });
    const ana = await db
      .selectFrom('users')
      .select('id')
      .where('username_key', '=', 'ana')
      .executeTakeFirst();
    const change = changeSection(ground.access.portal, await ground.acting(ana!.id), 'log', {
      level: 'info',
    });
    await expect(change).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

test.each([
  ['/sessions?user=ana#x', '/sessions?user=ana#x'],
  ['/', '/'],
  [null, '/'],
  ['', '/'],
  ['https://evil.example/x', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['\\\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/a/..//evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/%2F%2Fevil.example', '/%2F%2Fevil.example'],
])('next %j leads to %j (SV-15)', (next, path) => {
  expect(localPath(next)).toBe(path);
});

test('addresses and names', () => {
  for (const good of ['a@b.co', 'a.b+c@x-y.example', 'zoë@bücher.example'])
    expect(emailParts(good), good).not.toBe(null);
  for (const bad of ['a@b', '@b.co', 'a@', 'a b@c.de', 'a@b@c.de', 'a@-b.de', `${'x'.repeat(65)}@b.de`]) {
    expect(emailParts(bad), bad).toBe(null);
  }
  for (const good of ['ab', "o'neill", 'front desk', 'zoë', 'x'.repeat(20)])
    expect(isUserName(good), good).toBe(true);
  for (const bad of ['a', 'x'.repeat(21), 'a@b.co', '<b>', 'a\nb', ' '])
    expect(isUserName(bad), bad).toBe(false);
});
