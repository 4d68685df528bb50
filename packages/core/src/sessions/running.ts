/**
 * One computer's sessions while its log grows: events that come after all others are fed to the fold where it stands,
 * and only sessions that they may have changed are finished again. What comes in any other order, or tells of another
 * clock, is not for this: then the log is read anew, with the same result.
 */
import type { Instant, LogonSession, SessionEvent } from '../model.ts';
import type { AwayCandidate } from './away-candidate.ts';
import { SAME_ACT_MS } from './away-candidate.ts';
import { type Boot, type BootFold, type ComputerFold, feed, newComputerFold } from './boots.ts';
import { correctClock } from './clock.ts';
import type { ComputerLog } from './computer.ts';
import { computerAway } from './computer-away.ts';
import type { SessionDraft } from './draft.ts';
import { finishSession } from './finish.ts';
import { type GrowingLife, growingLife } from './growing-life.ts';
import { atOf, mergeStreams, type OrderedEvents, type RecordStream, streamsOf } from './order.ts';
import { stableHash } from './stable-hash.ts';
import { contextOf, newSurvey, type Survey, survey } from './survey.ts';

/** Belongs to whoever feeds it; after `goOn` answered null it must not be used again. */
export interface RunningComputer {
  readonly computer: string;
  readonly fold: ComputerFold;
  readonly facts: Survey;
  readonly life: GrowingLife;
  /** Corrected time of the last event. */
  lastAt: Instant;
  /** By how much that is ahead of its clock. */
  lastOffset: number;
  /** Of the last event without a record number. */
  lastIdentity: string | null;
  readonly finished: Map<SessionDraft, Finished>;
  /** Which draft a session's id belongs to. */
  readonly owners: Map<string, SessionDraft>;
  away: readonly AwayCandidate[];
  /** How many names and whether locks were known when sessions were finished last. */
  known: number;
}

export interface RunningChanges {
  /** New sessions, and those that were finished again: most, but not all of these differ from before. */
  readonly finished: LogonSession[];
  /** Ids of sessions that are no more. */
  readonly removed: string[];
}

/** A session as it was finished last, and what it was finished from. */
interface Finished {
  readonly session: LogonSession | null;
  readonly stand: Stand;
  /** Nothing after this instant says anything of it; infinite while anything may. */
  readonly reach: Instant;
}

/**
 * Takes up a log that was read without life spans. Null where the fold cannot simply go on: clocks were changed, a
 * channel was numbered anew, or two sessions share one identity.
 */
export function runComputer(computer: string, log: ComputerLog): RunningComputer | null {
  const { streams, changes } = log.corrected;
  if (changes.length > 0 || new Set(streams.map(({ channel }) => channel)).size < streams.length) return null;
  const life = growingLife(log.life, streams);
  const running: RunningComputer = {
    computer,
    fold: newComputerFold(false, life),
    facts: newSurvey(),
    life,
    lastAt: Number.NEGATIVE_INFINITY,
    lastOffset: 0,
    lastIdentity: null,
    finished: new Map(),
    owners: new Map(),
    away: [],
    known: -1,
  };
  for (let i = 0; i < log.events.length; i++) take(running, log.events[i]!, atOf(log, i));
  return finishChanged(running, Number.NEGATIVE_INFINITY) === null ? null : running;
}

/** All sessions as they stand, by start. */
export function runningSessions({ finished }: RunningComputer): LogonSession[] {
  const sessions: LogonSession[] = [];
  for (const { session } of finished.values()) if (session !== null) sessions.push(session);
  return sessions.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}

/** Beginnings of boots, in order. */
export const runningBoots = ({ fold }: RunningComputer): Boot[] =>
  fold.boots.flatMap(({ boot }) => (boot === null ? [] : [boot]));

/** Takes in events, in any order among themselves; null if they do not simply follow on what is there. */
export function goOn(running: RunningComputer, events: readonly SessionEvent[]): RunningChanges | null {
  const written = streamsOf(events);
  if (!written.every((stream, i) => follows(running, stream, written[i + 1]))) return null;
  const { streams, changes } = correctClock(written, []);
  if (changes.length > 0 || !streams.every((stream) => isLater(stream, running.lastAt))) return null;
  let dirtyFrom: Instant = Number.POSITIVE_INFINITY;
  for (const gap of running.life.grow(streams)) dirtyFrom = Math.min(dirtyFrom, gap.from);
  const log = mergeStreams(streams);
  for (let i = 0; i < log.events.length; i++) take(running, log.events[i]!, atOf(log, i));
  return finishChanged(running, dirtyFrom);
}

/** Whether the numbers of one channel go on where they were. */
function follows(
  { life, lastIdentity }: RunningComputer,
  { channel, numbered, events }: RecordStream,
  next: RecordStream | undefined,
): boolean {
  // A second numbering of the same channel.
  if (next?.channel === channel) return false;
  const { recordId, identity } = events[0]!;
  if (numbered) return recordId! > (life.lastRecordId(channel) ?? Number.NEGATIVE_INFINITY);
  return identity === null || identity !== lastIdentity;
}

function isLater(stream: OrderedEvents, lastAt: Instant): boolean {
  for (let i = 0; i < stream.events.length; i++) if (atOf(stream, i) <= lastAt) return false;
  return true;
}

