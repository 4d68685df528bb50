/** The columns of the session table: everything for files, the telling ones for a terminal. */
import type { LogonSession } from '@logonscope/core';
import { type ObjectColumns, pickColumns, tableFromObjects } from '../rows.ts';
import type { Table } from '../writer.ts';

/** All columns, in the order in which one reads a session: who, where, when, how long, how sure. */
// biome-ignore format: a table
export const SESSION_COLUMNS: ObjectColumns<LogonSession> = {
  computer:          { title: 'Computer', value: (s) => s.computer },
  user:              { title: 'User', value: (s) => s.user },
  domain:            { title: 'Domain', value: (s) => s.domain },
  kind:              { title: 'Kind', value: (s) => s.kind },
  start:             { title: 'Start', unit: 'instant', value: (s) => s.start },
  startBy:           { title: 'Start by', value: (s) => s.startBy },
  end:               { title: 'End', unit: 'instant', value: (s) => s.end },
  endBy:             { title: 'End by', value: (s) => s.endBy },
  duration:          { title: 'Duration', unit: 'duration', value: (s) => s.durationMs },
  use:               { title: 'Use time', unit: 'duration', value: (s) => s.useMs },
  useMin:            { title: 'Use at least', unit: 'duration', value: (s) => s.useMinMs },
  useMax:            { title: 'Use at most', unit: 'duration', value: (s) => s.useMaxMs },
  away:              { title: 'Away', unit: 'duration', value: (s) => s.awayMs.total },
  locked:            { title: 'Locked', unit: 'duration', value: (s) => s.awayMs.locked },
  disconnected:      { title: 'Disconnected', unit: 'duration', value: (s) => s.awayMs.disconnected },
  screensaver:       { title: 'Screen saver', unit: 'duration', value: (s) => s.awayMs.screensaver },
  asleep:            { title: 'Asleep', unit: 'duration', value: (s) => s.awayMs.asleep },
  loggingOff:        { title: 'Logging off', unit: 'duration', value: (s) => s.awayMs.loggingOff },
  paused:            { title: 'Paused', unit: 'duration', value: (s) => s.awayMs.paused },
  elevated:          { title: 'Elevated', unit: 'flag', value: (s) => s.elevated },
  sourceAddress:     { title: 'Source address', value: (s) => s.sourceAddress },
  clientName:        { title: 'Client', value: (s) => s.clientName },
  lockData:          { title: 'Lock data', unit: 'flag', value: (s) => s.lockData },
  findings:          { title: 'Findings', value: (s) => s.findings.join(', ') },
  endEarliest:       { title: 'End not before', unit: 'instant', value: (s) => s.endEarliest },
  endLatest:         { title: 'End not after', unit: 'instant', value: (s) => s.endLatest },
  asOf:              { title: 'As of', unit: 'instant', value: (s) => s.asOf },
  computerFqdn:      { title: 'Computer (full name)', value: (s) => s.computerFqdn },
  sid:               { title: 'SID', value: (s) => s.sid },
  logonType:         { title: 'Logon type', unit: 'count', value: (s) => s.logonType },
  terminalSessionId: { title: 'Terminal session', unit: 'count', value: (s) => s.terminalSessionId },
  logonIds:          { title: 'Logon IDs', value: (s) => s.logonIds.join(' ') },
  startEvidence:     { title: 'Start evidence', value: (s) => s.startEvidence },
  endEvidence:       { title: 'End evidence', value: (s) => s.endEvidence },
  events:            { title: 'Events', unit: 'count', value: (s) => s.events },
  id:                { title: 'Session', value: (s) => s.id },
};

/** What a terminal or a printed page has room for, the most telling first: what does not fit goes from the end. */
export const SESSION_COLUMNS_NARROW = pickColumns(SESSION_COLUMNS, [
  'computer',
  'user',
  'start',
  'use',
  'end',
  'endBy',
  'away',
  'duration',
  'kind',
  'findings',
]);

const SESSION_NOTE =
  'Use time is the session from logon to its end, minus the time locked, disconnected, under a screen saver, ' +
  'asleep, paused or logging off; overlaps count once. Use at least and at most say how far the evidence leaves ' +
  'it open. Logs indicate presence, they do not prove it.';

export interface TableChoice {
  /** Only the columns a terminal or a printed page has room for. Default false. */
  readonly narrow?: boolean;
  /** IANA zone in which people read the times. */
  readonly timezone?: string;
}

/** The table of sessions that CSV, XLSX, PDF, Parquet and the terminal print. */
export function sessionTable(
  sessions: Iterable<LogonSession>,
  { narrow = false, timezone }: TableChoice = {},
): Table {
  return tableFromObjects({
    title: 'Logon sessions',
    note: SESSION_NOTE,
    columns: narrow ? SESSION_COLUMNS_NARROW : SESSION_COLUMNS,
    objects: sessions,
    ...(timezone !== undefined && { timezone }),
  });
}
