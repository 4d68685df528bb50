/** Who else was there: sessions of other accounts at the same time as a user's, on the same computer or anywhere. */
import { clip, type Interval, intersect, lengthMs } from '../intervals.ts';
import type { DurationMs, LogonSession } from '../model.ts';
import { type AccountBook, type AccountQuery, accountBook, matchesAccount, parseAccount } from './account.ts';
import { compareText } from './grouping.ts';
import { isPersonal, sessionInterval, useIntervals } from './use.ts';

export interface Overlap {
  /** The other account, as people read it, and its identity. */
  readonly account: string;
  readonly key: string;
  readonly session: LogonSession;
  readonly otherSession: LogonSession;
  readonly from: number;
  readonly to: number;
  readonly overlapMs: DurationMs;
  /** How much of the overlap both sessions were in use. */
  readonly bothInUseMs: DurationMs;
}

export interface OverlapOptions extends Partial<Interval> {
  /** Compare with sessions on every computer, not only on the same one. Default false. */
  readonly anywhere?: boolean;
}

/**
 * Pairs of a session of `user` and one of somebody else that lasted at the same time. Symmetric: whoever overlaps
 * with Ana, Ana overlaps with, over the same stretch. Sorted by stretch, account and computer.
 *
 *     ana    ├──────────────┤
 *     bob           ├──────────────┤
 *     found         ├───────┤
 */
export function overlaps(
  sessions: Iterable<LogonSession>,
  user: AccountQuery | string,
  options: OverlapOptions = {},
): Overlap[] {
  const query = typeof user === 'string' ? parseAccount(user) : user;
  const people = [...sessions].filter(isPersonal);
  const book = accountBook(people);
  const own = people.filter((session) => matchesAccount(session, query));
  const ownKeys = new Set(own.map((session) => book.keyOf(session)));
  const others = people.filter((session) => !ownKeys.has(book.keyOf(session)));
  const meeting = meetings(others, options.anywhere === true);
  const frame = {
    from: options.from ?? Number.NEGATIVE_INFINITY,
    to: options.to ?? Number.POSITIVE_INFINITY,
  };
  const found = own.flatMap((session) =>
    meeting(session).flatMap((other) => overlapOf(session, other, { frame, book })),
  );
  return found.sort(
    (a, b) =>
      a.from - b.from ||
      a.to - b.to ||
      compareText(a.account, b.account) ||
      compareText(a.session.id, b.session.id) ||
      compareText(a.otherSession.id, b.otherSession.id),
  );
}

function overlapOf(
  session: LogonSession,
  otherSession: LogonSession,
  { frame, book }: { frame: Interval; book: AccountBook },
): Overlap[] {
  const [shared] = clip(intersect([sessionInterval(session)], [sessionInterval(otherSession)]), frame);
  if (shared === undefined) return [];
  const key = book.keyOf(otherSession);
  const bothInUse = clip(intersect(useIntervals(session), useIntervals(otherSession)), shared);
  const { from, to } = shared;
  const times = { from, to, overlapMs: to - from, bothInUseMs: lengthMs(bothInUse) };
  return [{ account: book.nameOf(key), key, session, otherSession, ...times }];
}

/**
 * Finds the sessions that may meet a given one. Sorted by start, with the latest end so far beside each: going
 * back from the last that began early enough, the search stops where nobody before can still have been there.
 */
function meetings(
  sessions: readonly LogonSession[],
  anywhere: boolean,
): (one: LogonSession) => LogonSession[] {
  const shelves = new Map<string, { sorted: LogonSession[]; latestEnd: number[] }>();
  const shelfOf = (session: LogonSession) => (anywhere ? '' : session.computer);
  for (const session of [...sessions].sort((a, b) => a.start - b.start)) {
    const shelf = shelves.get(shelfOf(session)) ?? { sorted: [], latestEnd: [] };
    shelves.set(shelfOf(session), shelf);
    shelf.latestEnd.push(Math.max(shelf.latestEnd.at(-1) ?? session.start, sessionInterval(session).to));
    shelf.sorted.push(session);
  }
  return (one) => {
    const shelf = shelves.get(shelfOf(one));
    if (shelf === undefined) return [];
    const { from, to } = sessionInterval(one);
    const found: LogonSession[] = [];
    for (let i = startedBefore(shelf.sorted, to) - 1; i >= 0 && shelf.latestEnd[i]! > from; i--) {
      if (sessionInterval(shelf.sorted[i]!).to > from) found.push(shelf.sorted[i]!);
    }
    return found;
  };
}

/** How many of the sessions, sorted by start, began before an instant. */
function startedBefore(sorted: readonly LogonSession[], at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.start < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
