/** The HTTP layer on the wire: TLS, proxies, slow senders, packed answers, and what must not reach the log. */
import { request as httpsRequest } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { endpoint, reply } from '@logonscope/protocol';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ANONYMOUS } from '../access/caller.ts';
import { openApiRoutes } from '../features/openapi/routes.ts';
import { selfSigned } from '../operations/certificate.ts';
import { createHttp, type HttpOptions } from './create.ts';
import { route } from './mount.ts';

const echo = route(
  endpoint({
    id: 'echo',
    method: 'POST',
    path: '/api/v1/echo',
    summary: 'Says who asked.',
    body: z.object({ password: z.string().optional(), bang: z.boolean().optional() }),
    replies: { 200: z.object({ ip: z.string(), protocol: z.string() }) },
    auth: 'anonymous',
  }),
  {
    action: 'public',
    handle({ request, body }) {
      if (body.bang) throw new Error('bang');
      request.log.info(
        { req: { headers: request.headers }, body: request.body, password: body.password },
        'asked',
      );
      return reply(200, { ip: request.ip, protocol: request.protocol });
    },
  },
);

let app: FastifyInstance;
afterEach(() => app?.close());

async function open(options: Partial<HttpOptions> = {}): Promise<number> {
  app = await createHttp({
    gate: {
      admit: () => ANONYMOUS,
      scopeOf() {
        throw new Error('These routes look at no data.');
      },
    },
    routes: [echo, ...openApiRoutes()],
    logLevel: 'silent',
    checkReplies: true,
    ...options,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return (app.server.address() as AddressInfo).port;
}

const ask = (port: number, body: object, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}/api/v1/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('https with a given certificate; only then browsers are told to stay with it', async () => {
  const { cert, key } = selfSigned({
    subject: {
      country: null,
      state: null,
      city: null,
      organization: null,
      unit: null,
      commonName: 'localhost',
    },
    names: ['localhost', '127.0.0.1'],
    nowMs: Date.now(),
  });
  const port = await open({ tls: { cert, key }, hstsMaxAgeSeconds: 60 });
  const answer = await new Promise<{ status?: number; hsts?: unknown; body: string }>((resolve, reject) => {
    const options = { port, host: 'localhost', path: '/api/v1/echo', method: 'POST', ca: cert };
    const asking = httpsRequest({ ...options, headers: { 'content-type': 'application/json' } }, (got) => {
      let body = '';
      got.on('data', (chunk) => (body += chunk));
      got.on('end', () =>
        resolve({ status: got.statusCode!, hsts: got.headers['strict-transport-security'], body }),
      );
    });
    asking.on('error', reject);
    asking.end('{}');
  });
  expect(answer).toMatchObject({ status: 200, hsts: 'max-age=60' });
  expect(JSON.parse(answer.body).protocol).toBe('https');
});

test('forwarding headers count only where they come from a trusted proxy', async () => {
  const spoofed = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
  const strict = await open({ hstsMaxAgeSeconds: 60 });
  const plain = await ask(strict, {}, spoofed);
  expect(await plain.json()).toEqual({ ip: '127.0.0.1', protocol: 'http' });
  expect(plain.headers.get('strict-transport-security')).toBeNull();
  await app.close();
  const trusting = await open({ trustedProxies: ['127.0.0.1'] });
  expect(await (await ask(trusting, {}, spoofed)).json()).toEqual({ ip: '203.0.113.9', protocol: 'https' });
});

test('keys, cookies and passwords never reach the log; failures do, with the id that the caller got', async () => {
  const lines: string[] = [];
  const port = await open({ logLevel: 'info', logTo: { write: (line) => lines.push(line) } });
  const secrets = {
    'x-api-key': 'secret-key',
    cookie: 'logonscope=secret-cookie',
    authorization: 'secret-bearer',
  };
  await ask(port, { password: 'secret-password' }, secrets);
  const failed = await ask(port, { bang: true }, { 'x-request-id': 'made-up-by-the-caller' });
  const { requestId } = (await failed.json()) as { requestId: string };
  const log = lines.join('');
  expect(log).toContain('asked');
  expect(log).not.toContain('secret-');
  expect(log).not.toContain('made-up-by-the-caller');
  expect(lines.some((line) => line.includes(requestId) && line.includes('bang'))).toBe(true);
});

test('a sender whose body does not come is cut off', async () => {
  const port = await open({ requestTimeoutMs: 100 });
  const socket = connect(port, '127.0.0.1');
  const started = Date.now();
  socket.write(
    'POST /api/v1/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
  );
  await new Promise((resolve) => socket.once('close', resolve).on('error', () => {}));
  expect(Date.now() - started).toBeLessThan(5_000);
  expect((await ask(port, {})).status).toBe(200);
});

test('the API’s page loads nothing from elsewhere, runs no script, and escapes what it shows', async () => {
  const port = await open();
  const page = await fetch(`http://127.0.0.1:${port}/api/v1/docs`, {
    headers: { 'accept-encoding': 'gzip' },
  });
  const html = await page.text();
  expect(page.headers.get('content-encoding')).toBe('gzip');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  // Text may speak of addresses; what counts is what a browser would follow or run.
  expect(html).not.toMatch(/<script|<style|<img|<iframe|\s(?:style|on\w+)="/);
  for (const [, target] of html.matchAll(/\s(?:href|src|action)="([^"]*)"/g))
    expect(target).toMatch(/^(?:#\w+|[\w.]+)$/);
  for (const [, id] of html.matchAll(/href="#(\w+)"/g)) expect(html).toContain(`id="${id}"`);
  const style = await fetch(`http://127.0.0.1:${port}/api/v1/docs.css`);
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
});

/** Begins a post whose body never comes; resolves when the server has seen the request. */
async function beginPost(port: number, bytes: number) {
  const socket = connect(port, '127.0.0.1');
  const head = ['POST /api/v1/echo HTTP/1.1', 'host: x', 'content-type: application/json'];
  socket.write([...head, `content-length: ${bytes}`, 'expect: 100-continue', '', ''].join('\r\n'));
  await new Promise((resolve) => socket.once('data', resolve));
  return socket;
}

test('bodies held together are bounded: more is refused with 503 until one is answered or given up', async () => {
  const port = await open({ heldBodyBytesMax: 1000 });
  const slow = await beginPost(port, 900);
  const refused = await ask(port, { password: 'x'.repeat(200) });
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
  expect(((await refused.json()) as { code: string }).code).toBe('http/busy');
  expect((await ask(port, {})).status).toBe(200);

  slow.destroy();
  await vi.waitFor(async () => expect((await ask(port, { password: 'x'.repeat(200) })).status).toBe(200));
});

test('one body alone is taken, however large', async () => {
  const port = await open({ heldBodyBytesMax: 1000 });
  expect((await ask(port, { password: 'x'.repeat(5000) })).status).toBe(200);
  expect((await ask(port, { password: 'x'.repeat(5000) })).status).toBe(200);
});
