/** A computer's events since its horizon, folded into sessions, and where the horizon moves to. Pure. */
import {
  atOf,
  type ComputerLog,
  type ComputerResult,
  type Instant,
  type LifeSpan,
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

/**
 * Folds all events at or after `horizon.from`, in any order, with what imported logs tell of the records between them:
 * `life` are the spans that end at or after it.
 */
export function refold(
  computer: string,
  before: Horizon | null,
  events: readonly SessionEvent[],
  life: readonly LifeSpan[] = [],
): Refolded {
  // A computer of which only its agent told, or whose events were all deleted.
  if (before === null && events.length === 0)
    return { sessions: [], horizon: newHorizon(0), asOf: null, running: null };
  const first = firstOf(events, life, before?.first ?? Number.POSITIVE_INFINITY);
  const horizon = before ?? newHorizon(first);
  const log = readComputer([...carriedEvents(computer, horizon), ...events], life);
  // A fold can go on only where nothing but events tells of the computer.
  const running = life.length === 0 ? runComputer(computer, log) : null;
  const result = running === null ? sessionizeComputer(computer, log, {}) : told(running);
  const { from } = horizon;
  const sessions = from === null ? result.sessions : result.sessions.filter(({ start }) => start >= from);
  const moved = bootCut(horizon, log, life, result) ?? quietCut(horizon, log, life, result.sessions);
  return {
    sessions,
    horizon:
      moved === null ? { ...horizon, first } : settle({ ...horizon, first }, moved, { log, life, sessions }),
    asOf: asOfTime(log, result),
    running,
  };
}

function firstOf(events: readonly SessionEvent[], life: readonly LifeSpan[], before: Instant): Instant {
  let first = before;
  for (const { time } of events) if (time < first) first = time;
  for (const { from } of life) if (from < first) first = from;
  return first;
}

type Told = Pick<ComputerResult, 'sessions' | 'boots'>;

const told = (running: RunningComputer): Told => ({
  sessions: runningSessions(running),
  boots: runningBoots(running),
});

/** The latest boot whose predecessor ended with it, how it did is known, and what is missing of its records too. */
function bootCut(
  horizon: Horizon,
  log: ComputerLog,
  life: readonly LifeSpan[],
  { boots, sessions }: Told,
): Cut | null {
  // Spans have the computer's own clock: where that was changed, nobody says on which side of a boot they lie.
  if (life.length > 0 && log.corrected.changes.length > 0) return null;
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
    if (edgesAt(from, log, life).every(([, , , following]) => following !== null)) return cut;
    fallback ??= cut;
  }
  return log.events.length > MAX_WAITING ? fallback : null;
}

/** Each channel's last record before an instant, and the time of the one after it. */
function edgesAt(from: Instant, log: ComputerLog, life: readonly LifeSpan[]): Horizon['edges'] {
  const edges = new Map<string, readonly [string, number, Instant, Instant | null]>();
  const last = (channel: string, recordId: number, time: Instant) => {
    const edge = edges.get(channel.toLowerCase());
    if (edge === undefined || recordId >= edge[1])
      edges.set(channel.toLowerCase(), [channel, recordId, time, null]);
  };
  const next = (channel: string, time: Instant) => {
    const edge = edges.get(channel.toLowerCase());
    if (edge !== undefined && (edge[3] === null || time < edge[3]))
      edges.set(channel.toLowerCase(), [edge[0], edge[1], edge[2], time]);
  };
  for (const { time, channel, recordId } of log.events)
    if (recordId !== null && time < from) last(channel ?? '?', recordId, time);
  for (const { channel, to, lastRecordId } of life) if (to < from) last(channel, lastRecordId, to);
  for (const { time, channel, recordId } of log.events)
    if (recordId !== null && time >= from) next(channel ?? '?', time);
  for (const span of life) if (span.to >= from) next(span.channel, Math.max(span.from, from));
  return [...edges.values()];
}

function endedBefore(sessions: readonly LogonSession[], from: Instant): boolean {
  return sessions.every(({ start, end }) => start >= from || (end !== null && end <= from));
}

interface Settling {
  readonly log: ComputerLog;
  readonly life: readonly LifeSpan[];
  readonly sessions: readonly LogonSession[];
}

function settle(horizon: Horizon, cut: Cut, { log, life, sessions }: Settling): Horizon {
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
    edges: edgesAt(cut.from, log, life),
  };
}

/** Closed sessions all are counted to the computer's last sign of life, on its own clock. */
function asOfTime(log: ComputerLog, { sessions }: Told): Instant | null {
  const closed = sessions.find(({ endBy }) => endBy !== 'open');
  if (closed !== undefined) return closed.asOf;
  const last = log.events.length - 1;
  return last < 0 ? null : log.life.last - (atOf(log, last) - log.events[last]!.time);
}
