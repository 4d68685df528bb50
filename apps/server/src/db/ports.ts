/** The four doors of the store: what the rest of the server may rely on, whatever the database is. */
import type { LifeSpan, LogonSession, SessionEvent } from '@logonscope/core';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
type InstantMs = number;

/** An event as it arrived, and by whose key. */
export interface ArrivedEvent {
  readonly event: SessionEvent;
  readonly siteId: number | null;
}

/** How far an agent's spool has been sent with this batch; stored in the same transaction as its events. */
export interface SpoolPosition {
  /** The computer's name as in its events. */
  readonly computer: string;
  readonly spoolEpoch: string;
  readonly storedThrough: number;
}

export interface Batch {
  readonly events: readonly ArrivedEvent[];
  readonly receivedAt: InstantMs;
  readonly positions?: readonly SpoolPosition[];
}

/** What became of one event: new, or already there (a repeated delivery). */
export type Outcome = 'stored' | 'known';

/** Something that changed with a commit; what the live feed sends. */
export type StoreChange =
  | {
      readonly is: 'event';
      readonly companyId: number;
      readonly siteId: number | null;
      readonly computerId: number;
      readonly hash: number;
      readonly event: SessionEvent;
    }
  | {
      readonly is: 'session';
      readonly companyId: number;
      readonly computerId: number;
      readonly session: LogonSession;
    }
  | {
      readonly is: 'session-removed';
      readonly companyId: number;
      readonly computerId: number;
      readonly id: string;
    };

export interface Appended {
  /** One for each event of the batch, in its order. */
  readonly outcomes: readonly Outcome[];
  readonly changes: readonly StoreChange[];
}

/** The ground truth: events, and the sessions that follow from them. */
export interface EventStore {
  /**
   * Stores a batch of one company in one transaction: events once each, sessions, day totals, agents' positions.
   * When it returns, all of it is durable. Throws without a trace if anything fails.
   */
  append(companyId: number, batch: Batch): Promise<Appended>;
  /**
   * Stores what imported logs tell of the records between their events, once each, and makes the sessions of the
   * computers anew: how long they were alive, and which records are missing.
   */
  noteLife(companyId: number, spans: readonly LifeSpan[], now: InstantMs): Promise<void>;
  /** Makes all sessions of a company, or of all companies, anew from their events; tells what differed. */
  rebuild(now: InstantMs, companyId?: number): Promise<Rebuilt>;
  /**
   * Deletes chosen events of one computer for good, in one transaction; its sessions become those of a rebuild from
   * what is left. An unknown computer has nothing to delete.
   */
  forget(
    companyId: number,
    what: Forgetting,
  ): Promise<{ readonly events: number; readonly sessions: number }>;
}

/** All that is stored of a computer, for whoever decides what of it goes. */
export interface ComputerLog {
  readonly computer: string;
  readonly events: readonly {
    readonly time: InstantMs;
    readonly hash: number;
    readonly event: SessionEvent;
  }[];
  readonly sessions: readonly LogonSession[];
  /** Sessions that were kept when their events went. */
  readonly kept: readonly LogonSession[];
  /** What imported logs tell of the records between. */
  readonly life: readonly LifeSpan[];
}

export interface Forgetting {
  /** Its name in the store. */
  readonly computer: string;
  /** Looks at the whole log first; then says of each event whether it goes. May run more than once. */
  readonly choose: (log: ComputerLog) => (event: ComputerLog['events'][number]) => boolean;
  /** Whether the day totals forget the events as well, or go on counting what nobody can be found in. */
  readonly totals: 'subtract' | 'keep';
  /**
   * Sessions that ended before this instant stay as they are when their events go; without it every session goes that
   * is no longer told.
   */
  readonly keepEndedBefore?: InstantMs | null;
  /** Of the sessions that were kept before: says which go now. */
  readonly chooseKept?: (log: ComputerLog) => (session: LogonSession) => boolean;
  readonly now: InstantMs;
}

export interface Rebuilt {
  readonly computers: number;
  readonly sessions: number;
  /** Sessions that were missing, different or too many; 0 for a store in order. */
  readonly corrected: number;
}

/** Reading only; a second database may serve it later. */
export interface ReportStore {
  /** Runs a read that acts for one company; on databases that have one, behind their own wall as well. */
  read<T>(companyId: number, query: (db: Transaction<Tables> | Kysely<Tables>) => Promise<T>): Promise<T>;
}

/** Who does what only one process may do. */
export interface Lease {
  /** True if `owner` now holds the lease until `forMs` from `now`; renews its own. */
  take(name: string, owner: string, now: InstantMs, forMs: number): Promise<boolean>;
  /** Gives it back, if it is the owner's. */
  release(name: string, owner: string): Promise<void>;
}

/** News of commits, to whoever shows them; may lose some, so that readers ask the store again. */
export interface LiveBus {
  publish(changes: readonly StoreChange[]): void;
  /** Returns the function that ends it. */
  subscribe(companyId: number, heard: (change: StoreChange) => void): () => void;
}
