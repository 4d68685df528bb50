/** Who failed to log on, from where and why. */
import type { SessionEvent } from '../model.ts';
import { accountBook } from '../queries/account.ts';
import { compareText, distinct, greatest, groupBy, least } from '../queries/grouping.ts';
import { defineReport } from './report.ts';
import { allowed, isWithin } from './selection.ts';

export const failedLogons = defineReport({
  id: 'failed-logons',
  title: 'Failed logons',
  method:
    'Attempts that Windows turned away, by user, address and reason, the most frequent first. The user is the name that ' +
    'was typed, which need not exist, and a wrong password is more often a slip than an attack. Logs indicate an ' +
    'attempt, they do not prove who made it.',
  needsEvents: true,
  columns: {
    user: { title: 'User' },
    address: { title: 'From address' },
    reason: { title: 'Reason' },
    attempts: { title: 'Attempts', unit: 'count' },
    first: { title: 'First', unit: 'instant' },
    last: { title: 'Last', unit: 'instant' },
    computers: { title: 'Computers' },
    workstations: { title: 'From workstations' },
    logonTypes: { title: 'Logon types' },
  },
  rows(input) {
    const expected = allowed(input.options.allow);
    const failures = input.events.filter(
      (event) => event.signal === 'logonFailed' && isWithin(event.time, input) && !expected(event),
    );
    const book = accountBook(failures);
    const groups = groupBy(failures, (event) =>
      [book.keyOf(event), event.sourceAddress ?? '', reasonOf(event)].join('\n'),
    );
    const rows = [...groups.values()].map((group) => ({
      user: book.nameOf(book.keyOf(group[0]!)),
      address: group[0]!.sourceAddress,
      reason: reasonOf(group[0]!),
      attempts: group.length,
      first: least(group.map((event) => event.time)),
      last: greatest(group.map((event) => event.time)),
      computers: distinct(group.map((event) => event.computer)).join(', '),
      workstations: distinct(group.map((event) => event.workstation)).join(', '),
      logonTypes: logonTypesOf(group),
    }));
    return rows.sort(
      (a, b) =>
        b.attempts - a.attempts ||
        compareText(a.user, b.user) ||
        compareText(a.address, b.address) ||
        compareText(a.reason, b.reason),
    );
  },
});

function reasonOf(event: SessionEvent): string {
  return event.failureReason ?? event.subStatus ?? event.status ?? 'not told';
}

function logonTypesOf(events: readonly SessionEvent[]): string {
  const types = new Set(events.flatMap(({ logonType }) => (logonType === null ? [] : [logonType])));
  return [...types].sort((a, b) => a - b).join(', ');
}
