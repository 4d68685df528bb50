/** CAR-2013-02-012, User Logged in to Multiple Hosts: one user, several computers, a short time. */
import { compareText, distinct, groupBy } from '../queries/grouping.ts';
import { defineReport } from '../reports/report.ts';
import { gatherings } from './gatherings.ts';
import { idsOf, personLogons, REACHING_TYPES, spanOf, typesOf } from './logons.ts';

const WINDOW_MS = 3_600_000;
const COMPUTERS = 2;

export const manyComputers = defineReport({
  id: 'CAR-2013-02-012',
  title: 'User logged on to several computers',
  method:
    'Users who logged on to two or more computers within one hour (window and number adjustable), counted in a sliding ' +
    'window, whether at the desktop or over the network; a hint at lateral movement (ATT&CK T1078.002, T1078.003). ' +
    'Administrators do this at work: put them on the list of those expected. It proves nothing by itself.',
  needsEveryEvent: true,
  columns: {
    user: { title: 'User' },
    computers: { title: 'Computers within the window', unit: 'count' },
    names: { title: 'Computers' },
    first: { title: 'Earliest', unit: 'instant' },
    last: { title: 'Latest', unit: 'instant' },
    logons: { title: 'Logons', unit: 'count' },
    logonTypes: { title: 'Logon types' },
    logonIds: { title: 'Logon IDs' },
  },
  rows(input) {
    const { windowMs = WINDOW_MS, threshold = COMPUTERS } = input.options;
    const { logons, book } = personLogons(input, REACHING_TYPES);
    const users = [...groupBy(logons, book.keyOf)].map(([key, own]) => ({
      key,
      user: book.nameOf(key),
      own,
    }));
    users.sort((a, b) => compareText(a.user, b.user) || compareText(a.key, b.key));
    return users.flatMap(({ user, own }) =>
      gatherings(own, { kindOf: ({ computer }) => computer, windowMs, threshold }).map(
        ({ events, peak }) => ({
          user,
          computers: peak,
          names: distinct(events.map((event) => event.computer)).join(', '),
          ...spanOf(events),
          logons: events.length,
          logonTypes: typesOf(events),
          logonIds: idsOf(events),
        }),
      ),
    );
  },
});
