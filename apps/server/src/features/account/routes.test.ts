/** An account over HTTP, as a browser sees it: cookies, tokens, states, and what a foreign page cannot do. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { totpCode } from '../../access/mfa/totp.ts';
import { hashPassword } from '../../access/passwords/passwords.ts';
import { openTestPortal, type TestPortal } from '../../http/testdata/portal.ts';
import { oversightRoutes } from '../administration/oversight.ts';
import { userRoutes } from '../administration/users.ts';
import { accountRoutes } from './routes.ts';

const PASSWORD = 'Correct-Horse-1';
let portal: TestPortal;
let nowMs = Date.UTC(2026, 2, 2, 8);

beforeAll(async () => {
  portal = await openTestPortal({
    now: () => nowMs,
    routes: ({ access, store }) => [
      ...accountRoutes(access),
      ...userRoutes(access),
      ...oversightRoutes(access, store.dialect.page),
    ],
  });
  const password_hash = await hashPassword(PASSWORD);
  await portal.addPerson('boss', 'GlobalAdmin');
  await portal.addPerson('ana');
  await portal.store.db.updateTable('users').set({ password_hash }).execute();
});
afterAll(() => portal.close());
// Buckets and codes of the test before are over.
beforeEach(() => {
  nowMs += 3_600_000;
});

/** A browser: keeps the cookie, sends the token. */
function browser(extra: Record<string, string> = {}) {
  let cookie = '';
  let csrf = '';
  return {
    get cookie() {
      return cookie;
    },
    async send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, headers = {}) {
      const sent = { ...(cookie && { cookie }), ...(csrf && { 'x-csrf-token': csrf }), ...extra, ...headers };
      const answer = await portal.app.inject({
        method,
        url: `/api/v1/account${url}`,
        headers: sent,
        ...(payload && { payload }),
      });
      const set = answer.headers['set-cookie'];
      if (typeof set === 'string') cookie = set.split(';', 1)[0]!;
      const body = answer.body ? answer.json() : null;
      csrf = body?.csrfToken ?? csrf;
      return { status: answer.statusCode, body, set, headers: answer.headers };
    },
    login(login = 'ana', more = {}) {
      return this.send('POST', '/login', { login, password: PASSWORD, ...more });
    },
  };
}

