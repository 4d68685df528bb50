/** One event as each JSON tool writes it, in each arrangement of objects. */
import type { AttributedRecord } from '@logonscope/core';
import { describe, expect, test } from 'vitest';
import type { Reader } from '../reader.ts';
import { type KeptRecord, readText } from '../testing.ts';
import { agentPosts } from './agent-posts.ts';
import { evtxDumpJson } from './evtx-dump.ts';
import { evtxECmdJson } from './evtxecmd.ts';
import { deriveOffset, nxlogJson } from './nxlog.ts';
import { splunkJson } from './splunk.ts';
import { winlogbeatJson } from './winlogbeat.ts';

const SECURITY = 'Microsoft-Windows-Security-Auditing';
const AT = Date.UTC(2025, 10, 3, 8, 58, 2, 123);
const facts = (record: KeptRecord | undefined) =>
  record?.kind === 'windows'
    ? [record.time, record.provider, record.channel, record.eventId, record.recordId, record.computer]
    : record;
const EXPECTED = [AT, SECURITY, 'Security', 4624, 7, 'PC-1.corp'];

const evtxDump = {
  Event: {
    '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
    System: {
      Provider: { '#attributes': { Name: SECURITY } },
      EventID: { '#text': 4624, '#attributes': { Qualifiers: 0 } },
      TimeCreated: { '#attributes': { SystemTime: '2025-11-03T08:58:02.123999Z' } },
      EventRecordID: 7,
      Channel: 'Security',
      Computer: 'PC-1.corp',
    },
    EventData: { TargetUserName: 'ana', LogonType: 2, Data: { '#text': ['a', 'b'] } },
    UserData: { EventXML: { '#attributes': { xmlns: 'x' }, User: 'CORP\\ana', SessionID: 2 } },
  },
};

const evtxECmd = {
  EventId: 4624,
  EventRecordId: '7',
  TimeCreated: '2025-11-03T08:58:02.1239999+00:00',
  Provider: SECURITY,
  Channel: 'Security',
  Computer: 'PC-1.corp',
  Payload: JSON.stringify({
    EventData: {
      Data: [{ '@Name': 'TargetUserName', '#text': 'ana' }, { '@Name': 'LogonType', '#text': '2' }, 'a', 'b'],
    },
    UserData: { EventXML: { User: 'CORP\\ana', SessionID: '2' } },
  }),
};

const winlogbeat = {
  '@timestamp': '2025-11-03T08:58:02.123Z',
  winlog: {
    event_id: '4624',
    record_id: 7,
    channel: 'Security',
    computer_name: 'PC-1.corp',
    provider_name: SECURITY,
    event_data: { TargetUserName: 'ana', LogonType: '2', param1: 'a', param2: 'b' },
    user_data: { xml_name: 'EventXML', User: 'CORP\\ana', SessionID: '2' },
  },
};

const FIELDS = {
  TargetUserName: 'ana',
  LogonType: '2',
  '#0': 'a',
  '#1': 'b',
  User: 'CORP\\ana',
  SessionID: '2',
};
const names = Object.keys(FIELDS).concat('absent', 'constructor');

describe.each([
  ['evtx_dump', evtxDumpJson as Reader, evtxDump as object],
  ['EvtxECmd', evtxECmdJson as Reader, evtxECmd],
  ['Winlogbeat', winlogbeatJson as Reader, winlogbeat],
  ['Winlogbeat out of Elasticsearch', winlogbeatJson as Reader, { _index: 'x', _source: winlogbeat }],
])('%s', (_name, reader, object) => {
  const line = JSON.stringify(object);
  test.each([
    ['one a line', `${line}\n${line}\n`],
    ['a list', `[${line},${line}]`],
    ['a printed list', JSON.stringify([object, object], null, 2)],
    ['one after another', line + line],
    ['with separators', `Record 1\n${JSON.stringify(object, null, 2)}\nRecord 2\n${line}\n`],
    ['with a byte order mark', `\ufeff${line}\r\n${line}`],
    ['inside hits', `{"took":1,"hits":{"total":2,"hits":[${line},${line}]}}`],
  ])('%s', async (_arrangement, text) => {
    const { records, problems } = await readText(reader, text, names);
    expect(problems).toEqual([]);
    expect(records.map(facts)).toEqual([EXPECTED, EXPECTED]);
    expect(records[0]?.fields).toEqual({ ...FIELDS, absent: null, constructor: null });
  });
});

