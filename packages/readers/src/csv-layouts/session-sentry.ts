/** SessionSentry's collector CSV: one computer, local times in the culture of whoever ran it, 14 or 15 columns. */
import type { AttributedRecord, Instant } from '@logonscope/core';
import { type CsvContext, type CsvRowTaker, csvReader } from '../csv-reader.ts';
import { type DateOrder, emptyParts, splitTime, wallTimeOf } from '../culture-time.ts';
import { dateOrderJudge } from '../date-order.ts';
import { hashRow, occurrences } from '../identity.ts';
import { interner } from '../intern.ts';
import { type LocalTimes, localTimes } from '../local-times.ts';
import { type HeldRow, heldRows } from './held-rows.ts';
import { hostKnowledge } from './hosts.ts';
import { eventIdOf, logonIdOf, logonTypeOf, present, sidOf } from './values.ts';

const COLUMNS = [
  'timestamp',
  'eventtype',
  'eventid',
  'username',
  'domain',
  'logonid',
  'linkedlogonid',
  'workstationname',
  'ipaddress',
  'logontype',
  'sessionname',
  'status',
  'failurereason',
  'securityid',
] as const;
type Column = (typeof COLUMNS)[number];

/** Words whose WorkstationName is the client or target; all others name the computer that wrote the row. */
const NAMES_ANOTHER = new Set(['login', 'loginfailed', 'explicitlogin']);
const DETAIL_OF_TARGET = 'explicitlogin';
const FAILED = 'loginfailed';
/** The flag leaks to other rows through reused logon IDs, so it is believed only where the event itself says it. */
const SAYS_ELEVATED = 'tokenelevated';
const INTERACTIVE = new Set([2, 11]);

