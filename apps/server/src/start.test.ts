/** A server that is started as an administrator starts it: first start, https, refusals, stopping. */
import { readFileSync, statSync } from 'node:fs';
import { get } from 'node:https';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from './db/index.ts';
import { serve } from './main.ts';
import { CURL, keyIn, passwordIn, post, runPrintedCurl, startedServers } from './testdata/started.ts';

const { start, path, config } = startedServers();

describe('the first start', () => {
  it('shows a password, a key and a first event once; the second start does not', async () => {
    const first = await start();
    expect(passwordIn(first.said)).toMatch(/^[\w-]{43}$/);
    expect(first.said).toMatch(/API key {8}usm_[0-9a-z]+_[\w-]{43}\n/);
    expect(first.said).toContain(`curl ${first.address}/api/log_event`);
    await first.close();
    const second = await start();
    expect(second.said).toContain(`listens on ${second.address}\n`);
    expect(second.said).not.toContain('password');
  });

  it.skipIf(!CURL).each([
    ['http', []],
    ['https', ['--generate-certificate']],
  ])(
    'prints a curl that stores an event as it stands over %s; the same again is known',
    async (scheme, flags) => {
      const { said, address } = await start(...flags);
      expect(address.startsWith(`${scheme}:`)).toBe(true);
      expect(await runPrintedCurl(said)).toBe(
        '{"message":"Event logged successfully","status":"success"} 201',
      );
      expect(await runPrintedCurl(said)).toBe('{"message":"Event already recorded","status":"success"} 200');
    },
  );

  it('keeps neither password nor key', async () => {
    const { said, close } = await start();
    await close();
    const stored = readFileSync(path('instance/logonscope.db'), 'latin1');
    expect(stored).toContain('superadmin');
    for (const secret of [passwordIn(said)!, keyIn(said).slice(-43)]) expect(stored).not.toContain(secret);
  });

  it.skipIf(!CURL)(
    'lets its administrator in, who finds the company and the session of the first event',
    async () => {
      const { said, address } = await start();
      await runPrintedCurl(said);
      const login = await fetch(`${address}/api/v1/account/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'SuperAdmin', password: passwordIn(said) }),
      });
      expect(await login.json()).toMatchObject({ state: 'full' });
      const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
      const ask = async (at: string) =>
        (await fetch(`${address}/api/v1/${at}`, { headers: { cookie } })).json();
      const companies = (await ask('companies')) as { rows: { id: number; name: string }[] };
      expect(companies.rows.map(({ name }) => name)).toEqual(['My company']);
      const sessions = JSON.stringify(await ask(`companies/${companies.rows[0]!.id}/sessions`));
      expect(sessions).toMatch(/"PC-1"/i);
      expect(sessions).toContain('ana');
    },
  );
});

describe('what operators ask', () => {
  it('livez and readyz answer; metrics count what was asked', async () => {
    const { address } = await start();
    const ask = async (at: string) => (await fetch(`${address}${at}`)).json();
    expect(await ask('/livez')).toEqual({ status: 'alive' });
    expect(await ask('/readyz')).toEqual({ status: 'ready', database: 'connected' });
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toContain(
      'logonscope_http_request_duration_seconds_count{method="GET",route="/readyz",status="200"} 1',
    );
  });

  it('metrics are for this machine, or for who has the token', async () => {
    const open = await start();
    const asked = (address: string, headers = {}) => fetch(`${address}/metrics`, { headers });
    expect((await asked(open.address, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
    await open.close();
    config('[metrics]\nMETRICS_TOKEN = 0123456789abcdef\n');
    const closed = await start();
    expect((await asked(closed.address)).status).toBe(404);
    expect((await asked(closed.address, { authorization: 'Bearer 0123456789abcdef' })).status).toBe(200);
  });
});

describe('stopping', () => {
  it('loses nothing that was acknowledged, and ends soon', async () => {
    const { address, said, close } = await start();
    const posts = post(address, keyIn(said), 400);
    await Promise.any(posts);
    const begun = performance.now();
    await close();
    expect(performance.now() - begun).toBeLessThan(10_000);
    const statuses = (await Promise.all(posts)).map((answer) => answer?.status ?? null);
    const acknowledged = statuses.filter((status) => status === 201).length;
    expect(acknowledged).toBeGreaterThan(0);
    expect(statuses.filter((status) => ![201, 503, null].includes(status))).toEqual([]);
    const store = await openStore('sqlite:///logonscope.db', { folder: path('instance') });
    const rows = await store.db.selectFrom('events').select('hash').execute();
    await store.close();
    // What was stored just before its connection was cut is sent again by its agent, and then known.
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged);
  });
});

describe('stopping while a page watches', () => {
  it('ends the stream at once', async () => {
    const { address, said, close } = await start();
    const login = await fetch(`${address}/api/v1/account/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'superadmin', password: passwordIn(said) }),
    });
    const cookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
    const stream = await fetch(`${address}/api/v1/live`, { headers: { cookie } });
    expect(stream.status).toBe(200);
    const ended = stream.text();
    const begun = performance.now();
    await close();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(await ended).toContain('retry:');
  });
});

