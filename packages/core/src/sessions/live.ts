/**
 * Sessions that follow their events as they come: state in, events in; state and changes out. The same functions as
 * for whole logs, run over the boots that can still change, so that any cutting into batches gives the same result.
 */
import type { Instant, LifeSpan, LogonSession, SessionEvent } from '../model.ts';
import { type ComputerLog, type ComputerResult, readComputer, sessionizeComputer } from './computer.ts';
import type { SessionizeOptions } from './options.ts';
import { atOf } from './order.ts';

/** What one computer's sessions need to go on; plain data, to be kept by whoever keeps the events. */
export interface LiveComputer {
  readonly computer: string;
  /** Events from `from` on: the boots that new events can still reach. */
  readonly events: readonly SessionEvent[];
  readonly life: readonly LifeSpan[];
  /** Nothing before this instant is needed again, unless it arrives late; null while nothing is settled. */
  readonly from: Instant | null;
  /** Sessions of boots before `from`, by id; no event after it can change them. */
  readonly settled: ReadonlyMap<string, LogonSession>;
  /** Sessions of the boots that can still change, by id. */
  readonly recent: ReadonlyMap<string, LogonSession>;
  /** What settled sessions rest on; if a later event knows better, they are made anew. */
  readonly lockData: boolean;
  readonly namelessSids: ReadonlySet<string>;
}

export interface SessionChanges {
  /** New sessions, and those of which anything changed but the time they are counted to. */
  readonly changed: LogonSession[];
  /** Ids of sessions that are no more, since later evidence tells another story. */
  readonly removed: string[];
}

export type LiveOptions = Omit<SessionizeOptions, 'asOf' | 'keepEvents'>;

/** `late`: an event reaches behind what is settled; call `rebuildComputer` with all events of the computer. */
export type Advance =
  | { readonly is: 'advanced'; readonly state: LiveComputer; readonly changes: SessionChanges }
  | { readonly is: 'late' };

const NONE: ReadonlyMap<string, LogonSession> = new Map();
/** Boot signs of one start come this close; before that the boot is not to be cut off from the one before. */
const SETTLE_AFTER_MS = 600_000;

/** A computer of which nothing is known yet. */
export function newLiveComputer(computer: string): LiveComputer {
  return {
    computer,
    events: [],
    life: [],
    from: null,
    settled: NONE,
    recent: NONE,
    lockData: false,
    namelessSids: new Set(),
  };
}

/** Takes in new events of one computer, in any order; repeated ones change nothing. */
export function advanceComputer(
  state: LiveComputer,
  events: readonly SessionEvent[],
  life: readonly LifeSpan[] = [],
  options: LiveOptions = {},
): Advance {
  if (reachesBehind(state, events, life)) return { is: 'late' };
  return { is: 'advanced', ...fold(state, [...state.events, ...events], [...state.life, ...life], options) };
}

/** Makes a computer's sessions anew from all its events; the changes are against what the state held. */
export function rebuildComputer(
  state: LiveComputer,
  events: readonly SessionEvent[],
  life: readonly LifeSpan[] = [],
  options: LiveOptions = {},
): { readonly state: LiveComputer; readonly changes: SessionChanges } {
  const before = sessionsById(state);
  const fresh = fold(newLiveComputer(state.computer), events, life, options);
  return { state: fresh.state, changes: difference(before, sessionsById(fresh.state)) };
}

/** All sessions of a computer as they stand, by start. */
export function liveSessions(state: LiveComputer): LogonSession[] {
  const asOf = [...state.recent.values()].find(({ endBy }) => endBy !== 'open')?.asOf;
  const settled = [...state.settled.values()].map((session) =>
    asOf === undefined ? session : { ...session, asOf },
  );
  return [...settled, ...state.recent.values()].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}

function reachesBehind(
  { from, lockData, namelessSids, settled }: LiveComputer,
  events: readonly SessionEvent[],
  life: readonly LifeSpan[],
): boolean {
  if (from === null) return false;
  return (
    life.some((span) => span.from < from) ||
    events.some(
      ({ time, signal, sid, user }) =>
        time < from ||
        (!lockData && settled.size > 0 && (signal === 'lock' || signal === 'unlock')) ||
        (sid !== null && user !== null && namelessSids.has(sid)),
    )
  );
}

function fold(
  state: LiveComputer,
  events: readonly SessionEvent[],
  life: readonly LifeSpan[],
  options: LiveOptions,
): { state: LiveComputer; changes: SessionChanges } {
  const log = readComputer(events, life);
  if (log.events.length === 0) return { state: { ...state, life }, changes: { changed: [], removed: [] } };
  const result = sessionizeComputer(state.computer, log, options);
  const recent = new Map(result.sessions.map((session) => [session.id, session]));
  const changes = difference(state.recent, recent);
  return { state: settle({ ...state, events: log.events, life, recent }, log, result), changes };
}

/**
 * Once a boot has ended, the one before it is beyond reach: its sessions ended with it, and what the clock was found
 * to be later on is known too.
 */
function settle(state: LiveComputer, log: ComputerLog, { boots, coverage }: ComputerResult): LiveComputer {
  const lockData = state.lockData || coverage.lockData;
  const seen = boots.filter(({ implied }) => !implied);
  const boot = seen.at(-2);
  const { events } = log;
  const last = atOf(log, events.length - 1);
  if (boot === undefined || seen.at(-1)!.at > last - SETTLE_AFTER_MS) return { ...state, lockData };
  const from = boot.event.time;
  const kept = events.filter((_, i) => atOf(log, i) >= boot.at);
  const settled = new Map(state.settled);
  const recent = new Map<string, LogonSession>();
  for (const session of state.recent.values()) {
    if (session.start < from && session.endBy !== 'open') settled.set(session.id, session);
    else recent.set(session.id, session);
  }
  // A clock that ran back within these boots would make instants mean two moments: then nothing is cut off.
  if (kept.some(({ time }) => time < from) || settledOverlap(settled, from)) return { ...state, lockData };
  return {
    ...state,
    events: kept,
    life: state.life.filter((span) => span.from >= from),
    from,
    settled,
    recent,
    lockData,
    namelessSids: namesMissing(settled),
  };
}

function settledOverlap(settled: ReadonlyMap<string, LogonSession>, from: Instant): boolean {
  for (const { end } of settled.values()) if (end !== null && end > from) return true;
  return false;
}

function namesMissing(sessions: ReadonlyMap<string, LogonSession>): Set<string> {
  const sids = new Set<string>();
  for (const { sid, user } of sessions.values()) if (sid !== null && user === sid) sids.add(sid);
  return sids;
}

function sessionsById({ settled, recent }: LiveComputer): Map<string, LogonSession> {
  return new Map([...settled, ...recent]);
}

function difference(
  before: ReadonlyMap<string, LogonSession>,
  after: ReadonlyMap<string, LogonSession>,
): SessionChanges {
  const changed: LogonSession[] = [];
  for (const session of after.values()) {
    const known = before.get(session.id);
    if (known === undefined || content(known) !== content(session)) changed.push(session);
  }
  const removed = [...before.keys()].filter((id) => !after.has(id));
  return { changed, removed };
}

/** Everything about a session but the time that a closed one happens to be counted to. */
function content(session: LogonSession): string {
  return JSON.stringify(session.endBy === 'open' ? session : { ...session, asOf: 0 });
}
