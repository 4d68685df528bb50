/** CAR-2013-02-008, Simultaneous Logins on a Host: one computer, several users, a short time. */
import { compareText, distinct, groupBy } from '../queries/grouping.ts';
import { defineReport } from '../reports/report.ts';
import { gatherings } from './gatherings.ts';
import { personLogons, REACHING_TYPES, spanOf, typesOf } from './logons.ts';

const WINDOW_MS = 3_600_000;
const USERS = 2;

export const simultaneousLogons = defineReport({
  id: 'CAR-2013-02-008',
  title: 'Simultaneous logons on a computer',
  method:
    'Computers to which two or more different users logged on within one hour (window and number adjustable), counted ' +
    'in a sliding window, whether at the desktop or over the network; a hint at shared or stolen accounts (ATT&CK ' +
    'T1078.002, T1078.003). Servers and shared computers show this every day: it proves nothing by itself.',
  needsEveryEvent: true,
  columns: {
    computer: { title: 'Computer' },
    users: { title: 'Users within the window', unit: 'count' },
    accounts: { title: 'Accounts' },
    first: { title: 'First logon', unit: 'instant' },
    last: { title: 'Last logon', unit: 'instant' },
    logons: { title: 'Logons', unit: 'count' },
    logonTypes: { title: 'Logon types' },
  },
  rows(input) {
    const { windowMs = WINDOW_MS, threshold = USERS } = input.options;
    const { logons, book } = personLogons(input, REACHING_TYPES);
    const byComputer = [...groupBy(logons, ({ computer }) => computer)].sort(([a], [b]) => compareText(a, b));
    return byComputer.flatMap(([computer, own]) =>
      gatherings(own, { kindOf: book.keyOf, windowMs, threshold }).map(({ events, peak }) => ({
        computer,
        users: peak,
        accounts: distinct(events.map((event) => book.nameOf(book.keyOf(event)))).join(', '),
        ...spanOf(events),
        logons: events.length,
        logonTypes: typesOf(events),
      })),
    );
  },
});
