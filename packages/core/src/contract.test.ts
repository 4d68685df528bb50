/** The published JSON of events and sessions: exactly these keys, in this order. */
import { expect, test } from 'vitest';
import { eventToContract, sessionToContract } from './contract.ts';
import { decode } from './events/decode.ts';
import { ALICE, securityRecord } from './events/testdata/record.ts';
import type { LogonSession } from './model.ts';

test('an event', () => {
  const event = decode(
    securityRecord(4624, {
      TargetUserSid: ALICE,
      TargetUserName: 'alice',
      TargetDomainName: 'CORP',
      TargetLogonId: '0x29fa9',
      LogonType: '10',
      IpAddress: '10.1.0.7',
      IpPort: '50438',
    }),
  )!;
  expect(JSON.stringify(eventToContract(event), null, 1)).toBe(`{
 "time": "2025-11-03T08:58:02.125Z",
 "computer": "PC-0012",
 "computerFqdn": "PC-0012.corp.example",
 "channel": "Security",
 "provider": "Microsoft-Windows-Security-Auditing",
 "eventId": 4624,
 "recordId": 17,
 "signal": "logon",
 "user": "alice",
 "domain": "CORP",
 "sid": "${ALICE}",
 "logonId": "0x29fa9",
 "linkedLogonId": null,
 "logonType": 10,
 "terminalSessionId": null,
 "sessionName": null,
 "sourceAddress": "10.1.0.7",
 "sourcePort": 50438,
 "destinationAddress": null,
 "destinationPort": null,
 "clientName": null,
 "workstation": null,
 "elevated": null,
 "status": null,
 "subStatus": null,
 "failureReason": null,
 "logonProcess": null,
 "authPackage": null,
 "source": {
  "file": "Security.evtx",
  "record": 17
 }
}`);
});

test('the source is a record or a line, never an offset', () => {
  const source = (at: object) => {
    const event = decode(securityRecord(4608, {}, { source: { file: 'a', ...at } }))!;
    return eventToContract(event).source;
  };
  expect(source({ record: 0, offset: 4096 })).toEqual({ file: 'a', record: 0 });
  expect(source({ line: 2 })).toEqual({ file: 'a', line: 2 });
  expect(source({})).toEqual({ file: 'a' });
  expect(source({ numbered: true })).toEqual({ file: 'a', record: 17 });
});

const START = Date.UTC(2025, 10, 3, 9);
const SESSION: LogonSession = {
  id: 'abc',
  computer: 'PC-0012',
  computerFqdn: 'pc-0012.corp.example',
  user: 'alice',
  domain: 'CORP',
  sid: ALICE,
  logonIds: ['0x29fa9', '0x29f89'],
  aliasLogonIds: ['0x30000'],
  terminalSessionId: 1,
  logonType: 2,
  kind: 'console',
  start: START,
  startBy: 'logon',
  startEarliest: START,
  startLatest: START,
  end: null,
  endBy: 'open',
  endEarliest: null,
  endLatest: null,
  asOf: START + 3_600_001,
  durationMs: 3_600_001,
  useMs: 3_000_001,
  useMinMs: 3_000_000,
  useMaxMs: 3_600_001,
  awayMs: {
    total: 600_000,
    locked: 600_000,
    disconnected: 0,
    screensaver: 0,
    asleep: 0,
    loggingOff: 0,
    paused: 0,
  },
  away: [
    {
      reason: 'locked',
      from: START + 60_000,
      to: START + 660_000,
      evidence: ['Security:1201', null],
      inferred: ['to'],
    },
  ],
  ledger: [],
  startEvidence: 'Security:1200',
  endEvidence: null,
  elevated: true,
  sourceAddress: null,
  clientName: null,
  logonProcess: 'User32',
  lockData: true,
  findings: ['token-leak'],
  events: 12,
};

test('a session', () => {
  expect(JSON.stringify(sessionToContract(SESSION))).toBe(
    `{"id":"abc","computer":"PC-0012","user":"alice","domain":"CORP","sid":"${ALICE}",` +
      '"logonIds":["0x29fa9","0x29f89"],"terminalSessionId":1,"logonType":2,"kind":"console",' +
      '"start":"2025-11-03T09:00:00.000Z","startBy":"logon","end":null,"endBy":"open",' +
      '"endEarliest":null,"endLatest":null,"asOf":"2025-11-03T10:00:00.001Z",' +
      '"durationSeconds":3600.001,"useSeconds":3000.001,"useSecondsMin":3000,"useSecondsMax":3600.001,' +
      '"awaySeconds":{"total":600,"locked":600,"disconnected":0,"screensaver":0,"asleep":0,"loggingOff":0,"paused":0},' +
      '"away":[{"reason":"locked","from":"2025-11-03T09:01:00.000Z","to":"2025-11-03T09:11:00.000Z","evidence":["Security:1201",null]}],' +
      '"elevated":true,"sourceAddress":null,"clientName":null,"coverage":{"lockData":true},"findings":["token-leak"],"events":12}',
  );
});
