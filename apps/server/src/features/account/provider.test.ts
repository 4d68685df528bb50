/** Signing in through a provider: who gets in as whom, and everything that must not let anybody in. */
import type { Mischief } from '@logonscope/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../access/passwords/passwords.ts';
import { CALLBACK, type ProviderStage, providerStage } from './testdata/provider-stage.ts';

const PASSWORD = 'Correct-Horse-1';
const ANA = { sub: 'subject-ana', email: 'ana@example.com', email_verified: true };
let stage: ProviderStage;

async function setPasswords(): Promise<void> {
  const password_hash = await hashPassword(PASSWORD);
  await stage.portal.store.db.updateTable('users').set({ password_hash }).execute();
}

describe('an account that is connected', () => {
  beforeAll(async () => {
    stage = await providerStage();
    await stage.portal.addPerson('ana');
    await stage.portal.addPerson('boss', 'GlobalAdmin');
    await setPasswords();
  });
  afterAll(() => stage.close());
  afterEach(() => {
    stage.provider.mischief = {};
    stage.nowMs += 60_000;
  });

  it('is connected by its person, who shows the password and is asked anew by the provider', async () => {
    stage.provider.person = ANA;
    const ana = stage.browser();
    await ana.send('POST', '/login', { login: 'ana', password: PASSWORD });
    expect((await ana.send('POST', '/provider/connection', { password: 'x' })).body.code).toBe(
      'account/wrong-password',
    );
    const begun = await ana.send('POST', '/provider/connection', { password: PASSWORD });
    expect(Object.fromEntries(new URL(begun.body.address).searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      prompt: 'login',
    });
    const back = await ana.send('GET', await ana.visitProvider(begun.body.address));
    expect(back).toMatchObject({ status: 303, location: '/' });
    expect((await stage.trail()).map(({ action }) => action)).toEqual([
      'account.login',
      'account.provider-connect',
    ]);
  });

  it('opens, and leads to where its person wanted to go, but never out of this site', async () => {
    const browser = stage.browser();
    expect(await browser.signIn('?next=/sessions?user=ana')).toMatchObject({
      status: 303,
      location: '/sessions?user=ana',
    });
    expect(await browser.whoami()).toMatchObject({ username: 'ana', signedInBy: 'provider', state: 'full' });
    expect([...browser.jar.keys()]).toEqual(['logonscope']);
    expect(await stage.trail()).toMatchObject([
      { action: 'account.login', outcome: 'done', detail: { by: 'provider', mfa: false } },
    ]);
    expect((await stage.browser().signIn('?next=//evil.example')).location).toBe('/');
    await stage.trail();
  });

  it('keeps its attempt from scripts and other sites', async () => {
    const { set, location } = await stage.browser().start();
    expect(set).toMatch(/^logonscope-provider=v1\.[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
    for (const name of ['state', 'nonce', 'code_challenge']) {
      const value = new URL(location!).searchParams.get(name)!;
      expect(value).toHaveLength(43);
      expect(set).not.toContain(value);
    }
  });

  const lies: [string, Mischief][] = [
    ['the issuer of the token is another', { claims: { iss: 'https://evil.example' } }],
    ['the issuer of the answer is another', { answerIssuer: 'https://evil.example' }],
    ['the token is for another client', { claims: { aud: 'somebody-else' } }],
    ['the nonce is of another attempt', { claims: { nonce: 'x'.repeat(43) } }],
    ['there is no nonce', { claims: { nonce: undefined } }],
    ['the token has expired', { claims: { exp: 1_000_000_000, iat: 999_999_000 } }],
    ['the token comes from the future', { claims: { nbf: 4_000_000_000 } }],
    ['there is no subject', { claims: { sub: undefined } }],
    ['the subject is empty', { claims: { sub: '' } }],
    ['nobody signed it', { algorithm: 'none' }],
    ['it is signed with the secret of the client', { algorithm: 'HS256' }],
    ['it is signed with a key of somebody else', { strangeKey: true }],
  ];
  it.each(lies)('does not open when %s', async (_, mischief) => {
    stage.provider.mischief = mischief;
    const browser = stage.browser();
    const { status, body } = await browser.signIn();
    expect([status, body.code]).toEqual([403, 'account/provider-failed']);
    expect(await browser.whoami()).toBe(null);
    expect(await stage.trail()).toMatchObject([
      { action: 'account.login', outcome: 'refused', detail: { reason: 'account/provider-failed' } },
    ]);
    // It was the lie: without it the same way opens.
    stage.provider.mischief = {};
    expect((await browser.signIn()).status).toBe(303);
    await stage.trail();
  });

  it('does not open for a browser that did not begin it, with another state, too late, or twice', async () => {
    const [own, other] = [stage.browser(), stage.browser()];
    const { location } = await own.start();
    const answer = await own.visitProvider(location!);
    const expired = { status: 403, body: { code: 'account/provider-expired' } };
    expect(await other.send('GET', answer)).toMatchObject(expired);
    await other.start();
    expect(await other.send('GET', answer)).toMatchObject(expired);
    expect(await own.send('GET', answer.replace(/state=[^&]+/, 'state=x'))).toMatchObject(expired);
    // A refusal made the browser forget the attempt.
    expect(await own.send('GET', answer)).toMatchObject(expired);

    const late = stage.browser();
    const kept = await late.visitProvider((await late.start()).location!);
    stage.nowMs += 600_000;
    expect(await late.send('GET', kept)).toMatchObject(expired);

    const again = stage.browser();
    const once = await again.visitProvider((await again.start()).location!);
    const cookie = again.jar.get('logonscope-provider')!;
    expect((await again.send('GET', once)).status).toBe(303);
    const thief = stage.browser();
    thief.jar.set('logonscope-provider', cookie);
    expect(await thief.send('GET', once)).toMatchObject({
      status: 403,
      body: { code: 'account/provider-replayed' },
    });
    expect(await thief.whoami()).toBe(null);
    await stage.trail();
  });

  it('does not open in two tabs that come back at once', async () => {
    const one = stage.browser();
    const answer = await one.visitProvider((await one.start()).location!);
    const two = stage.browser();
    two.jar.set('logonscope-provider', one.jar.get('logonscope-provider')!);
    const statuses = (await Promise.all([one, two].map((each) => each.send('GET', answer)))).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([303, 403]);
    await stage.trail();
  });

  it('goes on opening when the provider changes its keys, of either kind', async () => {
    for (const algorithm of ['RS256', 'ES256', 'RS256'] as const) {
      stage.provider.rotate(algorithm);
      expect((await stage.browser().signIn()).status).toBe(303);
    }
    await stage.trail();
  });

  it('tells of a refusal there, of a provider that is away, and of no code, on a page or as a problem', async () => {
    const html = { accept: 'text/html,application/xhtml+xml' };
    stage.provider.mischief = { refusal: 'access_denied' };
    const browser = stage.browser();
    const denied = await browser.visitProvider((await browser.start()).location!);
    const page = await browser.send('GET', denied, undefined, html);
    expect(page).toMatchObject({ status: 303, location: '/sign-in?problem=account%2Fprovider-refused' });
    stage.provider.mischief = { cut: true };
    expect((await stage.browser().signIn()).body).toMatchObject({
      status: 503,
      code: 'account/provider-away',
    });
    expect((await stage.browser().send('GET', CALLBACK)).body.code).toBe('account/provider-expired');
    await stage.trail();
  });

  it('stays closed once its person is deactivated', async () => {
    const set = (is_active: 0 | 1) =>
      stage.portal.store.db.updateTable('users').set({ is_active }).where('username', '=', 'ana').execute();
    await set(0);
    expect((await stage.browser().signIn()).body.code).toBe('account/inactive');
    await set(1);
    await stage.trail();
  });

  it('ends here and there: the provider is told whom to sign out', async () => {
    const ana = stage.browser();
    await ana.signIn();
    await ana.whoami();
    const { status, body } = await ana.send('POST', '/provider/logout');
    expect(status).toBe(200);
    const address = new URL(body.address);
    expect([address.origin, address.pathname]).toEqual([stage.provider.issuer, '/logout']);
    expect(address.searchParams.get('post_logout_redirect_uri')).toBe('https://portal.example/');
    const [, claims = ''] = address.searchParams.get('id_token_hint')!.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).sub).toBe(ANA.sub);
    expect(await ana.whoami()).toBe(null);
  });

  it('is one person’s only, and can be disconnected', async () => {
    const boss = stage.browser();
    await boss.send('POST', '/login', { login: 'boss', password: PASSWORD });
    const begun = await boss.send('POST', '/provider/connection', { password: PASSWORD });
    const answer = await boss.visitProvider(begun.body.address);
    expect((await boss.send('GET', answer)).body.code).toBe('account/provider-connected');

    // Somebody who lures a person into the callback of his own attempt connects nothing.
    const lured = stage.browser();
    await lured.send('POST', '/login', { login: 'boss', password: PASSWORD });
    expect((await lured.send('GET', answer)).body.code).toBe('account/provider-expired');

    const ana = stage.browser();
    await ana.send('POST', '/login', { login: 'ana', password: PASSWORD });
    expect((await ana.send('DELETE', '/provider/connection')).status).toBe(204);
    expect((await ana.send('DELETE', '/provider/connection')).status).toBe(404);
    expect((await stage.browser().signIn()).body.code).toBe('account/provider-taken');
  });
});

describe('what the sign-in page is told', () => {
  afterEach(() => stage.close());

  it('a label and a path where there is a provider; without one its routes are not there', async () => {
    stage = await providerStage();
    expect((await stage.browser().send('GET', '/ways')).body).toEqual({
      registration: false,
      provider: { label: 'Example', start: '/api/v1/account/provider/start' },
    });
  });

  it('a provider whose document names another issuer is not believed', async () => {
    stage = await providerStage();
    stage.provider.mischief = { documentIssuer: 'https://evil.example' };
    expect((await stage.browser().start()).body.code).toBe('account/provider-failed');
    // A document that was wrong is read again.
    stage.provider.mischief = {};
    expect((await stage.browser().start()).status).toBe(303);
  });
});
