/** Keeps a source running, and gives what it tells to the outbox and the event log. */
import type { Clock } from './clock.ts';
import type { EventLog } from './event-log.ts';
import { type Outbox, OutboxFullError } from './outbox/outbox.ts';
import type { EventSource, Intake } from './source.ts';

/** A source that broke is started again after so long. */
const SOURCE_PAUSE_MS = 30_000;
/** What cannot be kept is offered again after so long. */
const FULL_PAUSE_MS = 5_000;

export interface SourcePorts {
  readonly source: EventSource;
  readonly outbox: Outbox;
  readonly eventLog: EventLog;
  readonly clock: Clock;
  trouble(text: string): void;
  debug(text: string): void;
}

/** Runs a source until the end, again and again if it breaks. */
export async function runSource(ports: SourcePorts, stop: AbortSignal): Promise<void> {
  const { source, outbox, eventLog, clock, trouble, debug } = ports;
  let told: string | null = null;
  const tellOnce = (text: string) => {
    if (text !== told) trouble(text);
    told = text;
  };
  const intake: Intake = {
    trouble: (text) => trouble(`${source.id}: ${text}`),
    /** What cannot be kept now is kept later: the source waits, and so nothing is passed over. */
    async take(events, bookmark) {
      for (;;) {
        try {
          const first = outbox.nextNumber();
          outbox.keep(source.id, events, bookmark);
          for (const [i, event] of events.entries()) eventLog.add({ ...event, n: first + i });
          if (events.length > 0) debug(`${source.id}: ${events.length} events`);
          told = null;
          return;
        } catch (error) {
          const full = error instanceof OutboxFullError;
          tellOnce(
            `${source.id}: events cannot be kept${full ? ', the outbox is full' : `: ${(error as Error).message}`}`,
          );
          await clock.wait(FULL_PAUSE_MS, stop);
          if (stop.aborted) throw error;
        }
      }
    },
  };
  while (!stop.aborted) {
    try {
      await source.run(intake, outbox.bookmark(source.id), stop);
    } catch (error) {
      if (stop.aborted) return;
      tellOnce(`${source.id}: ${(error as Error).message}`);
    }
    if (!stop.aborted) await clock.wait(SOURCE_PAUSE_MS, stop);
  }
}
