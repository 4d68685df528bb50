/** Bars of sessions: the same lengths as the ledger, and what is uncertain is in the picture. */
import { sessionToContract } from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import { sessionizeSimulated } from '@logonscope/testkit';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lengthText } from '../words/lengths.ts';
import { barOf, barText, LOOK_HEIGHT, LOOK_OF, segmentsOf } from './segments.ts';

const at = (clock: string) => `2026-03-02T${clock}:00.000Z`;
const NINE_TO_FIVE = {
  start: at('09:00'),
  end: at('17:00'),
  endBy: 'logoff',
  endLatest: at('17:00'),
  asOf: at('18:00'),
  away: [
    { reason: 'locked', from: at('12:00'), to: at('13:00') },
    { reason: 'screensaver', from: at('12:10'), to: at('12:20') },
  ],
};
const shown = ({ segments }: ReturnType<typeof barOf>) =>
  segments.map(({ state, fromMs, toMs }) => {
    const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);
    return `${clock(fromMs)}-${clock(toMs)} ${state}`;
  });

describe('a bar', () => {
  it('is told in words even before it has a length', () => {
    expect(barText([], lengthText)).toBe('Only just begun');
  });

  it('shows use and away time in order', () => {
    expect(shown(barOf(NINE_TO_FIVE))).toEqual([
      '09:00-12:00 active',
      '12:00-12:10 locked',
      '12:10-12:20 idle',
      '12:20-13:00 locked',
      '13:00-17:00 active',
    ]);
    expect(barText(barOf(NINE_TO_FIVE).segments, lengthText)).toBe(
      'in use 7h 00m, locked 50m, idle (screen saver) 10m',
    );
  });

  it('reaches to the last moment at which a crash may have been', () => {
    const crashed = { ...NINE_TO_FIVE, away: [], end: at('15:00'), endBy: 'crash', endLatest: at('17:00') };
    expect(shown(barOf(crashed))).toEqual(['09:00-15:00 active', '15:00-17:00 unknown']);
  });

  it('of an open session reaches to what is known', () => {
    const open = { ...NINE_TO_FIVE, away: [], end: null, endBy: 'open', endLatest: null };
    expect(shown(barOf(open))).toEqual(['09:00-18:00 active']);
  });

  it('of no length can still be drawn', () => {
    const none = { ...NINE_TO_FIVE, away: [], end: at('09:00'), endLatest: at('09:00') };
    const bar = barOf(none);
    expect(bar.toMs - bar.fromMs).toBe(1_000);
    expect(bar.segments).toEqual([]);
  });
});

test('every look has a height of its own', () => {
  const heights = Object.values(LOOK_HEIGHT);
  expect(new Set(heights).size).toBe(heights.length);
  expect(new Set(Object.values(LOOK_OF)).size).toBe(heights.length);
});

test('the blue of all bars of a simulated fleet is its use time, to the millisecond', () => {
  const fleet = simulateFleet({ seed: 7, days: 4, computers: 4 });
  const sessions = [...fleet].flatMap(({ records }) => sessionizeSimulated(records).sessions);
  expect(sessions.length).toBeGreaterThan(10);
  for (const session of sessions) {
    const { segments } = barOf(sessionToContract(session));
    const active = segments.filter(({ state }) => state === 'active');
    expect(active.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBe(session.useMs);
  }
});

test('segments are in order, apart and inside the range', () => {
  const minute = fc.integer({ min: 0, max: 600 });
  const away = fc.record({ reason: fc.constantFrom('locked', 'asleep', 'paused'), a: minute, b: minute });
  fc.assert(
    fc.property(minute, minute, fc.array(away, { maxLength: 5 }), (start, length, aways) => {
      const drawn = {
        start,
        startEarliest: null,
        end: start + length,
        endLatest: start + length,
        asOf: start + length,
        away: aways.map(({ reason, a, b }) => ({
          reason: reason as 'locked',
          from: Math.min(a, b),
          to: Math.max(a, b),
        })),
      };
      const range = { from: 100, to: 500 };
      let last = range.from;
      for (const { fromMs, toMs } of segmentsOf([drawn], range)) {
        expect(fromMs).toBeGreaterThanOrEqual(last);
        expect(toMs).toBeGreaterThan(fromMs);
        last = toMs;
      }
      expect(last).toBeLessThanOrEqual(range.to);
    }),
  );
});
