/** A computer's events since its horizon, folded into sessions, and where the horizon moves to. Pure. */
import {
  atOf,
  type ComputerLog,
  type ComputerResult,
  type Instant,
  type LogonSession,
  type RunningComputer,
  readComputer,
  runComputer,
  runningBoots,
  runningSessions,
  type SessionEvent,
  sessionizeComputer,
} from '@logonscope/core';
import { type Cut, carriedEvents, type Horizon, newHorizon } from './horizon.ts';
import { quietCut } from './quiet-cut.ts';

export interface Refolded {
  /** Sessions that started at or after the horizon; earlier ones stand. */
  readonly sessions: readonly LogonSession[];
  readonly horizon: Horizon;
  /** What closed sessions of the computer are counted to. */
  readonly asOf: Instant | null;
  /** The fold where it stands, where events that follow can simply be fed to it. */
  readonly running: RunningComputer | null;
}

/** A boot is settled only once the one after it is this old: signs of one start come apart. */
const SETTLE_AFTER_MS = 600_000;
/** More than this is not carried along: such a computer is folded from further back. */
const MAX_CARRIED = 1_000;
/** So many events wait for a channel that has been silent since the boot before; then it may cost a rebuild. */
const MAX_WAITING = 400;

/** Folds all events at or after `horizon.from`, in any order. */
export function refold(computer: string, before: Horizon | null, events: readonly SessionEvent[]): Refolded {
  // A computer of which only its agent told, or whose events were all deleted.
  if (before === null && events.length === 0)
    return { sessions: [], horizon: newHorizon(0), asOf: null, running: null };
  const first = events.reduce((least, { time }) => Math.min(least, time), before?.first ?? Infinity);
  const horizon = before ?? newHorizon(first);
  const log = readComputer([...carriedEvents(computer, horizon), ...events], []);
  const running = runComputer(computer, log);
  const result = running === null ? sessionizeComputer(computer, log, {}) : told(running);
  const { from } = horizon;
  const sessions = from === null ? result.sessions : result.sessions.filter(({ start }) => start >= from);
  const moved = bootCut(horizon, log, result) ?? quietCut(horizon, log, result.sessions);
  return {
    sessions,
    horizon: moved === null ? { ...horizon, first } : settle({ ...horizon, first }, moved, log, sessions),
    asOf: asOfTime(log, result),
    running,
  };
}

type Told = Pick<ComputerResult, 'sessions' | 'boots'>;

const told = (running: RunningComputer): Told => ({
  sessions: runningSessions(running),
  boots: runningBoots(running),
});

/** The latest boot whose predecessor ended with it, how it did is known, and what is missing of its records too. */
function bootCut(horizon: Horizon, log: ComputerLog, { boots, sessions }: Told): Cut | null {
  const seen = boots.filter(({ implied }) => !implied);
  const last = atOf(log, log.events.length - 1);
  let fallback: Cut | null = null;
  for (let i = seen.length - 2; i >= 0; i--) {
    const boot = seen[i]!;
    const next = seen[i + 1]!;
    const from = boot.event.time;
    if (from <= (horizon.from ?? Number.NEGATIVE_INFINITY)) break;
    if (next.at > last - SETTLE_AFTER_MS) continue;
    // Where the clock ran back, instants mean two moments: then nothing is cut off.
    const clean = log.events.every(({ time }, j) => atOf(log, j) >= boot.at === time >= from);
    if (!clean || !endedBefore(sessions, from)) continue;
    const cut = { from, bootUntil: next.event.time, known: [] };
    if (edgesAt(from, log).every(([, , , following]) => following !== null)) return cut;
    fallback ??= cut;
  }
  return log.events.length > MAX_WAITING ? fallback : null;
}

/** Each channel's last record before an instant, and the time of the one after it. */
function edgesAt(from: Instant, log: ComputerLog): Horizon['edges'] {
  const edges = new Map<string, readonly [string, number, Instant, Instant | null]>();
  for (const { time, channel, recordId } of log.events) {
    if (recordId === null) continue;
    const name = (channel ?? '?').toLowerCase();
    const edge = edges.get(name);
    if (time < from) edges.set(name, [channel ?? '?', recordId, time, null]);
    else if (edge !== undefined && edge[3] === null) edges.set(name, [edge[0], edge[1], edge[2], time]);
  }
  return [...edges.values()];
}

function endedBefore(sessions: readonly LogonSession[], from: Instant): boolean {
  return sessions.every(({ start, end }) => start >= from || (end !== null && end <= from));
}

function settle(horizon: Horizon, cut: Cut, log: ComputerLog, sessions: readonly LogonSession[]): Horizon {
  const names = new Map(horizon.names.map((name) => [name[0], name]));
  let { lockData } = horizon;
  for (const { time, sid, user, domain, signal } of log.events) {
    if (time >= cut.from) continue;
    if (sid !== null && user !== null && !names.has(sid)) names.set(sid, [sid, user, domain]);
    if (signal === 'lock' || signal === 'unlock') lockData = true;
  }
  if (names.size > MAX_CARRIED || cut.known.length > MAX_CARRIED) return horizon;
  const settled = sessions.filter(({ start }) => start < cut.from);
  const nameless = settled.flatMap(({ sid, user }) => (sid !== null && user === sid ? [sid] : []));
  return {
    from: cut.from,
    first: horizon.first,
    lockData,
    settled: horizon.settled || settled.length > 0,
    bootUntil: cut.bootUntil,
    nameless: [...new Set([...horizon.nameless, ...nameless])],
    names: [...names.values()],
    known: cut.known,
    edges: edgesAt(cut.from, log),
  };
}

/** Closed sessions all are counted to the computer's last sign of life, on its own clock. */
function asOfTime(log: ComputerLog, { sessions }: Told): Instant | null {
  const closed = sessions.find(({ endBy }) => endBy !== 'open');
  if (closed !== undefined) return closed.asOf;
  const last = log.events.length - 1;
  return last < 0 ? null : log.life.last - (atOf(log, last) - log.events[last]!.time);
}
