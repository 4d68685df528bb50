/** Takes events from the outbox to the server, in order, one post after the other, until each is kept there. */
import type { Clock } from '../clock.ts';
import type { KeptEvent } from '../event.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { pauseMs } from './retry.ts';
import type { Sender, Verdict, Way } from './server.ts';

export interface DeliveryPorts {
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** Best first; the next one is tried where a server does not know the one before. */
  ways(): readonly Way[];
  sender(): Sender;
  /** Numbers from 0 to 1. */
  random(): number;
  /** The server has these; `again` where they had been sent before. */
  kept(events: readonly KeptEvent[], again: boolean): void;
  trouble(text: string): void;
  debug(text: string): void;
}

export interface Delivery {
  /** Runs until `stop` is aborted. */
  run(stop: AbortSignal): Promise<void>;
  /** Tries at once, best way first: after a successful health check, or with other settings. */
  hurry(): void;
  /** What keeps it from sending, in words; null while all goes well. */
  state(): string | null;
}

/** How long a server that only takes single events is believed to be one. */
const UNKNOWN_FOR_MS = 6 * 3_600_000;
/** With a key that is not accepted nothing helps but other settings; once in a while it is tried all the same. */
const UNWELCOME_PAUSE_MS = 15 * 60_000;

export function createDelivery(ports: DeliveryPorts): Delivery {
  const { outbox, clock, trouble, debug } = ports;
  let wake: () => void = () => {};
  let failures = 0;
  let state: string | null = null;
  /** Number of the last event that was sent without an answer that said it is kept. */
  let triedThrough = 0;
  let eventsMax = Number.POSITIVE_INFINITY;
  const unknownUntil = new Map<Way['id'], number>();

  function wayNow(): Way | null {
    const ways = ports.ways();
    return ways.find(({ id }) => (unknownUntil.get(id) ?? 0) <= clock.now()) ?? null;
  }

  /** Sends what waits first; tells how long to pause then, 0 for not at all. */
  async function step(): Promise<number> {
    const way = wayNow();
    if (way === null)
      return fail('The server knows no way of sending that this agent has.', UNWELCOME_PAUSE_MS);
    const events = outbox.waiting(Math.min(way.eventsMax, eventsMax));
    if (events.length === 0) return 0;
    const again = events[0]!.n <= triedThrough;
    const verdict = await way
      .send(ports.sender(), events, again ? failures : 0)
      .catch((error: Error): Verdict => ({ is: 'later', afterMs: null, why: error.message }));
    if (verdict.is === 'later') triedThrough = Math.max(triedThrough, events.at(-1)!.n);
    return settle(verdict, way, events, again);
  }

  function settle(verdict: Verdict, way: Way, events: readonly KeptEvent[], again: boolean): number {
    switch (verdict.is) {
      case 'kept': {
        const refused = new Map(verdict.refused.map(({ n, why }) => [n, why]));
        for (const [n, why] of refused) trouble(`event ${n} is refused for good: ${why}`);
        const through = events.filter(({ n }) => n <= verdict.through);
        const told = through.filter(
          ({ n, plain }) => !refused.has(n) && (way.id === 'batch' || plain !== null),
        );
        ports.kept(told, again);
        outbox.delivered(verdict.through);
        debug(`${through.length} events sent, ${outbox.waitingCount()} wait`);
        if (state !== null) debug('the server takes events again');
        [failures, state, eventsMax] = [0, null, Number.POSITIVE_INFINITY];
        return 0;
      }
      case 'too-large':
        if (events.length === 1) {
          trouble(`event ${events[0]!.n} is refused for good: it is too large`);
          outbox.delivered(events[0]!.n);
          return 0;
        }
        eventsMax = Math.ceil(events.length / 2);
        return 0;
      case 'unknown':
        unknownUntil.set(way.id, clock.now() + UNKNOWN_FOR_MS);
        debug(`the server does not know the way "${way.id}"`);
        return 0;
      case 'unwelcome':
        return fail(verdict.why, UNWELCOME_PAUSE_MS);
      case 'later':
        return fail(verdict.why, pauseMs(failures, verdict.afterMs, ports.random));
    }
  }

  /** The same trouble is told once, not every minute for a month. */
  function fail(why: string, pause: number): number {
    failures++;
    if (state !== why) trouble(`events are not sent: ${why}`);
    state = why;
    debug(`try ${failures} failed, the next in ${Math.round(pause / 1000)} s: ${why}`);
    return pause;
  }

  /** Resolves when there is something to do, or after so long. */
  function rest(delayMs: number | null, stop: AbortSignal): Promise<void> {
    const woken = new AbortController();
    wake = () => woken.abort();
    const either = AbortSignal.any([stop, woken.signal]);
    if (delayMs !== null) return clock.wait(delayMs, either);
    return new Promise((resolve) => {
      if (either.aborted) resolve();
      else either.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  return {
    async run(stop) {
      const forget = outbox.onKept(() => {
        // While a server is being left in peace, new events wait with the others.
        if (state === null) wake();
      });
      while (!stop.aborted) {
        const pause = await step();
        if (stop.aborted) break;
        if (pause > 0) await rest(pause, stop);
        else if (outbox.waitingCount() === 0) await rest(null, stop);
      }
      forget();
    },
    hurry() {
      unknownUntil.clear();
      state = null;
      wake();
    },
    state: () => state,
  };
}
