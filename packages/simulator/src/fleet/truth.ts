/** Keeps account of what really happened to a session, and closes the account when it ends. */
import type { AwayReason, EndEvidence, Instant } from '@logonscope/core';
import type { TruthAway, TruthSession } from '../record.ts';
import type { LiveSession, Machine } from './machine.ts';

/** Opens an away interval; one of the same reason that is open already goes on. */
export function goAway(session: LiveSession, reason: AwayReason, from: Instant): void {
  if (!session.openAway.has(reason)) session.openAway.set(reason, Math.max(from, session.start));
}

export function comeBack(session: LiveSession, reason: AwayReason, to: Instant): void {
  const from = session.openAway.get(reason);
  if (from === undefined) return;
  session.openAway.delete(reason);
  if (to > from) session.away.push({ reason, from, to });
}

export function isAway(session: LiveSession): boolean {
  return session.openAway.size > 0;
}

/** Ends a session in truth: every open interval ends with it. */
export function endInTruth(
  machine: Machine,
  session: LiveSession,
  end: Instant,
  endReason: EndEvidence,
): void {
  for (const reason of [...session.openAway.keys()]) comeBack(session, reason, end);
  machine.sessions = machine.sessions.filter((each) => each !== session);
  machine.ended.push(truthOf(machine, session, end, endReason));
}

/** The session as far as it got by `until`, still open. */
export function openTruth(machine: Machine, session: LiveSession, until: Instant): TruthSession {
  const open = [...session.openAway].map(([reason, from]) => ({ reason, from, to: until }));
  const away = [...session.away, ...open].filter(({ from, to }) => to > from);
  return truthOf(machine, { ...session, away }, until, 'open');
}

function truthOf(
  machine: Machine,
  session: LiveSession,
  countedTo: Instant,
  endReason: EndEvidence,
): TruthSession {
  const { person, logonId, elevatedId, start } = session;
  const away = session.away
    .map(({ reason, from, to }) => ({ reason, from: Math.max(from, start), to: Math.min(to, countedTo) }))
    .filter(({ from, to }) => to > from)
    .sort(
      (left, right) => left.from - right.from || left.to - right.to || (left.reason < right.reason ? -1 : 1),
    );
  return {
    computer: machine.spec.name.toUpperCase(),
    user: person.name,
    domain: person.domain,
    sid: person.sid,
    logonIds: [logonId, ...(elevatedId === null ? [] : [elevatedId])].map((id) => `0x${id.toString(16)}`),
    kind: session.logonType === 2 || session.logonType === 11 ? 'console' : 'remote',
    logonType: session.logonType,
    terminalSessionId: session.terminalSessionId,
    start,
    end: endReason === 'open' ? null : countedTo,
    endReason,
    countedTo,
    away,
    useMs: countedTo - start - coveredMs(away),
  };
}

/** Length of the union of intervals sorted by their start. */
export function coveredMs(intervals: readonly TruthAway[]): number {
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of intervals) {
    if (to <= reached) continue;
    total += to - Math.max(from, reached);
    reached = to;
  }
  return total;
}
