/** How much evidence there was per computer: absence of data must not look like absence of work. */
import type { Interval } from '../intervals.ts';
import type { Instant } from '../model.ts';
import { compareText, distinct, greatest, groupBy, least, sumOf } from '../queries/grouping.ts';
import { endOf } from '../queries/use.ts';
import { type Day, dayOf, daysOf } from '../zones.ts';
import { defineReport, type ReportInput } from './report.ts';
import { isWithin } from './selection.ts';

export const coverage = defineReport({
  id: 'coverage',
  title: 'Coverage',
  method:
    'What the logs of each computer hold: their first and last sign, whether lock events were ever written, record ' +
    'numbers that are missing, logs that were cleared, and on how many days of the range there is any evidence at all. ' +
    'A day without evidence tells nothing about presence: the computer may have been off, or its log may be missing.',
  needsEvents: true,
  needsCoverage: true,
  columns: {
    computer: { title: 'Computer' },
    from: { title: 'From', unit: 'instant' },
    to: { title: 'To', unit: 'instant' },
    events: { title: 'Events', unit: 'count' },
    channels: { title: 'Channels' },
    lockData: { title: 'Lock data', unit: 'flag' },
    gaps: { title: 'Gaps', unit: 'count' },
    missingRecords: { title: 'Records missing', unit: 'count' },
    cleared: { title: 'Logs cleared', unit: 'count' },
    daysWithEvidence: { title: 'Days with evidence', unit: 'count' },
    daysInRange: { title: 'Days in range', unit: 'count' },
    share: { title: 'Share of days', unit: 'share' },
  },
  rows(input) {
    const range = knownRange(input);
    const days = daysOf([range], input);
    const seen = signsOf(input);
    return [...input.coverage]
      .sort((a, b) => compareText(a.computer, b.computer) || a.from - b.from)
      .map((one) => {
        const signs = [...(seen.get(one.computer) ?? []), { at: one.from }, { at: one.to }];
        const daysWithEvidence = countDays(signs, days, range);
        const gaps = one.gaps.filter((gap) => gap.from < range.to && gap.to >= range.from);
        return {
          computer: one.computer,
          from: one.from,
          to: one.to,
          events: one.events,
          channels: distinct(one.channels).join(', '),
          lockData: one.lockData,
          gaps: gaps.length,
          missingRecords: sumOf(gaps, (gap) => gap.missing),
          cleared: one.cleared.filter((at) => isWithin(at, range)).length,
          daysWithEvidence,
          daysInRange: days.length,
          share: days.length === 0 ? 0 : daysWithEvidence / days.length,
        };
      });
  },
});

interface Sign {
  readonly at: Instant;
}

/** A range without an end on one side ends where the data does. */
function knownRange({ from, to, coverage: all }: ReportInput): Interval {
  const first = least(all.map((one) => one.from)) ?? 0;
  const last = greatest(all.map((one) => one.to)) ?? 0;
  return { from: Number.isFinite(from) ? from : first, to: Number.isFinite(to) ? to : last + 1 };
}

/** Everything that shows a computer alive: its events, and the edges of its sessions where events were not kept. */
function signsOf({ events, sessions }: ReportInput): Map<string, Sign[]> {
  const signs = [
    ...events.map(({ computer, time }) => ({ computer, at: time })),
    ...sessions.flatMap(({ computer, away, ...session }) =>
      [session.start, endOf(session), ...away.flatMap(({ from, to }) => [from, to])].map((at) => ({
        computer,
        at,
      })),
    ),
  ];
  return groupBy(signs, (sign) => sign.computer);
}

function countDays(signs: readonly Sign[], days: readonly Day[], range: Interval): number {
  const found = new Set<number>();
  for (const { at } of signs) {
    const day = isWithin(at, range) ? dayOf(days, at) : -1;
    if (day >= 0) found.add(day);
  }
  return found.size;
}
