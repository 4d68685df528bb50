/** Who was on a computer at a moment, and where was a user: with how sure the log makes us. */
import type { AwayReason, Instant, LogonSession } from '../model.ts';
import { type AccountQuery, matchesAccount, parseAccount } from './account.ts';
import { compareText, least } from './grouping.ts';
import { endOf } from './use.ts';

/** What a session was doing: in use, away in some way, or outside what the log can tell. */
export type PresenceState = 'active' | 'idle' | Exclude<AwayReason, 'screensaver'> | 'unknown';

export interface Presence {
  readonly session: LogonSession;
  /** Where several reasons hold, the one closest to being present. */
  readonly state: PresenceState;
  readonly reasons: readonly AwayReason[];
  /** `surely`: within the certain part of the session. `possibly`: only between its outer bounds. */
  readonly certainty: 'surely' | 'possibly';
  /** Since when the state has lasted; null where it is unknown. */
  readonly since: Instant | null;
}

/** From closest to being present to farthest; spec 5 and the timeline draw in this order. */
const STATE_OF: readonly (readonly [AwayReason, PresenceState])[] = [
  ['screensaver', 'idle'],
  ['locked', 'locked'],
  ['disconnected', 'disconnected'],
  ['asleep', 'asleep'],
  ['paused', 'paused'],
  ['loggingOff', 'loggingOff'],
];

/** Sessions on a computer at an instant, the sure ones first, then by start. The name may carry a domain. */
export function whoWasOn(sessions: Iterable<LogonSession>, computer: string, at: Instant): Presence[] {
  const name = computer.trim().split('.', 1)[0]!.toUpperCase();
  return presences(sessions, at, (session) => session.computer.toUpperCase() === name);
}

/** Sessions of a user at an instant on any computer, the sure ones first, then by start. */
export function whereWas(
  sessions: Iterable<LogonSession>,
  user: AccountQuery | string,
  at: Instant,
): Presence[] {
  const query = typeof user === 'string' ? parseAccount(user) : user;
  return presences(sessions, at, (session) => matchesAccount(session, query));
}

/**
 * A session at an instant; null if it was surely not there. An end belongs to the time after it.
 *
 *     bounds     startEarliest ┄┄┄ startLatest ├───────────┤ endEarliest ┄┄┄ endLatest
 *     certainty        possibly                    surely        possibly
 *
 * A first-seen session without a known boot may have begun any time before; one still open when the log ends
 * may have gone on for any time after.
 */
export function presenceAt(session: LogonSession, at: Instant): Presence | null {
  const { startEarliest, startLatest, endEarliest, endLatest, endBy, asOf } = session;
  const earliest =
    session.startBy === 'first-seen' ? (startEarliest ?? Number.NEGATIVE_INFINITY) : session.start;
  const latest = endBy === 'open' ? Number.POSITIVE_INFINITY : (endLatest ?? endOf(session));
  if (at < Math.min(earliest, session.start) || at >= Math.max(latest, endOf(session))) return null;
  const sureFrom = Math.max(startLatest, session.start);
  const sureTo = endBy === 'open' ? asOf : Math.min(endEarliest ?? endOf(session), endOf(session));
  const certainty = at >= sureFrom && (at < sureTo || isLastMoment(session, at)) ? 'surely' : 'possibly';
  return { session, certainty, ...stateAt(session, at) };
}

function stateAt(session: LogonSession, at: Instant): Pick<Presence, 'state' | 'reasons' | 'since'> {
  const end = endOf(session);
  const last = isLastMoment(session, at);
  if (at >= end && session.endBy === 'logoff-begin') {
    return { state: 'loggingOff', reasons: ['loggingOff'], since: end };
  }
  if (at < session.start || (at >= end && !last)) return { state: 'unknown', reasons: [], since: null };
  const holding = session.away.filter(({ from, to }) => at >= from && (at < to || (last && to === at)));
  const held = STATE_OF.filter(([reason]) => holding.some((away) => away.reason === reason));
  const strongest = held[0];
  if (strongest === undefined) return { state: 'active', reasons: [], since: activeSince(session, at) };
  const [reason, state] = strongest;
  const since = least(holding.filter((away) => away.reason === reason).map((away) => away.from));
  return { state, reasons: held.map(([name]) => name), since };
}

/** The last event of a log still tells of the sessions open at that instant; only later ones are beyond it. */
function isLastMoment(session: LogonSession, at: Instant): boolean {
  return session.endBy === 'open' && at === endOf(session);
}

function activeSince(session: LogonSession, at: Instant): Instant {
  let since = session.start;
  for (const { to } of session.away) if (to <= at && to > since) since = to;
  return since;
}

function presences(
  sessions: Iterable<LogonSession>,
  at: Instant,
  concerns: (session: LogonSession) => boolean,
): Presence[] {
  const found: Presence[] = [];
  for (const session of sessions) {
    const presence = concerns(session) ? presenceAt(session, at) : null;
    if (presence !== null) found.push(presence);
  }
  const rank = ({ certainty }: Presence) => (certainty === 'surely' ? 0 : 1);
  return found.sort(
    (a, b) =>
      rank(a) - rank(b) || a.session.start - b.session.start || compareText(a.session.id, b.session.id),
  );
}
