/** A thread that writes the log of an SQLite file to its places, again and again; see sqlite-checkpoints.ts. */
import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { AT_WORK, type CheckpointTask, COMMITS, ENDED, STATE } from './sqlite-checkpoints.ts';

/** Pages of log to wait for: the more there are, the more of them are the same page, which is written once. */
const PAGES_AT_ONCE = 9_000;
const PAUSE_MS_MIN = 20;
const PAUSE_MS_MAX = 1_000;

const { file, shared } = workerData as CheckpointTask;
const database = new Database(file);
database.pragma('synchronous = FULL');
let pauseMs = PAUSE_MS_MAX;
let pages = 0;

/** Takes no lock that anybody waits for, and leaves to others what they hold. */
function checkpoint(): void {
  try {
    moveLog();
  } catch {
    // A disk that is full or fails: whoever commits hears of it. Here it is tried again later.
    pauseMs = PAUSE_MS_MAX;
  }
}

function moveLog(): void {
  const [{ log }] = database.pragma('wal_checkpoint(PASSIVE)') as [{ log: number }];
  const fresh = log >= pages ? log - pages : log;
  pages = log;
  const wanted = (pauseMs * PAGES_AT_ONCE) / Math.max(1, fresh);
  pauseMs = Math.min(PAUSE_MS_MAX, Math.max(PAUSE_MS_MIN, wanted));
}

while (Atomics.load(shared, STATE) === AT_WORK) {
  const seen = Atomics.load(shared, COMMITS);
  checkpoint();
  Atomics.wait(shared, COMMITS, seen);
  Atomics.wait(shared, STATE, AT_WORK, pauseMs);
}
database.close();
Atomics.store(shared, STATE, ENDED);
Atomics.notify(shared, STATE);
