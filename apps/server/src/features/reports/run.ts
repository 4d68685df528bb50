/** Runs a report of the core over the store and gives it the form in which it travels. */
import type { Row } from '@logonscope/core';
import { type ReportWish, reportInput, reportOf } from '../../questions/report-input.ts';
import type { Source } from '../../questions/source.ts';

/** All rows of a report, with what its columns mean. */
export async function runReport(source: Source, wish: ReportWish) {
  const report = reportOf(wish.report);
  const input = await reportInput(source, wish, report);
  return {
    id: report.id,
    title: report.title,
    method: report.method,
    columns: Object.entries(report.columns).map(([key, { title, unit = 'text' }]) => ({ key, title, unit })),
    rows: [...report.rows(input)].map((row): Record<string, Row[string]> => ({ ...row })),
    from: new Date(input.from).toISOString(),
    to: new Date(input.to).toISOString(),
  };
}
