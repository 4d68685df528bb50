/** `logonscope report`: use time, logons, failures and detections, computed from sessions and events. */
import { ANALYTICS, REPORTS, type Report, type ReportInput, type ReportOptions } from '@logonscope/core';
import { type Command, INPUTS, type Invocation } from '../command.ts';
import { CHOOSING, COUNTING, type OptionValues, READING, WRITING } from '../options.ts';
import { chooseOutput } from '../output.ts';
import { finish, type ReadSessions, readSessions } from '../reading.ts';
import { selectEvents, selectSessions } from '../select.ts';
import type { Settings } from '../settings.ts';
import { writeTable } from '../show.ts';

const ALL: readonly Report[] = [...REPORTS, ...ANALYTICS];
const names = () => ALL.map((report) => report.id);

export const report: Command = {
  name: 'report',
  summary: 'use time, logons, failures, detections',
  description: [
    'Computes a report. --from and --to limit it to sessions and events that touch the range; days are cut in --timezone at --day-start.',
    `Reports: ${REPORTS.map(({ id, title }) => `${id} (${title})`).join(', ')}.`,
    `Analytics of MITRE CAR: ${ANALYTICS.map(({ id, title }) => `${id} (${title})`).join(', ')}.`,
  ],
  operands: [{ name: 'name', doc: 'which report', choices: names }, INPUTS],
  options: [
    'groupBy',
    'workHours',
    'workDays',
    'window',
    'threshold',
    'allow',
    'at',
    ...READING,
    ...CHOOSING,
    'include',
    ...COUNTING,
    ...WRITING,
  ],
  examples: [
    { line: 'logonscope report time-spent logs/ --group-by user', shows: 'use time per account' },
    {
      line: 'logonscope report daily logs/ --timezone Europe/London --day-start 4 -o november.xlsx',
      shows: 'a row per person and day; the day begins at four in the morning',
    },
    {
      line: 'logonscope report out-of-hours logs/ --work-hours 7-19 --work-days 1-5',
      shows: 'work at night and on weekends',
    },
    {
      line: 'logonscope report CAR-2013-02-012 logs/ --window 10m',
      shows: 'one account on several computers within ten minutes',
    },
  ],
  async run(invocation) {
    const chosen = ALL.find(({ id }) => id === invocation.operands.name)!;
    const output = chooseOutput(invocation.options, invocation.terminal);
    const read = await readSessions(invocation, { everything: chosen.needsEvents });
    const { settings } = read;
    const table = {
      title: chosen.title,
      note: chosen.method,
      columns: chosen.columns,
      rows: limited(chosen.rows(inputOf(read, invocation)), settings.selection.limit),
      timezone: settings.timezone,
    };
    await writeTable(output, table, invocation.terminal);
    return finish(invocation, read);
  },
};

/** The range defaults to all there is: from the first session or event to the last sign of any computer. */
function inputOf(read: ReadSessions, { options }: Invocation): ReportInput {
  const { settings, coverage } = read;
  const everything = { ...settings.selection, limit: null };
  const sessions = selectSessions(read.sessions, everything);
  const events = selectEvents(read.events, everything);
  const starts = sessions.map(({ start }) => start);
  const first = least([...starts, ...coverage.map(({ from }) => from), ...events.map(({ time }) => time)]);
  const last = -least([...coverage.map(({ to }) => -to), ...events.map(({ time }) => -time)]);
  return {
    sessions,
    events,
    coverage,
    from: settings.selection.from ?? first,
    to: settings.selection.to ?? last + 1,
    timezone: settings.timezone,
    dayStartHour: settings.dayStartHour,
    options: reportOptions(options, settings),
  };
}

/** Of a million instants, without spreading them over the stack. */
function least(instants: readonly number[]): number {
  let found = instants[0] ?? 0;
  for (const instant of instants) if (instant < found) found = instant;
  return found;
}

function reportOptions(options: OptionValues, { at }: Settings): ReportOptions {
  const [computer] = options.computer ?? [];
  return {
    ...(options.groupBy !== undefined && { groupBy: options.groupBy }),
    ...(options.workHours !== undefined && {
      workFromHour: options.workHours.fromHour,
      workToHour: options.workHours.toHour,
    }),
    ...(options.workDays !== undefined && { workDays: options.workDays }),
    ...(options.window !== undefined && { windowMs: options.window }),
    ...(options.threshold !== undefined && { threshold: options.threshold }),
    ...(options.allow !== undefined && { allow: options.allow }),
    ...(at !== null && { at }),
    ...(computer !== undefined && { computer }),
  };
}

function* limited<T>(rows: Iterable<T>, limit: number | null): Iterable<T> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (left-- <= 0) return;
    yield row;
  }
}
