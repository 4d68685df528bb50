/** One small log in every text format, with the names of one's choice in it. */
import type { RawRecord } from '@logonscope/core';
import { READERS, type Reader } from '@logonscope/readers';
import type { ReaderSample } from './reader-conformance.ts';

/** How a text format writes a log; records are joined by `between`. */
interface TextFormat {
  readonly id: string;
  readonly before: string;
  readonly record: (index: number, user: string) => string;
  readonly between: string;
  readonly after: string;
}

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (index: number): string => `08:${two(Math.floor(index / 60))}:${two(index % 60)}`;
const isoTime = (index: number): string => `2025-11-25T${clock(index)}Z`;
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const SID = 'S-1-5-21-1-2-3-1104';

function xmlText(value: string): string {
  return value.replace(/[&<>\u0000-\u001f]/g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`);
}

function eventXml(index: number, user: string): string {
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>` +
    `<Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4624</EventID>` +
    `<TimeCreated SystemTime='${isoTime(index)}'/><EventRecordID>${index + 1}</EventRecordID>` +
    `<Channel>Security</Channel><Computer>PC-1</Computer></System><EventData>` +
    `<Data Name='TargetUserName'>${xmlText(user)}</Data></EventData></Event>`
  );
}

const evtxECmd = (index: number, user: string) => ({
  RecordNumber: index,
  EventRecordId: String(index + 1),
  TimeCreated: `2025-11-25 ${clock(index)}.0000000`,
  EventId: 4624,
  Provider: 'Microsoft-Windows-Security-Auditing',
  Channel: 'Security',
  Computer: 'PC-1',
  Payload: JSON.stringify({ EventData: { Data: [{ '@Name': 'TargetUserName', '#text': user }] } }),
});

const json = (record: (index: number, user: string) => unknown) => (index: number, user: string) =>
  JSON.stringify(record(index, user));
const lines = { before: '', between: '\n', after: '\n' };

const FORMATS: readonly TextFormat[] = [
  { id: 'windows-xml', before: '<Events>\n', between: '\n', after: '\n</Events>', record: eventXml },
  {
    id: 'session-sentry-csv',
    before: 'Timestamp,EventType,EventId,Username,Domain,LogonId,WorkstationName,IPAddress\r\n',
    between: '\r\n',
    after: '\r\n',
    record: (index, user) =>
      `"25/11/2025 ${clock(index)}","Logoff","4634",${quoted(user)},"CORP","0x${index + 1}","PC-1","N/A"`,
  },
  {
    id: 'splunk-csv',
    before: 'timestamp,type,username,domain,"logon_id",workstation,"event_id"\n',
    between: '\n',
    after: '\n',
    record: (index, user) =>
      `"${1764057600 + index}.000","Logoff",${quoted(user)},"CORP","0x${index + 1}","PC-1","4634"`,
  },
  {
    id: 'agent-csv',
    before: 'eventtype,username,hostname,ipaddress,timestamp,send_status\n',
    between: '\n',
    after: '\n',
    record: (index, user) => `Logon,${quoted(user)},PC-1,10.0.0.7,${isoTime(index)},1`,
  },
  {
    id: 'evtxecmd-csv',
    before: 'RecordNumber,EventRecordId,TimeCreated,EventId,Provider,Channel,Computer,Payload\r\n',
    between: '\r\n',
    after: '\r\n',
    record: (index, user) =>
      Object.values(evtxECmd(index, user))
        .map((value) => quoted(String(value)))
        .join(','),
  },
  {
    id: 'evtx-dump-json',
    ...lines,
    record: json((index, user) => ({
      Event: {
        System: {
          Provider: { '#attributes': { Name: 'Microsoft-Windows-Security-Auditing' } },
          EventID: 4624,
          TimeCreated: { '#attributes': { SystemTime: isoTime(index) } },
          EventRecordID: index + 1,
          Channel: 'Security',
          Computer: 'PC-1',
        },
        EventData: { TargetUserName: user, TargetUserSid: SID },
      },
    })),
  },
  { id: 'evtxecmd-json', ...lines, record: json(evtxECmd) },
  {
    id: 'winlogbeat-json',
    before: '[',
    between: ',\n',
    after: ']',
    record: json((index, user) => ({
      '@timestamp': isoTime(index),
      winlog: {
        event_id: 4624,
        record_id: index + 1,
        channel: 'Security',
        computer_name: 'PC-1',
        provider_name: 'Microsoft-Windows-Security-Auditing',
        event_data: { TargetUserName: user },
      },
    })),
  },
  {
    id: 'nxlog-json',
    ...lines,
    record: json((index, user) => ({
      EventTime: `2025-11-25 ${clock(index)}`,
      Hostname: 'PC-1',
      EventID: 4624,
      SourceName: 'Microsoft-Windows-Security-Auditing',
      Channel: 'Security',
      RecordNumber: index + 1,
      TargetUserName: user,
      '@timestamp': isoTime(index),
    })),
  },
  {
    id: 'splunk-json',
    before: '{"preview":false,"fields":[{"name":"type"}],"results":[',
    between: ',',
    after: ']}',
    record: json((index, user) => ({
      timestamp: String(1764057600 + index),
      type: 'Logoff',
      username: user,
      logon_id: `0x${index + 1}`,
      workstation: 'PC-1',
      event_id: '4634',
    })),
  },
  {
    id: 'agent-posts',
    ...lines,
    record: json((index, user) => ({
      EventType: 'Logon',
      UserName: user,
      ComputerName: 'PC-1',
      Timestamp: isoTime(index),
      LocalIP: '10.0.0.7',
    })),
  },
];

function userOf(record: RawRecord): string | null {
  return record.kind === 'attributed' ? (record.attributes.user ?? null) : record.field('TargetUserName');
}

/** A record whose second half is lost, as a full disk leaves it. */
const cutShort = (text: string): string => text.slice(0, Math.floor(text.length / 2));

function sampleOf(reader: Reader, format: TextFormat): ReaderSample {
  const encoder = new TextEncoder();
  const write = (records: readonly string[]): Uint8Array =>
    encoder.encode(format.before + records.join(format.between) + format.after);
  const records = (users: readonly string[]): string[] => users.map((user, i) => format.record(i, user));
  return {
    reader,
    file: (users) => write(records(users)),
    damaged: (users, index) => write(records(users).map((text, i) => (i === index ? cutShort(text) : text))),
    user: userOf,
  };
}

/** A sample for every reader of text; a format without one is named in the answer of `readersWithoutSample`. */
export const TEXT_SAMPLES: readonly ReaderSample[] = READERS.flatMap((reader) => {
  const format = FORMATS.find(({ id }) => id === reader.id);
  return format === undefined ? [] : [sampleOf(reader, format)];
});

export function readersWithoutSample(): string[] {
  return READERS.filter((reader) => !TEXT_SAMPLES.some((sample) => sample.reader === reader)).map(
    ({ id }) => id,
  );
}
