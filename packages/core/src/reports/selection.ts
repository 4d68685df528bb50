/** What a report looks at: the part of each personal session that lies in the range, and whose it is. */
import { clip, type Interval, lengthMs } from '../intervals.ts';
import type { AwayReason, DurationMs, Instant, LogonSession } from '../model.ts';
import {
  type AccountBook,
  type AccountTraits,
  accountBook,
  matchesAccount,
  parseAccount,
} from '../queries/account.ts';
import { touches } from '../queries/person-time.ts';
import { isPersonal, sessionInterval, useIntervals } from '../queries/use.ts';
import { addressPattern } from './addresses.ts';
import type { ReportInput } from './report.ts';

/** The words every report's method ends with: a log shows what a computer did, not what a person did. */
export const INDICATES = 'Logs indicate presence, they do not prove it.';

/** A session as far as it lies in the range, with its lengths there. */
export interface SessionPart {
  readonly session: LogonSession;
  readonly key: string;
  /** The session and its use, cut to the range. */
  readonly present: readonly Interval[];
  readonly used: readonly Interval[];
  readonly presentMs: DurationMs;
  readonly useMs: DurationMs;
  readonly useMinMs: DurationMs;
  readonly useMaxMs: DurationMs;
}

/** The personal sessions that touch the range, cut to it, with the accounts they belong to. */
export function partsInRange(input: ReportInput): { parts: SessionPart[]; book: AccountBook } {
  const people = input.sessions.filter((session) => isPersonal(session) && touches(session, input));
  const book = accountBook(people);
  return { parts: people.map((session) => partOf(session, input, book)), book };
}

function partOf(session: LogonSession, range: Interval, book: AccountBook): SessionPart {
  const present = clip([sessionInterval(session)], range);
  const used = clip(useIntervals(session), range);
  const useMs = lengthMs(used);
  // What is unsure may lie on either side of the range's edges, so a part is never surer than the whole.
  const widest = { from: session.startEarliest ?? session.start, to: session.endLatest ?? session.asOf };
  const most = Math.max(useMs, lengthMs(clip([widest], range)));
  return {
    session,
    key: book.keyOf(session),
    present,
    used,
    presentMs: lengthMs(present),
    useMs,
    useMinMs: Math.max(0, useMs - (session.useMs - session.useMinMs)),
    useMaxMs: Math.min(most, useMs + (session.useMaxMs - session.useMs)),
  };
}

/** How long a session was away for one reason within the range; reasons overlap. */
export function awayInRangeMs(part: SessionPart, reason: AwayReason): DurationMs {
  const away = part.session.away.filter((one) => one.reason === reason);
  return lengthMs(part.present.flatMap((frame) => clip(away, frame)));
}

/** Whether the start of a session is a logon seen within the range. */
export function beganIn(session: LogonSession, range: Interval): boolean {
  return session.startBy === 'logon' && isWithin(session.start, range);
}

export function isWithin(at: Instant, range: Interval): boolean {
  return at >= range.from && at < range.to;
}

/**
 * Tells what is on the list of those expected. Each entry is an account as `parseAccount` understands it, an address,
 * or a block of IPv4 addresses such as `10.1.0.0/16`.
 */
export function allowed(
  list: readonly string[] | undefined,
): (one: AccountTraits & { readonly sourceAddress?: string | null }) => boolean {
  const entries = (list ?? []).map((text) => ({
    account: parseAccount(text),
    address: addressPattern(text),
  }));
  return (one) =>
    entries.some(({ account, address }) => matchesAccount(one, account) || address(one.sourceAddress ?? ''));
}
