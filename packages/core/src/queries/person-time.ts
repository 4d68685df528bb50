/** How long a person worked: the sum over sessions, and the time in which at least one of them was in use. */
import { clip, type Interval, lengthMs } from '../intervals.ts';
import type { DurationMs, LogonSession } from '../model.ts';
import { type AccountQuery, matchesAccount, parseAccount } from './account.ts';
import { isPersonal, sessionInterval, useIntervals } from './use.ts';

export interface PersonTime {
  readonly sessions: number;
  readonly computers: number;
  /** Two computers in use at once count twice. */
  readonly useSumMs: DurationMs;
  /** Every moment counts once, however many computers were in use. */
  readonly useUnionMs: DurationMs;
  /** Time in which the person had at least one session, used or not. */
  readonly presentMs: DurationMs;
}

/**
 * Use time of one account over all its sessions and computers, optionally only the part within a range.
 *
 *     PC1     ├─────────┤
 *     PC2          ├─────────┤
 *     sum     ├─────────┼─────────┤   4 h
 *     union   ├──────────────┤        3 h
 */
export function personTime(
  sessions: Iterable<LogonSession>,
  account: AccountQuery | string,
  within?: Interval,
): PersonTime {
  const query = typeof account === 'string' ? parseAccount(account) : account;
  const own = [...sessions].filter((session) => isPersonal(session) && matchesAccount(session, query));
  const range = within ?? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  return timeTogether(own, range);
}

/** The same for sessions already chosen. Sessions that do not touch the range are not counted. */
export function timeTogether(sessions: readonly LogonSession[], range: Interval): PersonTime {
  const used: Interval[] = [];
  const present: Interval[] = [];
  const computers = new Set<string>();
  let useSumMs = 0;
  let count = 0;
  for (const session of sessions) {
    if (!touches(session, range)) continue;
    const parts = clip(useIntervals(session), range);
    for (const part of parts) useSumMs += part.to - part.from;
    used.push(...parts);
    present.push(...clip([sessionInterval(session)], range));
    computers.add(session.computer);
    count += 1;
  }
  return {
    sessions: count,
    computers: computers.size,
    useSumMs,
    useUnionMs: lengthMs(used),
    presentMs: lengthMs(present),
  };
}

/** Whether any moment of the session lies in the range; a session without length counts by its instant. */
export function touches(session: LogonSession, range: Interval): boolean {
  const { from, to } = sessionInterval(session);
  return from < range.to && (to > range.from || (from === to && from >= range.from));
}
