/** Reads several files at once, a worker thread each; events come back in packed batches. */
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import { unpackEvents } from './event-batch.ts';
import type { Input } from './inputs.ts';
import type { LogSink, ReadingOptions } from './read-log.ts';
import type { WorkerAnswer, WorkerTask } from './read-worker.ts';

/** Beside this module, as source or as bundle. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './read-worker.ts' : './read-worker.mjs',
  import.meta.url,
);

/** A worker compiles its modules anew unless it is told where the cache of this process is. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  return cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache };
}

/** Reads every input into the sink of the same index, `workers` at a time, the largest first. */
export async function readInWorkers(
  inputs: readonly Input[],
  options: ReadingOptions,
  sinks: readonly LogSink[],
  workers: number,
): Promise<void> {
  const queue = inputs
    .map((input, index): WorkerTask => ({ index, input }))
    .sort((a, b) => (a.input.sizeBytes ?? 0) - (b.input.sizeBytes ?? 0));
  const lanes = Array.from({ length: workers }, () => runLane(queue, options, sinks));
  await Promise.all(lanes);
}

/** One worker that takes the next task whenever it is done with one. */
function runLane(queue: WorkerTask[], options: ReadingOptions, sinks: readonly LogSink[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(ENTRY, { workerData: options, env: workerEnvironment() });
    const next = () => {
      const task = queue.pop();
      if (task !== undefined) worker.postMessage(task);
      else void worker.terminate().then(() => resolve());
    };
    worker.on('error', reject);
    worker.on('message', (answer: WorkerAnswer) => {
      const sink = sinks[answer.index]!;
      unpackEvents(answer.events, sink.event);
      for (const span of answer.life) sink.life(span);
      for (const problem of answer.problems) sink.problem(problem);
      sink.advance(answer.bytes);
      if (answer.done) next();
    });
    next();
  });
}
