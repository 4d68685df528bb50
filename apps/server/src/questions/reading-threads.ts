/** Long readings in worker threads: each runs one task at a time, with bytes at the pace of their reader. */
import { Worker } from 'node:worker_threads';
import type { Caller } from '../access/caller.ts';
import { AppError, type ErrorKind, type RefusedField } from '../app-error.ts';
import type { Reading, ReadingTasks, Sink } from './reading.ts';

export interface StoreAddress {
  readonly url: string;
  /** Relative SQLite files are taken from here. */
  readonly folder: string;
}

export type ToThread =
  | { readonly is: 'run'; readonly task: string; readonly caller: Caller; readonly input: unknown }
  | { readonly is: 'more' }
  | { readonly is: 'stop' };

export type FromThread =
  | { readonly is: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'done'; readonly value: unknown }
  | {
      readonly is: 'refused';
      readonly kind: ErrorKind;
      readonly code: string;
      readonly message: string;
      readonly fields: readonly RefusedField[];
      readonly retryAfterSeconds: number | null;
    }
  | { readonly is: 'failed'; readonly message: string };

export interface ThreadsOptions {
  readonly address: StoreAddress;
  /** The module that each thread runs. */
  readonly entry: URL;
  /** At once; one each for the processors that ingest leaves alone. */
  readonly threads?: number;
  /** Readings that wait for a thread; more are refused, for they would only wait longer. */
  readonly waitingMax?: number;
}

interface Job {
  readonly order: Extract<ToThread, { is: 'run' }>;
  readonly sink: Sink;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

const WAITING_MAX = 50;
const RETRY_AFTER_SECONDS = 5;

/** Threads start with the first reading and stay. */
export function readingThreads<T extends ReadingTasks>({
  address,
  entry,
  threads = 1,
  waitingMax = WAITING_MAX,
}: ThreadsOptions): Reading<T> {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  let closed = false;

  function next(): void {
    while (waiting.length > 0 && (idle.length > 0 || all.size < threads)) {
      const worker = idle.pop() ?? start();
      perform(worker, waiting.shift()!, () => {
        if (all.has(worker)) idle.push(worker);
        next();
      });
    }
  }

  function start(): Worker {
    const worker = new Worker(entry, { workerData: address });
    worker.unref();
    all.add(worker);
    // One that died is replaced when the next reading comes.
    worker.on('exit', () => all.delete(worker));
    return worker;
  }

  return {
    run: (caller, task, input, sink = async () => {}) =>
      new Promise((resolve, reject) => {
        if (closed || waiting.length >= waitingMax) reject(tooBusy());
        else {
          const order = { is: 'run' as const, task, caller, input };
          waiting.push({ order, sink, resolve: resolve as (value: unknown) => void, reject });
          next();
        }
      }),
    async close() {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(tooBusy());
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

/** Runs one job in a thread; `free` is called once, when the thread can take another or is gone. */
function perform(worker: Worker, { order, sink, resolve, reject }: Job, free: () => void): void {
  let sinkError: unknown = null;
  const end = (settle: () => void) => {
    worker.off('message', heard).off('error', died).off('exit', left);
    settle();
    free();
  };
  const died = (error: unknown) => end(() => reject(error));
  const left = () => end(() => reject(tooBusy()));
  const tell = (message: ToThread) => worker.postMessage(message);
  const heard = (message: FromThread) => {
    if (message.is === 'bytes') {
      sink(message.bytes).then(
        () => tell({ is: 'more' }),
        (error: unknown) => {
          sinkError = error;
          tell({ is: 'stop' });
        },
      );
    } else if (message.is === 'done') end(() => resolve(message.value));
    else end(() => reject(sinkError ?? errorOf(message)));
  };
  worker.on('message', heard).on('error', died).on('exit', left);
  tell(order);
}

function errorOf(message: Extract<FromThread, { is: 'refused' | 'failed' }>): Error {
  if (message.is === 'failed') return new Error(`A reading failed: ${message.message}`);
  const { kind, code, fields, retryAfterSeconds } = message;
  return new AppError(kind, code, message.message, {
    fields,
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  });
}

function tooBusy(): AppError {
  return new AppError('unavailable', 'reading/busy', 'Too many long readings at once.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
