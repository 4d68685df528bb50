/** docs/reports.md: every report with what its numbers mean and which columns it has. */
import { ANALYTICS, REPORTS, type Report } from '@logonscope/core';
import { code, generatedFrom, type Page, sentences, table } from './page.ts';

export const reports: Page = {
  path: 'docs/reports.md',
  render: () =>
    [
      generatedFrom('packages/core/src/reports and packages/core/src/analytics'),
      '# Reports\n\n',
      sentences(
        '`logonscope report <name> <files>` prints one; `--format` and `-o` write it as CSV, JSON, XLSX, PDF or Parquet.',
        'Days are cut in `--timezone` at `--day-start`. Durations are seconds in data formats, hours in tables.',
      ),
      ...REPORTS.map(section),
      '# Analytics\n\n',
      sentences(
        'Analytics of MITRE CAR on logon sessions, run like reports: `logonscope report CAR-2013-10-001 <files>`. What they find is a',
        'reason to look, not a verdict.',
      ),
      ...ANALYTICS.map(section),
    ].join(''),
};

function section({ id, title, method, columns }: Report): string {
  const rows = Object.entries(columns).map(([name, column]) => [
    code(name),
    column.title,
    column.unit ?? 'text',
  ]);
  return `## ${title}\n\n${code(`logonscope report ${id}`)}: ${method}\n\n${table(['column', 'title', 'unit'], rows)}\n`;
}