describe('signing in', () => {
  it("sets a cookie that scripts cannot read and other sites' forms do not carry", async () => {
    const { status, body, set } = await browser().login('ANA', { next: '//evil.example' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'full', next: '/' });
    expect(set).toMatch(/^logonscope=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('keeps the cookie when asked to remember', async () => {
    expect((await browser().login('ana', { remember: true })).set).toMatch(/; Max-Age=2419200$/);
  });

  it('says nothing about whether there is such a user', async () => {
    const wrong = (login: string) => browser().send('POST', '/login', { login, password: 'x' });
    const [known, unknown] = [await wrong('ana'), await wrong('nobody')];
    const told = ({ status, body: { requestId: _, ...body } }: typeof known) => ({ status, body });
    expect(told(known)).toEqual(told(unknown));
    expect(told(known)).toMatchObject({ status: 401, body: { detail: 'Invalid Username or Password' } });
  });

  it('is limited, and says how long to wait', async () => {
    for (let i = 0; i < 10; i++) await browser().send('POST', '/login', { login: 'ana', password: 'x' });
    const { status, headers } = await browser().login();
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('does not believe a forwarding header of a stranger', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) {
      const liar = browser({ 'x-forwarded-for': `198.51.100.${i}` });
      statuses.push((await liar.send('POST', '/login', { login: `user${i}`, password: 'x' })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('a foreign page', () => {
  it('cannot act with the cookie alone, nor log its visitors in or out', async () => {
    const ana = browser();
    await ana.login();
    const forged = await ana.send('POST', '/logout', undefined, { 'x-csrf-token': 'wrong' });
    expect(forged).toMatchObject({ status: 403, body: { code: 'access/forged' } });
    const bare = await portal.app.inject({
      method: 'POST',
      url: '/api/v1/account/logout',
      headers: { cookie: ana.cookie },
    });
    expect(bare.statusCode).toBe(403);
    const crossSite = await browser({ 'sec-fetch-site': 'cross-site' }).login();
    expect(crossSite.status).toBe(403);
    expect((await ana.send('GET', '')).status).toBe(200);
  });

  it('cannot send a form in place of JSON', async () => {
    const answer = await portal.app.inject({
      method: 'POST',
      url: '/api/v1/account/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `login=ana&password=${PASSWORD}`,
    });
    expect(answer.statusCode).toBe(415);
  });
});

describe('the way through the second factor', () => {
  it('required: set up, shown at the next login, and then let in', async () => {
    const boss = browser();
    await boss.login('boss');
    const account = async (who: ReturnType<typeof browser>) => (await who.send('GET', '')).body;
    const { id } = await account(boss);
    const token = (await account(boss)).csrfToken;
    const required = await portal.app.inject({
      method: 'PUT',
      url: '/api/v1/settings/mfa',
      headers: { cookie: boss.cookie, 'x-csrf-token': token },
      payload: { everyone: true },
    });
    expect(required.json()).toEqual({ everyone: true });

    // Everybody is asked, the one who said so included, and gets nowhere else before.
    const users = () =>
      portal.app.inject({ method: 'GET', url: '/api/v1/users', headers: { cookie: boss.cookie } });
    expect((await users()).json()).toMatchObject({ status: 401, code: 'account/mfa-enrol-required' });

    const { body: started } = await boss.send('POST', '/mfa/start', { password: PASSWORD });
    const confirmed = await boss.send('POST', '/mfa/confirm', { code: totpCode(started.secret, nowMs) });
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect((await users()).statusCode).toBe(200);

    nowMs += 60_000;
    const again = browser();
    expect((await again.login('boss')).body.state).toBe('mfa_pending');
    expect((await again.send('GET', '/sessions')).body.code).toBe('account/mfa-pending');
    expect((await account(again)).companies).toEqual([]);
    const pending = again.cookie;
    const done = await again.send('POST', '/code', { code: totpCode(started.secret, nowMs) });
    expect(done.body.state).toBe('full');
    expect(again.cookie).not.toBe(pending);
    expect((await account(again)).id).toBe(id);
    expect((await again.send('POST', '/mfa/disable', { password: PASSWORD, code: '000000' })).body.code).toBe(
      'account/mfa-required',
    );
    await portal.store.db.deleteFrom('app_settings').execute();
  });
});

describe("one's own", () => {
  it('password: the old sessions end, the new cookie works', async () => {
    const [here, there] = [browser(), browser()];
    await here.login();
    await there.login();
    const changed = await here.send('POST', '/password', {
      password: PASSWORD,
      newPassword: 'Another-Horse-2',
    });
    expect(changed.status).toBe(200);
    expect((await here.send('GET', '')).status).toBe(200);
    expect((await there.send('GET', '')).status).toBe(401);
    const back = await here.send('POST', '/password', { password: 'Another-Horse-2', newPassword: PASSWORD });
    expect(back.status).toBe(200);
  });

  it('sessions: listed without their tokens, ended one by one', async () => {
    const [here, there] = [browser(), browser()];
    await here.login();
    await there.login();
    const { body } = await here.send('GET', '/sessions');
    expect(JSON.stringify(body)).not.toContain(here.cookie.split('=')[1]);
    const other = body.rows.find(({ current }: { current: boolean }) => !current);
    expect((await here.send('DELETE', `/sessions/${other.id}`)).status).toBe(204);
    expect((await here.send('DELETE', `/sessions/${'0'.repeat(16)}`)).status).toBe(404);
    expect((await here.send('POST', '/logout')).set).toMatch(/^logonscope=; .*Max-Age=0$/);
    expect((await here.send('GET', '')).status).toBe(401);
  });

  it('registration is closed until someone opens it, and says what passwords must be like', async () => {
    expect((await browser().send('GET', '/registration')).body).toMatchObject({
      open: false,
      password: { minLength: 10 },
    });
    const closed = await browser().send('POST', '/registration', {
      username: 'joe',
      email: 'joe@x.org',
      password: PASSWORD,
    });
    expect(closed).toMatchObject({ status: 403, body: { code: 'account/registration-closed' } });
  });
});
