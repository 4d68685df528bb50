/** The columns of the event table: everything for files, the telling ones for a terminal. */
import { placeOf, type SessionEvent, type SourceLocation } from '@logonscope/core';
import { type ObjectColumns, pickColumns, tableFromObjects } from '../rows.ts';
import type { Table } from '../writer.ts';
import type { TableChoice } from './sessions.ts';

// biome-ignore format: a table
export const EVENT_COLUMNS: ObjectColumns<SessionEvent> = {
  time:               { title: 'Time', unit: 'instant', value: (e) => e.time },
  computer:           { title: 'Computer', value: (e) => e.computer },
  signal:             { title: 'Signal', value: (e) => e.signal },
  user:               { title: 'User', value: (e) => e.user },
  domain:             { title: 'Domain', value: (e) => e.domain },
  sid:                { title: 'SID', value: (e) => e.sid },
  logonId:            { title: 'Logon ID', value: (e) => e.logonId },
  linkedLogonId:      { title: 'Linked logon ID', value: (e) => e.linkedLogonId },
  logonType:          { title: 'Logon type', unit: 'count', value: (e) => e.logonType },
  terminalSessionId:  { title: 'Terminal session', unit: 'count', value: (e) => e.terminalSessionId },
  sessionName:        { title: 'Session name', value: (e) => e.sessionName },
  sourceAddress:      { title: 'Source address', value: (e) => e.sourceAddress },
  sourcePort:         { title: 'Source port', unit: 'count', value: (e) => e.sourcePort },
  destinationAddress: { title: 'Destination address', value: (e) => e.destinationAddress },
  destinationPort:    { title: 'Destination port', unit: 'count', value: (e) => e.destinationPort },
  clientName:         { title: 'Client', value: (e) => e.clientName },
  workstation:        { title: 'Workstation', value: (e) => e.workstation },
  elevated:           { title: 'Elevated', unit: 'flag', value: (e) => e.elevated },
  status:             { title: 'Status', value: (e) => e.status },
  subStatus:          { title: 'Substatus', value: (e) => e.subStatus },
  failureReason:      { title: 'Failure reason', value: (e) => e.failureReason },
  logonProcess:       { title: 'Logon process', value: (e) => e.logonProcess },
  authPackage:        { title: 'Authentication package', value: (e) => e.authPackage },
  channel:            { title: 'Channel', value: (e) => e.channel },
  provider:           { title: 'Provider', value: (e) => e.provider },
  eventId:            { title: 'Event ID', unit: 'count', value: (e) => e.eventId },
  recordId:           { title: 'Record', unit: 'count', value: (e) => e.recordId },
  computerFqdn:       { title: 'Computer (full name)', value: (e) => e.computerFqdn },
  source:             { title: 'Source', value: (e) => sourceText(placeOf(e)) },
};

/** What a terminal or a printed page has room for, the most telling first. */
export const EVENT_COLUMNS_NARROW = pickColumns(EVENT_COLUMNS, [
  'time',
  'computer',
  'signal',
  'user',
  'logonId',
  'logonType',
  'sourceAddress',
  'eventId',
  'recordId',
  'channel',
]);

/** `Security.evtx, record 1201` or `logs.csv, line 17`. */
function sourceText({ file, record, line }: SourceLocation): string {
  if (line !== undefined) return `${file}, line ${line}`;
  return record === undefined ? file : `${file}, record ${record}`;
}

/** The table of events that CSV, XLSX, PDF, Parquet and the terminal print. */
export function eventTable(
  events: Iterable<SessionEvent>,
  { narrow = false, timezone }: TableChoice = {},
): Table {
  return tableFromObjects({
    title: 'Events',
    columns: narrow ? EVENT_COLUMNS_NARROW : EVENT_COLUMNS,
    objects: events,
    ...(timezone !== undefined && { timezone }),
  });
}
