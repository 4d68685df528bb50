/** The web app as browsers get it: strict policy, packed files, pages under the app's addresses; and a server without it. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../http/create.ts';
import { addWeb } from './routes.ts';

const SCRIPT = 'console.log("a script long enough to be packed");'.repeat(50);
const PAGE = '<html><head><meta name="csp-nonce" content=""></head><body>the app</body></html>';

let folder: string;
let app: FastifyInstance;

/** No routes of the API: what is asked here passes no gate. */
const serverOf = (dist: string) =>
  createHttp({
    routes: [],
    logLevel: 'silent',
    gate: {
      admit() {
        throw new Error('Nobody knocks here.');
      },
      scopeOf() {
        throw new Error('Nobody asks here.');
      },
    },
    alsoAdd: (server) => addWeb(server, dist),
  });

function writeBuild(dist: string, page: string): void {
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(dist, 'index.html'), page);
  writeFileSync(join(dist, 'assets', 'main-abc123.js'), SCRIPT);
  writeFileSync(join(dist, 'assets', 'main-abc123.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(dist, 'assets', 'main-abc123.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(dist, 'icon.svg'), '<svg/>');
  writeFileSync(join(dist, '.sources'), 'a digest');
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'web-'));
  writeBuild(folder, PAGE);
  app = await serverOf(folder);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the page', () => {
  it('stands under every address of the app, and is nobody’s to keep', async () => {
    for (const url of ['/', '/login', '/c/1', '/c/1/sessions/abc', '/admin/users', '/local']) {
      const { statusCode, headers, body } = await app.inject({ url, headers: { accept: 'text/html' } });
      expect([url, statusCode, headers['cache-control']]).toEqual([url, 200, 'no-store']);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain('the app');
    }
  });

  it('carries a new number each time, the one its policy names', async () => {
    const answers = await Promise.all([app.inject('/'), app.inject('/')]);
    const numbers = answers.map(({ body }) => /csp-nonce" content="([\w-]{20,})"/.exec(body)![1]!);
    expect(new Set(numbers).size).toBe(2);
    for (const [index, { headers }] of answers.entries()) {
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain(`style-src 'self' 'nonce-${numbers[index]}'`);
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe');
    }
  });

  it('may connect to nothing where it works on files alone', async () => {
    const { headers } = await app.inject('/local');
    expect(headers['content-security-policy']).toContain("connect-src 'none'");
    const { headers: usual } = await app.inject('/');
    expect(usual['content-security-policy']).toContain("connect-src 'self'");
  });
});

describe('files', () => {
  it('let a page’s threads connect to nothing: what reads log files cannot send them anywhere', async () => {
    const { headers } = await app.inject('/assets/main-abc123.js');
    expect(headers['content-security-policy']).toContain("connect-src 'none'");
  });

  const script = (headers: Record<string, string>) => app.inject({ url: '/assets/main-abc123.js', headers });

  it('are kept for ever where their name holds a digest, and asked for anew otherwise', async () => {
    const { headers } = await script({});
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await app.inject('/icon.svg')).headers['cache-control']).toBe('no-cache');
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=1.0', 'gzip'],
    ['identity', undefined],
  ])('accepting %s come as %s', async (accepted, packing) => {
    const { headers, rawPayload } = await script({ 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(packing);
    const packed = { br: brotliCompressSync, gzip: gzipSync }[packing ?? ''];
    expect(rawPayload.equals(packed ? packed(SCRIPT) : Buffer.from(SCRIPT))).toBe(true);
  });

  it('are not sent again to who has them', async () => {
    const { headers } = await script({});
    const again = await script({ 'if-none-match': String(headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each([
    '/assets/../.sources',
    '/assets/%2e%2e/.sources',
    '/.sources',
    '/assets/',
    '/assets/main-abc123.js.br',
    '/index.html',
  ])('%s is not among them', async (url) => {
    const { statusCode, headers } = await app.inject({ url });
    expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });
});

it('addresses of the API that nobody knows stay problems, not pages', async () => {
  const { statusCode, headers } = await app.inject({
    url: '/api/v1/nothing',
    headers: { accept: 'text/html' },
  });
  expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
});

it('a build under a running server is taken up', async () => {
  const later = `${folder}-later`;
  writeBuild(later, PAGE);
  const server = await serverOf(later);
  expect((await server.inject('/')).body).toContain('the app');
  writeFileSync(join(later, 'index.html'), PAGE.replace('the app', 'a newer app'));
  const soon = new Date(Date.now() + 10_000);
  utimesSync(join(later, 'index.html'), soon, soon);
  expect((await server.inject('/')).body).toContain('a newer app');
  await server.close();
  rmSync(later, { recursive: true });
});

it('a server without a built app says so, and how to get it', async () => {
  const server = await serverOf(join(folder, 'nowhere'));
  const { statusCode, headers, body } = await server.inject('/');
  expect([statusCode, headers['retry-after']]).toEqual([503, '30']);
  expect(body).toContain('npm run build');
  await server.close();
});
