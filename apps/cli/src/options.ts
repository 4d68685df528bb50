/** Every option, defined once: parsing, `--help`, completion, man page and the command reference read this table. */
import { SESSION_KINDS, type SessionKind } from '@logonscope/core';
import {
  choice,
  duration,
  type HourRange,
  hourRange,
  integer,
  list,
  type Parsed,
  text,
  timezone,
  weekdays,
} from './parse-value.ts';
import { when } from './when.ts';

export interface OptionDefinition<T> {
  /** As shown: `-o, --output <file>`. Without `<…>` it is a switch. */
  readonly flags: string;
  readonly doc: string;
  readonly group: OptionGroup;
  /** Missing for switches. */
  readonly parse?: (text: string) => Parsed<T>;
  /** May be given several times; the lists are joined. */
  readonly repeatable?: true;
  /** Offered by the shell's completion. */
  readonly choices?: readonly string[];
  readonly completesFiles?: true;
}

export const OPTION_GROUPS = [
  'Reading',
  'Choosing',
  'Counting time',
  'Question',
  'Query',
  'Server',
  'Output',
] as const;
export type OptionGroup = (typeof OPTION_GROUPS)[number];

export const FORMATS = ['table', 'json', 'ndjson', 'csv', 'xlsx', 'pdf', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];
export const SCHEMAS = ['native', 'car', 'ocsf', 'ecs'] as const;
const INCLUDES = [...SESSION_KINDS, 'all'] as const;
const CRASH_ENDS = ['last-alive', 'startup'] as const;
const GROUPINGS = ['user', 'user-computer', 'computer'] as const;
const STYLES = ['xml', 'classic'] as const;

const define = <T>(definition: OptionDefinition<T>): OptionDefinition<T> => definition;
const flag = (definition: Omit<OptionDefinition<true>, 'parse'>): OptionDefinition<true> => definition;
const many = list(text('a name'));

