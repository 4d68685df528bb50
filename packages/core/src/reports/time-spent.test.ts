/** Time spent gives the true figure where the old reports were wrong, and keeps to the range asked for. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SessionFacts, session } from '../queries/testdata/build.ts';
import { daily } from './daily.ts';
import { input, table } from './testdata/input.ts';
import { timeSpent } from './time-spent.ts';

const useOf = (...facts: SessionFacts[]) =>
  table(timeSpent, input({ sessions: facts.map(session), to: '2025-03-05T00:00Z' }), 'useMs').map(
    ([cell]) => cell,
  );

test('by site each computer counts where it stands, and one without a site for itself', () => {
  const sessions = [
    session({ computer: 'PC1', start: '09:00', end: '11:00' }),
    session({ computer: 'PC2', start: '10:00', end: '12:00' }),
    session({ computer: 'PC3', start: '10:00', end: '10:30' }),
  ];
  const siteOf = (computer: string) => (computer === 'PC3' ? null : 'HQ');
  const asked = { ...input({ sessions, options: { groupBy: 'site' } }), siteOf };
  const rows = table(timeSpent, asked, 'site', 'useMs', 'useUnionMs', 'computers', 'user', 'computer');
  expect(rows).toEqual([
    [null, '0h30', '0h30', 1, null, null],
    ['HQ', '4h', '3h', 2, null, null],
  ]);
});

describe('the cases in which a pairing of events went wrong', () => {
  test('logon 09, lock 12, unlock 13, logoff 17: 7 h', () => {
    expect(useOf({ start: '09:00', end: '17:00', away: { locked: [['12:00', '13:00']] } })).toEqual(['7h']);
  });
  test('logon 09, lock 12, logoff 17: 3 h', () => {
    expect(useOf({ start: '09:00', end: '17:00', away: { locked: [['12:00', '17:00']] } })).toEqual(['3h']);
  });
  test('PC1 09 to 11 and PC2 10 to 12: 4 h in sum, 3 h counted once', () => {
    const sessions = [
      session({ computer: 'PC1', start: '09:00', end: '11:00' }),
      session({ computer: 'PC2', start: '10:00', end: '12:00' }),
    ];
    expect(table(timeSpent, input({ sessions }), 'useMs', 'useUnionMs', 'sessionMs', 'computers')).toEqual([
      ['4h', '3h', '4h', 2],
    ]);
  });
  test('22 to 06 over midnight: 8 h', () => {
    expect(useOf({ start: '22:00', end: '2025-03-04T06:00Z' })).toEqual(['8h']);
  });
  test('a lost lock: between 5 and 8 h', () => {
    const lost = { ...session({ start: '09:00', end: '17:00' }), useMinMs: 5 * 3_600_000 };
    expect(table(timeSpent, input({ sessions: [lost] }), 'useMinMs', 'useMs', 'useMaxMs')).toEqual([
      ['5h', '8h', '8h'],
    ]);
  });
  test('Bob and bob are one', () => {
    expect(
      useOf({ user: 'Bob', start: '09:00', end: '12:00' }, { user: 'bob', start: '13:00', end: '18:00' }),
    ).toEqual(['8h']);
  });
  test('the night of the spring change: 1 h', () => {
    const sessions = [session({ start: '2025-03-30T00:30+00:00', end: '2025-03-30T02:30+01:00' })];
    const night = { from: '2025-03-30T00:00Z', to: '2025-03-31T00:00Z', timezone: 'Europe/London' };
    expect(table(timeSpent, input({ sessions, ...night }), 'useMs')).toEqual([['1h']]);
  });
  test('still logged on: so far', () => {
    const sessions = [session({ start: '09:00', asOf: '15:00' })];
    expect(table(timeSpent, input({ sessions }), 'useMs', 'open', 'lastEnd')).toEqual([['6h', 1, null]]);
  });
  test('a session that began before the range: its part', () => {
    const sessions = [session({ start: '2025-03-02T20:00Z', end: '02:00' })];
    expect(table(timeSpent, input({ sessions }), 'useMs', 'sessionMs', 'firstLogon', 'lastEnd')).toEqual([
      ['2h', '2h', null, '02:00'],
    ]);
  });
});

test('an end after the range is none of its ends, one at its very edge is', () => {
  const lastEnds = (end: string) =>
    table(timeSpent, input({ sessions: [session({ start: '20:00', end })] }), 'lastEnd').flat();
  expect(lastEnds('2025-03-04T06:00Z')).toEqual([null]);
  expect(lastEnds('2025-03-04T00:00Z')).toEqual(['2025-03-04 00:00']);
});

test('away time by reason, within the range only', () => {
  const sessions = [
    session({
      start: '2025-03-02T20:00Z',
      end: '06:00',
      away: {
        locked: [['2025-03-02T23:00Z', '01:00']],
        disconnected: [['00:30', '02:00']],
        screensaver: [['03:00', '03:10']],
        asleep: [['04:00', '05:00']],
        loggingOff: [['05:50', '06:00']],
      },
    }),
  ];
  const columns = ['lockedMs', 'disconnectedMs', 'screensaverMs', 'asleepMs', 'otherAwayMs', 'useMs'];
  expect(table(timeSpent, input({ sessions }), ...columns)).toEqual([
    ['1h', '1h30', '0h10', '1h', '0h10', '2h40'],
  ]);
});

test('a crash out of the range leaves the part in it no less sure than it is', () => {
  const crashed = session({ start: '09:00', end: '15:00', endBy: 'crash', latestEnd: '18:00' });
  const sessions = [{ ...crashed, useMaxMs: 9 * 3_600_000 }];
  expect(table(timeSpent, input({ sessions }), 'useMinMs', 'useMs', 'useMaxMs')).toEqual([
    ['6h', '6h', '9h'],
  ]);
  expect(table(timeSpent, input({ sessions, to: '12:00' }), 'useMinMs', 'useMs', 'useMaxMs')).toEqual([
    ['3h', '3h', '3h'],
  ]);
});

describe('grouping', () => {
  const sessions = [
    session({ computer: 'PC2', user: 'bob', start: '09:00', end: '10:00' }),
    session({ computer: 'PC1', user: 'bob', start: '09:00', end: '11:00', lockData: false }),
    session({ computer: 'PC1', user: 'alice', start: '10:00', end: '12:00' }),
    session({ computer: 'PC1', user: 'svc', kind: 'service', start: '00:00', end: '23:00' }),
  ];
  const columns = ['user', 'computer', 'useMs', 'useUnionMs', 'sessions', 'withoutLockData'];
  test('by user', () => {
    expect(table(timeSpent, input({ sessions }), ...columns)).toEqual([
      ['CORP\\alice', null, '2h', '2h', 1, 0],
      ['CORP\\bob', null, '3h', '2h', 2, 1],
    ]);
  });
  test('by user and computer', () => {
    expect(table(timeSpent, input({ sessions, options: { groupBy: 'user-computer' } }), ...columns)).toEqual([
      ['CORP\\alice', 'PC1', '2h', '2h', 1, 0],
      ['CORP\\bob', 'PC1', '2h', '2h', 1, 1],
      ['CORP\\bob', 'PC2', '1h', '1h', 1, 0],
    ]);
  });
  test('by computer: how long it was in use by anybody', () => {
    expect(table(timeSpent, input({ sessions, options: { groupBy: 'computer' } }), ...columns)).toEqual([
      [null, 'PC1', '4h', '3h', 2, 1],
      [null, 'PC2', '1h', '1h', 1, 0],
    ]);
  });
});

test('daily: arrival, departure and each part on its own day', () => {
  const sessions = [
    session({ start: '22:00', end: '2025-03-04T06:00Z', away: { locked: [['23:00', '2025-03-04T01:00Z']] } }),
    session({ start: '08:00', end: '12:00', computer: 'PC2' }),
  ];
  const columns = [
    'user',
    'date',
    'useMs',
    'presentMs',
    'firstLogon',
    'lastEnd',
    'firstUse',
    'lastUse',
    'computers',
  ];
  expect(table(daily, input({ sessions, to: '2025-03-05T00:00Z' }), ...columns)).toEqual([
    ['CORP\\alice', '2025-03-03', '5h', '6h', '08:00', '12:00', '08:00', '23:00', 'PC1, PC2'],
    [
      'CORP\\alice',
      '2025-03-04',
      '5h',
      '6h',
      null,
      '2025-03-04 06:00',
      '2025-03-04 01:00',
      '2025-03-04 06:00',
      'PC1',
    ],
  ]);
});

test('law: daily and time spent agree, and neither depends on the order of the sessions', () => {
  const drawn = fc.record({
    user: fc.constantFrom('alice', 'bob'),
    computer: fc.constantFrom('PC1', 'PC2'),
    start: fc.integer({ min: 0, max: 3000 }),
    length: fc.integer({ min: 0, max: 2000 }),
  });
  const time = (minutes: number) =>
    new Date(Date.parse('2025-03-29T00:00Z') + minutes * 60_000).toISOString();
  const range = { from: '2025-03-29T12:00Z', to: '2025-03-31T05:00Z', timezone: 'Europe/London' };
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 8 }), (facts) => {
      const sessions = facts.map(({ start, length, ...rest }, i) =>
        session({ ...rest, id: `${i}`, start: time(start), end: time(start + length) }),
      );
      const [forward, backward] = [
        input({ sessions, ...range }),
        input({ sessions: [...sessions].reverse(), ...range }),
      ];
      for (const report of [timeSpent, daily]) {
        expect([...report.rows(backward)]).toEqual([...report.rows(forward)]);
      }
      for (const row of timeSpent.rows(forward)) {
        const days = [...daily.rows(forward)].filter((day) => day.user === row.user);
        const sum = (column: string) => days.reduce((total, day) => total + (day[column] as number), 0);
        expect([sum('useMs'), sum('useUnionMs')]).toEqual([row.useMs, row.useUnionMs]);
        expect(row.useMinMs).toBeLessThanOrEqual(row.useMs as number);
        expect(row.useMaxMs).toBeGreaterThanOrEqual(row.useMs as number);
      }
    }),
  );
});
