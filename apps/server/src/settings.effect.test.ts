/** Each setting does what its row says: servers are started with it and asked. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { selfSigned } from './operations/certificate.ts';
import { CURL, curl, keyIn, passwordIn, post, startedServers } from './testdata/started.ts';

const { start, path, config } = startedServers();

interface Attempt {
  readonly headers?: Record<string, string>;
  readonly remember?: boolean;
  readonly name?: string;
}

const login = (address: string, password: string, attempt: Attempt = {}) =>
  fetch(`${address}/api/v1/account/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...attempt.headers },
    body: JSON.stringify({
      login: attempt.name ?? 'superadmin',
      password,
      remember: attempt.remember ?? false,
    }),
  });

const statusesOf = async (answers: Promise<Response | null>[]) =>
  (await Promise.all(answers)).map((answer) => answer?.status).sort();

describe('[rate_limiting]', () => {
  it('API_LIMIT per API_PERIOD and key', async () => {
    config('[rate_limiting]\nAPI_LIMIT = 3\nAPI_PERIOD = 3600\n');
    const { address, said } = await start();
    expect(await statusesOf(post(address, keyIn(said), 5))).toEqual([201, 201, 201, 429, 429]);
  });

  it('LOGIN_LIMIT per LOGIN_PERIOD', async () => {
    config('[rate_limiting]\nLOGIN_LIMIT = 2\nLOGIN_PERIOD = 3600\n');
    const { address } = await start();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) statuses.push((await login(address, 'wrong')).status);
    expect(statuses).toEqual([401, 401, 429]);
  });

  it('ENABLE_RATE_LIMITING = false ends both', async () => {
    config('[rate_limiting]\nENABLE_RATE_LIMITING = false\nAPI_LIMIT = 1\nAPI_PERIOD = 3600\n');
    const { address, said } = await start();
    expect(await statusesOf(post(address, keyIn(said), 3))).toEqual([201, 201, 201]);
  });
});

describe('[proxy] TRUSTED_PROXIES', () => {
  const loginsFrom = async (address: string, count: number) => {
    const statuses: number[] = [];
    for (let i = 1; i <= count; i++) {
      // Another name each time: attempts at one name have a limit of their own.
      const headers = { 'x-forwarded-for': `203.0.113.${i}` };
      statuses.push((await login(address, 'wrong', { headers, name: `nobody${i}` })).status);
    }
    return statuses;
  };

  it('nobody is trusted at first: another forwarded address is no way around a limit', async () => {
    config('[rate_limiting]\nLOGIN_LIMIT = 2\nLOGIN_PERIOD = 3600\n');
    expect(await loginsFrom((await start()).address, 3)).toEqual([401, 401, 429]);
  });

  it('a proxy that is named may say who asks', async () => {
    config('[rate_limiting]\nLOGIN_LIMIT = 2\nLOGIN_PERIOD = 3600\n[proxy]\nTRUSTED_PROXIES = loopback\n');
    expect(await loginsFrom((await start()).address, 3)).toEqual([401, 401, 401]);
  });
});

describe('[server] and [security]', () => {
  it.skipIf(!CURL)(
    'an own certificate is used, and browsers are told to stay with https for HSTS_MAX_AGE',
    async () => {
      const subject = {
        country: null,
        state: null,
        city: null,
        organization: null,
        unit: null,
        commonName: 'a',
      };
      const pair = selfSigned({ subject, names: ['127.0.0.1'], nowMs: Date.now() });
      writeFileSync(path('own.pem'), pair.cert);
      writeFileSync(path('own.key'), pair.key);
      config('[server]\nSSL_CERTFILE = own.pem\nSSL_KEYFILE = own.key\n[security]\nHSTS_MAX_AGE = 60\n');
      const { address } = await start();
      const ask = (at: string) => curl('--cacert', path('own.pem'), '--include', `${address}${at}`);
      expect(await ask('/metrics')).toMatch(/^logonscope_certificate_expires_timestamp_seconds 2\d{9}/m);
      expect(await ask('/livez')).toMatch(/^strict-transport-security: max-age=60\r?$/im);
    },
  );

  it('a certificate that ends soon is told about, and its end is a figure', async () => {
    const subject = {
      country: null,
      state: null,
      city: null,
      organization: null,
      unit: null,
      commonName: 'a',
    };
    const tenYearsAgo = Date.now() - 3_640 * 86_400_000;
    const pair = selfSigned({ subject, names: ['127.0.0.1'], nowMs: tenYearsAgo });
    writeFileSync(path('own.pem'), pair.cert);
    writeFileSync(path('own.key'), pair.key);
    const { said } = await start('--cert', path('own.pem'), '--key', path('own.key'));
    expect(said).toMatch(/^Note: the certificate \S+own\.pem ends on 20\d\d-\d\d-\d\d/);
  });

  it('PUBLIC_URL with https keeps cookies to https, and is the address that is shown', async () => {
    config('[server]\nPUBLIC_URL = https://logs.example.org/\n');
    const { said, address, log } = await start();
    expect(address).toBe('https://logs.example.org');
    expect(said).toContain('curl https://logs.example.org/api/log_event');
    const [inside = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(log.join('')) ?? [];
    const answer = await login(inside, passwordIn(said)!);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-.*; Secure/);
  });

  it('INSTANCE_FOLDER holds database and secret key; SECRET_KEY makes no file', async () => {
    await start('--instance', 'elsewhere');
    expect(existsSync(path('elsewhere/logonscope.db'))).toBe(true);
    expect(readFileSync(path('elsewhere/secret.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    config(`[app]\nSECRET_KEY = ${'s'.repeat(32)}\n`);
    await start('--instance', 'third');
    expect(existsSync(path('third/secret.key'))).toBe(false);
  });
});

describe('[session]', () => {
  it('REMEMBER_COOKIE_DURATION is how long a browser keeps the cookie of who asked for it', async () => {
    config('[session]\nREMEMBER_COOKIE_DURATION = 3600\n');
    const { address, said } = await start();
    const remembered = await login(address, passwordIn(said)!, { remember: true });
    // A moment of it may have passed already.
    expect(remembered.headers.getSetCookie()[0]).toMatch(/Max-Age=(3600|35[89]\d)/);
    const forgotten = await login(address, passwordIn(said)!);
    expect(forgotten.headers.getSetCookie()[0]).not.toContain('Max-Age');
  });

  it('PERMANENT_SESSION_LIFETIME is how long one may rest', async () => {
    config('[session]\nPERMANENT_SESSION_LIFETIME = 1\n');
    const { address, said } = await start();
    const cookie = (await login(address, passwordIn(said)!)).headers.getSetCookie()[0]!.split(';')[0]!;
    const ask = async () => (await fetch(`${address}/api/v1/account`, { headers: { cookie } })).status;
    expect(await ask()).toBe(200);
    await new Promise((done) => setTimeout(done, 1_300));
    expect(await ask()).toBe(401);
  });
});

describe('[logging] LEVEL and [app] APP_DEBUG', () => {
  it.each([
    ['LEVEL = WARNING', [], false],
    ['LEVEL = WARNING', ['--debug'], true],
    ['LEVEL = debug', [], true],
  ])('%s %j', async (line, flags, answers) => {
    config(`[logging]\n${line}\n`);
    const { address, log } = await start(...flags);
    await fetch(`${address}/livez`);
    expect(log.join('').includes('answered')).toBe(answers);
  });
});
