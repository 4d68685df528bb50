/** The settings of a sign-in provider do what they say: a server is started with them, and people come. */
import { startOidcProvider } from '@logonscope/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { providerOf } from './settings/provider.ts';
import { readServerSettings, wrongSettingsText } from './settings.ts';
import { startedServers } from './testdata/started.ts';

const { start, config, path } = startedServers();
const PUBLIC = 'https://logons.example.com/';
const CALLBACK = 'https://logons.example.com/api/v1/account/provider/callback';

const read = (lines: string) => {
  config(lines);
  return readServerSettings({ folder: path('.') });
};
const wrong = (lines: string) => {
  const loaded = read(lines);
  return loaded.ok ? '' : wrongSettingsText(loaded.wrong);
};

describe('a provider', () => {
  it('needs to know us, to know where people come back to, and https', () => {
    const told = wrong('[oidc]\nOIDC_ISSUER = http://login.example.com\n');
    for (const name of ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'PUBLIC_URL']) expect(told).toContain(name);
    expect(wrong('[oidc]\nOIDC_LINK_ACCOUNTS = always\n')).toContain('verified-email');
    expect(wrong('[oidc]\nOIDC_DOMAINS = @example.com\n')).toContain('OIDC_DOMAINS');
  });

  it('is none without an issuer, whatever else is set', () => {
    const loaded = read('[oidc]\nOIDC_CLIENT_ID = logonscope\nOIDC_CREATE_USERS = true\n');
    expect(loaded.ok && providerOf(loaded.values)).toBe(null);
  });

  it('has every setting of the table', () => {
    const loaded = read(`[server]\nPUBLIC_URL = ${PUBLIC}\n[oidc]
OIDC_ISSUER = https://login.example.com/realms/main\nOIDC_CLIENT_ID = logonscope\nOIDC_CLIENT_SECRET = hidden
OIDC_SCOPES = openid, email\nOIDC_LABEL = Sign in with Example\nOIDC_DOMAINS = Example.COM
OIDC_LINK_ACCOUNTS = verified-email\nOIDC_CREATE_USERS = yes\nOIDC_COMPANY = Acme\nOIDC_MFA = mfa, otp
OIDC_NAME_CLAIM = upn\nOIDC_EMAIL_CLAIM = mail\nOIDC_EMAIL_VERIFIED_CLAIM = xms_edov\n`);
    expect(loaded.ok && providerOf(loaded.values)).toEqual({
      issuer: 'https://login.example.com/realms/main',
      clientId: 'logonscope',
      clientSecret: 'hidden',
      scopes: ['openid', 'email'],
      callbackUrl: CALLBACK,
      homeUrl: PUBLIC,
      label: 'Sign in with Example',
      domains: ['example.com'],
      linkByEmail: true,
      createUsers: true,
      company: 'Acme',
      mfaWords: ['mfa', 'otp'],
      nameClaim: 'upn',
      emailClaim: 'mail',
      emailVerifiedClaim: 'xms_edov',
    });
  });

  it('lets somebody new in, over a server that was started while it was away', async () => {
    const secret = 'never to be logged';
    const there = { clientId: 'logonscope', clientSecret: secret, callbackUrl: CALLBACK, now: Date.now };
    const provider = await startOidcProvider(there);
    onTestFinished(() => provider.stop());
    provider.person = { sub: 'zoe', email: 'zoe@example.com', email_verified: true };
    config(`[server]\nPUBLIC_URL = ${PUBLIC}\n[oidc]\nOIDC_ISSUER = ${provider.issuer}\nOIDC_CLIENT_ID = logonscope
OIDC_CLIENT_SECRET = ${secret}\nOIDC_CREATE_USERS = true\nOIDC_LABEL = Go\n`);
    const { log, said } = await start();
    // What is shown is the public address; where it listens stands in the log.
    const address = /listening at (http:[^"]+)/.exec(log.join('\n'))![1]!;
    expect(provider.asked.size).toBe(0);
    const ways = await fetch(`${address}/api/v1/account/ways`);
    expect(await ways.json()).toMatchObject({ provider: { label: 'Go' } });
    const begun = await fetch(`${address}/api/v1/account/provider/start`, { redirect: 'manual' });
    expect(begun.status).toBe(303);
    const cookie = begun.headers.getSetCookie()[0]!.split(';')[0]!;
    expect(cookie).toMatch(/^__Host-logonscope-provider=/);
    const back = await fetch(begun.headers.get('location')!, { redirect: 'manual' });
    const { pathname, search } = new URL(back.headers.get('location')!);
    const done = await fetch(address + pathname + search, { headers: { cookie }, redirect: 'manual' });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/']);
    const session = done.headers.getSetCookie().find((line) => line.startsWith('__Host-logonscope='))!;
    const account = await fetch(`${address}/api/v1/account`, { headers: { cookie: session.split(';')[0]! } });
    expect(await account.json()).toMatchObject({ email: 'zoe@example.com', signedInBy: 'provider' });
    const code = new URLSearchParams(search).get('code')!;
    for (const hidden of [secret, code, cookie.split('=')[1]!])
      expect(log.join('\n') + said).not.toContain(hidden);
  });
});
