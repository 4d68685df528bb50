/** Reports of the core over the files. */
import { ANALYTICS, REPORTS, type Report, type ReportInput, type ReportOptions } from '@logonscope/core';
import { type AskedFields, eventsFor, questionOf, sessionsFor } from './question.ts';
import { LocalRefusal } from './refusal.ts';
import type { LocalStore } from './store.ts';

const ALL: readonly Report[] = [...REPORTS, ...ANALYTICS];

export interface ReportFields extends AskedFields {
  readonly dayStart: number;
  readonly groupBy?: ReportOptions['groupBy'];
  readonly windowSeconds?: number;
  readonly threshold?: number;
  readonly allow?: readonly string[];
  readonly at?: string;
  readonly computer?: string;
}

export function listReports() {
  return { rows: ALL.map(({ id, title, method }) => ({ id, title, method })) };
}

/** A report of that name. */
export function reportOf(id: string): Report {
  const report = ALL.find((known) => known.id.toLowerCase() === id.toLowerCase());
  if (report === undefined) throw new LocalRefusal(404, 'report/not-found', 'There is no such report.');
  return report;
}

/** Everything the report reads; the range defaults to all there is, as on the command line. */
export function reportInput(store: LocalStore, fields: ReportFields, report: Report): ReportInput {
  const question = questionOf(fields);
  const { timezone, ...hours } = question.context;
  const sessions = sessionsFor(store, question).found;
  const events = report.needsEvents ? eventsFor(store, question).found.map(({ event }) => event) : [];
  const first = store.events[0]?.event.time ?? 0;
  const last = store.events.at(-1)?.event.time ?? 0;
  const { groupBy, windowSeconds, threshold, allow, at, computer } = fields;
  return {
    ...{ sessions, events, timezone, dayStartHour: fields.dayStart },
    coverage: report.needsCoverage ? store.coverage : [],
    from: question.from ?? Math.min(first, sessions[0]?.start ?? first),
    to: question.to ?? last + 1,
    options: {
      ...hours,
      ...(groupBy !== undefined && { groupBy }),
      ...(windowSeconds !== undefined && { windowMs: windowSeconds * 1000 }),
      ...(threshold !== undefined && { threshold }),
      ...(allow !== undefined && { allow }),
      ...(at !== undefined && { at: Date.parse(at) }),
      ...(computer !== undefined && { computer }),
    },
  };
}

export function runReport(store: LocalStore, id: string, fields: ReportFields) {
  const report = reportOf(id);
  const input = reportInput(store, fields, report);
  return {
    ...{ id: report.id, title: report.title, method: report.method },
    columns: Object.entries(report.columns).map(([key, { title, unit = 'text' }]) => ({ key, title, unit })),
    rows: [...report.rows(input)].map((row) => ({ ...row })),
    from: new Date(input.from).toISOString(),
    to: new Date(input.to).toISOString(),
  };
}
