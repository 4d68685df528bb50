/** Group commit: posts that arrive while a commit runs share the next one; each is answered after its own commit. */
import { AppError } from '../../app-error.ts';
import type { Appended, ArrivedEvent, Batch, Outcome, SpoolPosition } from '../../db/index.ts';
import {
  ALONE_FAILURES_MAX,
  BUSY_RETRY_SECONDS,
  COMMIT_EVENTS_MAX,
  QUEUED_EVENTS_MAX,
  STORE_RETRY_SECONDS,
} from './limits.ts';

export interface Submission {
  readonly events: readonly ArrivedEvent[];
  readonly position?: SpoolPosition;
}

interface Waiting extends Submission {
  readonly settle: (outcomes: readonly Outcome[]) => void;
  readonly fail: (reason: unknown) => void;
}

export interface GroupCommitOptions {
  append(companyId: number, batch: Batch): Promise<Appended>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Companies that may commit at once; 1 for a database with one writer. */
  readonly lanes?: number;
  readonly queuedEventsMax?: number;
  readonly commitEventsMax?: number;
}

export interface GroupCommit {
  /**
   * Resolves after the commit with one outcome per event. Rejects with `AppError` `ingest/busy` where too much waits
   * already, and `ingest/store-failed` where the database did not take it; then nothing of it is stored.
   */
  submit(companyId: number, submission: Submission): Promise<readonly Outcome[]>;
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>;
  /** Events that wait, committing ones included. */
  queuedEvents(): number;
}

const batchOf = (group: readonly Waiting[], receivedAt: number): Batch => ({
  events: group.length === 1 ? group[0]!.events : group.flatMap(({ events }) => events),
  receivedAt,
  positions: group.flatMap(({ position }) => position ?? []),
});

/** Takes the next submissions of a queue, as many as one commit should hold; always at least one. */
function nextGroup(queue: Waiting[], eventsMax: number): Waiting[] {
  let events = 0;
  let count = 0;
  while (count < queue.length) {
    events += queue[count]!.events.length;
    if (count > 0 && events > eventsMax) break;
    count++;
  }
  return queue.splice(0, count);
}

export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { lanes = 1, queuedEventsMax = QUEUED_EVENTS_MAX, commitEventsMax = COMMIT_EVENTS_MAX } = options;
  /** Companies take turns: a company that has more to commit goes to the end of this map. */
  const queues = new Map<number, Waiting[]>();
  const committing = new Set<number>();
  let queued = 0;
  let woken = false;
  let idle: (() => void)[] = [];

  async function commit(companyId: number, group: readonly Waiting[]): Promise<boolean> {
    try {
      const { outcomes } = await options.append(companyId, batchOf(group, options.now()));
      let from = 0;
      for (const { events, settle } of group) {
        settle(outcomes.slice(from, from + events.length));
        from += events.length;
      }
      return true;
    } catch (cause) {
      if (group.length > 1) await commitAlone(companyId, group);
      else group[0]!.fail(storeFailed(cause));
      return false;
    }
  }

  /** One submission may be what the database cannot take; the others shall not suffer for it. */
  async function commitAlone(companyId: number, group: readonly Waiting[]): Promise<void> {
    let failedInARow = 0;
    for (const one of group) {
      // It is not the submissions then: whoever waits for a database that is gone learns it now.
      if (failedInARow >= ALONE_FAILURES_MAX) one.fail(storeFailed(new Error('the ones before it failed')));
      else failedInARow = (await commit(companyId, [one])) ? 0 : failedInARow + 1;
    }
  }

  async function work(companyId: number, queue: Waiting[]): Promise<void> {
    const group = nextGroup(queue, commitEventsMax);
    queues.delete(companyId);
    if (queue.length > 0) queues.set(companyId, queue);
    committing.add(companyId);
    await commit(companyId, group);
    committing.delete(companyId);
    queued -= group.reduce((sum, { events }) => sum + events.length, 0);
    startWork();
  }

  function startWork(): void {
    woken = false;
    for (const [companyId, queue] of queues) {
      if (committing.size >= lanes) break;
      if (!committing.has(companyId)) void work(companyId, queue);
    }
    if (queues.size > 0 || committing.size > 0) return;
    for (const resolve of idle) resolve();
    idle = [];
  }

  /** After the event loop has read every socket that has something: those posts then share the commit. */
  function wake(): void {
    if (woken) return;
    woken = true;
    setImmediate(startWork);
  }

  return {
    submit(companyId, submission) {
      const count = submission.events.length;
      if (queued > 0 && queued + count > queuedEventsMax) return Promise.reject(busy());
      queued += count;
      return new Promise((settle, fail) => {
        const waiting = { ...submission, settle, fail };
        const queue = queues.get(companyId);
        if (queue === undefined) queues.set(companyId, [waiting]);
        else queue.push(waiting);
        wake();
      });
    },
    drained: () =>
      queues.size === 0 && committing.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => idle.push(resolve)),
    queuedEvents: () => queued,
  };
}

function busy(): AppError {
  return new AppError('unavailable', 'ingest/busy', 'Too many events wait to be stored; try again shortly.', {
    retryAfterSeconds: BUSY_RETRY_SECONDS,
  });
}

function storeFailed(cause: unknown): AppError {
  return new AppError('unavailable', 'ingest/store-failed', 'The events could not be stored; try again.', {
    retryAfterSeconds: STORE_RETRY_SECONDS,
    cause,
  });
}
