/**
 * What new events of a computer are folded with: its events and sessions since the horizon, and the fold where it
 * stands. The process that wrote them last still has them; the number on the computer's locked row tells whether nobody
 * else has written since. A transaction takes them out of the cache and puts them back after its commit: one that is
 * rolled back leaves nothing behind.
 */
import type { RunningComputer } from '@logonscope/core';
import type { Horizon } from '../fold/horizon.ts';
import type { FoldState, StoredSession, Window, WindowEvent } from './window.ts';

export interface Warm {
  /** Null while the computer has no events. */
  readonly horizon: Horizon | null;
  readonly events: WindowEvent[];
  /** Time of each of them by its hash. */
  readonly known: Map<number, number>;
  readonly sessions: Map<string, StoredSession>;
  /** Null where the fold cannot go on; then it begins at the horizon again. */
  running: RunningComputer | null;
  /** Events there were when the horizon was set. */
  readonly eventsAtCut: number;
}

export function newWarm(horizon: Horizon | null, { events, sessions }: Window): Warm {
  return {
    horizon,
    events: [...events],
    known: new Map(events.map(({ time, hash }) => [hash, time])),
    sessions: new Map(sessions.map((session) => [session.id, session])),
    running: null,
    eventsAtCut: events.length,
  };
}

/** Warm computers by id; the least recently used go first. */
export interface WarmCache {
  /** What was put there with this revision; it then belongs to the caller. */
  take(computerId: number, revision: number): Warm | null;
  put(computerId: number, revision: number, warm: Warm): void;
}

/** An event takes about 1 kB of memory, what the fold knows of it included. */
const MAX_EVENTS = 200_000;

export function warmCache(maxEvents = MAX_EVENTS): WarmCache {
  const kept = new Map<number, { readonly revision: number; readonly warm: Warm }>();
  let events = 0;
  const drop = (computerId: number) => {
    const found = kept.get(computerId);
    if (found === undefined) return null;
    events -= found.warm.events.length;
    kept.delete(computerId);
    return found;
  };
  return {
    take(computerId, revision) {
      const found = drop(computerId);
      return found?.revision === revision ? found.warm : null;
    },
    put(computerId, revision, warm) {
      drop(computerId);
      if (warm.events.length > maxEvents / 4) return;
      // Last in the order is most recently used.
      kept.set(computerId, { revision, warm });
      events += warm.events.length;
      for (const oldest of kept.keys()) {
        if (events <= maxEvents) break;
        drop(oldest);
      }
    },
  };
}

const REVISIONS = 2 ** 52;

/** The number of a state that nobody else has: another one after every change, by whatever process. */
export const newRevision = () => Math.floor(Math.random() * REVISIONS);

/** The state as text, its number first: whoever only compares that need not read the rest. */
export function stateText(revision: number, horizon: Horizon): string {
  return `{"revision":${revision},"horizon":${horizonText(horizon)}}`;
}

/** A horizon stays while its computer's fold goes on, so its text is made once. */
const TEXTS = new WeakMap<Horizon, string>();

function horizonText(horizon: Horizon): string {
  let text = TEXTS.get(horizon);
  if (text === undefined) {
    text = JSON.stringify(horizon);
    TEXTS.set(horizon, text);
  }
  return text;
}

/** The number at the beginning of a state's text. */
export function revisionOf(state: string): number {
  const number = /^\{"revision":(\d+)[,}]/.exec(state)?.[1];
  return number === undefined ? (JSON.parse(state) as FoldState).revision : Number(number);
}
