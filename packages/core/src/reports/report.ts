/** What a report is: an id, a title, columns, and rows computed from sessions and events. One list, many outlets. */
import type { DurationMs, Instant, LogonSession, SessionEvent } from '../model.ts';
import type { Coverage } from '../sessions/coverage.ts';

export type Cell = string | number | boolean | null;
export type Unit = 'text' | 'count' | 'duration' | 'instant' | 'day' | 'share' | 'flag';

export interface Column {
  readonly title: string;
  /** `duration` cells are milliseconds, `instant` cells epoch milliseconds, `share` cells 0 to 1. Default `text`. */
  readonly unit?: Unit;
}

export interface ReportInput {
  readonly sessions: readonly LogonSession[];
  /** Events of the range; only reports that say `needsEvents` read them. */
  readonly events: readonly SessionEvent[];
  readonly coverage: readonly Coverage[];
  readonly from: Instant;
  readonly to: Instant;
  /** IANA zone in which days are cut. */
  readonly timezone: string;
  /** Hour at which a day begins, 0 to 23. */
  readonly dayStartHour: number;
  readonly options: ReportOptions;
  /** The site of a computer, where sites are known. */
  readonly siteOf?: (computer: string) => string | null;
}

/** Options a report may read; each has a default in the report itself. */
export interface ReportOptions {
  readonly groupBy?: 'user' | 'user-computer' | 'computer' | 'site';
  /** Working hours for out-of-hours, e.g. 7 to 19, and working days 1 (Monday) to 7. */
  readonly workFromHour?: number;
  readonly workToHour?: number;
  readonly workDays?: readonly number[];
  readonly windowMs?: DurationMs;
  readonly threshold?: number;
  /** Accounts or addresses that are expected and left out. */
  readonly allow?: readonly string[];
  readonly at?: Instant;
  readonly computer?: string;
}

export type Row = Readonly<Record<string, Cell>>;

export interface Report {
  readonly id: string;
  readonly title: string;
  /** One sentence in plain words: what a number here means and what it does not prove. */
  readonly method: string;
  readonly needsEvents: boolean;
  /** Also reads events that are noise for sessions, such as network logons; `needsEvents` is then true too. */
  readonly needsEveryEvent?: boolean;
  /** Reads what evidence there is per computer, which has to be worked out from all events where it is not at hand. */
  readonly needsCoverage?: boolean;
  readonly columns: Readonly<Record<string, Column>>;
  rows(input: ReportInput): Iterable<Row>;
}

/** Checks that rows have exactly the columns named; returns the report unchanged. */
export function defineReport<const C extends Readonly<Record<string, Column>>>(report: {
  readonly id: string;
  readonly title: string;
  readonly method: string;
  readonly needsEvents?: boolean;
  readonly needsEveryEvent?: boolean;
  readonly needsCoverage?: boolean;
  readonly columns: C;
  rows(input: ReportInput): Iterable<{ readonly [K in keyof C]: Cell }>;
}): Report {
  const needsEveryEvent = report.needsEveryEvent ?? false;
  return { ...report, needsEveryEvent, needsEvents: report.needsEvents ?? needsEveryEvent };
}
