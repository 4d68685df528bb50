/** What each report's page shows beside its table: which options it reads, its figures, and what its chart counts. */
import type { runReport } from '@logonscope/protocol';
import type { BodyOf } from '../../data/source.ts';
import { count, lengthText, shareText } from '../../parts/words/lengths.ts';

export type Report = BodyOf<typeof runReport>;
export type ReportRow = Report['rows'][number];

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

/** A chart of the greatest: which column names a bar, and which measures it. */
export interface Ranking {
  readonly title: string;
  readonly by: string;
  readonly of: string;
  readonly unit: 'count' | 'duration';
  readonly tone?: 'accent' | 'failed' | 'elevation';
}

export interface ReportPage {
  /** Options beyond range, zone and filter. */
  readonly options: readonly ('groupBy' | 'dayStart' | 'working' | 'allow' | 'window' | 'threshold')[];
  readonly figures: (rows: readonly ReportRow[]) => readonly Figure[];
  readonly rankings: readonly Ranking[];
  /** Charts of their own. */
  readonly days?: true;
  readonly hours?: true;
}

const number = (row: ReportRow, key: string) => Number(row[key] ?? 0);
const sum = (rows: readonly ReportRow[], key: string) =>
  rows.reduce((total, row) => total + number(row, key), 0);
const distinct = (rows: readonly ReportRow[], key: string) => new Set(rows.map((row) => row[key])).size;
const greatest = (rows: readonly ReportRow[], key: string) =>
  rows.reduce((most, row) => Math.max(most, number(row, key)), 0);
const lines = (name: string) => (rows: readonly ReportRow[]) => [{ name, value: count(rows.length) }];

function timeFigures(rows: readonly ReportRow[]): Figure[] {
  const [use, least, most] = [sum(rows, 'useMs'), sum(rows, 'useMinMs'), sum(rows, 'useMaxMs')];
  return [
    { name: 'Use time', value: lengthText(use), note: `${lengthText(least)} to ${lengthText(most)}` },
    { name: 'Session time', value: lengthText(sum(rows, 'sessionMs')) },
    { name: 'Locked', value: lengthText(sum(rows, 'lockedMs')) },
    { name: 'Logon sessions', value: count(sum(rows, 'sessions')), note: `${count(sum(rows, 'open'))} open` },
    {
      name: 'Not certain',
      value: use === 0 ? '0%' : shareText((most - least) / use),
      note: 'of the use time',
    },
  ];
}

function dailyFigures(rows: readonly ReportRow[]): Figure[] {
  const lengths = rows.map((row) => number(row, 'useUnionMs')).filter((ms) => ms > 0);
  const sorted = [...lengths].sort((a, b) => a - b);
  const middle = sorted.length === 0 ? 0 : sorted[Math.floor((sorted.length - 1) / 2)]!;
  return [
    { name: 'Use time', value: lengthText(sum(rows, 'useMs')) },
    { name: 'Median day in use', value: lengthText(middle), note: `of ${count(lengths.length)} days` },
    { name: 'Longest day', value: lengthText(greatest(rows, 'useUnionMs')) },
    { name: 'Users', value: count(distinct(rows, 'user')) },
    { name: 'Days', value: count(distinct(rows, 'date')) },
  ];
}

