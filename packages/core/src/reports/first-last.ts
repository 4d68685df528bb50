/** First and last logon of each account on each computer from each source. */
import type { LogonSession } from '../model.ts';
import { accountBook } from '../queries/account.ts';
import { compareText, greatest, groupBy, least } from '../queries/grouping.ts';
import { defineReport } from './report.ts';
import { beganIn, INDICATES } from './selection.ts';

export const firstLast = defineReport({
  id: 'first-last',
  title: 'First and last logons',
  method:
    'The first and the last logon seen of each account on each computer from each source, where the source is the ' +
    'address or client the logon came from, or the console. "First" means first in these logs: there may have been ' +
    `earlier ones. ${INDICATES}`,
  columns: {
    user: { title: 'User' },
    computer: { title: 'Computer' },
    source: { title: 'Source' },
    client: { title: 'Client' },
    first: { title: 'First logon', unit: 'instant' },
    last: { title: 'Last logon', unit: 'instant' },
    logons: { title: 'Logons', unit: 'count' },
  },
  rows(input) {
    const logons = input.sessions.filter((session) => beganIn(session, input));
    const book = accountBook(logons);
    const groups = groupBy(logons, (session) =>
      [book.keyOf(session), session.computer, sourceOf(session), session.clientName ?? ''].join('\n'),
    );
    const rows = [...groups.values()].map((group) => ({
      user: book.nameOf(book.keyOf(group[0]!)),
      computer: group[0]!.computer,
      source: sourceOf(group[0]!),
      client: group[0]!.clientName,
      first: least(group.map((session) => session.start)),
      last: greatest(group.map((session) => session.start)),
      logons: group.length,
    }));
    return rows.sort(
      (a, b) =>
        compareText(a.user, b.user) ||
        compareText(a.computer, b.computer) ||
        compareText(a.source, b.source) ||
        compareText(a.client, b.client) ||
        a.first! - b.first!,
    );
  },
});

/** The address if the log tells one, else the kind of session: a console has no address. */
function sourceOf(session: LogonSession): string {
  return session.sourceAddress ?? session.kind;
}
