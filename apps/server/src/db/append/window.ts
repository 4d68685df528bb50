/**
 * What new events of a computer are folded with: its events and sessions since the horizon. The process that wrote them
 * last still has them; the number on the computer's locked row tells whether nobody else has written since.
 */
import type { SessionEvent } from '@logonscope/core';
import type { Horizon } from '../fold/horizon.ts';

export interface WindowEvent {
  readonly time: number;
  readonly hash: number;
  readonly event: SessionEvent;
}

/** A session as it is stored. */
export interface StoredSession {
  readonly start_at: number;
  readonly id: string;
  readonly body: string;
}

export interface Window {
  readonly events: readonly WindowEvent[];
  readonly sessions: readonly StoredSession[];
}

export const NO_WINDOW: Window = { events: [], sessions: [] };

/** Kept with the computer; whoever deletes events sets it to null, so that all of them are read again. */
export interface FoldState {
  /** Another one after every change. */
  readonly revision: number;
  readonly horizon: Horizon;
}

/** Windows by computer and revision; the least recently used go first. */
export interface WindowCache {
  take(computerId: number, revision: number): Window | null;
  put(computerId: number, revision: number, window: Window): void;
}

/** An event takes about 1 kB of memory. */
const MAX_EVENTS = 150_000;

export function windowCache(maxEvents = MAX_EVENTS): WindowCache {
  const kept = new Map<number, { readonly revision: number; readonly window: Window }>();
  let events = 0;
  const drop = (computerId: number) => {
    events -= kept.get(computerId)?.window.events.length ?? 0;
    kept.delete(computerId);
  };
  return {
    take(computerId, revision) {
      const found = kept.get(computerId);
      if (found?.revision !== revision) return null;
      // Last in the order is most recently used.
      kept.delete(computerId);
      kept.set(computerId, found);
      return found.window;
    },
    put(computerId, revision, window) {
      drop(computerId);
      if (window.events.length > maxEvents / 4) return;
      kept.set(computerId, { revision, window });
      events += window.events.length;
      for (const oldest of kept.keys()) {
        if (events <= maxEvents) break;
        drop(oldest);
      }
    },
  };
}
