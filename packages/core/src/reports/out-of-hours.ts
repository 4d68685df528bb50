/** Use time and logons outside working hours and working days. */
import { type Interval, lengthMs, subtract } from '../intervals.ts';
import { compareText, distinct, greatest, groupBy, least, sumOf } from '../queries/grouping.ts';
import { dayOf, daysOf, instantOf, splitByDay, weekdayOf } from '../zones.ts';
import { defineReport, type ReportInput } from './report.ts';
import { allowed, beganIn, INDICATES, partsInRange, type SessionPart } from './selection.ts';

const DAY_MS = 86_400_000;
/** Monday to Friday, seven to seven; options say otherwise. */
const WORK = { fromHour: 7, toHour: 19, days: [1, 2, 3, 4, 5] };

export const outOfHours = defineReport({
  id: 'out-of-hours',
  title: 'Out of hours',
  method:
    'Use time and logons outside the working hours and days given (default Monday to Friday, 07:00 to 19:00, local ' +
    'time), per user and day. A computer left unlocked counts as in use if its log holds no sign of anybody leaving, ' +
    `and public holidays count as any other day. ${INDICATES}`,
  columns: {
    user: { title: 'User' },
    date: { title: 'Day', unit: 'day' },
    useOutsideMs: { title: 'Use out of hours', unit: 'duration' },
    useUnionOutsideMs: { title: 'Use out of hours, once', unit: 'duration' },
    logonsOutside: { title: 'Logons out of hours', unit: 'count' },
    first: { title: 'First', unit: 'instant' },
    last: { title: 'Last', unit: 'instant' },
    computers: { title: 'Computers' },
  },
  rows(input) {
    const { parts, book } = partsInRange(input);
    const expected = allowed(input.options.allow);
    const own = parts.filter((part) => !expected(part.session));
    const stretches = own.flatMap(({ present, session: { start } }) => [
      ...present,
      { from: start, to: start + 1 },
    ]);
    const days = daysOf(stretches, input);
    const working = workingHours(stretches, input);
    const items = own
      .flatMap((part) => outside(part, working, input))
      .flatMap((item) => splitByDay([item], days).map((piece) => ({ ...item, ...piece })));
    const groups = groupBy(items, (item) => `${item.key}\n${days[item.day]!.date}`);
    const rows = [...groups.values()].map((group) => {
      const used = group.filter((item) => !item.logon);
      const logons = group.filter((item) => item.logon);
      return {
        user: book.nameOf(group[0]!.key),
        date: days[group[0]!.day]!.date,
        useOutsideMs: sumOf(used, (item) => item.to - item.from),
        useUnionOutsideMs: lengthMs(used),
        logonsOutside: logons.length,
        first: least(group.map((item) => item.from)),
        last: greatest([...used.map((item) => item.to), ...logons.map((item) => item.from)]),
        computers: distinct(group.map((item) => item.computer)).join(', '),
      };
    });
    return rows.sort(
      (a, b) => compareText(a.user, b.user) || compareText(a.date, b.date) || a.first! - b.first!,
    );
  },
});

/** What of a session lies outside: stretches of use, and its logon as a stretch of one millisecond. */
function outside(part: SessionPart, working: readonly Interval[], input: ReportInput) {
  const { key, session } = part;
  const mark = { key, computer: session.computer };
  const used = subtract(part.used, working).map((stretch) => ({ ...mark, ...stretch, logon: false }));
  const { start } = session;
  if (!beganIn(session, input) || dayOf(working, start) >= 0) return used;
  return [...used, { ...mark, from: start, to: start + 1, logon: true }];
}

/** Working hours of every date that the stretches touch; from 22 to 6 is a night shift that ends the next day. */
export function workingHours(
  stretches: readonly Interval[],
  { timezone, options }: Pick<ReportInput, 'timezone' | 'options'>,
): Interval[] {
  const { workFromHour = WORK.fromHour, workToHour = WORK.toHour, workDays = WORK.days } = options;
  const until = workToHour > workFromHour ? workToHour : workToHour + 24;
  const dayBefore = stretches.map(({ from, to }) => ({ from: from - DAY_MS, to }));
  return daysOf(dayBefore, { timezone })
    .filter(({ date }) => workDays.includes(weekdayOf(date)))
    .map(({ date }) => ({
      from: instantOf(timezone, date, workFromHour),
      to: instantOf(timezone, date, until),
    }));
}