describe('NXLog', () => {
  const event = (eventTime: string, more: object = {}) =>
    JSON.stringify({
      EventTime: eventTime,
      Hostname: 'PC-1.corp',
      EventID: 4624,
      SourceName: SECURITY,
      Channel: 'Security',
      RecordNumber: 7,
      ...more,
    });
  const times = async (text: string, timezone: string | null = null) => {
    const { records, problems } = await readText(nxlogJson, text, [], {
      timezone,
      assumedTimezone: 'Asia/Tokyo',
    });
    return [
      records.map(({ time }) => new Date(time!).toISOString().slice(11, 16)),
      problems.map(({ code }) => code),
    ];
  };

  test('the time of receipt tells the offset; a late delivery does not disturb it', async () => {
    const late = event('2020-09-04 03:00:00', { '@timestamp': '2020-09-04T09:40:00.000Z' });
    const soon = event('2020-09-04 03:30:27', { '@timestamp': '2020-09-04T07:30:28.985Z' });
    expect(await times(`${late}\n${soon}`)).toEqual([['07:00', '07:30'], []]);
    expect(deriveOffset([JSON.parse(late), JSON.parse(soon)])).toBe(-4 * 3_600_000);
  });

  test('an offset that is written counts', async () => {
    expect(await times(event('2020-09-04T03:30:27.5+02:00'))).toEqual([['01:30'], []]);
  });

  test('without any hint the zone named, else the assumed one with a word about it', async () => {
    const local = event('2020-09-04 03:30:27', { EventReceivedTime: '2020-09-04 03:30:28' });
    expect(await times(local, 'Europe/Berlin')).toEqual([['01:30'], []]);
    expect(await times(local)).toEqual([['18:30'], ['zone-assumed']]);
  });

  test('values lost to the message are found in any language', async () => {
    const text = event('2020-09-04T03:30:27Z', {
      EventID: 21,
      SourceName: 'Microsoft-Windows-TerminalServices-LocalSessionManager',
      Message:
        'Remotedesktopdienste: Sitzungsanmeldung erfolgreich:\r\n\r\nBenutzer: CORP\\ana\r\nSitzungs-ID: 2\r\nQuellnetzwerkadresse: 10.1.0.7',
    });
    const { records } = await readText(nxlogJson, text, ['User', 'SessionID', 'Address']);
    expect(records[0]?.fields).toEqual({ User: 'CORP\\ana', SessionID: '2', Address: '10.1.0.7' });
  });
});