function openSessionSentry(context: CsvContext): CsvRowTaker {
  const { file, sink, options } = context;
  const at = Object.fromEntries(COLUMNS.map((name) => [name, context.column(name)])) as Record<
    Column,
    number
  >;
  const parts = emptyParts();
  const judge = dateOrderJudge();
  const hosts = hostKnowledge();
  const held = heldRows();
  const intern = interner();
  const occurrence = occurrences();
  const counted = context.header.map((_, i) => i !== at.timestamp && i !== context.column('iselevated'));
  let order: DateOrder = 'month-first';
  let times: LocalTimes | null = null;
  let lastLine = 1;
  let lastAmbiguous: { line: number; text: string } | null = null;

  const cell = (cells: readonly string[], column: Column): string => cells[at[column]] ?? '';
  const latest = new Map<Column, string>();
  /** A flat copy of a cell; most columns repeat what stood in the row before. */
  const keep = (value: string, column: Column): string => {
    if (latest.get(column) === value) return latest.get(column)!;
    const kept = intern(value);
    latest.set(column, kept);
    return kept;
  };
  const text = (cells: readonly string[], column: Column): string | null => {
    const value = present(cells[at[column]]);
    return value === null ? null : keep(value, column);
  };

  function learn(cells: readonly string[]): void {
    const workstation = present(cell(cells, 'workstationname'));
    // A settled file of one computer, as collectors write them, has nothing more to teach.
    if (workstation === null || (times !== null && workstation === hosts.only())) return;
    const word = cell(cells, 'eventtype').toLowerCase();
    if (!NAMES_ANOTHER.has(word))
      hosts.learn(cell(cells, 'username'), cell(cells, 'logonid'), intern(workstation));
    else if (word === 'login' && INTERACTIVE.has(logonTypeOf(cell(cells, 'logontype')) ?? -1)) {
      hosts.suggest(intern(workstation));
    }
  }

  /** Identity of the row: its instant and its cells, but not the flag that other rows of the file decide. */
  function identityOf(cells: readonly string[], time: Instant): string {
    return occurrence(hashRow(time, cells, counted), time);
  }

  function computerOf(cells: readonly string[], word: string): string {
    const own = text(cells, 'workstationname');
    if (!NAMES_ANOTHER.has(word) && own !== null) return own;
    return hosts.resolve(cell(cells, 'username'), cell(cells, 'logonid'), own ?? '') ?? own ?? '';
  }

  function recordOf(cells: readonly string[], line: number, time: Instant): AttributedRecord {
    const written = keep(cell(cells, 'eventtype'), 'eventtype');
    const word = written.toLowerCase();
    const logonId = logonIdOf(cell(cells, 'logonid'));
    const explicit = word === DETAIL_OF_TARGET;
    const user = cell(cells, 'username');
    return {
      kind: 'attributed',
      time,
      word: written,
      eventId: eventIdOf(cell(cells, 'eventid')),
      computer: computerOf(cells, word),
      attributes: {
        user: user === '' ? null : keep(user, 'username'),
        domain: text(cells, 'domain'),
        sid: sidOf(text(cells, 'securityid')),
        logonId: explicit || word === FAILED ? null : logonId,
        linkedLogonId: logonIdOf(cell(cells, 'linkedlogonid')),
        logonType: logonTypeOf(cell(cells, 'logontype')),
        sessionName: text(cells, 'sessionname'),
        sourceAddress: text(cells, 'ipaddress'),
        workstation: NAMES_ANOTHER.has(word) && !explicit ? text(cells, 'workstationname') : null,
        elevated: word === SAYS_ELEVATED ? true : null,
        status: text(cells, 'status'),
        subStatus: text(cells, 'failurereason'),
        detail: explicit ? explicitDetail(logonId, text(cells, 'workstationname')) : null,
      },
      identity: identityOf(cells, time),
      source: { file, line },
    };
  }

  function emit(cells: readonly string[], line: number): void {
    const written = cell(cells, 'timestamp');
    splitTime(written, parts);
    const wallMs = wallTimeOf(parts, order);
    if (Number.isNaN(wallMs)) {
      const expected = order === 'month-first' ? 'month/day/year' : 'day/month/year';
      const message = `"${written}" is not a time; the file writes ${expected} and a time of day.`;
      context.reject(line, at.timestamp, 'csv/bad-time', message);
      return;
    }
    const where = { file, line };
    const time =
      parts.offsetMinutes === null
        ? times!.place(wallMs, where, context.header[at.timestamp]!, written)
        : wallMs - parts.offsetMinutes * 60_000;
    sink.record(recordOf(cells, line, time));
  }

  /** With enough rows seen, settles the order of the date, and hands over what was held back. */
  function settle(): void {
    const decision = judge.decide();
    order = decision.order;
    times = localTimes(sink, options, decision.newestFirst);
    if (!decision.certain && lastAmbiguous !== null) {
      const shape = order === 'month-first' ? 'month/day/year' : 'day/month/year';
      const message = `Nothing tells whether "${lastAmbiguous.text}" names the day or the month first; it was read as ${shape}.`;
      context.reject(lastAmbiguous.line, at.timestamp, 'csv/ambiguous-dates', message);
    }
    for (const row of held.drain()) emit(row.cells, row.line);
  }

  function hold(row: HeldRow, chars: number): void {
    judge.see(parts);
    if (!parts.yearFirst) lastAmbiguous ??= { line: row.line, text: intern(cell(row.cells, 'timestamp')) };
    const oldest = held.push(row, chars);
    if (oldest === null) return;
    const rest = held.drain();
    settle();
    emit(oldest.cells, oldest.line);
    for (const { cells, line } of rest) emit(cells, line);
  }

  return {
    row(cells, line, chars) {
      lastLine = line;
      const written = cell(cells, 'timestamp');
      if (!splitTime(written, parts)) {
        const message = `"${written.slice(0, 100)}" is not a time like 11/3/2025 8:58:02 AM or 03.11.2025 08:58:02.`;
        context.reject(line, at.timestamp, 'csv/bad-time', message);
        return;
      }
      learn(cells);
      if (times === null) hold({ cells, line }, chars);
      else emit(cells, line);
    },
    end() {
      if (times === null) settle();
      times!.finish({ file, line: lastLine }, context.header[at.timestamp]!);
    },
  };
}

function explicitDetail(subjectLogonId: string | null, targetServer: string | null) {
  return {
    ...(subjectLogonId === null ? {} : { subjectLogonId }),
    ...(targetServer === null ? {} : { targetServer }),
  };
}

export const sessionSentryCsv = csvReader({
  id: 'session-sentry-csv',
  label: 'SessionSentry activity log (.csv)',
  timesHaveZone: false,
  required: ['timestamp', 'eventtype', 'eventid', 'username', 'logonid', 'workstationname'],
  open: openSessionSentry,
});
