/** CAR-2013-10-001, User Login Activity Monitoring: the logons of all but the most frequent users. */
import type { SessionEvent } from '../model.ts';
import { compareText, groupBy } from '../queries/grouping.ts';
import { defineReport } from '../reports/report.ts';
import { byTime, personLogons } from './logons.ts';

/** CAR leaves out the thirty most frequent accounts; in a small log that would be all of them. */
const FREQUENT_ACCOUNTS = 30;
const FREQUENT_SHARE_MAX = 0.5;

export const logonActivity = defineReport({
  id: 'CAR-2013-10-001',
  title: 'Logons of less frequent users',
  method:
    'The logons of every user in time order, without those who log on most: the 30 most frequent users, but never more ' +
    'than half of all, unless a number is given (ATT&CK T1021.001, T1078.002, T1078.003). Users as frequent as one who ' +
    'is shown are shown too. A rare logon is worth a look; it proves nothing by itself.',
  needsEveryEvent: true,
  columns: {
    user: { title: 'User' },
    time: { title: 'Time', unit: 'instant' },
    computer: { title: 'Computer' },
    logonType: { title: 'Logon type' },
    address: { title: 'From address' },
    logonId: { title: 'Logon ID' },
    logonsOfUser: { title: 'Logons of this user', unit: 'count' },
  },
  rows(input) {
    const { logons, book } = personLogons(input);
    const users = [...groupBy(logons, book.keyOf)].map(([key, own]) => ({
      key,
      user: book.nameOf(key),
      own,
    }));
    return lessFrequent(users, input.options.threshold)
      .sort((a, b) => compareText(a.user, b.user) || compareText(a.key, b.key))
      .flatMap(({ user, own }) => own.sort(byTime).map((logon) => rowOf(user, logon, own.length)));
  },
});

/** Those who log on no more often than the first one after the frequent: a tie is never cut in two. */
function lessFrequent<T extends { readonly own: readonly unknown[] }>(
  users: readonly T[],
  asked?: number,
): T[] {
  const frequent = asked ?? Math.min(FREQUENT_ACCOUNTS, Math.floor(users.length * FREQUENT_SHARE_MAX));
  const counts = users.map(({ own }) => own.length).sort((a, b) => b - a);
  const most = counts[frequent] ?? 0;
  return users.filter(({ own }) => own.length <= most);
}

function rowOf(user: string, logon: SessionEvent, logonsOfUser: number) {
  return {
    user,
    time: logon.time,
    computer: logon.computer,
    logonType: logon.logonType,
    address: logon.sourceAddress,
    logonId: logon.logonId,
    logonsOfUser,
  };
}
