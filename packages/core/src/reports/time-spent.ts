/** Use time per user, user and computer, computer, or site: the question most people come with. */
import { lengthMs } from '../intervals.ts';
import type { AccountBook } from '../queries/account.ts';
import { compareText, greatest, groupBy, least, sumOf } from '../queries/grouping.ts';
import { type Day, daysOf, splitByDay } from '../zones.ts';
import { defineReport, type ReportOptions } from './report.ts';
import { awayInRangeMs, beganIn, INDICATES, isWithin, partsInRange, type SessionPart } from './selection.ts';

type Grouping = NonNullable<ReportOptions['groupBy']>;

/** Which of the names a row of each grouping has. */
const GROUPINGS: Record<Grouping, { readonly user?: true; readonly computer?: true; readonly site?: true }> =
  {
    user: { user: true },
    'user-computer': { user: true, computer: true },
    computer: { computer: true },
    site: { site: true },
  };

export const timeSpent = defineReport({
  id: 'time-spent',
  title: 'Time spent',
  method:
    'Use time is session time minus every moment in which the session was locked, disconnected, under a screen saver, ' +
    'asleep or ending, each moment taken off once; "at least" and "at most" tell how far missing evidence leaves it ' +
    'open; "use time, once" counts a moment once where several computers were in use. Only the part of a session ' +
    `within the range counts. ${INDICATES}`,
  columns: {
    user: { title: 'User' },
    computer: { title: 'Computer' },
    site: { title: 'Site' },
    useMs: { title: 'Use time', unit: 'duration' },
    useMinMs: { title: 'At least', unit: 'duration' },
    useMaxMs: { title: 'At most', unit: 'duration' },
    useUnionMs: { title: 'Use time, once', unit: 'duration' },
    sessionMs: { title: 'Session time', unit: 'duration' },
    lockedMs: { title: 'Locked', unit: 'duration' },
    disconnectedMs: { title: 'Disconnected', unit: 'duration' },
    screensaverMs: { title: 'Screen saver', unit: 'duration' },
    asleepMs: { title: 'Asleep', unit: 'duration' },
    otherAwayMs: { title: 'Logging off or paused', unit: 'duration' },
    sessions: { title: 'Logon sessions', unit: 'count' },
    open: { title: 'Still open', unit: 'count' },
    computers: { title: 'Computers', unit: 'count' },
    days: { title: 'Days', unit: 'count' },
    firstLogon: { title: 'First logon', unit: 'instant' },
    lastEnd: { title: 'Last end', unit: 'instant' },
    withoutLockData: { title: 'Sessions without lock data', unit: 'count' },
  },
  rows(input) {
    const { parts, book } = partsInRange(input);
    const days = daysOf(
      parts.flatMap((part) => part.present),
      input,
    );
    const by = GROUPINGS[input.options.groupBy ?? 'user'];
    const siteOf = ({ session }: SessionPart) => input.siteOf?.(session.computer) ?? null;
    const groups = groupBy(parts, (part) =>
      [
        by.user ? part.key : '',
        by.computer ? part.session.computer : '',
        by.site ? (siteOf(part) ?? '') : '',
      ].join('\n'),
    );
    const rows = [...groups.values()].map((group) => ({
      key: group[0]!.key,
      row: {
        ...namesOf(group, by, book),
        site: by.site ? siteOf(group[0]!) : null,
        ...figuresOf(group, days),
        ...edgesOf(group, input),
      },
    }));
    rows.sort(
      (a, b) =>
        compareText(a.row.user, b.row.user) ||
        compareText(a.row.computer, b.row.computer) ||
        compareText(a.row.site, b.row.site) ||
        compareText(a.key, b.key),
    );
    return rows.map(({ row }) => row);
  },
});

function namesOf(group: readonly SessionPart[], by: (typeof GROUPINGS)[Grouping], book: AccountBook) {
  const { key, session } = group[0]!;
  return { user: by.user ? book.nameOf(key) : null, computer: by.computer ? session.computer : null };
}

function figuresOf(group: readonly SessionPart[], days: readonly Day[]) {
  const used = group.flatMap((part) => part.used);
  const away = (reason: Parameters<typeof awayInRangeMs>[1]) =>
    sumOf(group, (part) => awayInRangeMs(part, reason));
  return {
    useMs: sumOf(group, (part) => part.useMs),
    useMinMs: sumOf(group, (part) => part.useMinMs),
    useMaxMs: sumOf(group, (part) => part.useMaxMs),
    useUnionMs: lengthMs(used),
    sessionMs: sumOf(group, (part) => part.presentMs),
    lockedMs: away('locked'),
    disconnectedMs: away('disconnected'),
    screensaverMs: away('screensaver'),
    asleepMs: away('asleep'),
    otherAwayMs: away('loggingOff') + away('paused'),
    days: new Set(splitByDay(used, days).map((part) => part.day)).size,
  };
}

function edgesOf(group: readonly SessionPart[], range: { readonly from: number; readonly to: number }) {
  const sessions = group.map((part) => part.session);
  const ends = sessions.flatMap(({ end }) => (end !== null && isWithin(end - 1, range) ? [end] : []));
  return {
    sessions: sessions.length,
    open: sessions.filter((session) => session.endBy === 'open').length,
    computers: new Set(sessions.map((session) => session.computer)).size,
    firstLogon: least(sessions.filter((session) => beganIn(session, range)).map((session) => session.start)),
    lastEnd: greatest(ends),
    withoutLockData: sessions.filter((session) => !session.lockData).length,
  };
}
