/** The CSV of SessionSentry's Collector.ps1: fifteen columns, local times in the culture of the computer. */

import { zoneOffsetMs } from '../fleet/zone.ts';
import { SECURITY } from '../layouts/index.ts';
import type { SimRecord } from '../record.ts';
import { type CollectedRow, collectedRows, firstField } from './collector-rows.ts';
import { type Encoding, encodeText } from './text-encoding.ts';
import { fieldText } from './windows-record.ts';

export type Culture = 'en-US' | 'en-GB' | 'de-DE';

export interface CollectorOptions {
  readonly zone: string;
  readonly culture?: Culture;
  readonly encoding?: Encoding;
  /** Excel writes semicolons where the comma is the decimal sign. */
  readonly separator?: ',' | ';';
}

const COLUMNS = [
  ...[
    'Timestamp',
    'EventType',
    'EventId',
    'Username',
    'Domain',
    'LogonId',
    'LinkedLogonId',
    'WorkstationName',
    'IPAddress',
  ],
  ...['LogonType', 'SessionName', 'Status', 'FailureReason', 'IsElevated', 'SecurityId'],
];
const LOGON_TYPES: ReadonlyMap<string, string> = new Map([
  ['2', 'Interactive'],
  ['3', 'Network'],
  ['4', 'Batch'],
  ['5', 'Service'],
  ['7', 'Unlock'],
  ['8', 'NetworkCleartext'],
  ['9', 'NewCredentials'],
  ['10', 'RemoteInteractive'],
  ['11', 'CachedInteractive'],
]);
const LOGON = SECURITY.logonV2.id;
const FAILED = SECURITY.logonFailed.id;
const EXPLICIT = SECURITY.explicit.id;
const WITHOUT_SID: ReadonlySet<number> = new Set([
  SECURITY.privileges.id,
  SECURITY.reconnected.id,
  SECURITY.disconnected.id,
  EXPLICIT,
]);

/** The file of one computer, as bytes. */
export function collectorCsv(records: Iterable<SimRecord>, options: CollectorOptions): Uint8Array {
  const { zone, culture = 'en-US', encoding = 'ascii', separator = ',' } = options;
  const rows = collectedRows(records);
  const elevated = new Set(rows.filter(({ record }) => record.layout === SECURITY.privileges).map(logonIdOf));
  const lines = rows.map((row) => {
    const cells = [localTime(row.record.time, zone, culture), ...cellsOf(row, elevated)];
    return cells.map(quoted).join(separator);
  });
  const header = COLUMNS.map(quoted).join(separator);
  return encodeText([header, ...lines].map((line) => `${line}\r\n`).join(''), encoding);
}

/** Nothing between the separators stands for null, two quotes for the empty text. */
function quoted(cell: string | null): string {
  return cell === null ? '' : `"${cell.replaceAll('"', '""')}"`;
}

function logonIdOf({ record }: CollectedRow): string {
  return firstField(record, 'TargetLogonId', 'LogonID', 'SubjectLogonId');
}

/** All cells but the first, by the rules of the collector: some are `N/A`, some empty, some missing. */
function cellsOf(row: CollectedRow, elevated: ReadonlySet<string>): (string | null)[] {
  const { record, word, user, domain } = row;
  const { id } = record.layout;
  const network = id === LOGON || id === FAILED;
  const logonId = id === FAILED ? null : logonIdOf(row);
  const type = fieldText(record, 'LogonType');
  return [
    word,
    String(id),
    user,
    domain,
    logonId,
    id === LOGON ? fieldText(record, 'TargetLinkedLogonId') : null,
    network
      ? fieldText(record, 'WorkstationName')
      : id === EXPLICIT
        ? fieldText(record, 'TargetServerName')
        : record.computer,
    network ? fieldText(record, 'IpAddress') : 'N/A',
    id === SECURITY.logoffBegun.id
      ? null
      : type === null
        ? 'N/A'
        : (LOGON_TYPES.get(type) ?? `Unknown (${type})`),
    fieldText(record, 'SessionName'),
    id === FAILED ? fieldText(record, 'Status') : 'N/A',
    id === FAILED ? fieldText(record, 'SubStatus') : null,
    logonId !== null && elevated.has(logonId) ? 'True' : 'False',
    WITHOUT_SID.has(id) ? null : fieldText(record, 'TargetUserSid'),
  ];
}

/** .NET's general format: whole seconds, no zone. */
function localTime(time: number, zone: string, culture: Culture): string {
  const date = new Date(time + zoneOffsetMs(zone, time));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const [hour, rest] = [date.getUTCHours(), `${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`];
  switch (culture) {
    case 'en-US':
      return `${month}/${day}/${year} ${hour % 12 || 12}:${rest} ${hour < 12 ? 'AM' : 'PM'}`;
    case 'en-GB':
      return `${two(day)}/${two(month)}/${year} ${two(hour)}:${rest}`;
    case 'de-DE':
      return `${two(day)}.${two(month)}.${year} ${two(hour)}:${rest}`;
  }
}
