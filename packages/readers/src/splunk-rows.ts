/** Rows of the originals' Splunk search, from CSV or JSON: several computers mixed, the writer of a row to be found out. */
import type { EventDetail, Instant, SourceLocation } from '@logonscope/core';
import { heldRows } from './csv-layouts/held-rows.ts';
import { hostKnowledge } from './csv-layouts/hosts.ts';
import { eventIdOf, logonIdOf, logonTypeOf, present, sidOf } from './csv-layouts/values.ts';
import { hashRow, occurrences } from './identity.ts';
import { flat, interner } from './intern.ts';
import { parseIsoTime } from './iso-time.ts';
import { type LocalTimes, localTimes } from './local-times.ts';
import type { ReadOptions, RecordSink } from './reader.ts';

/** What the search writes, and what people add to it; `host` stands there if they kept Splunk's own field. */
export const SPLUNK_FIELDS = [
  'timestamp',
  'type',
  'username',
  'domain',
  'logon_id',
  'linked_logon_id',
  'workstation',
  'ip_address',
  'event_id',
  'is_elevated',
  'logon_type',
  'session_name',
  'status',
  'sub_status',
  'security_id',
  'host',
] as const;
export type SplunkField = (typeof SPLUNK_FIELDS)[number];
const AT = Object.fromEntries(SPLUNK_FIELDS.map((name, i) => [name, i])) as Record<SplunkField, number>;

/** The instant stands for the time's text, and the flag is decided by other rows. */
const COUNTED = SPLUNK_FIELDS.map((name) => name !== 'timestamp' && name !== 'is_elevated');

/** Words whose workstation is the client; the search gives the others their ComputerName. */
const NAMES_CLIENT = new Set(['login', 'loginfailed']);
/** Words whose logon ID is that of the account that asked, not of the account named. */
const NAMES_SUBJECT = new Set(['loginfailed', 'explicitlogin']);
const SAYS_ELEVATED = 'tokenelevated';
/** Epoch seconds of 1973 to 5138: more digits are milliseconds. */
const EPOCH = /^(\d{9,11})(?:\.(\d{1,9}))?$/;
const EPOCH_MS = /^\d{12,14}$/;

export interface SplunkRows {
  /** One row, its cells in the order of SPLUNK_FIELDS; `line` where it stands. */
  row(cells: readonly string[], line: number, chars: number): void;
  end(): void;
}

/** `1762156800.000`, epoch milliseconds or an ISO time; a wall time where it says no zone; null if it is no time. */
export function splunkTime(text: string): { at: Instant } | { wallMs: number } | null {
  const epoch = EPOCH.exec(text);
  if (epoch !== null)
    return { at: Number(epoch[1]) * 1000 + Number((epoch[2] ?? '').padEnd(3, '0').slice(0, 3)) };
  if (EPOCH_MS.test(text)) return { at: Number(text) };
  const iso = parseIsoTime(text.trim());
  if (iso === null) return null;
  return iso.offsetMinutes === null
    ? { wallMs: iso.wallMs }
    : { at: iso.wallMs - iso.offsetMinutes * 60_000 };
}

/** Reads rows of one file in its order. Each is handed over once enough later rows are seen to know its computer. */
export function splunkRows(file: string, sink: RecordSink, options: ReadOptions): SplunkRows {
  const hosts = hostKnowledge();
  const held = heldRows();
  const intern = interner();
  const occurrence = occurrences();
  let times: LocalTimes | null = null;
  let at: SourceLocation = { file };

  const text = (cells: readonly string[], field: SplunkField): string | null => {
    const value = present(cells[AT[field]]);
    return value === null ? null : intern(value);
  };

  function instantOf(written: string): Instant | null {
    const time = splunkTime(written);
    if (time === null) return null;
    if ('at' in time) return time.at;
    times ??= localTimes(sink, options, false);
    return times.place(time.wallMs, at, 'timestamp', written);
  }

  function detailOf(word: string, cells: readonly string[]): EventDetail | null {
    const subjectLogonId = NAMES_SUBJECT.has(word) ? logonIdOf(cells[AT.logon_id]) : null;
    return subjectLogonId === null ? null : { subjectLogonId };
  }

  function computerOf(word: string, cells: readonly string[]): string {
    const host = text(cells, 'host');
    if (host !== null) return host;
    const own = text(cells, 'workstation') ?? '';
    if (own !== '' && !NAMES_CLIENT.has(word)) return own;
    return hosts.resolve(cells[AT.username]!, cells[AT.logon_id]!, own) ?? own;
  }

  function emit(cells: readonly string[], line: number): void {
    at = { file, line };
    const written = cells[AT.timestamp]!;
    const time = instantOf(written);
    if (time === null) {
      const message = `"${written.slice(0, 100)}" is not a time like 1762156800.000 or 2025-11-03T08:00:00+00:00.`;
      sink.problem({ code: 'csv/bad-time', at, field: 'timestamp', message: flat(message) });
      return;
    }
    const wordWritten = intern(cells[AT.type]!);
    const word = wordWritten.toLowerCase();
    const identity = occurrence(hashRow(time, cells, COUNTED), time);
    sink.record({
      kind: 'attributed',
      time,
      word: wordWritten,
      eventId: eventIdOf(cells[AT.event_id]),
      computer: computerOf(word, cells),
      attributes: {
        user: cells[AT.username] === '' ? null : intern(cells[AT.username]!),
        domain: text(cells, 'domain'),
        sid: sidOf(text(cells, 'security_id')),
        logonId: NAMES_SUBJECT.has(word) ? null : logonIdOf(cells[AT.logon_id]),
        linkedLogonId: logonIdOf(cells[AT.linked_logon_id]),
        logonType: logonTypeOf(cells[AT.logon_type]),
        sessionName: text(cells, 'session_name'),
        sourceAddress: text(cells, 'ip_address'),
        workstation: NAMES_CLIENT.has(word) ? text(cells, 'workstation') : null,
        elevated: word === SAYS_ELEVATED ? true : null,
        status: text(cells, 'status'),
        subStatus: text(cells, 'sub_status'),
        detail: detailOf(word, cells),
      },
      identity,
      source: at,
    });
  }

  return {
    row(cells, line, chars) {
      const workstation = text(cells, 'workstation');
      if (workstation !== null && !NAMES_CLIENT.has(cells[AT.type]!.toLowerCase())) {
        hosts.learn(cells[AT.username]!, cells[AT.logon_id]!, workstation);
      }
      const oldest = held.push({ cells, line }, chars);
      if (oldest !== null) emit(oldest.cells, oldest.line);
    },
    end() {
      for (const { cells, line } of held.drain()) emit(cells, line);
      times?.finish(at, 'timestamp');
    },
  };
}
