/** The Splunk search that yields a CSV our readers understand, for both ways in which Splunk stores Windows events. */
import type { EventDefinition } from './definition.ts';
import { securityAuditing } from './security-auditing.ts';

export interface SplunkQueryOptions {
  /** `xml`: `renderXml = true` (TargetUserName …); `classic`: rendered text (Account_Name …), several values per name. */
  readonly style: 'xml' | 'classic';
  /** Splunk time modifiers or timestamps. */
  readonly earliest?: string;
  readonly latest?: string;
  /** Names to keep; `*` matches anything. Empty or absent: all. */
  readonly users?: readonly string[];
  readonly computers?: readonly string[];
  readonly outputCsv?: string | null;
}

/** The columns of the resulting CSV: the original ten in their order, then what tells sessions of people apart. */
export const SPLUNK_COLUMNS = [
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
  'computer',
] as const;
type SplunkColumn = (typeof SPLUNK_COLUMNS)[number];

/** The events of the original collector: those with a word of their own. */
const EVENTS = securityAuditing.events.filter(
  (event): event is EventDefinition & { word: string } => event.word !== undefined,
);
const idsOf = (signal: EventDefinition['signal']): number[] =>
  EVENTS.filter((event) => event.signal === signal).map(({ id }) => id);
const [FAILED] = idsOf('logonFailed');
const [ELEVATED] = idsOf('elevated');

const SOURCES = { xml: 'XmlWinEventLog:Security', classic: 'WinEventLog:Security' } as const;

/** In classic rendering the subject's value comes first and the account's own last. */
const last = (field: string): string => `mvindex(${field},-1)`;

/**
 * What each column is made of. A failed logon has no ID of its own: taking the subject's, as the original search does,
 * would hang it on a stranger's session.
 */
// biome-ignore format: a table reads better in rows
const EXPRESSIONS: Readonly<Record<SplunkQueryOptions['style'], Readonly<Partial<Record<SplunkColumn, string>>>>> = {
  xml: {
    username: 'coalesce(TargetUserName, SubjectUserName, AccountName)',
    domain: 'coalesce(TargetDomainName, SubjectDomainName, AccountDomain)',
    logon_id: `if(EventCode=${FAILED}, null(), coalesce(TargetLogonId, SubjectLogonId, LogonID))`,
    linked_logon_id: 'TargetLinkedLogonId',
    workstation: 'coalesce(WorkstationName, Computer, ComputerName)',
    ip_address: 'coalesce(IpAddress, ClientAddress, ClientIPAddress)',
    is_elevated: `if(EventCode=${ELEVATED} OR ElevatedToken="%%1842", "true", "false")`,
    logon_type: 'LogonType',
    session_name: 'SessionName',
    status: 'Status',
    sub_status: 'SubStatus',
    computer: 'coalesce(Computer, ComputerName, host)',
  },
  classic: {
    username: last('Account_Name'),
    domain: last('Account_Domain'),
    logon_id: `if(EventCode=${FAILED}, null(), ${last('Logon_ID')})`,
    linked_logon_id: 'Linked_Logon_ID',
    workstation: 'coalesce(Workstation_Name, ComputerName)',
    ip_address: 'coalesce(Source_Network_Address, Client_Address)',
    is_elevated: `if(EventCode=${ELEVATED} OR Elevated_Token="Yes", "true", "false")`,
    logon_type: 'Logon_Type',
    session_name: 'Session_Name',
    status: 'Status',
    sub_status: 'Sub_Status',
    computer: 'coalesce(ComputerName, host)',
  },
};

/** Accounts of the computer itself, left out by name, since classic rendering shows names where the event has SIDs. */
const SYSTEM_ACCOUNTS =
  'NOT (username IN ("SYSTEM", "LOCAL SERVICE", "NETWORK SERVICE", "ANONYMOUS LOGON", "DWM-*", "UMFD-*", "*$") OR domain="NT AUTHORITY")';

/** A search as one text with a line for each step. Values from outside cannot leave their quotes. */
export function splunkQuery(options: SplunkQueryOptions): string {
  const { style, earliest = '-30d', latest = 'now', users = [], computers = [], outputCsv = null } = options;
  const expressions = EXPRESSIONS[style];
  const type = EVENTS.map(({ id, word }) => `EventCode=${id}, ${quoted(word)}`).join(', ');
  const steps = [
    `search index=* source=${quoted(SOURCES[style])} EventCode IN (${EVENTS.map(({ id }) => id).join(', ')})` +
      ` earliest=${timeModifier(earliest)} latest=${timeModifier(latest)}`,
    // Copied as a number: Splunk would print `_time` itself in the reader's own zone.
    'eval timestamp=round(_time, 3), event_id=EventCode',
    `eval type=case(${type})`,
    ...Object.entries(expressions).map(([column, expression]) => `eval ${column}=${expression}`),
    `search ${SYSTEM_ACCOUNTS}`,
    ...(users.length === 0 ? [] : [`search username IN (${users.map(quoted).join(', ')})`]),
    ...(computers.length === 0 ? [] : [`search computer IN (${computers.map(computerPattern).join(', ')})`]),
    'sort 0 _time',
    `table ${SPLUNK_COLUMNS.join(', ')}`,
    ...(outputCsv === null ? [] : [`outputcsv ${fileName(outputCsv)}`]),
  ];
  return steps.join('\n| ');
}

/**
 * Text in SPL's double quotes. Backslash and quote are escaped, control characters dropped; a backtick, which would
 * call a macro, becomes the wildcard.
 */
function quoted(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f]/g, '').replace(/`/g, '*');
  return `"${plain.replace(/["\\]/g, '\\$&')}"`;
}

/** Logs name a computer with its domain; people name it without. */
function computerPattern(name: string): string {
  return name.includes('.') || name.endsWith('*') ? quoted(name) : `${quoted(name)}, ${quoted(`${name}.*`)}`;
}

/** `-30d@d`, `now`, an epoch or `10/27/2025:00:00:00` stand as they are; anything else goes into quotes. */
function timeModifier(text: string): string {
  return /^[-+@\w:./]+$/.test(text) ? text : quoted(text);
}

/** Splunk writes into its own folder and takes a bare name; a path would be refused there. */
function fileName(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : quoted(name);
}
