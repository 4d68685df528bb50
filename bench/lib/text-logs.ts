/** Large logs in every text format, made of the same logons and locks: no row repeats, sizes as tools write them. */
import { closeSync, openSync, writeSync } from 'node:fs';

/** Days of a few hundred people; 4 events each: logon, lock, unlock, logoff. */
interface LogEvent {
  readonly at: number;
  readonly id: number;
  readonly word: string;
  readonly user: string;
  readonly logonId: string;
  readonly record: number;
}

export interface TextLog {
  readonly id: string;
  readonly label: string;
  readonly before: string;
  readonly row: (event: LogEvent) => string;
}

const START = Date.UTC(2025, 0, 6, 6);
const STEPS = [
  { id: 4624, word: 'Login' },
  { id: 4800, word: 'WorkstationLocked' },
  { id: 4801, word: 'WorkstationUnlocked' },
  { id: 4634, word: 'Logoff' },
] as const;
const SID = 'S-1-5-21-3041170517-1203456789-998877665-';
const COMPUTER = 'WS-LON-014.corp.example';
const PROVIDER = 'Microsoft-Windows-Security-Auditing';
/** Rows written at once. */
const BATCH = 5_000;

function eventAt(index: number): LogEvent {
  const person = (index >> 2) % 400;
  const step = STEPS[index & 3]!;
  return {
    at: START + index * 7_130,
    id: step.id,
    word: step.word,
    user: `user${person}`,
    logonId: `0x${(0x30_000 + (index >> 2) * 37).toString(16)}`,
    record: index + 1,
  };
}

const iso = (at: number): string => new Date(at).toISOString();

/** 11/3/2025 8:58:02 AM */
function american(at: number): string {
  const time = new Date(at);
  const hour = time.getUTCHours();
  const clock = [hour % 12 || 12, time.getUTCMinutes(), time.getUTCSeconds()];
  const [h, m, s] = clock.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0')));
  const date = `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()}`;
  return `${date} ${h}:${m}:${s} ${hour < 12 ? 'AM' : 'PM'}`;
}

const values = ({ user, logonId, id }: LogEvent): [string, string][] => [
  ['TargetUserSid', `${SID}${user.slice(4)}`],
  ['TargetUserName', user],
  ['TargetDomainName', 'CORP'],
  ['TargetLogonId', logonId],
  ...(id === 4624
    ? ([
        ['LogonType', '2'],
        ['LogonProcessName', 'User32 '],
        ['AuthenticationPackageName', 'Negotiate'],
        ['WorkstationName', 'WS-LON-014'],
        ['ProcessName', 'C:\\Windows\\System32\\svchost.exe'],
        ['IpAddress', '127.0.0.1'],
        ['IpPort', '0'],
      ] satisfies [string, string][])
    : []),
];

function eventXml(event: LogEvent): string {
  const data = values(event).map(([name, value]) => `<Data Name='${name}'>${value}</Data>`);
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${PROVIDER}' ` +
    `Guid='{54849625-5478-4994-a5ba-3e3b0328c30d}'/><EventID>${event.id}</EventID><Version>2</Version><Level>0</Level>` +
    `<Task>12544</Task><Opcode>0</Opcode><Keywords>0x8020000000000000</Keywords><TimeCreated SystemTime='${iso(event.at)}'/>` +
    `<EventRecordID>${event.record}</EventRecordID><Correlation/><Execution ProcessID='724' ThreadID='2980'/>` +
    `<Channel>Security</Channel><Computer>${COMPUTER}</Computer><Security/></System>` +
    `<EventData>${data.join('')}</EventData></Event>\n`
  );
}

const json = (make: (event: LogEvent) => unknown) => (event: LogEvent) => `${JSON.stringify(make(event))}\n`;

export const TEXT_LOGS: readonly TextLog[] = [
  {
    id: 'session-sentry-csv',
    label: 'collector CSV',
    before:
      '"Timestamp","EventType","EventId","Username","Domain","LogonId","LinkedLogonId","WorkstationName",' +
      '"IPAddress","LogonType","SessionName","Status","FailureReason","IsElevated","SecurityId"\r\n',
    row: (event) =>
      `"${american(event.at)}","${event.word}","${event.id}","${event.user}","CORP","${event.logonId}",,"${COMPUTER}",` +
      `"N/A","${event.id === 4624 ? 'Interactive' : 'N/A'}",,"N/A",,"False","${SID}${event.user.slice(4)}"\r\n`,
  },
  { id: 'windows-xml', label: 'event XML', before: '', row: eventXml },
  {
    id: 'splunk-csv',
    label: 'Splunk CSV',
    before:
      'timestamp,type,username,domain,"logon_id","linked_logon_id",workstation,"ip_address","event_id","is_elevated"\n',
    row: ({ at, word, user, logonId, id }) =>
      `"${(at / 1000).toFixed(3)}","${word}","${user}","CORP","${logonId}",,"${COMPUTER}",,"${id}","false"\n`,
  },
  {
    id: 'agent-csv',
    label: 'agent CSV',
    before: 'eventtype,username,hostname,ipaddress,timestamp,send_status\n',
    row: ({ at, id, user }) =>
      `${id === 4624 ? 'Logon' : id === 4634 ? 'Logoff' : id === 4800 ? 'Lock' : 'Unlock'},${user},WS-LON-014,10.1.0.7,${iso(at).slice(0, 19)}Z,1\n`,
  },
  {
    id: 'nxlog-json',
    label: 'NXLog JSON',
    before: '',
    row: json((event) => ({
      EventTime: iso(event.at).slice(0, 19).replace('T', ' '),
      Hostname: COMPUTER,
      EventID: event.id,
      SourceName: PROVIDER,
      Channel: 'Security',
      RecordNumber: event.record,
      ...Object.fromEntries(values(event)),
      '@timestamp': iso(event.at + 900),
    })),
  },
  {
    id: 'winlogbeat-json',
    label: 'Winlogbeat JSON',
    before: '',
    row: json((event) => ({
      '@timestamp': iso(event.at),
      winlog: {
        event_id: String(event.id),
        record_id: event.record,
        channel: 'Security',
        computer_name: COMPUTER,
        provider_name: PROVIDER,
        event_data: Object.fromEntries(values(event)),
      },
    })),
  },
  {
    id: 'evtx-dump-json',
    label: 'evtx_dump JSON',
    before: '',
    row: json((event) => ({
      Event: {
        System: {
          Provider: { '#attributes': { Name: PROVIDER } },
          EventID: event.id,
          TimeCreated: { '#attributes': { SystemTime: iso(event.at) } },
          EventRecordID: event.record,
          Channel: 'Security',
          Computer: COMPUTER,
        },
        EventData: Object.fromEntries(values(event)),
      },
    })),
  },
];

/** Writes at least `sizeBytes` of a log to `path` and returns how many rows that took. */
export function writeTextLog(log: TextLog, path: string, sizeBytes: number): number {
  const descriptor = openSync(path, 'w');
  let written = writeSync(descriptor, log.before);
  let rows = 0;
  while (written < sizeBytes) {
    let text = '';
    for (let i = 0; i < BATCH; i++) text += log.row(eventAt(rows++));
    written += writeSync(descriptor, text);
  }
  closeSync(descriptor);
  return rows;
}
