/** Person by day: arrival, departure and use time of each local day. */
import { dayMatrix } from '../queries/day-matrix.ts';
import { defineReport } from './report.ts';
import { INDICATES } from './selection.ts';

export const daily = defineReport({
  id: 'daily',
  title: 'Daily use',
  method:
    'One row per user and local day; a session over midnight counts on both days, each with its own part. "Use time, ' +
    'once" counts a moment once where several computers were in use and never exceeds the length of the day, which ' +
    `is 23 or 25 hours when the clocks change. ${INDICATES}`,
  columns: {
    user: { title: 'User' },
    date: { title: 'Day', unit: 'day' },
    useMs: { title: 'Use time', unit: 'duration' },
    useUnionMs: { title: 'Use time, once', unit: 'duration' },
    presentMs: { title: 'Session time, once', unit: 'duration' },
    firstLogon: { title: 'First logon', unit: 'instant' },
    lastEnd: { title: 'Last end', unit: 'instant' },
    firstUse: { title: 'First use', unit: 'instant' },
    lastUse: { title: 'Last use', unit: 'instant' },
    sessions: { title: 'Logon sessions', unit: 'count' },
    computers: { title: 'Computers' },
    withoutLockData: { title: 'Sessions without lock data', unit: 'count' },
  },
  rows(input) {
    return dayMatrix(input.sessions, input).cells.map((cell) => ({
      user: cell.account,
      date: cell.day.date,
      useMs: cell.useSumMs,
      useUnionMs: cell.useUnionMs,
      presentMs: cell.presentMs,
      firstLogon: cell.firstLogon,
      lastEnd: cell.lastEnd,
      firstUse: cell.firstUse,
      lastUse: cell.lastUse,
      sessions: cell.sessions,
      computers: cell.computers.join(', '),
      withoutLockData: cell.withoutLockData,
    }));
  },
});
