/** A row of SessionSentry's CSV: fifteen columns, as its Collector.ps1 fills them, but for times, which say their offset. */
import { PROVIDERS, type WindowsRecord } from '@logonscope/core';

export const COLLECTOR_COLUMNS = [
  ...[
    'Timestamp',
    'EventType',
    'EventId',
    'Username',
    'Domain',
    'LogonId',
    'LinkedLogonId',
    'WorkstationName',
  ],
  ...['IPAddress', 'LogonType', 'SessionName', 'Status', 'FailureReason', 'IsElevated', 'SecurityId'],
] as const;

type Column = (typeof COLLECTOR_COLUMNS)[number];
type Row = Partial<Record<Column, string>>;

/** The words of the script by event; events without one are not collected. */
const WORDS: ReadonlyMap<number, string> = new Map(
  PROVIDERS[0]!.events.flatMap(({ id, word }): [number, string][] =>
    word === undefined ? [] : [[id, word]],
  ),
);
export const COLLECTED_IDS: readonly number[] = [...WORDS.keys()];

const LOGON_TYPES: Readonly<Record<string, string>> = {
  ...{ 2: 'Interactive', 3: 'Network', 4: 'Batch', 5: 'Service', 7: 'Unlock', 8: 'NetworkCleartext' },
  ...{ 9: 'NewCredentials', 10: 'RemoteInteractive', 11: 'CachedInteractive' },
};

const NONE = 'N/A';
const SYSTEM_NAME = /^(?:SYSTEM|NETWORK SERVICE|LOCAL SERVICE|DWM-\d+|UMFD-\d+|.*\$)$/i;
/** The same accounts in every language of Windows. */
const SYSTEM_SID = /^S-1-5-(?:18|19|20|7|90-0-.*|96-0-.*)$/;
const SYSTEM_DOMAIN = 'nt authority';

export interface CollectorOptions {
  readonly includeSystem: boolean;
  /** ISO 8601 with offset. */
  timeOf(time: number): string;
}

type Field = (name: string) => string;

/** Which fields hold what differs by event; one entry for those that are alike. */
function particulars(word: string, field: Field): Row {
  switch (word) {
    case 'Login':
      return {
        ...{ LinkedLogonId: field('TargetLinkedLogonId'), WorkstationName: field('WorkstationName') },
        ...{ IPAddress: field('IpAddress'), LogonType: typeName(field('LogonType')) },
      };
    case 'LoginFailed':
      return {
        ...{ LogonId: '', WorkstationName: field('WorkstationName'), IPAddress: field('IpAddress') },
        ...{
          LogonType: typeName(field('LogonType')),
          Status: field('Status'),
          FailureReason: field('SubStatus'),
        },
      };
    case 'Logoff':
      return { LogonType: typeName(field('LogonType')) };
    case 'UserInitiatedLogoff':
      return { LogonType: '' };
    case 'ExplicitLogin':
      return { LogonId: field('SubjectLogonId'), WorkstationName: field('TargetServerName'), SecurityId: '' };
    case 'TokenElevated':
      return {
        ...{ Username: field('SubjectUserName'), Domain: field('SubjectDomainName') },
        ...{ LogonId: field('SubjectLogonId'), SecurityId: '' },
      };
    case 'SessionReconnected':
    case 'SessionDisconnected':
      return {
        ...{ Username: field('AccountName'), Domain: field('AccountDomain'), LogonId: field('LogonID') },
        ...{ SessionName: field('SessionName'), WorkstationName: field('ClientName'), SecurityId: '' },
      };
    default:
      return {};
  }
}

function typeName(type: string): string {
  return LOGON_TYPES[type] ?? `Unknown (${type})`;
}

/** Makes rows of records in the order of the log; null where the script would have none either. */
export function collectorRows({
  includeSystem,
  timeOf,
}: CollectorOptions): (record: WindowsRecord) => string[] | null {
  /** Logon IDs that were given special rights. */
  const elevated = new Set<string>();
  return (record) => {
    const word = record.eventId === null ? undefined : WORDS.get(record.eventId);
    if (word === undefined || record.time === null) return null;
    const field: Field = (name) => record.field(name) ?? '';
    const row: Row = {
      ...{
        Username: field('TargetUserName'),
        Domain: field('TargetDomainName'),
        LogonId: field('TargetLogonId'),
      },
      ...{ SecurityId: field('TargetUserSid'), IPAddress: NONE, LogonType: NONE, Status: NONE },
      ...particulars(word, field),
    };
    const sid = row.SecurityId || field('SubjectUserSid');
    if (row.Username === '' || (!includeSystem && isSystem(row, sid))) return null;
    const logonId = row.LogonId ?? '';
    if (word === 'TokenElevated' || field('ElevatedToken') === '%%1842') elevated.add(logonId);
    const told: Row = {
      ...row,
      ...{ Timestamp: timeOf(record.time), EventType: word, EventId: String(record.eventId) },
      IsElevated: logonId !== '' && elevated.has(logonId) ? 'True' : 'False',
    };
    return COLLECTOR_COLUMNS.map((column) => told[column] ?? '');
  };
}

function isSystem({ Username = '', Domain = '' }: Row, sid: string): boolean {
  return SYSTEM_NAME.test(Username) || Domain.toLowerCase() === SYSTEM_DOMAIN || SYSTEM_SID.test(sid);
}

/** The row as `Export-Csv` writes it: everything quoted, an empty value for none. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${cell.replace(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`).join(',')}\r\n`;
}
