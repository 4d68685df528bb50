/** Every code of a problem (could not be read) and a finding (was read and is odd): how bad, what it means, what to do. */
import type { FindingCode } from './model.ts';

export interface ProblemKind {
  /** `error`: input is lost; `warning`: numbers may be off; `notice`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'notice';
  /** What it means, in a sentence that fits every case of it. */
  readonly sentence: string;
  /** What a person can do about it, if anything. */
  readonly advice: string | null;
}

const error = (sentence: string, advice: string | null = null): ProblemKind => ({
  severity: 'error',
  sentence,
  advice,
});
const warning = (sentence: string, advice: string | null = null): ProblemKind => ({
  severity: 'warning',
  sentence,
  advice,
});
const notice = (sentence: string, advice: string | null = null): ProblemKind => ({
  severity: 'notice',
  sentence,
  advice,
});

const ENABLE_LOCKS =
  'Switch on the audit subcategory "Other Logon/Logoff Events": logonscope audit-policy says how.';
const NAME_ZONE = 'Name the zone of the computer that wrote the times: --timezone Europe/London.';
const LARGER_LOG = 'Give the log more room or collect it more often.';

// biome-ignore format: a table reads better in rows
const FINDING_KINDS: Readonly<Record<FindingCode, ProblemKind>> = {
  'orphan-unlock': warning('An unlock without the lock before it: since when the computer was locked is not known.', ENABLE_LOCKS),
  'orphan-lock': warning('A lock of a session that nothing else tells of.'),
  'orphan-reconnect': warning('A reconnect without the disconnect before it: since when the session was disconnected is not known.'),
  'orphan-screensaver-off': warning('A screen saver ended whose start is not in the log.'),
  'repeated-logon': notice('The same logon was told twice; it was counted once.'),
  'repeated-lock': warning('A second lock without an unlock between; the first one counts.'),
  'repeated-disconnect': warning('A second disconnect without a reconnect between; the first one counts.'),
  'late-logoff': warning('A logoff came after the computer had restarted; it ended nothing.'),
  'late-event': warning('An event names a session that had already ended.'),
  'token-leak': notice('The logon was destroyed more than ten minutes after the user had logged off: a program held on to it. Use ends at the logoff.'),
  'implied-boot': warning('A logon ID was given out again, so the computer restarted although no startup is in the log.', LARGER_LOG),
  'implied-logoff': warning('The account logged on anew while its earlier session had no end: the end is not in the log.', LARGER_LOG),
  'before-logon': notice('Events of a session came before its logon; they belong to an earlier use of the same logon ID and were left out.'),
  'zone-assumed': warning('The file\'s times carry no time zone; a zone was assumed.', NAME_ZONE),
  'zone-ambiguous': warning('A time lies in the hour that autumn repeats; the order in the file decided.', NAME_ZONE),
  'zone-skipped': warning('A time lies in the hour that spring skips; it was moved forward.', NAME_ZONE),
  'clock-jump': notice('The computer\'s clock was changed; durations run on corrected time.'),
  'log-gap': warning('Record numbers are missing: events were deleted, overwritten or not collected.', LARGER_LOG),
  'log-cleared': warning('A log was cleared; what it held is not known.', 'Find out who cleared it and why.'),
  'audit-changed': warning('The audit policy was changed; from then on missing events prove nothing.'),
  'events-lost': warning('Windows lost events.', LARGER_LOG),
  'no-lock-data': warning('The computer\'s log never holds a lock or unlock: the figure is session time, not use time.', ENABLE_LOCKS),
  'session-taken-over': notice('The session was taken up from another place without a disconnect in between.'),
  'logoff-cancelled': notice('A logoff was begun and then given up; the session went on.'),
  'half-open-screensaver': warning('A screen saver started whose end is not in the log.'),
  'unknown-type': notice('The logon has a type that Windows does not document.'),
};

/** Codes of problems: what could not be read begins with the reader's name. */
// biome-ignore format: a table reads better in rows
const READING_KINDS = {
  'file/unreadable': error('The file could not be opened or read to its end.', 'Check that it exists and that you may read it.'),
  'file/empty': error('The file is empty.', 'Export the log again.'),
  'file/unknown-format': error('The file has no format we know.', 'Export the log as .evtx, XML, CSV or JSON.'),
  'file/no-records': error('The file holds no record.', 'Export the log again, over a longer time.'),

  'text/encoding-assumed': warning('The encoding of the text had to be guessed; letters with accents may be wrong.', 'Save the file as UTF-8.'),

  'archive/damaged': error('A zip or gzip file is damaged or cut off; what lies behind is not read.', 'Fetch the file again.'),
  'archive/encrypted': error('A file in the archive is encrypted.', 'Unpack it with its password first.'),
  'archive/too-deep': error('The archive holds archives within archives, deeper than we open.', 'Unpack it first.'),
  'archive/too-large': error('The archive holds more than the limits allow; reading stopped.', 'Unpack it first.'),
  'archive/unknown-method': error('A file in the archive is packed by a method we do not know.', 'Pack it again as zip or gzip.'),

  'evtx/file-header': warning('The head of the file is damaged; its chunks are read all the same.'),
  'evtx/chunk-magic': error('A chunk of the file does not begin as a chunk does; it was searched for records.'),
  'evtx/chunk-header': error('The head of a chunk is damaged; it was searched for records.'),
  'evtx/truncated': error('The file ends within a record.', 'Copy the log again.'),
  'evtx/truncated-chunk': error('The file ends within a chunk; the records before the end were read.', 'Copy the log again.'),
  'evtx/torn-record': warning('A record has no proper end; what it holds was read.'),
  'evtx/damaged-record': error('A record is damaged; reading goes on at the next one.'),
  'evtx/damaged-body': error('A record\'s contents are damaged; it was skipped.'),
  'evtx/more-problems': error('The file has more problems than are listed.'),

  'xml/bad-time': error('An event\'s time could not be read; the event was skipped.'),
  'xml/incomplete-event': error('An event lacks its provider, ID, time or computer; it was skipped.'),
  'xml/malformed-event': error('An event is not well-formed XML; reading goes on at the next one.'),

  'json/bad-time': error('An event\'s time could not be read; the event was skipped.'),
  'json/bad-object': error('An object is not well-formed JSON; reading goes on at the next one.'),
  'json/incomplete-event': error('An event lacks its provider, ID, time or computer; it was skipped.'),
  'json/unknown-object': error('An object has not the keys of the format; it was skipped.'),

  'csv/empty-cell': error('A row lacks a value it cannot do without; it was skipped.'),
  'csv/bad-row': error('A row does not fit the header; it was skipped.'),
  'csv/bad-time': error('A row\'s time could not be read; the row was skipped.'),
  'csv/ambiguous-dates': warning('Every date could be day first or month first; the usual order of the file\'s maker was taken.'),
} satisfies Record<string, ProblemKind>;

/** All codes. A reader that learns a new problem adds its row here, and `docs/problems.md` follows. */
export const PROBLEMS: Readonly<Record<keyof typeof READING_KINDS | FindingCode, ProblemKind>> = {
  ...READING_KINDS,
  ...FINDING_KINDS,
};
export type ProblemCode = keyof typeof PROBLEMS;
