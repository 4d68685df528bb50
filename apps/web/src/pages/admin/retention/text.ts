/** What the page of retention says. */
export const KINDS = ['eventsDays', 'sessionsDays', 'totalsDays', 'auditDays', 'errorLogDays'] as const;
export type Kind = (typeof KINDS)[number];

export const TEXT = {
  title: 'Retention',
  about:
    'How long data of this company is kept. What is older is deleted by itself and cannot be brought back.',
  inForce: 'What holds now',
  own: 'Rules of this company',
  readOnly: 'Administrators of the installation change this.',
  heldFrom: 'Data from',
  nothingDeleted: 'nothing was deleted yet',
  shorter: 'Keep data shorter?',
  shorterAbout:
    'Some data becomes too old by this and is deleted with the next run. It cannot be brought back.',
  kinds: {
    eventsDays: { name: 'Events', hint: 'What computers wrote, record by record.' },
    sessionsDays: {
      name: 'Sessions',
      hint: 'They stay as they are when their events go; never kept shorter than these.',
    },
    totalsDays: { name: 'Day totals', hint: 'Counts by day and site, without names.' },
    auditDays: { name: 'Audit trail', hint: 'What administrators did; 30 days at least.' },
    errorLogDays: { name: 'Error log', hint: 'Failures of requests of this company.' },
  },
} as const;

export function daysText(days: number): string {
  if (days === 0) return 'for ever';
  return days === 1 ? '1 day' : `${days} days`;
}
