/** A session as stretches of time: when it was there, when somebody could have used it. */
import { type Interval, subtract } from '../intervals.ts';
import type { Instant, LogonSession, SessionKind } from '../model.ts';

/** Kinds in which a person sits at a desktop; the others are listed on request and have no use time. */
const PERSONAL: ReadonlySet<SessionKind> = new Set(['console', 'remote', 'unknown']);

/** Whether the session is one of a person at a desktop, so that its use time means something. */
export function isPersonal(session: Pick<LogonSession, 'kind'>): boolean {
  return PERSONAL.has(session.kind);
}

/** When a session ended; an open one is counted to the end of what is known. */
export function endOf({ start, end, asOf }: Pick<LogonSession, 'start' | 'end' | 'asOf'>): Instant {
  return end ?? Math.max(start, asOf);
}

/** The whole of a session, from its start to its end or, while open, to the end of what is known. */
export function sessionInterval(session: Pick<LogonSession, 'start' | 'end' | 'asOf'>): Interval {
  return { from: session.start, to: endOf(session) };
}

/**
 * When a session was in use: all of it but its away time. Sorted, apart, and as long as `useMs`.
 *
 *     session  ├────────────────────────────┤
 *     away          ├─locked──┤     ├saver┤
 *                ├disconnected─┤
 *     in use   ├─┤             ├────┤     ├─┤
 */
export function useIntervals(session: Pick<LogonSession, 'start' | 'end' | 'asOf' | 'away'>): Interval[] {
  return subtract([sessionInterval(session)], session.away);
}
