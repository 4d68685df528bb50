/** What senders write becomes the same events as when a file of theirs is read. */
import { namedUpload, windowsUpload } from '@logonscope/protocol';
import { describe, expect, test } from 'vitest';
import { eventBody, eventOfBody } from '../../db/fold/event-body.ts';
import { convertPost } from './batch.ts';
import { convertLegacy, convertNamed, convertWindows, writtenTime } from './convert.ts';

const NOW = Date.parse('2026-03-02T00:00:00Z');

describe('times', () => {
  test.each([
    ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T09:00:00+01:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T03:00:00-0500', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01 08:00:00 GMT', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01 09:00:00 BST', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01 08:00:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00', '2026-03-01T08:00:00.000Z'],
    ['2026-03-01T08:00:00.1239999Z', '2026-03-01T08:00:00.123Z'],
  ])('%s is %s', (written, instant) => {
    expect(writtenTime(written, NOW)).toEqual({ time: Date.parse(instant) });
  });

  test.each([
    '',
    'yesterday',
    '2026-03-01 08:00:00 CEST',
    '2026-02-30T08:00:00Z',
    '2026-03-04T08:00:00Z',
    '1',
  ])('%j is refused with what was expected', (written) => {
    expect(writtenTime(written, NOW)).toHaveProperty('expected');
  });
});

test('an old agent’s post keeps its addresses and its count of repeats, and has one identity however often it is sent', () => {
  const post = { EventType: 'Sign-In', UserName: 'ana', ComputerName: 'pc-1.corp.example' };
  const first = convertLegacy(
    { ...post, Timestamp: '2026-03-01T08:00:00Z', IPAddress: '10.0.0.5', PublicIP: '198.51.100.7', retry: 0 },
    NOW,
  );
  const again = convertLegacy(
    { ...post, Timestamp: '2026-03-01 08:00:00', LocalIP: '10.0.0.6', retry: 2 },
    NOW,
  );
  if (!('event' in first) || !('event' in again)) throw new Error('both are events');
  expect(first.event).toMatchObject({
    signal: 'logon',
    computer: 'PC-1',
    user: 'ana',
    detail: { word: 'Sign-In', note: 'own address 10.0.0.5, public address 198.51.100.7' },
  });
  expect(again.event?.identity).toBe(first.event?.identity);
  expect(again.event?.detail?.retry).toBe(2);
});

test('a record with Windows’ names is read by the same tables as a file', () => {
  const converted = convertWindows(
    windowsUpload.parse({
      provider: 'Microsoft-Windows-Security-Auditing',
      eventId: 4624,
      channel: 'Security',
      recordId: 17,
      computer: 'PC-1.corp.example',
      time: '2026-03-01T08:00:00Z',
      fields: { TargetUserName: 'ana', TargetDomainName: 'CORP', TargetLogonId: '0x3e9a', LogonType: 2 },
    }),
    NOW,
  );
  expect(converted).toMatchObject({
    event: { signal: 'logon', user: 'ana', domain: 'CORP', logonId: '0x3e9a', logonType: 2, identity: null },
  });
});

test('a record without a number needs a key, or a repeat could not be told', () => {
  const bare = {
    provider: 'Microsoft-Windows-Winlogon',
    eventId: 7001,
    computer: 'PC-1',
    time: '2026-03-01T08:00:00Z',
  };
  expect(convertWindows(windowsUpload.parse(bare), NOW)).toMatchObject({ refused: { field: 'recordId' } });
  expect(convertWindows(windowsUpload.parse({ ...bare, key: 'k1' }), NOW)).toMatchObject({
    event: { identity: 'k1' },
  });
});

test('two logons of one account in one instant differ by their logon IDs', () => {
  const named = (logonId: string) =>
    convertNamed(
      namedUpload.parse({
        type: 'logon',
        computer: 'PC-1',
        time: '2026-03-01T08:00:00Z',
        user: 'ana',
        logonId,
      }),
      NOW,
    );
  const [a, b] = [named('0x1'), named('0x2')];
  if (!('event' in a) || !('event' in b)) throw new Error('both are events');
  expect(a.event?.identity).not.toBe(b.event?.identity);
});

test('of a post, each wrong event is named with its place, and the right ones go on', () => {
  const time = '2026-03-01T08:00:00Z';
  const post = convertPost(
    [
      { type: 'Lock', computer: 'PC-1', time, user: 'ana' },
      'no object',
      { type: 'Lock', computer: '', time },
      { provider: 'Some-Other-Provider', eventId: 1, recordId: 1, computer: 'PC-1', time },
      { type: 'Lock', computer: 'PC-1', time: 'noon' },
      { type: 'Unlock', computer: 'PC-1', time, user: 'ana', unknown: 'is let go' },
    ],
    NOW,
  );
  expect(post.positions).toEqual([0, 5]);
  expect(post.ignoredAt).toEqual([3]);
  expect(post.problems.map(({ at, field }) => [at, field])).toEqual([
    [1, 'event'],
    [2, 'computer'],
    [4, 'time'],
  ]);
});

test('in the store the place of posted events is not written down a second time', () => {
  const security = { provider: 'Microsoft-Windows-Security-Auditing', channel: 'Security', computer: 'PC-1' };
  const time = '2026-03-01T08:00:00Z';
  const fields = { TargetUserName: 'ana', TargetLogonId: '0x3e9a' };
  const { events } = convertPost(
    [
      { type: 'Lock', computer: 'PC-1', time, user: 'ana' },
      { type: 'Lock', computer: 'PC-1', time, user: 'ana', key: 'k1', channel: 'c', recordId: 7 },
      { ...security, time, eventId: 4800, recordId: 17, fields },
      { ...security, time, eventId: 4801, recordId: 18, key: 'k2', fields },
    ],
    Date.parse(time),
  );
  expect(events).toHaveLength(4);
  for (const event of events) expect(eventOfBody(eventBody(event))).toEqual(event);
  expect(events.map((event) => eventBody(event).includes('"source"'))).toEqual([false, false, false, true]);
});
