// Connections: only to the server that is meant, by its authority or its certificate, and through a proxy where there is one.
import { X509Certificate } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../testdata/self-signed.ts';
import { createHttp } from './http.ts';
import type { HttpOptions } from './http-options.ts';
import { pauseMs } from './retry.ts';

const servers: Server[] = [];
/** What the server got, and what went through the proxy. */
const got: string[] = [];
const through: string[] = [];
let secure: string;
let plain: string;
let proxy: string;
const certificate = selfSigned();
const pin = new X509Certificate(certificate.cert).fingerprint256;

const listen = async (server: Server) => {
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
};

beforeAll(async () => {
  const answer: Parameters<typeof createHttpServer>[1] = (request, response) => {
    got.push(`${request.method} ${request.url} ${request.headers['x-api-key']}`);
    response.writeHead(200);
    response.end('{}');
  };
  secure = `https://127.0.0.1:${await listen(createHttpsServer(certificate, answer))}`;
  plain = `http://127.0.0.1:${await listen(createHttpServer(answer))}`;
  const forwarding = createHttpServer((request, response) => {
    through.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
    response.writeHead(200);
    response.end('{}');
  });
  forwarding.on('connect', (request, socket, head) => {
    through.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`);
    const [host, port] = request.url!.split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.write(head);
      target.pipe(socket);
      socket.pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  proxy = `http://ana:s%3Acret@127.0.0.1:${await listen(forwarding)}`;
});
afterAll(() => {
  for (const server of servers) server.close();
});

async function post(options: Partial<HttpOptions>) {
  got.length = 0;
  const http = createHttp({ serverUrl: secure, apiKey: 'k', product: 'test', timeoutMs: 5_000, ...options });
  try {
    return (await http.post('/x', {})).status;
  } catch (error) {
    return (error as Error).message;
  } finally {
    http.close();
  }
}

describe('a server that nobody vouches for', () => {
  it('is told nothing, not even the key', async () => {
    expect(await post({})).toMatch(/self.signed|certificate/i);
    expect(got).toEqual([]);
  });
  it('is trusted with its authority', async () => {
    expect(await post({ authorities: certificate.cert })).toBe(200);
    expect(got).toEqual(['POST /x k']);
  });
  it('is trusted with its certificate pinned, and with no other', async () => {
    expect(await post({ pinnedSha256: pin })).toBe(200);
    expect(await post({ pinnedSha256: pin.replaceAll(':', '').toLowerCase() })).toBe(200);
    expect(await post({ pinnedSha256: 'ab'.repeat(32) })).toContain('another certificate');
    expect(got).toEqual([]);
  });
  it('is trusted where an administrator says not to look', async () => {
    expect(await post({ verify: false })).toBe(200);
  });
});

describe('a proxy', () => {
  it('is asked for a way, and sees nothing of what is encrypted', async () => {
    through.length = 0;
    expect(await post({ proxyUrl: proxy, authorities: certificate.cert })).toBe(200);
    expect(through).toEqual([`CONNECT ${new URL(secure).host} Basic ${btoa('ana:s:cret')}`]);
    expect(await post({ proxyUrl: proxy })).toMatch(/self.signed|certificate/i);
  });
  it('is given what is not encrypted', async () => {
    through.length = 0;
    expect(await post({ serverUrl: plain, proxyUrl: proxy })).toBe(200);
    expect(through[0]).toBe(`POST ${plain}/x Basic ${btoa('ana:s:cret')}`);
  });
});

it('a server that is not there is an error, and so is an answer that does not come', async () => {
  expect(await post({ serverUrl: 'http://127.0.0.1:9' })).toContain('ECONNREFUSED');
});

it('pauses grow to five minutes, never shorter than half nor than the server asks', () => {
  for (const random of [() => 0, () => 0.999]) {
    for (let failures = 0; failures < 30; failures++) {
      const pause = pauseMs(failures, null, random);
      const whole = Math.min(300_000, 1_000 * 2 ** failures);
      expect(pause).toBeGreaterThanOrEqual(whole / 2);
      expect(pause).toBeLessThanOrEqual(whole);
      expect(pauseMs(failures, 7_000, random)).toBeGreaterThanOrEqual(7_000);
    }
  }
});
