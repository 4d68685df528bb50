/**
 * Which events of a computer are old enough to go. A session that ended before the cut goes whole, with its events; of
 * one that lasted beyond it everything stays.
 *
 *     ├──── gone ────┼ stays ─┤
 *               ├─── session ───┤
 *                      cut
 */
import type { LogonSession, SessionEvent } from '@logonscope/core';
import type { WindowEvent } from '../append/window.ts';
import { refold } from '../fold/refold.ts';
import type { ComputerLog } from '../ports.ts';

/** Signs written a little before the logon belong to the session. */
const AROUND_MS = 60_000;

/** For `EventStore.forget`: goes what lies before `cut` and tells of nothing that lasted beyond it. */
export function olderThan(cut: number): (log: ComputerLog) => (event: WindowEvent) => boolean {
  return (log) => {
    const lasting = log.sessions.filter(({ start, end }) => start < cut && (end ?? cut) >= cut);
    if (lasting.length === 0) return ({ time }) => time < cut;
    const concerns = lasting.map(concerning);
    const goes = ({ time, event }: WindowEvent) => time < cut && !concerns.some((each) => each(event));
    const left = log.events.filter((event) => !goes(event));
    if (tellTheSame(log, left, lasting)) return goes;
    // What others did on the computer is needed to understand them: all of it since they began stays too.
    const from = Math.min(...lasting.map(startOf));
    return ({ time }) => time < from;
  };
}

const startOf = ({ start, startEarliest }: LogonSession) =>
  Math.min(start, startEarliest ?? start) - AROUND_MS;

/** Events of a session's account or logons since it began, and what happened to the computer as a whole. */
function concerning(session: LogonSession): (event: SessionEvent) => boolean {
  const from = startOf(session);
  const logonIds = new Set([...session.logonIds, ...session.aliasLogonIds]);
  const user = session.user.toLowerCase();
  return ({ time, logonId, linkedLogonId, user: name, sid }) => {
    if (time < from) return false;
    if (logonId !== null && logonIds.has(logonId)) return true;
    if (linkedLogonId !== null && logonIds.has(linkedLogonId)) return true;
    if (name === null && sid === null) return true;
    return logonId === null && (name?.toLowerCase() === user || (sid !== null && sid === session.sid));
  };
}

/** Whether the sessions come out of these events as they are now. */
function tellTheSame(
  { computer, life }: Pick<ComputerLog, 'computer' | 'life'>,
  left: readonly WindowEvent[],
  sessions: readonly LogonSession[],
): boolean {
  const told = refold(
    computer,
    null,
    left.map(({ event }) => event),
    left.length === 0 ? [] : life,
  ).sessions;
  const byId = new Map(told.map((session) => [session.id, session]));
  return sessions.every(({ id, end, useMs }) => {
    const again = byId.get(id);
    return again !== undefined && again.end === end && again.useMs === useMs;
  });
}
