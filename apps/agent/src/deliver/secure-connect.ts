/** TLS connections as agents have to make them: perhaps through a proxy, and only to the server that is meant. */
import { request as httpRequest } from 'node:http';
import { type Socket, connect as tcpConnect } from 'node:net';
import { type ConnectionOptions, type TLSSocket, connect as tlsConnect } from 'node:tls';
import type { HttpOptions } from './http-options.ts';

/** Whom to connect to. */
export interface Target {
  readonly host: string;
  readonly port: number | string;
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

export const portOf = (url: URL): number => Number(url.port || PORTS[url.protocol]);

export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** Makes connections that are encrypted and checked when they are handed over; rejects in every other case. */
export function secureConnector(
  { authorities, pinnedSha256, verify = true }: HttpOptions,
  proxy: URL | null,
  timeoutMs: number,
): (target: Target) => Promise<TLSSocket> {
  // With a pin the certificate itself is compared, so names and signers do not matter.
  const pin = pinnedSha256 ? plainHex(pinnedSha256) : null;
  const options = {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: verify && pin === null,
    ...(authorities ? { ca: authorities } : {}),
  } as const;
  return async (target) => {
    const socket =
      proxy === null ? await connected(target, timeoutMs) : await tunnel(proxy, target, timeoutMs);
    const secure = await encrypted(socket, target.host, options);
    if (pin !== null) checkPin(secure, pin);
    return secure;
  };
}

function connected({ host, port }: Target, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = tcpConnect({ host, port: Number(port) });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`${host} does not answer.`)));
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function encrypted(socket: Socket, host: string, options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // A number is no name; servers are not told it (RFC 6066, 3), but it is checked against the certificate.
    const isAddress = /^[\d.]+$|:/.test(host);
    const secure = tlsConnect({ ...options, socket, host, ...(isAddress ? {} : { servername: host }) });
    secure.once('error', reject);
    secure.once('secureConnect', () => {
      secure.off('error', reject);
      resolve(secure);
    });
  });
}

const plainHex = (digest: string): string => digest.replaceAll(':', '').toLowerCase();

function checkPin(socket: TLSSocket, pin: string): void {
  const shown = socket.getPeerCertificate().fingerprint256 ?? '';
  if (plainHex(shown) === pin) return;
  socket.destroy();
  throw new Error(
    `The server shows another certificate than the pinned one; its SHA-256 is ${plainHex(shown)}.`,
  );
}

/** A way through a proxy (RFC 9110, 9.3.6). */
function tunnel(proxy: URL, { host, port }: Target, timeoutMs: number): Promise<Socket> {
  const through = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const asked = httpRequest({
      ...{ host: proxy.hostname, port: portOf(proxy), method: 'CONNECT', path: through, timeout: timeoutMs },
      headers: { host: through, ...proxyAuthorization(proxy) },
    });
    asked.once('error', reject);
    asked.once('timeout', () => asked.destroy(new Error('The proxy does not answer.')));
    asked.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket as Socket);
        return;
      }
      socket.destroy();
      reject(new Error(`The proxy refuses ${through} with ${response.statusCode}.`));
    });
    asked.end();
  });
}
