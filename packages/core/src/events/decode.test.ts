/** Decoding beyond single rows: records without tables, CSV and agent rows, and what is dropped for people's sessions. */
import { describe, expect, test } from 'vitest';
import type { AttributedRecord, RawRecord } from '../record.ts';
import { createDecoder, decode } from './decode.ts';
import { ALICE, AT, securityRecord, windowsRecord } from './testdata/record.ts';

function attributed(parts: Partial<AttributedRecord>): AttributedRecord {
  return {
    kind: 'attributed',
    time: AT,
    word: '',
    eventId: null,
    computer: 'pc-0012',
    attributes: {},
    identity: 'row 1',
    source: { file: 'log.csv', line: 2 },
    ...parts,
  };
}

describe('a record that is no event', () => {
  const known = { provider: 'Microsoft-Windows-Security-Auditing', channel: 'Security', eventId: 4608 };
  test.each([
    ['of another provider', { ...known, provider: 'Microsoft-Windows-Sysmon' }],
    ['with an ID nobody needs', { ...known, eventId: 4688 }],
    ['without an ID', { ...known, eventId: null }],
    ['without a time', { ...known, time: null }],
    ['without a computer', { ...known, computer: '' }],
  ])('%s', (_, parts) => expect(decode(windowsRecord(parts))).toBeNull());

  test('but one without a provider is known by its channel', () => {
    expect(decode(windowsRecord({ ...known, provider: null, channel: 'SECURITY' }))).toMatchObject({
      signal: 'boot',
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
    });
  });

  test('and a forwarded copy keeps the channel it stands in', () => {
    expect(decode(windowsRecord({ ...known, channel: 'ForwardedEvents' }))?.channel).toBe('ForwardedEvents');
  });
});

describe('a row of a CSV', () => {
  test('with an event ID means what the tables say, whatever its word', () => {
    const attributes = {
      user: 'alice',
      domain: 'CORP',
      logonId: '0x009DEB4D',
      logonType: 2,
      workstation: '-',
    };
    expect(decode(attributed({ eventId: 4624, word: 'Login', attributes }))).toMatchObject({
      signal: 'logon',
      provider: 'Microsoft-Windows-Security-Auditing',
      channel: 'Security',
      computer: 'PC-0012',
      logonId: '0x9deb4d',
      workstation: null,
      recordId: null,
      identity: 'row 1',
      detail: { witness: 'security', word: 'Login' },
      source: { file: 'log.csv', line: 2 },
    });
  });

  test('gives a failed logon its reason', () => {
    const attributes = { status: '0xC000006D', subStatus: '0xC0000064' };
    expect(decode(attributed({ eventId: 4625, attributes }))?.failureReason).toBe('no such user');
  });

  test('without an ID means what its word says, and comes from an agent', () => {
    expect(decode(attributed({ word: 'Sign-In', attributes: { detail: { retry: 1 } } }))).toMatchObject({
      signal: 'logon',
      provider: null,
      eventId: null,
      detail: { witness: 'agent', word: 'Sign-In', retry: 1 },
    });
  });

  test('with an unknown ID goes by its word', () => {
    expect(decode(attributed({ eventId: 9999, word: 'Lock' }))?.signal).toBe('lock');
    expect(decode(attributed({ eventId: 0, word: 'Coffee' }))?.signal).toBe('other');
  });
});