describe('the log', () => {
  it('tells what happened, and never a key, a password or a name', async () => {
    const { address, said, log } = await start('--log-level', 'trace');
    await Promise.all(post(address, keyIn(said), 2));
    await Promise.all(post(address, 'usm_wrong_key', 1));
    const headers = { cookie: 'a=SECRET', authorization: 'SECRET' };
    await fetch(`${address}/api/v1/nothing?user=ana`, { headers });
    const lines = log.join('');
    expect(lines.match(/"route":"\/api\/log_event","status":201/g)).toHaveLength(2);
    expect(lines.match(/"status":401/g)).toHaveLength(1);
    for (const secret of [keyIn(said), passwordIn(said)!, 'usm_wrong_key', 'SECRET', 'ana']) {
      expect(lines).not.toContain(secret);
    }
  });
});

describe('https', () => {
  it('works with a certificate that is made here and given to the client', async () => {
    const { address, said } = await start('--generate-certificate');
    const certFile = path('instance/certs/cert.pem');
    expect(said).toContain(`--cacert '${certFile}'`);
    if (process.platform !== 'win32') {
      expect(statSync(path('instance/certs/key.pem')).mode & 0o777).toBe(0o600);
    }
    const status = await new Promise((done, failed) => {
      const asked = get(`${address}/livez`, { ca: readFileSync(certFile), agent: false }, (response) => {
        response.resume();
        expect(response.headers['strict-transport-security']).toBeUndefined();
        done(response.statusCode);
      });
      asked.on('error', failed);
    });
    expect(status).toBe(200);
  });
});

describe('as a process', () => {
  const run = async (argv: readonly string[], stopped = Promise.resolve()) => {
    let complained = '';
    let said = '';
    const status = await serve({
      argv: ['--port', '0', '--log-level', 'silent', ...argv],
      env: {},
      folder: dirname(path('x')),
      say: (text) => {
        said += text;
      },
      complain: (text) => {
        complained += text;
      },
      stopped,
    });
    return { status, complained, said };
  };

  it('ends in order when told to stop', async () => {
    const { status, said, complained } = await run([]);
    expect([status, complained]).toEqual([0, '']);
    expect(said).toContain('listens on http://127.0.0.1:');
  });

  it('does not start on an open network without https, and lists all that is wrong', async () => {
    const { status, complained } = await run(['--host', '0.0.0.0', '--cert', 'no.pem']);
    expect(status).toBe(2);
    expect(complained).toContain('[server] SSL_CERTFILE: expected SSL_CERTFILE and SSL_KEYFILE together');
    expect(complained).toContain('[server] HOST: expected a loopback address, or a certificate');
    expect((await run(['--host', '0.0.0.0', '--generate-certificate'])).status).toBe(0);
    expect((await run(['--host', '0.0.0.0', '--trusted-proxies', '10.0.0.1'])).status).toBe(0);
  });

  it('says that a port is taken', async () => {
    const { address } = await start();
    const { status, complained } = await run(['--port', new URL(address).port]);
    expect(status).toBe(2);
    expect(complained).toContain('the port is taken');
  });
});
