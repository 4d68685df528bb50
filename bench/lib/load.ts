/** Load over HTTP/1.1: so many connections, each sends its next request when the last one was answered. */
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Goes on beyond the seconds until so many were answered. */
  readonly requestsMin?: number;
  /** The next request of a connection, whole; connections are numbered from 0. */
  next(connection: number): Buffer;
}

export interface Loaded {
  readonly requests: number;
  readonly refused: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A post of JSON, as bytes. */
export function postOf(path: string, key: string, body: string): Buffer {
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\nx-api-key: ${key}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
  );
}

/** Length of the first whole answer in the bytes so far; 0 where it is not whole yet. */
function answerLength(bytes: Buffer): number {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = /content-length: (\d+)/i.exec(bytes.toString('latin1', 0, head));
  if (length === null) throw new Error(`an answer without a length: ${bytes.toString('latin1', 0, head)}`);
  const whole = head + 4 + Number(length[1]);
  return bytes.length >= whole ? whole : 0;
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

/** Runs the load and tells how it went. Rejects where a connection breaks. */
export async function load({ port, connections, seconds, requestsMin = 0, next }: Load): Promise<Loaded> {
  const times: number[] = [];
  let refused = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  const run = (socket: Socket, connection: number) =>
    new Promise<void>((resolve, reject) => {
      let bytes: Buffer = Buffer.alloc(0);
      let sent = performance.now();
      socket.on('error', reject);
      socket.on('data', (chunk: Buffer) => {
        bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
        if (answerLength(bytes) === 0) return;
        const now = performance.now();
        times.push(now - sent);
        // `HTTP/1.1 201`: the tenth byte is the class of the status.
        if (bytes[9] !== 0x32) refused++;
        bytes = Buffer.alloc(0);
        if (now >= until && times.length >= requestsMin) {
          socket.destroy();
          resolve();
          return;
        }
        sent = now;
        socket.write(next(connection));
      });
      socket.once('connect', () => socket.write(next(connection)));
    });
  await Promise.all(
    Array.from({ length: connections }, (_, i) =>
      run(connect({ port, host: '127.0.0.1', noDelay: true }), i),
    ),
  );
  const sorted = times.toSorted((a, b) => a - b);
  return {
    ...{ requests: times.length, refused, seconds: (performance.now() - started) / 1000 },
    ...{ p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) },
  };
}

/** CPU seconds a process has used so far, its threads included; Linux counts them in hundredths. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
