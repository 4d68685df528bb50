/** One file of any known format into the store: read in a thread, stored in batches, told as it goes. */
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LifeSpan, Problem, SessionEvent } from '@logonscope/core';
import { AppError } from '../../../app-error.ts';
import type { Outcome } from '../../../db/index.ts';
import { PROBLEMS_KEPT, TRIES_MAX } from './limits.ts';
import type { ImportNews, ImportTask } from './worker.ts';

export interface ImportCounts {
  readonly eventsRead: number;
  readonly eventsStored: number;
  readonly eventsKnown: number;
}

export interface ImportResult extends ImportCounts {
  /** The first of them. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
}

export interface ImportFileOptions extends ImportTask {
  /** Stores a batch durably; one outcome for each event. */
  store(events: readonly SessionEvent[]): Promise<readonly Outcome[]>;
  /** Stores which records there were between the events; once, after all of them. */
  noteLife(spans: readonly LifeSpan[]): Promise<void>;
  progress?(counts: ImportCounts): void;
  readonly signal?: AbortSignal;
}

/** Tries again where the store asks for patience. */
async function storePatiently(
  { store, signal }: ImportFileOptions,
  events: readonly SessionEvent[],
): Promise<readonly Outcome[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await store(events);
    } catch (error) {
      const patience = error instanceof AppError ? error.retryAfterSeconds : null;
      if (patience === null || tries >= TRIES_MAX) throw error;
      await wait(patience * 1000, undefined, signal === undefined ? {} : { signal });
    }
  }
}

/**
 * Reads a file and stores its events. Problems of the file come back with the result; rejects where the file cannot be
 * opened, the store refuses for good, or `signal` is aborted. What was stored until then stays.
 */
export async function importFile(options: ImportFileOptions): Promise<ImportResult> {
  const { path, name, timezone, assumedTimezone, problemsKept = PROBLEMS_KEPT } = options;
  const { signal, progress } = options;
  const task: ImportTask = { path, name, timezone, assumedTimezone, problemsKept };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task });
  const life: LifeSpan[] = [];
  const counts = { eventsRead: 0, eventsStored: 0, eventsKnown: 0 };
  const take = async (events: readonly SessionEvent[]): Promise<void> => {
    const outcomes = await storePatiently(options, events);
    const known = outcomes.filter((outcome) => outcome === 'known').length;
    counts.eventsRead += events.length;
    counts.eventsKnown += known;
    counts.eventsStored += events.length - known;
    progress?.({ ...counts });
    worker.postMessage('stored');
  };
  try {
    return await new Promise((resolve, reject) => {
      let stored = Promise.resolve();
      let ended = false;
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.on('error', reject);
      worker.on('exit', () => ended || reject(new Error('The file was not read to its end.')));
      worker.on('message', (news: ImportNews) => {
        // One after the other: events of one file go in its order, and never more than one batch at a time.
        if (news.is === 'events') stored = stored.then(() => take(news.events));
        else if (news.is === 'life') for (const span of news.spans) life.push(span);
        else {
          // The thread has done its part and may go; what it sent is still being stored.
          ended = true;
          const { problems, problemCount } = news;
          stored = stored
            .then(() => (life.length === 0 ? undefined : options.noteLife(life)))
            .then(() => resolve({ ...counts, problems, problemCount }));
        }
        stored.catch(reject);
      });
    });
  } finally {
    await worker.terminate();
  }
}
