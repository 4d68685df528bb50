/** What the simulated people do from now on, sent when its time has come. */
import type { SimRecord } from '@logonscope/simulator';
import { SITES, type SiteName } from './fleet.ts';

export interface Coming {
  readonly record: SimRecord;
  readonly site: SiteName;
}

export interface LiveOptions {
  /** By time; emptied as it is sent. */
  readonly coming: Coming[];
  /** Everything until then is there already; milliseconds since 1970. */
  readonly sinceMs: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  send(site: SiteName, records: readonly SimRecord[]): Promise<void>;
  /** A post that failed; its events are sent again with the next ones. */
  trouble(error: unknown): void;
  /** The last simulated event was sent. */
  over(): void;
}

export interface Live {
  /** Everything until then has been sent. */
  sentThroughMs(): number;
  /** Sends nothing more; resolves when the post under way is answered. */
  stop(): Promise<void>;
}

const TICK_MS = 500;

/** Begins to send; ends by itself with the last event. */
export function goLive({ coming, sinceMs, clock, send, trouble, over }: LiveOptions): Live {
  let sentThroughMs = sinceMs;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function sendDue(): Promise<void> {
    const nowMs = clock();
    const later = coming.findIndex(({ record }) => record.time > nowMs);
    const due = later < 0 ? coming : coming.slice(0, later);
    for (const { name } of SITES) {
      const records = due.filter(({ site }) => site === name).map(({ record }) => record);
      if (records.length > 0) await send(name, records);
    }
    // Only now: what was not sent for certain is due again, and known where it was stored after all.
    coming.splice(0, due.length);
    sentThroughMs = nowMs;
  }

  async function tick(): Promise<void> {
    await sendDue().catch(trouble);
    if (stopped) return;
    if (coming.length === 0) over();
    else timer = setTimeout(next, TICK_MS);
  }
  const next = () => {
    running = tick();
  };
  let running = tick();
  return {
    sentThroughMs: () => sentThroughMs,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
