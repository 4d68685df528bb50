/** Runs retention every hour, one run after the other; a failed run is told about and tried again at the next hour. */
import { type RetentionRun, runRetention } from './run.ts';

const EVERY_MS = 3_600_000;
/** A server that just started has others waiting for it. */
const FIRST_MS = 60_000;

export interface RetentionSchedule {
  /** Lets the slice that runs finish. */
  close(): Promise<void>;
}

export function scheduleRetention(
  run: Omit<RetentionRun, 'stopping'>,
  trouble: (error: unknown) => void,
): RetentionSchedule {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const next = (afterMs: number): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      running = runRetention({ ...run, stopping: () => stopped }).catch(trouble);
      running.then(() => {
        if (!stopped) waiting = next(EVERY_MS);
      });
    }, afterMs);
    timer.unref();
    return timer;
  };
  let waiting = next(FIRST_MS);
  return {
    async close() {
      stopped = true;
      clearTimeout(waiting);
      await running;
    },
  };
}
