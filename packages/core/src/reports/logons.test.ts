/** How often, first and last, and in vain: the reports that count logons. */
import { expect, test } from 'vitest';
import { event, session } from '../queries/testdata/build.ts';
import { failedLogons } from './failed-logons.ts';
import { firstLast } from './first-last.ts';
import { logonFrequency } from './logon-frequency.ts';
import { input, table } from './testdata/input.ts';

test('logon frequency: totals, days and hours of the local clock', () => {
  const sessions = [
    session({ start: '07:30', end: '08:00' }),
    session({ start: '07:45', end: '09:00', computer: 'PC2' }),
    session({ start: '2025-03-04T07:00Z', end: '2025-03-04T08:00Z' }),
    session({ start: '12:00', end: '13:00', startBy: 'first-seen' }),
    session({ start: '2025-03-02T08:00Z', end: '08:00', user: 'bob' }),
  ];
  const given = input({ sessions, timezone: 'Europe/Berlin', to: '2025-03-05T00:00Z' });
  expect(table(logonFrequency, given, 'user', 'date', 'logons', 'computers', 'h07', 'h08')).toEqual([
    ['CORP\\alice', null, 3, 2, 0, 3],
    ['CORP\\alice', '2025-03-03', 2, 2, 0, 2],
    ['CORP\\alice', '2025-03-04', 1, 1, 0, 1],
  ]);
});

test('failed logons: the most frequent first, grouped by user, address and reason', () => {
  const bad = { failureReason: 'bad password', sourceAddress: '10.1.0.7', logonType: 3 };
  const events = [
    event('08:00', 'logonFailed', bad),
    event('08:01', 'logonFailed', { ...bad, user: 'ALICE', computer: 'PC2', logonType: 10 }),
    event('08:02', 'logonFailed', { ...bad, failureReason: 'account locked' }),
    event('08:03', 'logonFailed', {
      user: 'root',
      domain: null,
      status: '0xc000006d',
      subStatus: '0xc0000064',
    }),
    event('08:04', 'logon'),
    event('2025-03-02T08:00Z', 'logonFailed', bad),
    event('08:05', 'logonFailed', { ...bad, user: 'scanner' }),
  ];
  const given = input({ events: events.reverse(), options: { allow: ['CORP\\scanner'] } });
  const columns = ['user', 'address', 'reason', 'attempts', 'first', 'last', 'computers', 'logonTypes'];
  expect(table(failedLogons, given, ...columns)).toEqual([
    ['CORP\\ALICE', '10.1.0.7', 'bad password', 2, '08:00', '08:01', 'PC1, PC2', '3, 10'],
    ['CORP\\ALICE', '10.1.0.7', 'account locked', 1, '08:02', '08:02', 'PC1', '3'],
    ['root', null, '0xc0000064', 1, '08:03', '08:03', 'PC1', ''],
  ]);
});

test('first and last logon per account, computer and source', () => {
  const remote = { kind: 'remote', sourceAddress: '10.1.0.7', clientName: 'LAPTOP-7' } as const;
  const sessions = [
    session({ start: '15:00', end: '16:00', ...remote }),
    session({ start: '09:00', end: '10:00' }),
    session({ start: '11:00', end: '12:00', user: 'Alice' }),
    session({ start: '08:00', end: '12:00', startBy: 'first-seen', computer: 'PC2' }),
  ];
  expect(
    table(firstLast, input({ sessions }), 'user', 'computer', 'source', 'client', 'first', 'last', 'logons'),
  ).toEqual([
    ['CORP\\Alice', 'PC1', '10.1.0.7', 'LAPTOP-7', '15:00', '15:00', 1],
    ['CORP\\Alice', 'PC1', 'console', null, '09:00', '11:00', 2],
  ]);
});
