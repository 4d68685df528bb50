/** Reads one file in a thread of its own: records become events here, the main thread only stores them. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32 } from 'node:zlib';
import { createDecoder, type LifeSpan, type Problem, type SessionEvent } from '@logonscope/core';
import { type ByteSource, readSource } from '@logonscope/readers';
import { BATCH_EVENTS, BATCHES_AHEAD_MAX, SPANS_AT_ONCE } from './limits.ts';

/** What the thread is told. */
export interface ImportTask {
  readonly path: string;
  /** The name to show; the path is a temporary one. */
  readonly name: string;
  readonly timezone: string | null;
  readonly assumedTimezone: string;
  /** Problems told in words (`PROBLEMS_KEPT` unless told); all are counted. */
  readonly problemsKept?: number;
}

/** What the thread tells. */
export type ImportNews =
  | { readonly is: 'events'; readonly events: readonly SessionEvent[] }
  /** Which records there were between the events; the last ones come with the end. */
  | { readonly is: 'life'; readonly spans: readonly LifeSpan[] }
  | { readonly is: 'end'; readonly problems: readonly Problem[]; readonly problemCount: number };

const task = workerData as Required<ImportTask>;
const port = parentPort!;

/** Batches sent and not yet stored: reading waits for the database, so memory does not grow with the file. */
let ahead = 0;
let resume: (() => void) | null = null;
port.on('message', () => {
  ahead--;
  resume?.();
});

function fileSource(file: number, name: string): ByteSource {
  return {
    name,
    sizeBytes: fstatSync(file).size,
    async read(into) {
      while (ahead >= BATCHES_AHEAD_MAX) await new Promise<void>((resolve) => (resume = resolve));
      return readSync(file, into);
    },
  };
}

async function readFile(): Promise<void> {
  const decode = createDecoder({ peopleOnly: false });
  const problems: Problem[] = [];
  let problemCount = 0;
  let events: SessionEvent[] = [];
  let spans: LifeSpan[] = [];
  const sendLife = () => {
    if (spans.length > 0) port.postMessage({ is: 'life', spans } satisfies ImportNews);
    spans = [];
  };
  const send = () => {
    if (events.length === 0) return;
    ahead++;
    port.postMessage({ is: 'events', events } satisfies ImportNews);
    events = [];
  };
  const file = openSync(task.path, 'r');
  await readSource(
    fileSource(file, task.name),
    {
      record(record) {
        const event = decode(record);
        if (event !== null) events.push(event);
        if (events.length >= BATCH_EVENTS) send();
      },
      life(span) {
        spans.push(span);
        if (spans.length >= SPANS_AT_ONCE) sendLife();
      },
      problem(problem) {
        problemCount++;
        if (problems.length < task.problemsKept) problems.push(problem);
      },
    },
    {
      timezone: task.timezone,
      assumedTimezone: task.assumedTimezone,
      crc32: (bytes, start) => crc32(bytes, start),
    },
  );
  closeSync(file);
  send();
  sendLife();
  port.postMessage({ is: 'end', problems, problemCount } satisfies ImportNews);
  port.unref();
}

await readFile();
