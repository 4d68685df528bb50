/** A computer's events and sessions from an instant on, as they lie in the store. */
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
  /** What indexes hold of it: a row that only grows leaves them alone. */
  readonly account: string;
  readonly user_name: string;
  readonly end_at: number | null;
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
