/** Person by day: what each account did on each local day, with nothing counted on two days. */
import { clip, type Interval, lengthMs } from '../intervals.ts';
import type { DurationMs, Instant, LogonSession } from '../model.ts';
import { type Day, type DayRange, daysOf, splitByDay } from '../zones.ts';
import { type AccountBook, accountBook } from './account.ts';
import { compareText, distinct, greatest, least, sumOf } from './grouping.ts';
import { isPersonal, sessionInterval, useIntervals } from './use.ts';

export interface PersonDay {
  readonly account: string;
  /** The account's identity; see `accountKey`. */
  readonly key: string;
  readonly day: Day;
  readonly sessions: number;
  readonly computers: readonly string[];
  readonly useSumMs: DurationMs;
  /** Never longer than the day. */
  readonly useUnionMs: DurationMs;
  /** Time with at least one session, used or not; never longer than the day. */
  readonly presentMs: DurationMs;
  /** Start of the first session that began on this day; null if all came over from the day before. */
  readonly firstLogon: Instant | null;
  /** End of the last session that ended on this day; null if all went on. */
  readonly lastEnd: Instant | null;
  /** First and last moment of use on this day; null if there was none. */
  readonly firstUse: Instant | null;
  readonly lastUse: Instant | null;
  /** Sessions of this day whose log holds no lock events: their use time is session time. */
  readonly withoutLockData: number;
}

export interface DayMatrix {
  /** Days that any session touched, in order. */
  readonly days: readonly Day[];
  /** Sorted by account, then day. */
  readonly cells: readonly PersonDay[];
}

/**
 * Use time per account and local day. A session over midnight counts on both days, each with its own part.
 *
 *     session   22:00 ├───────────────────┤ 06:00
 *     days      ──────────┼───────────────────
 *     counted          2 h        6 h
 */
export function dayMatrix(
  sessions: Iterable<LogonSession>,
  range: DayRange & Partial<Interval>,
  book?: AccountBook,
): DayMatrix {
  const frame = { from: range.from ?? Number.NEGATIVE_INFINITY, to: range.to ?? Number.POSITIVE_INFINITY };
  const people = [...sessions].filter(isPersonal);
  const names = book ?? accountBook(people);
  const days = daysOf(clip(people.map(stretch), frame), range);
  const drafts = new Map<string, Draft>();
  for (const session of people) addSession(drafts, session, names.keyOf(session), { days, frame });
  const cells = [...drafts.values()].map((draft) => finished(draft, days, names));
  cells.sort(
    (a, b) => compareText(a.account, b.account) || compareText(a.key, b.key) || a.day.from - b.day.from,
  );
  return { days, cells };
}

interface Draft {
  readonly key: string;
  readonly day: number;
  readonly used: Interval[];
  readonly present: Interval[];
  readonly sessions: Set<LogonSession>;
}

/** A session that ended as it began has no length, but belongs to a day like any other. */
function stretch(session: LogonSession): Interval {
  const { from, to } = sessionInterval(session);
  return { from, to: Math.max(to, from + 1) };
}

function addSession(
  drafts: Map<string, Draft>,
  session: LogonSession,
  key: string,
  { days, frame }: { days: readonly Day[]; frame: Interval },
): void {
  const draftOf = (day: number): Draft => {
    const id = `${day} ${key}`;
    let draft = drafts.get(id);
    if (draft === undefined) {
      draft = { key, day, used: [], present: [], sessions: new Set() };
      drafts.set(id, draft);
    }
    return draft;
  };
  for (const part of splitByDay(clip([stretch(session)], frame), days))
    draftOf(part.day).sessions.add(session);
  for (const part of splitByDay(clip([sessionInterval(session)], frame), days)) {
    draftOf(part.day).present.push(part);
  }
  for (const part of splitByDay(clip(useIntervals(session), frame), days)) draftOf(part.day).used.push(part);
}

function finished(draft: Draft, days: readonly Day[], names: AccountBook): PersonDay {
  const day = days[draft.day]!;
  const sessions = [...draft.sessions];
  const began = (s: LogonSession) => s.startBy === 'logon' && s.start >= day.from && s.start < day.to;
  // Who leaves at the stroke of midnight leaves on the day that ends then.
  const ended = (s: LogonSession) => s.end !== null && s.end > day.from && s.end <= day.to;
  return {
    account: names.nameOf(draft.key),
    key: draft.key,
    day,
    sessions: sessions.length,
    computers: distinct(sessions.map((session) => session.computer)),
    useSumMs: sumOf(draft.used, ({ from, to }) => to - from),
    useUnionMs: lengthMs(draft.used),
    presentMs: lengthMs(draft.present),
    firstLogon: least(sessions.filter(began).map((session) => session.start)),
    lastEnd: greatest(sessions.filter(ended).map((session) => session.end!)),
    firstUse: least(draft.used.map((part) => part.from)),
    lastUse: greatest(draft.used.map((part) => part.to)),
    withoutLockData: sessions.filter((session) => !session.lockData).length,
  };
}
