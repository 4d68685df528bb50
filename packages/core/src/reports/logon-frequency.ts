/** How often and at which hours of the day users log on. */
import type { LogonSession } from '../model.ts';
import { accountBook } from '../queries/account.ts';
import { compareText, groupBy } from '../queries/grouping.ts';
import { dayOf, daysOf, localHour, type Zone, zoneOf } from '../zones.ts';
import { defineReport } from './report.ts';
import { beganIn, INDICATES } from './selection.ts';

/** One column for each hour of the day; written out, since columns are what types check rows against. */
// biome-ignore format: a table reads better in rows
const HOURS = [
  'h00', 'h01', 'h02', 'h03', 'h04', 'h05', 'h06', 'h07', 'h08', 'h09', 'h10', 'h11',
  'h12', 'h13', 'h14', 'h15', 'h16', 'h17', 'h18', 'h19', 'h20', 'h21', 'h22', 'h23',
] as const;
type Hour = (typeof HOURS)[number];

const hourColumns = Object.fromEntries(
  HOURS.map((hour) => [hour, { title: hour.slice(1), unit: 'count' }]),
) as Record<Hour, { title: string; unit: 'count' }>;

export const logonFrequency = defineReport({
  id: 'logon-frequency',
  title: 'Logon frequency',
  method:
    'Counts the logons that began a session, per user and local day and by the hour the local clock showed; the row ' +
    'without a day is the total of the user. Unlocking and reconnecting are not logons, and a session that was ' +
    `running when the log began is not counted. ${INDICATES}`,
  columns: {
    user: { title: 'User' },
    date: { title: 'Day', unit: 'day' },
    logons: { title: 'Logons', unit: 'count' },
    computers: { title: 'Computers', unit: 'count' },
    ...hourColumns,
  },
  *rows(input) {
    const logons = input.sessions.filter((session) => beganIn(session, input));
    const book = accountBook(logons);
    const days = daysOf(
      logons.map(({ start }) => ({ from: start, to: start + 1 })),
      input,
    );
    const zone = zoneOf(input.timezone);
    const users = [...groupBy(logons, book.keyOf)].map(([key, own]) => ({
      key,
      user: book.nameOf(key),
      own,
    }));
    users.sort((a, b) => compareText(a.user, b.user) || compareText(a.key, b.key));
    for (const { user, own } of users) {
      yield { user, date: null, ...countsOf(own, zone) };
      const byDay = groupBy(own, ({ start }) => days[dayOf(days, start)]!.date);
      for (const [date, ofDay] of [...byDay].sort(([a], [b]) => compareText(a, b))) {
        yield { user, date, ...countsOf(ofDay, zone) };
      }
    }
  },
});

function countsOf(logons: readonly LogonSession[], zone: Zone) {
  const hours = Object.fromEntries(HOURS.map((hour) => [hour, 0])) as Record<Hour, number>;
  for (const { start } of logons) hours[HOURS[localHour(zone, start)]!] += 1;
  const computers = new Set(logons.map((session) => session.computer)).size;
  return { logons: logons.length, computers, ...hours };
}