describe('Splunk', () => {
  const row = {
    timestamp: '1762160282.123',
    type: 'Login',
    username: 'ana',
    domain: 'CORP',
    logon_id: '0x1',
    workstation: 'PC-1',
    event_id: '4624',
  };
  const xml =
    `<Event xmlns='x'><System><Provider Name='${SECURITY}'/><EventID>4624</EventID>` +
    `<TimeCreated SystemTime='2025-11-03T08:58:02.1239Z'/><EventRecordID>7</EventRecordID><Channel>Security</Channel>` +
    `<Computer>PC-1.corp</Computer></System><EventData><Data Name='TargetUserName'>ana</Data></EventData></Event>`;

  test.each([
    ['one a line', `${JSON.stringify({ preview: false, result: row })}\n`],
    ['a list', JSON.stringify([row])],
    ['the API', JSON.stringify({ preview: false, messages: [], fields: [{ name: 'type' }], results: [row] })],
    [
      'the time as _time',
      JSON.stringify({ ...row, timestamp: undefined, _time: '2025-11-03T09:58:02.123+01:00' }),
    ],
  ])('results of the search: %s', async (_name, text) => {
    const { records, problems } = await readText(splunkJson, text);
    expect(problems).toEqual([]);
    const record = records[0] as AttributedRecord;
    expect([record.time, record.word, record.computer, record.attributes.user]).toEqual([
      AT,
      'Login',
      'PC-1',
      'ana',
    ]);
  });

  test('event XML in _raw', async () => {
    const { records } = await readText(splunkJson, JSON.stringify({ result: { _raw: xml, _time: 'x' } }), [
      'TargetUserName',
    ]);
    expect([facts(records[0]), records[0]?.fields]).toEqual([EXPECTED, { TargetUserName: 'ana' }]);
  });

  test('fields with Windows names, and the classic ones that name subject and target alike', async () => {
    const common = {
      _time: '2025-11-03T08:58:02.123Z',
      EventCode: '4624',
      RecordNumber: '7',
      LogName: 'Security',
    };
    const modern = { ...common, ComputerName: 'PC-1.corp', TargetUserName: 'ana', SubjectUserName: 'PC-1$' };
    const classic = {
      ...common,
      ComputerName: 'PC-1.corp',
      Account_Name: ['PC-1$', 'ana'],
      Logon_ID: '0x3E7\n0x1A',
    };
    const { records } = await readText(
      splunkJson,
      `${JSON.stringify({ result: modern })}\n${JSON.stringify({ result: classic })}`,
      ['TargetUserName', 'SubjectUserName', 'TargetLogonId'],
    );
    expect(records.map(facts)).toEqual([EXPECTED, EXPECTED]);
    expect(records.map((r) => r.fields)).toEqual([
      { TargetUserName: 'ana', SubjectUserName: 'PC-1$', TargetLogonId: null },
      { TargetUserName: 'ana', SubjectUserName: 'PC-1$', TargetLogonId: '0x1A' },
    ]);
  });
});

describe('agent posts', () => {
  const post = (timestamp: string, more: object = {}) =>
    JSON.stringify({
      EventType: 'Sign-In',
      UserName: 'ana',
      ComputerName: 'PC-1',
      Timestamp: timestamp,
      ...more,
    });

  test.each([
    ['2025-05-25T14:30:00Z', '14:30:00.000'],
    ['2025-05-25T14:30:00+01:00', '13:30:00.000'],
    ['2025-05-25T14:30:00+0100', '13:30:00.000'],
    ['2025-05-25 14:30:00 BST', '13:30:00.000'],
    ['2025-05-25 14:30:00 UTC', '14:30:00.000'],
    ['2025-05-25 14:30:00', '14:30:00.000'],
    ['2025-05-25T14:30:00', '14:30:00.000'],
    ['2025-05-25 14:30:00 +02:00', '12:30:00.000'],
    ['2025-05-25T14:30:00.1234567Z', '14:30:00.123'],
  ])('%s', async (written, expected) => {
    const { records, problems } = await readText(agentPosts, post(written));
    expect(problems).toEqual([]);
    expect(new Date(records[0]!.time!).toISOString().slice(11, 23)).toBe(expected);
  });

  test.each([
    ['2025-05-25 14:30:00 EST', 'json/bad-time', 'Timestamp'],
    ['2025-13-25T14:30:00Z', 'json/bad-time', 'Timestamp'],
    ['yesterday', 'json/bad-time', 'Timestamp'],
  ])('%s is refused', async (written, code, field) => {
    const { problems } = await readText(agentPosts, post(written));
    expect(problems).toMatchObject([{ code, field, at: { line: 1 } }]);
  });

  test('a resent post has the identity of the first; addresses are no part of it', async () => {
    const text = [
      post('2025-05-25T14:30:00Z', { LocalIP: '10.0.0.7', retry: 0 }),
      post('2025-05-25T15:30:00+01:00', { retry: 1 }),
    ];
    const { records } = await readText(agentPosts, text.join('\n'));
    const [first, second] = records as unknown as AttributedRecord[];
    expect(first?.identity).toBe(second?.identity);
    expect(second?.attributes.detail?.retry).toBe(1);
  });
});