/** What closed sessions are counted to; where there are none, the last sign of life. */
export function runningAsOf({ life, finished, lastOffset }: RunningComputer): Instant {
  for (const { session } of finished.values())
    if (session !== null && session.endBy !== 'open') return life.lastTime;
  return life.last - lastOffset;
}

function take(running: RunningComputer, event: SessionEvent, at: Instant): void {
  const stamped = { event, at };
  feed(running.fold, stamped);
  survey(running.facts, stamped);
  running.lastAt = Math.max(running.lastAt, at, event.time);
  running.lastOffset = at - event.time;
  if (event.recordId === null) running.lastIdentity = event.identity;
}

/** Finishes sessions that are new, changed, or concerned by what became known of the computer since `from`. */
function finishChanged(running: RunningComputer, from: Instant): RunningChanges | null {
  const { computer, facts, life, finished, owners } = running;
  const { candidates } = computerAway(facts.special, [], life);
  const known = facts.nameOfSid.size + (facts.lockData ? 0.5 : 0);
  const dirtyFrom =
    known === running.known ? Math.min(from, firstDifference(running.away, candidates)) : -Infinity;
  running.away = candidates;
  running.known = known;
  const ids = { take: stableHash };
  const context = { ...contextOf(computer, { events: [], at: null, life }, facts, candidates, {}), ids };
  const changes: RunningChanges = { finished: [], removed: [] };
  const left = new Set<string>();
  for (const boot of running.fold.boots) {
    for (const draft of boot.state.drafts) {
      const before = finished.get(draft);
      if (before !== undefined && before.reach < dirtyFrom && isSame(before.stand, draft, boot)) continue;
      const session = shown(finishSession(draft, { ...context, next: boot.next }));
      if (before?.session != null && before.session.id !== session?.id) {
        owners.delete(before.session.id);
        left.add(before.session.id);
      }
      finished.set(draft, { session, stand: standOf(draft, boot), reach: reachOf(draft, boot, session) });
      if (session === null) continue;
      // Two sessions of one identity are told apart by their order, which needs all of them.
      if ((owners.get(session.id) ?? draft) !== draft) return null;
      owners.set(session.id, draft);
      changes.finished.push(session);
    }
  }
  for (const id of left) if (!owners.has(id)) changes.removed.push(id);
  return changes;
}

/** Network logons are nobody's session; lists that the fold goes on changing are copied. */
function shown(session: LogonSession | null): LogonSession | null {
  if (session === null || session.kind === 'network') return null;
  const { logonIds, aliasLogonIds } = session;
  return { ...session, logonIds: [...logonIds], aliasLogonIds: [...aliasLogonIds] };
}

/** From when on the computer was away otherwise than was thought before; infinite if it was not. */
function firstDifference(before: readonly AwayCandidate[], now: readonly AwayCandidate[]): Instant {
  let from = Number.POSITIVE_INFINITY;
  for (let i = 0; i < Math.max(before.length, now.length); i++) {
    const [a, b] = [before[i], now[i]];
    if (a !== undefined && b !== undefined && isSameAway(a, b)) continue;
    from = Math.min(from, a?.most.from ?? from, b?.most.from ?? from);
  }
  return from;
}

function isSameAway(a: AwayCandidate, b: AwayCandidate): boolean {
  return (
    a.reason === b.reason &&
    a.most.from === b.most.from &&
    a.most.to === b.most.to &&
    a.estimate?.from === b.estimate?.from &&
    a.estimate?.to === b.estimate?.to &&
    a.least?.from === b.least?.from &&
    a.least?.to === b.least?.to &&
    a.evidence[0] === b.evidence[0] &&
    a.evidence[1] === b.evidence[1] &&
    a.inferred.length === b.inferred.length
  );
}

/** Up to where later events may say something of a session that is over; infinite for one that is not. */
function reachOf(draft: SessionDraft, { next }: BootFold, session: LogonSession | null): Instant {
  if (draft.end === null && next === null) return Number.POSITIVE_INFINITY;
  const shift = draft.start - draft.startTime;
  const end = session === null ? draft.lastSign : (session.endLatest ?? session.asOf) + shift;
  return Math.max(end, draft.end?.latest ?? end, draft.marks.at(-1)?.at ?? end) + SAME_ACT_MS;
}

/** What shows that a draft, or the boot that ended it, was touched: every event about it leaves one of these changed. */
type Stand = readonly unknown[];

function standOf(draft: SessionDraft, { next }: BootFold): Stand {
  return [
    draft.events,
    draft.marks.length,
    draft.findings.length,
    draft.logonIds.length,
    draft.aliasLogonIds.length,
    draft.phase,
    draft.start,
    draft.end,
    draft.lastSign,
    draft.logoffBegin,
    draft.halfEnd,
    draft.shutdownMark,
    draft.shutdownRequest,
    draft.dissolved,
    draft.sourceAddress,
    next,
    next?.deathTime,
    next?.clockLagMs,
  ];
}

function isSame(stand: Stand, draft: SessionDraft, boot: BootFold): boolean {
  const now = standOf(draft, boot);
  return stand.every((value, i) => Object.is(value, now[i]));
}
