/**
 * Moves pages of SQLite's log to their places while the server goes on committing, in a thread with a connection of its
 * own: in the thread that writes, everybody who waits for a commit would wait for that as well.
 */
import { Worker } from 'node:worker_threads';

export interface Checkpoints {
  /** After each commit. */
  committed(): void;
  /** Returns when the thread has let go of the file, so that whoever closes it last tidies up. */
  end(): void;
}

/** What the thread is given. */
export interface CheckpointTask {
  readonly file: string;
  /** Shared with the thread: how many commits there were, and how it stands (`AT_WORK`, `ENDING`, `ENDED`). */
  readonly shared: Int32Array;
}

export const [COMMITS, STATE] = [0, 1];
export const [AT_WORK, ENDING, ENDED] = [0, 1, 2];

const ENTRY = new URL('./sqlite-checkpoint-thread.ts', import.meta.url);
/** Whoever commits less than this, a command or a test, needs no thread for it. */
const COMMITS_BEFORE = 200;
/** A checkpoint under way takes a fraction of this. */
const END_WITHIN_MS = 5_000;

/** Checkpoints of a file; the thread starts once there is something to do. */
export function checkpointsOf(file: string, commitsBefore = COMMITS_BEFORE): Checkpoints {
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  let worker: Worker | null = null;
  function start(): Worker {
    const started = new Worker(ENTRY, { workerData: { file, shared } satisfies CheckpointTask });
    started.unref();
    // Without it commits do the work themselves, as they do wherever it is behind.
    started.on('error', () => {
      worker = null;
    });
    return started;
  }
  return {
    committed() {
      const before = Atomics.add(shared, COMMITS, 1);
      if (worker !== null) Atomics.notify(shared, COMMITS);
      else if (before === commitsBefore) worker = start();
    },
    end() {
      if (worker === null) return;
      Atomics.store(shared, STATE, ENDING);
      Atomics.add(shared, COMMITS, 1);
      Atomics.notify(shared, STATE);
      Atomics.notify(shared, COMMITS);
      Atomics.wait(shared, STATE, ENDING, END_WITHIN_MS);
      void worker.terminate();
      worker = null;
    },
  };
}