export const OPTIONS = {
  timezone: define({
    flags: '--timezone <zone>',
    doc: 'IANA zone for input times without one, for cutting days, for dates you type and for tables (default: of this machine)',
    group: 'Reading',
    parse: timezone,
  }),
  slack: flag({
    flags: '--slack',
    doc: 'also search deleted records in the slack of EVTX chunks',
    group: 'Reading',
  }),
  workers: define({
    flags: '--workers <n>',
    doc: 'files to read at once (default: by size and CPUs; 0 never starts a worker)',
    group: 'Reading',
    parse: integer(0, 256),
  }),

  user: define({
    flags: '--user <name>',
    doc: 'only this account: alice, CORP\\alice or a SID; * stands for anything; a comma in it takes a backslash; repeatable',
    group: 'Choosing',
    parse: many,
    repeatable: true,
  }),
  computer: define({
    flags: '--computer <name>',
    doc: 'only this computer; * stands for anything; repeatable',
    group: 'Choosing',
    parse: many,
    repeatable: true,
  }),
  from: define({
    flags: '--from <time>',
    doc: 'only what touches the range from here: a date, a time in --timezone, or an instant',
    group: 'Choosing',
    parse: when,
  }),
  to: define({
    flags: '--to <time>',
    doc: 'end of the range; a date means its whole day',
    group: 'Choosing',
    parse: when,
  }),
  include: define<readonly (SessionKind | 'all')[]>({
    flags: '--include <kinds>',
    doc: `besides people's sessions: ${INCLUDES.slice(2).join(', ')}`,
    group: 'Choosing',
    parse: list(choice(INCLUDES)),
    repeatable: true,
    choices: INCLUDES,
  }),
  limit: define({
    flags: '--limit <n>',
    doc: 'no more than so many rows',
    group: 'Choosing',
    parse: integer(1, Number.MAX_SAFE_INTEGER),
  }),

  screensaverDelay: define({
    flags: '--screensaver-delay <time>',
    doc: 'idle time before the screen saver starts, such as 10m, 90s or 600; counted as away (default 0)',
    group: 'Counting time',
    parse: duration,
  }),
  crashEnd: define({
    flags: '--crash-end <end>',
    doc: 'count a crashed session to the last sign of life or to the next startup: last-alive (default), startup',
    group: 'Counting time',
    parse: choice(CRASH_ENDS),
    choices: CRASH_ENDS,
  }),
  asOf: define({
    flags: '--as-of <time>',
    doc: "ignore what came later and count open sessions to this time (default: each computer's last event)",
    group: 'Counting time',
    parse: when,
  }),
  dayStart: define({
    flags: '--day-start <hour>',
    doc: 'hour at which a day begins, 0 to 23 (default 0)',
    group: 'Counting time',
    parse: integer(0, 23),
  }),

  at: define({
    flags: '--at <time>',
    doc: 'the moment asked about, e.g. 2025-11-03T14:30 in --timezone',
    group: 'Question',
    parse: when,
  }),
  anywhere: flag({
    flags: '--anywhere',
    doc: 'also count sessions on other computers at the same time',
    group: 'Question',
  }),
  groupBy: define({
    flags: '--group-by <what>',
    doc: `one row per ${GROUPINGS.join(', ')}`,
    group: 'Question',
    parse: choice(GROUPINGS),
    choices: GROUPINGS,
  }),
  workHours: define<HourRange>({
    flags: '--work-hours <hours>',
    doc: 'working hours, e.g. 7-19',
    group: 'Question',
    parse: hourRange,
  }),
  workDays: define<readonly number[]>({
    flags: '--work-days <days>',
    doc: 'working days, e.g. 1-5 (Monday is 1)',
    group: 'Question',
    parse: weekdays,
  }),
  window: define({
    flags: '--window <time>',
    doc: 'length of time within which events belong together, e.g. 10m',
    group: 'Question',
    parse: duration,
  }),
  threshold: define({
    flags: '--threshold <n>',
    doc: 'count from which a row is worth showing',
    group: 'Question',
    parse: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  allow: define({
    flags: '--allow <names>',
    doc: 'accounts or addresses that are expected and left out; repeatable',
    group: 'Question',
    parse: many,
    repeatable: true,
  }),

  style: define({
    flags: '--style <style>',
    doc: 'field names of XML or of classic rendering: xml (default), classic',
    group: 'Query',
    parse: choice(STYLES),
    choices: STYLES,
  }),
  earliest: define({
    flags: '--earliest <time>',
    doc: 'start of the search in the words of Splunk (default -30d)',
    group: 'Query',
    parse: text('a Splunk time such as -30d'),
  }),
  latest: define({
    flags: '--latest <time>',
    doc: 'end of the search in the words of Splunk (default now)',
    group: 'Query',
    parse: text('a Splunk time such as now'),
  }),
  outputcsv: define({
    flags: '--outputcsv <file>',
    doc: 'let the search write this file on the search head',
    group: 'Query',
    parse: text('a file name'),
  }),

  format: define({
    flags: '--format <format>',
    doc: `${FORMATS.join(', ')} (default: by the extension of --output, else table)`,
    group: 'Output',
    parse: choice(FORMATS),
    choices: FORMATS,
  }),
  output: define({
    flags: '-o, --output <file>',
    doc: 'write to this file instead of standard output',
    group: 'Output',
    parse: text('a file name'),
    completesFiles: true,
  }),
  schema: define({
    flags: '--schema <schema>',
    doc: `names of the attributes: ${SCHEMAS.join(', ')} (default native)`,
    group: 'Output',
    parse: choice(SCHEMAS),
    choices: SCHEMAS,
  }),
  explain: flag({
    flags: '--explain',
    doc: 'with each session its ledger: what was taken off, and by which evidence',
    group: 'Output',
  }),
  quiet: flag({
    flags: '--quiet',
    doc: 'no problems, notes or progress on standard error; the exit status still tells',
    group: 'Output',
  }),
  problems: define({
    flags: '--problems <file>',
    doc: 'write every problem as a line of JSON to this file',
    group: 'Output',
    parse: text('a file name'),
    completesFiles: true,
  }),
} as const satisfies Record<string, OptionDefinition<never> | OptionDefinition<unknown>>;

export type OptionName = keyof typeof OPTIONS;
type ValueOf<D> = D extends OptionDefinition<infer T> ? T : never;
export type OptionValues = { readonly [K in OptionName]?: ValueOf<(typeof OPTIONS)[K]> };

/** What each kind of command takes, so that the lists in `commands/` stay short. */
export const READING = ['timezone', 'slack', 'workers', 'quiet', 'problems'] as const;
export const CHOOSING = ['user', 'computer', 'from', 'to', 'dayStart', 'limit'] as const;
export const COUNTING = ['screensaverDelay', 'crashEnd', 'asOf'] as const;
export const WRITING = ['format', 'output'] as const;

/** `--screensaver-delay` of `--screensaver-delay <time>`. */
export function longFlag(definition: { readonly flags: string }): string {
  return /--[a-z-]+/.exec(definition.flags)![0];
}
