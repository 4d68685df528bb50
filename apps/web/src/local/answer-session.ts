/** One session explained, who was where, and who was there at the same time. */
import {
  isoMs,
  type LogonSession,
  overlaps,
  type Presence,
  type SessionEvent,
  type Signal,
  sessionToContract,
  whereWas,
  whoWasOn,
} from '@logonscope/core';
import { eventToWire } from './answer-events.ts';
import { firstFrom, touches } from './question.ts';
import { LocalRefusal } from './refusal.ts';
import type { LocalStore } from './store.ts';

/** Signs written a little before the logon or after the end belong to the story. */
const AROUND_MS = 60_000;
/** Of a session of months the first events are told. */
const TOLD_MAX = 2_000;

/** What happens to a computer happens to everybody on it. */
const OF_THE_COMPUTER: ReadonlySet<Signal> = new Set([
  ...(['crash', 'boot', 'resume', 'wake', 'clockChange', 'sleep', 'shutdown'] as const),
  ...(['logCleared', 'auditChanged', 'eventsLost'] as const),
]);

const isoOrNull = (at: number | null) => (at === null ? null : isoMs(at));

/** A session with its ledger and the events of its computer that tell of it. */
export function getSession(store: LocalStore, sessionId: string) {
  const session = store.sessionById.get(sessionId);
  if (session === undefined) throw new LocalRefusal(404, 'session/not-found', 'There is no such session.');
  const events = store.eventsOf.get(session.computer) ?? [];
  const first = firstFrom(events, (session.startEarliest ?? session.start) - AROUND_MS);
  const last = firstFrom(events, (session.endLatest ?? session.end ?? session.asOf) + AROUND_MS + 1);
  const concerns = concerning(session);
  const told = events.slice(first, Math.min(last, first + TOLD_MAX)).filter(({ event }) => concerns(event));
  return {
    ...sessionToContract(session),
    computerFqdn: session.computerFqdn,
    startEarliest: isoOrNull(session.startEarliest),
    startLatest: isoMs(session.startLatest),
    startEvidence: session.startEvidence,
    endEvidence: session.endEvidence,
    ledger: session.ledger.map(({ reason, from, to, evidence, inferred, countedMs }) => ({
      ...{ reason, from: isoMs(from), to: isoMs(to), evidence: [...evidence] },
      ...{ countedSeconds: countedMs / 1000, inferred: [...inferred] },
    })),
    told: told.map((stored) => eventToWire(store, stored)),
  };
}

/** Events that name the session's logons, its terminal or its evidence, or that concern the whole computer. */
function concerning(session: LogonSession): (event: SessionEvent) => boolean {
  const logonIds = new Set([...session.logonIds, ...session.aliasLogonIds]);
  const evidence = session.ledger.flatMap((entry) => entry.evidence);
  const named = new Set([session.startEvidence, session.endEvidence, ...evidence]);
  const user = session.user.toLowerCase();
  return ({ logonId, linkedLogonId, recordId, channel, signal, user: whose }) =>
    (logonId !== null && logonIds.has(logonId)) ||
    (linkedLogonId !== null && logonIds.has(linkedLogonId)) ||
    (recordId !== null && named.has(`${channel}:${recordId}`)) ||
    (logonId === null && whose?.toLowerCase() === user) ||
    OF_THE_COMPUTER.has(signal);
}

const presenceToWire = ({ session, state, reasons, certainty, since }: Presence) => ({
  session: sessionToContract(session),
  ...{ state, reasons: [...reasons], certainty, since: isoOrNull(since) },
});

export function whoWas({ sessions }: LocalStore, { computer, at }: { computer: string; at: string }) {
  return { rows: whoWasOn(sessions, computer, Date.parse(at)).map(presenceToWire) };
}

export function whereWasUser({ sessions }: LocalStore, { user, at }: { user: string; at: string }) {
  return { rows: whereWas(sessions, user, Date.parse(at)).map(presenceToWire) };
}

/** Sessions of others at the same time as a user's. */
export function listOverlaps(
  store: LocalStore,
  wish: {
    readonly user: string;
    readonly from: string;
    readonly to: string;
    readonly anywhere: 'yes' | 'no';
  },
) {
  const range = { from: Date.parse(wish.from), to: Date.parse(wish.to) };
  const sessions = store.sessions.filter((session) => touches(session, range));
  const found = overlaps(sessions, wish.user, { ...range, anywhere: wish.anywhere === 'yes' });
  const rows = found.map(({ account, session, otherSession, from, to, overlapMs, bothInUseMs }) => ({
    ...{ account, sessionId: session.id, otherSessionId: otherSession.id },
    ...{ computer: session.computer, otherComputer: otherSession.computer },
    ...{ from: isoMs(from), to: isoMs(to) },
    ...{ overlapSeconds: overlapMs / 1000, bothInUseSeconds: bothInUseMs / 1000 },
  }));
  return { rows, complete: true };
}
