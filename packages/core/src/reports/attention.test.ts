/** The reports that point at something: two places at once, odd hours, more rights, missing evidence. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, event, session } from '../queries/testdata/build.ts';
import { concurrent } from './concurrent.ts';
import { coverage } from './coverage.ts';
import { elevation } from './elevation.ts';
import { outOfHours } from './out-of-hours.ts';
import type { ReportInput } from './report.ts';
import { input, table } from './testdata/input.ts';

describe('concurrent', () => {
  const rows = (...sessions: ReturnType<typeof session>[]) =>
    table(
      concurrent,
      input({ sessions }),
      'scope',
      'name',
      'from',
      'to',
      'peak',
      'inUseAtOnceMs',
      'users',
      'computers',
      'sessions',
    );
  test('one user on three computers is one stretch with a peak', () => {
    expect(
      rows(
        session({ computer: 'PC1', start: '09:00', end: '12:00', away: { locked: [['10:00', '11:00']] } }),
        session({ computer: 'PC2', start: '10:00', end: '14:00' }),
        session({ computer: 'PC3', start: '10:30', end: '10:45' }),
      ),
    ).toEqual([['user', 'CORP\\alice', '10:00', '12:00', 3, '1h15', 'CORP\\alice', 'PC1, PC2, PC3', 3]]);
  });
  test('two users on one computer (fast user switching)', () => {
    expect(
      rows(
        session({ user: 'alice', start: '09:00', end: '12:00' }),
        session({ user: 'bob', start: '11:00', end: '13:00' }),
      ),
    ).toEqual([['computer', 'PC1', '11:00', '12:00', 2, '1h', 'CORP\\alice, CORP\\bob', 'PC1', 2]]);
  });
  test('one computer twice, or one after the other, is not concurrent', () => {
    expect(
      rows(
        session({ computer: 'PC1', start: '09:00', end: '12:00' }),
        session({ computer: 'PC1', start: '11:00', end: '13:00', id: 'second' }),
        session({ computer: 'PC2', start: '13:00', end: '14:00' }),
      ),
    ).toEqual([]);
  });
  test('who moves on in the same instant does not break the stretch', () => {
    expect(
      rows(
        session({ computer: 'PC1', start: '09:00', end: '12:00' }),
        session({ computer: 'PC2', start: '09:30', end: '10:00' }),
        session({ computer: 'PC3', start: '10:00', end: '11:00' }),
      ).map((row) => row.slice(2, 5)),
    ).toEqual([['09:30', '11:00', 2]]);
  });
  test('law: a minute is in a stretch if and only if two computers hold the user then', () => {
    const stay = fc.record({
      computer: fc.constantFrom('PC1', 'PC2', 'PC3'),
      from: fc.integer({ min: 0, max: 59 }),
      length: fc.integer({ min: 1, max: 30 }),
    });
    const minute = (n: number) => new Date(at('09:00') + n * 60_000).toISOString();
    fc.assert(
      fc.property(fc.array(stay, { maxLength: 7 }), (stays) => {
        const sessions = stays.map(({ computer, from, length }, i) =>
          session({ id: `${i}`, computer, start: minute(from), end: minute(from + length) }),
        );
        const found = [...concurrent.rows(input({ sessions }))].filter((row) => row.scope === 'user');
        for (let n = 0; n < 90; n++) {
          const middle = at('09:00') + n * 60_000 + 30_000;
          const here = new Set(
            sessions.filter((s) => s.start < middle && s.end! > middle).map((s) => s.computer),
          );
          const row = found.find(({ from, to }) => (from as number) < middle && (to as number) > middle);
          expect(row !== undefined).toBe(here.size >= 2);
          expect((row?.peak as number | undefined) ?? here.size).toBeGreaterThanOrEqual(here.size);
        }
      }),
    );
  });
});

describe('out of hours', () => {
  const rows = (given: Partial<ReportInput>, ...sessions: ReturnType<typeof session>[]) =>
    table(
      outOfHours,
      { ...input({ sessions, from: '2025-02-01T00:00Z', to: '2025-05-01T00:00Z' }), ...given },
      'user',
      'date',
      'useOutsideMs',
      'logonsOutside',
      'first',
      'last',
    );
  test('early, late, and nothing of the day between', () => {
    expect(
      rows(
        {},
        session({ start: '06:15', end: '20:30' }),
        session({ user: 'bob', start: '09:00', end: '17:00' }),
      ),
    ).toEqual([['CORP\\alice', '2025-03-03', '2h15', 1, '06:15', '20:30']]);
  });
  test('a Saturday counts in full', () => {
    expect(rows({}, session({ start: '2025-03-08T10:00Z', end: '2025-03-08T11:00Z' }))).toEqual([
      ['CORP\\alice', '2025-03-08', '1h', 1, '2025-03-08 10:00', '2025-03-08 11:00'],
    ]);
  });
  test('hours are those of the local clock, in summer too', () => {
    const options = { workFromHour: 8.5, workToHour: 17 };
    const summer = session({ start: '2025-04-01T07:15Z', end: '2025-04-01T16:30Z' });
    expect(rows({ timezone: 'Europe/London', options }, summer)).toEqual([
      ['CORP\\alice', '2025-04-01', '0h45', 1, '2025-04-01 07:15', '2025-04-01 16:30'],
    ]);
  });
  test('a night shift works until the next morning', () => {
    const options = { workFromHour: 22, workToHour: 6 };
    expect(rows({ options }, session({ start: '22:00', end: '2025-03-04T06:30Z' }))).toEqual([
      ['CORP\\alice', '2025-03-04', '0h30', 0, '2025-03-04 06:00', '2025-03-04 06:30'],
    ]);
  });
  test('who begins after midnight in a night shift is at work', () => {
    const options = { workFromHour: 22, workToHour: 6 };
    expect(rows({ options }, session({ start: '2025-03-04T00:30Z', end: '2025-03-04T05:30Z' }))).toEqual([]);
  });
  test('a locked computer at night is nobody at work; expected accounts are left out', () => {
    const locked = session({ start: '18:00', end: '23:00', away: { locked: [['19:00', '23:00']] } });
    const admin = session({ user: 'admin', start: '02:00', end: '03:00' });
    expect(rows({ options: { allow: ['admin'] } }, locked, admin)).toEqual([]);
  });
});

test('elevation: sessions with their privileges, other privileges, credentials of others', () => {
  const sessions = [
    session({ start: '09:00', end: '17:00', elevated: true, logonIds: ['0xa1', '0xa2'] }),
    session({ start: '09:00', end: '17:00', user: 'bob' }),
  ];
  const events = [
    event('09:00', 'elevated', { logonId: '0xa1', detail: { privileges: 'SeDebugPrivilege' } }),
    event('10:00', 'elevated', { user: 'backup', logonId: '0xb1' }),
    event('10:30', 'elevated', { user: 'SYSTEM', domain: 'NT AUTHORITY', sid: 'S-1-5-18', logonId: '0x3e7' }),
    event('11:00', 'explicitCredentials', {
      user: 'admin',
      detail: { subjectUser: 'bob', subjectDomain: 'CORP', targetServer: 'SRV1', processName: 'runas.exe' },
    }),
    event('11:01', 'explicitCredentials', {
      user: 'alice',
      detail: { subjectUser: 'PC1$', subjectDomain: 'CORP', subjectSid: 'S-1-5-18' },
    }),
  ];
  const columns = ['kind', 'time', 'user', 'target', 'targetServer', 'program', 'logonId', 'privileges'];
  expect(table(elevation, input({ sessions, events }), ...columns)).toEqual([
    ['elevated session', '09:00', 'CORP\\alice', null, null, null, '0xa1', 'SeDebugPrivilege'],
    ['privileges', '10:00', 'CORP\\backup', null, null, null, '0xb1', null],
    ['explicit credentials', '11:00', 'CORP\\bob', 'CORP\\admin', 'SRV1', 'runas.exe', null, null],
  ]);
});

test('coverage: what the logs hold, and on how many days of the range', () => {
  const one = {
    computer: 'PC1',
    from: at('2025-03-03T08:00Z'),
    to: at('2025-03-05T18:00Z'),
    events: 120,
    lockData: true,
    gaps: [{ channel: 'Security', from: at('2025-03-04T08:00Z'), to: at('2025-03-04T09:00Z'), missing: 17 }],
    cleared: [at('2025-03-04T08:30Z')],
    channels: ['System', 'Security'],
  };
  const silent = { ...one, computer: 'PC0', lockData: false, gaps: [], cleared: [], to: one.from, events: 1 };
  const given = input({
    coverage: [one, silent],
    events: [event('2025-03-05T09:00Z', 'lock')],
    from: '2025-03-03T00:00Z',
    to: '2025-03-07T00:00Z',
  });
  const columns = [
    'computer',
    'channels',
    'lockData',
    'gaps',
    'missingRecords',
    'cleared',
    'daysWithEvidence',
    'daysInRange',
    'share',
  ];
  expect(table(coverage, given, ...columns)).toEqual([
    ['PC0', 'Security, System', false, 0, 0, 0, 1, 4, 0.25],
    ['PC1', 'Security, System', true, 1, 17, 1, 2, 4, 0.5],
  ]);
  const absurd = {
    ...given,
    coverage: [{ ...one, from: at('1700-01-01T00:00Z') }],
    from: at('1601-01-01T00:00Z'),
  };
  expect(table(coverage, absurd, 'daysWithEvidence', 'daysInRange')).toEqual([[1, 36_525]]);
  const open = { ...given, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  expect(table(coverage, open, 'computer', 'daysInRange')).toEqual([
    ['PC0', 3],
    ['PC1', 3],
  ]);
});
