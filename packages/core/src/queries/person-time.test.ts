/** Use time of persons and days: the vectors V14, V15, V16 and V19 of the rules, and the laws of sums and unions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lengthMs } from '../intervals.ts';
import { AWAY_REASONS, type LogonSession } from '../model.ts';
import { dayMatrix } from './day-matrix.ts';
import { personTime } from './person-time.ts';
import { at, type SessionFacts, session } from './testdata/build.ts';
import { useIntervals } from './use.ts';

const SECOND_MS = 1000;
const perDay = (facts: SessionFacts, timezone: string, dayStartHour = 0) =>
  dayMatrix([session(facts)], { timezone, dayStartHour }).cells.map(
    ({ day, useSumMs }) => [day.date, useSumMs / SECOND_MS] as const,
  );

describe('a session over midnight counts on both days', () => {
  const night = { start: '2025-03-03T22:00Z', end: '2025-03-04T06:00Z' };
  test('V14', () => {
    expect(perDay(night, 'UTC')).toEqual([
      ['2025-03-03', 7200],
      ['2025-03-04', 21600],
    ]);
  });
  test('unless the day begins at six', () => {
    expect(perDay(night, 'UTC', 6)).toEqual([['2025-03-03', 28800]]);
  });
});

describe('nights in which the clocks change, Europe/London', () => {
  test('V15: 00:30 GMT to 02:30 BST is one hour', () => {
    const facts = { start: '2025-03-30T00:30+00:00', end: '2025-03-30T02:30+01:00' };
    expect(perDay(facts, 'Europe/London')).toEqual([['2025-03-30', 3600]]);
  });
  test('V16: 00:30 BST to 02:30 GMT is three hours', () => {
    const facts = { start: '2025-10-26T00:30+01:00', end: '2025-10-26T02:30+00:00' };
    expect(perDay(facts, 'Europe/London')).toEqual([['2025-10-26', 10800]]);
  });
});

test('V19: two computers, sum 4 h and union 3 h', () => {
  const log = [
    session({ computer: 'PC1', start: '09:00', end: '11:00' }),
    session({ computer: 'PC2', start: '10:00', end: '12:00' }),
    session({ computer: 'PC2', user: 'bob', start: '09:00', end: '17:00' }),
    session({ computer: 'PC3', kind: 'network', start: '08:00', end: '18:00' }),
  ];
  expect(personTime(log, 'CORP\\Alice')).toEqual({
    sessions: 2,
    computers: 2,
    useSumMs: 14_400_000,
    useUnionMs: 10_800_000,
    presentMs: 10_800_000,
  });
  expect(personTime(log, 'alice', { from: at('10:30'), to: at('11:30') }).useSumMs).toBe(5_400_000);
});

test('first logon, last end, first and last use of a day', () => {
  const log = [
    session({ start: '2025-03-02T20:00Z', end: '01:00', away: { locked: [['2025-03-02T23:00Z', '00:30']] } }),
    session({ computer: 'PC2', start: '09:00', end: '17:00', lockData: false }),
    session({ start: '18:00', asOf: '2025-03-04T00:00Z' }),
  ];
  const [, monday] = dayMatrix(log, { timezone: 'UTC' }).cells;
  expect(monday).toMatchObject({
    account: 'CORP\\alice',
    sessions: 3,
    computers: ['PC1', 'PC2'],
    firstLogon: at('09:00'),
    lastEnd: at('17:00'),
    firstUse: at('00:30'),
    lastUse: at('2025-03-04T00:00Z'),
    withoutLockData: 1,
  });
});

test('who leaves at the stroke of midnight leaves on the day that ends', () => {
  const { cells } = dayMatrix([session({ start: '20:00', end: '2025-03-04T00:00Z' })], { timezone: 'UTC' });
  expect(cells.map((cell) => cell.lastEnd)).toEqual([at('2025-03-04T00:00Z')]);
});

describe('laws', () => {
  const DAYS_MS = 6 * 86_400_000;
  const from = at('2025-03-27T00:00Z');
  const iso = (ms: number) => new Date(ms).toISOString();
  const span = fc
    .tuple(fc.integer({ min: 0, max: DAYS_MS }), fc.integer({ min: 0, max: DAYS_MS / 2 }))
    .map(([start, length]) => ({ start: from + start, end: from + start + length }));
  const drawn = fc
    .record({
      span,
      computer: fc.constantFrom('PC1', 'PC2', 'PC3'),
      user: fc.constantFrom('alice', 'bob'),
      reason: fc.constantFrom(...AWAY_REASONS),
      away: fc.array(
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      ),
    })
    .map(({ span: { start, end }, reason, away, ...rest }): LogonSession => {
      const inside = (share: number) => iso(Math.round(start + share * (end - start)));
      const spans = away.map(([a, b]) => [inside(Math.min(a, b)), inside(Math.max(a, b))] as const);
      return session({ ...rest, start: iso(start), end: iso(end), away: { [reason]: spans } });
    });
  const log = fc.array(drawn, { maxLength: 8 });
  const zone = fc.record({
    timezone: fc.constantFrom('Europe/London', 'America/Havana', 'Africa/Cairo', 'UTC'),
    dayStartHour: fc.integer({ min: 0, max: 23 }),
  });

  test('a session is in use for as long as its ledger says', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        expect(lengthMs(useIntervals(one))).toBe(one.useMs);
      }),
    );
  });

  test('the days of a log sum to its sessions; a union exceeds neither the sum nor the day', () => {
    fc.assert(
      fc.property(log, zone, (sessions, range) => {
        const { cells } = dayMatrix(sessions, range);
        const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
        expect(sum(cells.map((cell) => cell.useSumMs))).toBe(sum(sessions.map((one) => one.useMs)));
        for (const cell of cells) {
          expect(cell.useUnionMs).toBeLessThanOrEqual(cell.useSumMs);
          expect(cell.useUnionMs).toBeLessThanOrEqual(cell.presentMs);
          expect(cell.presentMs).toBeLessThanOrEqual(cell.day.to - cell.day.from);
        }
        const alice = cells.filter((cell) => cell.account === 'CORP\\alice');
        const person = personTime(sessions, 'alice');
        expect(sum(alice.map((cell) => cell.useUnionMs))).toBe(person.useUnionMs);
      }),
    );
  });
});
