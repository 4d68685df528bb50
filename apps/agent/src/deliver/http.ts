/**
 * Posts over HTTP(S), as agents have to: through a proxy, with a company's own authority or a pinned certificate.
 * Built on `node:https`, since the global `fetch` cannot be given any of these per request.
 */

import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { HttpOptions } from './http-options.ts';
import { portOf, proxyAuthorization, secureConnector, type Target } from './secure-connect.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** From the header Retry-After, whichever form it has. */
  readonly retryAfterMs: number | null;
}

export interface Http {
  /** Posts JSON; rejects where no whole answer came. */
  post(path: string, body: unknown): Promise<Answer>;
  /** The text of a page anywhere, a line at most; for asking which public address this is. */
  get(url: string): Promise<Answer>;
  close(): void;
}

const TIMEOUT_MS = 30_000;
/** Answers are short; whoever sends more is not the server. */
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

export function createHttp(options: HttpOptions): Http {
  const { timeoutMs = TIMEOUT_MS } = options;
  const proxy = options.proxyUrl ? new URL(options.proxyUrl) : null;
  const plainAgent = new HttpAgent({ keepAlive: true, maxSockets: 2 });
  const secureAgent = new HttpsAgent({ keepAlive: true, maxSockets: 2 });
  const connect = secureConnector(options, proxy, timeoutMs);
  // Handed over only when it is known who is at the other end: nothing of ours is written before.
  secureAgent.createConnection = (target, created) => {
    connect(target as Target).then(
      (socket) => created?.(null, socket),
      (error: Error) => created?.(error, undefined as never),
    );
    return undefined;
  };

  function open(url: URL, method: string, headers: Record<string, string | number>): ClientRequest {
    const common = { method, headers, timeout: timeoutMs };
    if (url.protocol === 'https:') return httpsRequest(url, { ...common, agent: secureAgent });
    if (proxy === null) return httpRequest(url, { ...common, agent: plainAgent });
    const toProxy = { ...headers, host: url.host, ...proxyAuthorization(proxy) };
    const via = { host: proxy.hostname, port: portOf(proxy), path: url.href };
    return httpRequest({ ...common, ...via, headers: toProxy, agent: plainAgent });
  }

  function ask(url: URL, method: string, headers: Record<string, string | number>, body: string | null) {
    return new Promise<Answer>((resolve, reject) => {
      const sent = open(url, method, headers);
      sent.once('error', reject);
      sent.once('timeout', () => sent.destroy(new Error(`No answer within ${timeoutMs / 1000} seconds.`)));
      sent.once('response', (response) => readAnswer(response).then(resolve, reject));
      sent.end(body ?? undefined);
    });
  }

  return {
    post(path, body) {
      const text = JSON.stringify(body);
      const headers = {
        'x-api-key': options.apiKey,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        'user-agent': options.product,
      };
      return ask(new URL(path, options.serverUrl), 'POST', headers, text);
    },
    get: (url) => ask(new URL(url), 'GET', { 'user-agent': options.product }, null),
    close() {
      plainAgent.destroy();
      secureAgent.destroy();
    },
  };
}

function readAnswer(response: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let sizeBytes = 0;
    response.on('data', (piece: Buffer) => {
      sizeBytes += piece.length;
      if (sizeBytes > ANSWER_BYTES_MAX) response.destroy(new Error('The answer is too long.'));
      else pieces.push(piece);
    });
    response.once('error', reject);
    response.once('close', () => {
      if (!response.complete) reject(new Error('The answer was cut.'));
      else
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(pieces).toString(),
          retryAfterMs: askedPauseMs(response.headers, Date.now()),
        });
    });
  });
}

/** What the server asks for: Retry-After, or the second in which an original server begins to count anew. */
function askedPauseMs(headers: IncomingMessage['headers'], nowMs: number): number | null {
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  const named = retryAfterMs(headers['retry-after'], nowMs);
  if (named !== null || Number.isNaN(reset)) return named;
  return Math.max(0, reset * 1000 - nowMs);
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
