/**
 * How far back new events of a computer can reach. What lies before the horizon is settled: of it only what later
 * events still need to be understood is carried along, so that a computer's sessions cost the same after years.
 *
 *     ├── settled ──────────────┤── still open to change ──────┤
 *          carried: names …    from                          now
 */
import type { Instant, SessionEvent, Signal } from '@logonscope/core';
import { ABSENT } from './absent.ts';

const CARRIED = { file: 'carried' };

/**
 * User, domain and SID of an account, and when its last session began and ended: who is next seen from inside of a
 * session did not come before that end. An account without a session has its first sign for both.
 */
export type KnownAccount = readonly [string | null, string | null, string | null, Instant, Instant];

/** Plain data; kept with the computer as JSON. */
export interface Horizon {
  /** Events from here on are folded again; null while all of them are. */
  readonly from: Instant | null;
  /** First event of the computer. */
  readonly first: Instant;
  /** Before `from` there was a lock or unlock. */
  readonly lockData: boolean;
  /** Before `from` there are sessions. */
  readonly settled: boolean;
  /** The boot of `from` lasted until here; null if `from` is not a boot. */
  readonly bootUntil: Instant | null;
  /** SIDs of settled sessions whose account no event has named. */
  readonly nameless: readonly string[];
  /** SID, user and domain, as first told before `from`. */
  readonly names: readonly (readonly [string, string, string | null])[];
  /** Accounts that gave a sign since the boot, in order of their last sessions; empty where `from` is a boot. */
  readonly known: readonly KnownAccount[];
  /**
   * Channel, number and time of each channel's last record before `from`, where a gap may begin, and the time of its
   * next record, where that gap ends; null while none came.
   */
  readonly edges: readonly (readonly [string, number, Instant, Instant | null])[];
}

/** Up to where a horizon can move: nothing at or after it says anything of what lies before. */
export interface Cut {
  readonly from: Instant;
  readonly bootUntil: Instant | null;
  readonly known: Horizon['known'];
}

export function newHorizon(first: Instant): Horizon {
  return {
    from: null,
    first,
    lockData: false,
    settled: false,
    bootUntil: null,
    nameless: [],
    names: [],
    known: [],
    edges: [],
  };
}

/** What tells of the boot before: an old one coming late may change how that ended. */
const TELLS_OF_ENDS: ReadonlySet<Signal> = new Set(['boot', 'crash', 'clockChange', 'shutdown', 'resume']);

/** Whether an event changes what is settled, so that the computer's sessions are to be made anew. */
export function reachesBehind(horizon: Horizon, events: readonly SessionEvent[]): boolean {
  const { from, lockData, settled, bootUntil, nameless, edges } = horizon;
  if (from === null) return false;
  return events.some(
    ({ time, signal, sid, user, channel, recordId }) =>
      time < from ||
      (recordId !== null && edges.some((edge) => changesGap(edge, channel, time))) ||
      (bootUntil !== null && time < bootUntil && TELLS_OF_ENDS.has(signal)) ||
      (settled && !lockData && (signal === 'lock' || signal === 'unlock')) ||
      (sid !== null && user !== null && nameless.includes(sid)),
  );
}

/** A record at or before the one that ended the gap after the edge: there may be no gap after all. */
function changesGap(edge: Horizon['edges'][number], channel: string | null, time: Instant): boolean {
  const [name, , , next] = edge;
  return (next === null || time <= next) && name.toLowerCase() === (channel ?? '?').toLowerCase();
}

/** What is carried, as events that say no more than that. They lie before `from`, as do all sessions they make. */
export function carriedEvents(computer: string, horizon: Horizon): SessionEvent[] {
  if (horizon.from === null) return [];
  const { first } = horizon;
  const at = (signal: Signal, rest: Partial<SessionEvent>) => carried(computer, first, signal, rest);
  const events: SessionEvent[] = [at('other', { identity: 'first' })];
  if (horizon.lockData) events.push(at('unlock', { identity: 'lockData' }));
  for (const [sid, user, domain] of horizon.names)
    events.push(at('other', { sid, user, domain, identity: `name ${sid}` }));
  horizon.known.forEach(([user, domain, sid, start, end], i) => {
    const who = { user, domain, sid };
    events.push(carried(computer, start, 'logon', { ...who, identity: `known ${i}` }));
    events.push(carried(computer, end, 'logoff', { ...who, identity: `known ${i} over` }));
  });
  for (const [channel, recordId, time] of horizon.edges)
    events.push(carried(computer, time, 'other', { channel, recordId }));
  return events;
}

function carried(computer: string, time: Instant, signal: Signal, rest: Partial<SessionEvent>): SessionEvent {
  return { ...ABSENT, source: CARRIED, computer, time, signal, ...rest };
}