describe('for the sessions of people', () => {
  const keep = (records: readonly RawRecord[]): boolean[] => {
    const decoder = createDecoder({ peopleOnly: true });
    return records.map((record) => decoder(record) !== null);
  };
  const logon = (type: string, id: string, account: Record<string, string> = {}) =>
    securityRecord(4624, {
      TargetUserSid: ALICE,
      TargetUserName: 'alice',
      TargetLogonId: id,
      LogonType: type,
      ...account,
    });
  const logoff = (type: string, id: string) =>
    securityRecord(4634, {
      TargetUserSid: ALICE,
      TargetUserName: 'alice',
      TargetLogonId: id,
      LogonType: type,
    });
  const privileges = (id: string, sid = ALICE) =>
    securityRecord(4672, { SubjectUserSid: sid, SubjectUserName: 'alice', SubjectLogonId: id });
  const SYSTEM = { TargetUserSid: 'S-1-5-18', TargetUserName: 'SYSTEM' };

  test.each(['3', '4', '5', '8', '9', '0'])('a logon of type %s and its logoff are dropped', (type) => {
    expect(keep([logon(type, '0x10'), logoff(type, '0x10')])).toEqual([false, false]);
  });

  test.each(['2', '10', '11', '12', '99'])('a logon of type %s and its logoff are kept', (type) => {
    expect(keep([logon(type, '0x10'), logoff(type, '0x10')])).toEqual([true, true]);
  });

  test.each(['7', '13'])('a logon of type %s is kept; its logoff only where the logon is missing', (type) => {
    expect(keep([logon(type, '0x10'), logoff(type, '0x10'), logoff(type, '0x11')])).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("the computer's own logon is kept: it is a boot", () => {
    expect(keep([logon('0', '0x3e7', SYSTEM), logon('5', '0x3e7', SYSTEM)])).toEqual([true, false]);
  });

  test('logons that draw a terminal session are kept, their logoffs are not', () => {
    const dwm = { TargetUserSid: 'S-1-5-90-0-2', TargetUserName: 'DWM-2' };
    const gone = securityRecord(4634, { ...dwm, TargetLogonId: '0x99', LogonType: '2' });
    expect(keep([logon('2', '0x99', dwm), gone])).toEqual([true, false]);
  });

  test('noise that uses the ID of a person again is kept: it proves a boot nobody saw', () => {
    expect(
      keep([logon('2', '0x10'), logon('3', '0x10'), logon('5', '0x10', SYSTEM), logon('3', '0x11')]),
    ).toEqual([true, true, true, false]);
  });

  test('each computer has its own IDs', () => {
    const elsewhere = securityRecord(
      4624,
      { TargetLogonId: '0x10', LogonType: '3' },
      { computer: 'PC-0013' },
    );
    expect(keep([logon('2', '0x10'), elsewhere])).toEqual([true, false]);
  });

  test('privileges go the way of their logon', () => {
    expect(keep([logon('3', '0x10'), privileges('0x10'), logon('2', '0x11'), privileges('0x11')])).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(keep([privileges('0x12'), privileges('0x3e7', 'S-1-5-18')])).toEqual([true, false]);
  });

  test('machine accounts are dropped, whatever they do', () => {
    const machine = { TargetUserSid: ALICE, TargetUserName: 'PC-0012$' };
    expect(keep([logon('2', '0x10', machine), securityRecord(4625, { ...machine, LogonType: '3' })])).toEqual(
      [false, false],
    );
  });

  test('a password used from a session is kept, for it proves the session alive; others are dropped', () => {
    const used = (actorLogonId: string, target: string) =>
      securityRecord(4648, {
        SubjectUserSid: ALICE,
        SubjectUserName: 'x',
        SubjectLogonId: actorLogonId,
        TargetUserName: target,
      });
    expect(
      keep([logon('2', '0x10'), used('0x10', 'adm'), used('0x3e7', 'alice'), used('0x77', 'PC-0012$')]),
    ).toEqual([true, true, false, false]);
  });

  test('failed logons are dropped', () => {
    expect(keep([securityRecord(4625, { TargetUserName: 'alice', LogonType: '2' })])).toEqual([false]);
  });

  test('events about the computer are kept, whoever caused them', () => {
    const clock = securityRecord(4616, { SubjectUserSid: 'S-1-5-19', PreviousTime: '', NewTime: '' });
    const restart = windowsRecord({
      provider: 'User32',
      eventId: 1074,
      fields: { param7: 'NT AUTHORITY\\SYSTEM' },
    });
    expect(keep([clock, restart])).toEqual([true, true]);
  });

  test('what has no record number is kept, since nothing else would show that the computer was alive', () => {
    expect(
      keep([
        securityRecord(4624, { LogonType: '3' }, { recordId: null }),
        attributed({ eventId: 4624, attributes: { logonType: 3 } }),
      ]),
    ).toEqual([true, true]);
  });

  test('details are shared by neighbours that say the same, and by no others', () => {
    const decoder = createDecoder({ peopleOnly: true });
    const asks = (ProcessId: string | null) =>
      decoder(logon('2', '0x10', ProcessId === null ? {} : { ProcessId }))?.detail;
    const first = asks('0x2a4');
    expect(asks('0x2a4')).toBe(first);
    expect(asks('0x2a8')).toEqual({ witness: 'security', processId: '0x2a8' });
    expect(asks(null)).toEqual({ witness: 'security' });
    expect(asks('0x2a4')).toEqual(first);
  });

  test('details that only people read are left out, those that rules read are not', () => {
    const decoder = createDecoder({ peopleOnly: true });
    const event = decoder(
      logon('2', '0x10', { ProcessId: '0x2a4', ProcessName: 'svchost.exe', KeyLength: '0' }),
    );
    expect(event?.detail).toEqual({ witness: 'security', processId: '0x2a4', processName: 'svchost.exe' });
  });
});
