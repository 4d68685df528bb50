/** The inside of a reading worker: takes inputs, answers with batches of what they hold. */
import { parentPort, workerData } from 'node:worker_threads';
import type { LifeSpan, Problem, SessionEvent } from '@logonscope/core';
import { type EventBatch, packEvents } from './event-batch.ts';
import type { Input } from './inputs.ts';
import { type ReadingOptions, readLog } from './read-log.ts';

export interface WorkerTask {
  readonly index: number;
  readonly input: Input;
}

export interface WorkerAnswer {
  readonly index: number;
  readonly events: EventBatch;
  readonly life: LifeSpan[];
  readonly problems: Problem[];
  readonly bytes: number;
  /** The last answer to this task. */
  readonly done: boolean;
}

/** Large enough that messages are few, small enough that both sides work at the same time. */
const BATCH_EVENTS = 5_000;

const port = parentPort!;
const options = workerData as ReadingOptions;

port.on('message', ({ index, input }: WorkerTask) => {
  let events: SessionEvent[] = [];
  let life: LifeSpan[] = [];
  let problems: Problem[] = [];
  let bytes = 0;
  const send = (done: boolean) => {
    const packed = packEvents(events);
    const answer: WorkerAnswer = { index, events: packed, life, problems, bytes, done };
    port.postMessage(answer, [packed.numbers.buffer, packed.texts.buffer]);
    events = [];
    life = [];
    problems = [];
    bytes = 0;
  };
  const finished = readLog(input, options, {
    event: (event) => {
      if (events.push(event) >= BATCH_EVENTS) send(false);
    },
    life: (span) => void life.push(span),
    problem: (problem) => void problems.push(problem),
    advance: (count) => {
      bytes += count;
    },
  });
  // A fault of ours must reach the main thread as the worker's `error`, not vanish as an unhandled rejection.
  finished.then(
    () => send(true),
    (error: unknown) =>
      setImmediate(() => {
        throw error;
      }),
  );
});
