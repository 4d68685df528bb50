/** Sessions as most tools make them: each interactive logon paired with the next logoff of its logon ID. For comparison only. */
import type { SessionEvent } from '@logonscope/core';

export interface NaiveSession {
  readonly computer: string;
  readonly user: string;
  readonly start: number;
  readonly end: number | null;
  /** What it is counted to where no logoff was found: the computer's last event. */
  readonly asOf: number;
  readonly useMs: number;
  readonly useMinMs: number;
  readonly useMaxMs: number;
}

const INTERACTIVE: ReadonlySet<number> = new Set([2, 7, 10, 11]);
const SYSTEM_ACCOUNT = /^(?:SYSTEM|LOCAL SERVICE|NETWORK SERVICE|DWM-\d+|UMFD-\d+)$|\$$/i;

/**
 * Pairs logons and logoffs of one or more computers. Boots, linked tokens, locks, disconnects and unlock logons are
 * all ignored, as such tools ignore them; a logon without a logoff lasts until the log ends.
 */
export function naiveSessions(events: Iterable<SessionEvent>): NaiveSession[] {
  const open = new Map<string, SessionEvent>();
  const last = new Map<string, number>();
  const sessions: NaiveSession[] = [];
  const pair = (logon: SessionEvent, end: number | null, asOf: number): void => {
    const useMs = Math.max(0, (end ?? asOf) - logon.time);
    const { computer, time: start } = logon;
    sessions.push({
      computer,
      user: logon.user ?? '',
      start,
      end,
      asOf,
      useMs,
      useMinMs: useMs,
      useMaxMs: useMs,
    });
  };
  for (const event of events) {
    const { computer, logonId, signal } = event;
    last.set(computer, Math.max(event.time, last.get(computer) ?? event.time));
    if (logonId === null) continue;
    const key = `${computer} ${logonId}`;
    const logon = open.get(key);
    if (signal === 'logon' && isPerson(event)) {
      if (logon === undefined) open.set(key, event);
    } else if (signal === 'logoff' && logon !== undefined) {
      open.delete(key);
      pair(logon, event.time, event.time);
    }
  }
  for (const logon of open.values()) pair(logon, null, last.get(logon.computer)!);
  return sessions.sort((left, right) => left.start - right.start);
}

function isPerson({ logonType, user }: SessionEvent): boolean {
  return logonType !== null && INTERACTIVE.has(logonType) && user !== null && !SYSTEM_ACCOUNT.test(user);
}
