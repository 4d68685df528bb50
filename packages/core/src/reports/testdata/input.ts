/** Builds a report's input for tests: that Monday in UTC unless a test says otherwise, and rows picked by column. */
import { at } from '../../queries/testdata/build.ts';
import type { Cell, Report, ReportInput } from '../report.ts';

export function input(
  facts: Partial<Omit<ReportInput, 'from' | 'to'>> & { readonly from?: string; readonly to?: string },
): ReportInput {
  return {
    sessions: [],
    events: [],
    coverage: [],
    timezone: 'UTC',
    dayStartHour: 0,
    options: {},
    ...facts,
    from: at(facts.from ?? '00:00'),
    to: at(facts.to ?? '2025-03-04T00:00Z'),
  };
}

/** The named columns of every row, in order: a small table to compare with. */
export function table(report: Report, given: ReportInput, ...columns: readonly string[]): Cell[][] {
  return [...report.rows(given)].map((row) =>
    columns.map((column) => {
      const unit = report.columns[column]?.unit;
      const cell = row[column];
      if (cell === undefined) throw new Error(`${report.id} has no column ${column}`);
      if (unit === 'duration') return hours(cell as number);
      return unit === 'instant' && cell !== null ? clock(cell as number) : cell;
    }),
  );
}

/** `7h`, `1h30`: what a person would write. */
function hours(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}h${rest === 0 ? '' : String(rest).padStart(2, '0')}`;
}

/** The time of day, with the date unless it is that Monday. */
function clock(ms: number): string {
  const text = new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
  return text.startsWith('2025-03-03 ') ? text.slice(11) : text;
}
