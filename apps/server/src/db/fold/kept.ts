/**
 * Sessions that are kept beyond their events. A kept one speaks for its time: what is told about it again later, be it
 * in part, changes nothing of it and makes no second session beside it.
 */
import { accountKey, type LogonSession } from '@logonscope/core';

/** Sessions without those that a kept one speaks for. */
export function besideKept(
  sessions: readonly LogonSession[],
  kept: readonly LogonSession[],
): readonly LogonSession[] {
  if (kept.length === 0) return sessions;
  return sessions.filter((session) => !kept.some((one) => one.id === session.id || isSame(one, session)));
}

/**
 * Whether both tell of one session. Somebody may have two at once on a terminal server: they have numbers of their own.
 * Who reports no numbers knows of one session per account.
 */
function isSame(kept: LogonSession, session: LogonSession): boolean {
  const keptTo = kept.end ?? kept.asOf;
  const to = session.end ?? Number.POSITIVE_INFINITY;
  const apart = session.start > keptTo || to < kept.start;
  if (apart || accountKey(kept) !== accountKey(session)) return false;
  const [ids, others] = [numbersOf(kept), numbersOf(session)];
  if (ids.length > 0 && others.length > 0) return ids.some((id) => others.includes(id));
  // One may follow at the instant at which the other ended; a single sign there is a piece of it.
  if (to > session.start && (session.start === keptTo || to === kept.start)) return false;
  const [desktop, other] = [kept.terminalSessionId, session.terminalSessionId];
  return desktop === null || other === null || desktop === other;
}

const numbersOf = ({ logonIds, aliasLogonIds }: LogonSession) => [...logonIds, ...aliasLogonIds];
