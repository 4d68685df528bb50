/** HTTP as agents speak it: bounded connections that are kept, and answers that may never come. */
import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly retryAfterSeconds: number | null;
  readonly body: string;
  /** From the moment a connection was free for it. */
  readonly tookMs: number;
}

export interface Wire {
  /** The answer, or null where the connection was refused or cut before it was whole. */
  post(address: string, path: string, key: string, body: unknown): Promise<Answer | null>;
  close(): void;
}

/** A client that opens at most so many connections to each server. */
export function openWire(connections: number): Wire {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    post: (address, path, key, body) =>
      new Promise((resolve) => {
        const text = JSON.stringify(body);
        const headers = {
          'x-api-key': key,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        };
        let begun = 0;
        const sent = request(`${address}${path}`, { method: 'POST', agent, headers }, (response) => {
          let got = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => {
            got += part;
          });
          response.on('error', () => resolve(null));
          response.on('close', () => {
            const after = response.headers['retry-after'];
            const retryAfterSeconds = after === undefined ? null : Number(after);
            const status = response.statusCode!;
            const tookMs = performance.now() - begun;
            resolve(response.complete ? { status, retryAfterSeconds, body: got, tookMs } : null);
          });
        });
        sent.on('socket', () => {
          begun = performance.now();
        });
        sent.on('error', () => resolve(null));
        sent.end(text);
      }),
    close: () => agent.destroy(),
  };
}