const REPORTS: Readonly<Record<string, ReportPage>> = {
  'time-spent': { options: ['groupBy', 'dayStart'], figures: timeFigures, rankings: [], days: true },
  daily: { options: ['dayStart'], figures: dailyFigures, rankings: [], days: true },
  'logon-frequency': {
    options: ['dayStart'],
    figures: (rows) => {
      const totals = rows.filter((row) => row.date === null);
      return [
        { name: 'Logons', value: count(sum(totals, 'logons')) },
        { name: 'Users', value: count(totals.length) },
        { name: 'Most by one user', value: count(greatest(totals, 'logons')) },
        {
          name: 'Days with logons',
          value: count(
            distinct(
              rows.filter((row) => row.date !== null),
              'date',
            ),
          ),
        },
      ];
    },
    rankings: [],
    hours: true,
  },
  'failed-logons': {
    options: ['allow'],
    figures: (rows) => [
      { name: 'Attempts', value: count(sum(rows, 'attempts')) },
      { name: 'Names typed', value: count(distinct(rows, 'user')) },
      { name: 'Addresses', value: count(distinct(rows, 'address')) },
      { name: 'Reasons', value: count(distinct(rows, 'reason')) },
    ],
    rankings: [
      { title: 'Attempts by user', by: 'user', of: 'attempts', unit: 'count', tone: 'failed' },
      { title: 'Attempts by address', by: 'address', of: 'attempts', unit: 'count', tone: 'failed' },
      { title: 'Attempts by reason', by: 'reason', of: 'attempts', unit: 'count', tone: 'failed' },
    ],
  },
  'first-last': {
    options: [],
    figures: (rows) => [
      { name: 'Logons', value: count(sum(rows, 'logons')) },
      { name: 'Users', value: count(distinct(rows, 'user')) },
      { name: 'Computers', value: count(distinct(rows, 'computer')) },
      { name: 'Sources', value: count(distinct(rows, 'source')) },
    ],
    rankings: [
      { title: 'Logons by computer', by: 'computer', of: 'logons', unit: 'count' },
      { title: 'Logons by source', by: 'source', of: 'logons', unit: 'count' },
    ],
  },
  concurrent: {
    options: ['threshold'],
    figures: (rows) => [
      { name: 'Stretches', value: count(rows.length) },
      { name: 'Most at once', value: count(greatest(rows, 'peak')) },
      { name: 'In use at once', value: lengthText(sum(rows, 'inUseAtOnceMs')) },
    ],
    rankings: [
      { title: 'Length of stretches', by: 'name', of: 'lengthMs', unit: 'duration' },
      { title: 'In use at once', by: 'name', of: 'inUseAtOnceMs', unit: 'duration' },
    ],
  },
  'out-of-hours': {
    options: ['working', 'allow', 'dayStart'],
    figures: (rows) => [
      { name: 'Use out of hours', value: lengthText(sum(rows, 'useOutsideMs')) },
      { name: 'Logons out of hours', value: count(sum(rows, 'logonsOutside')) },
      { name: 'Users', value: count(distinct(rows, 'user')) },
      { name: 'Days', value: count(distinct(rows, 'date')) },
    ],
    rankings: [
      { title: 'Use out of hours by user', by: 'user', of: 'useOutsideMs', unit: 'duration' },
      { title: 'Logons out of hours by user', by: 'user', of: 'logonsOutside', unit: 'count' },
    ],
  },
  elevation: {
    options: ['allow'],
    figures: (rows) => [
      { name: 'In all', value: count(rows.length) },
      {
        name: 'Elevated sessions',
        value: count(rows.filter((row) => row.kind === 'elevated session').length),
      },
      {
        name: 'Other credentials',
        value: count(rows.filter((row) => row.kind === 'explicit credentials').length),
      },
      { name: 'Users', value: count(distinct(rows, 'user')) },
    ],
    rankings: [
      { title: 'By user', by: 'user', of: '', unit: 'count', tone: 'elevation' },
      { title: 'By what', by: 'kind', of: '', unit: 'count', tone: 'elevation' },
    ],
  },
  coverage: {
    options: ['dayStart'],
    figures: (rows) => [
      { name: 'Computers', value: count(rows.length) },
      { name: 'Without lock data', value: count(rows.filter((row) => row.lockData === false).length) },
      {
        name: 'Gaps',
        value: count(sum(rows, 'gaps')),
        note: `${count(sum(rows, 'missingRecords'))} records missing`,
      },
      { name: 'Logs cleared', value: count(sum(rows, 'cleared')) },
    ],
    rankings: [{ title: 'Days with evidence', by: 'computer', of: 'daysWithEvidence', unit: 'count' }],
  },
};

/** Reports that have no page of their own, such as analytics: as many lines as there are, by their first name. */
const OTHER: ReportPage = {
  options: ['window', 'threshold', 'allow'],
  figures: lines('Found'),
  rankings: [{ title: 'How often', by: 'user', of: '', unit: 'count' }],
};

export function pageOf(reportId: string): ReportPage {
  return Object.hasOwn(REPORTS, reportId) ? REPORTS[reportId]! : OTHER;
}

export interface Ranked {
  readonly name: string;
  readonly value: number;
}

/** The greatest names of a ranking, added up over the rows; an empty `of` counts rows. */
export function ranked(
  rows: readonly ReportRow[],
  { by, of }: Pick<Ranking, 'by' | 'of'>,
  most = 10,
): Ranked[] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const name = row[by];
    if (name === undefined || name === null || name === '') continue;
    sums.set(String(name), (sums.get(String(name)) ?? 0) + (of === '' ? 1 : number(row, of)));
  }
  return [...sums]
    .map(([name, value]) => ({ name, value }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
    .slice(0, most);
}
