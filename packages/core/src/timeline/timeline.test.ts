/** Lanes: one line out of overlapping sessions, and what of each day it filled. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { lengthMs } from '../intervals.ts';
import { presenceAt } from '../queries/presence.ts';
import { at, type SessionFacts, session } from '../queries/testdata/build.ts';
import { useIntervals } from '../queries/use.ts';
import { daysOf } from '../zones.ts';
import { stateLengths } from './day-shares.ts';
import { type Step, sessionSteps, stepsOf, TIMELINE_STATES } from './steps.ts';

const DAY = { from: at('00:00'), to: at('2025-03-04T00:00:00Z') };
const clock = (instant: number) => new Date(instant).toISOString().slice(11, 16);
const drawn = (...facts: SessionFacts[]) =>
  stepsOf(facts.map(session), DAY).map(({ at: from, state }) => `${clock(from)} ${state}`);

describe('a lane', () => {
  it('is active between logon and logoff', () => {
    expect(drawn({ start: '09:00', end: '17:00' })).toEqual(['09:00 active', '17:00 none']);
  });

  it('shows away time by its reason, the one closest to presence where several hold', () => {
    const away = { locked: [['12:00', '13:00']], screensaver: [['12:10', '12:20']] } as const;
    expect(drawn({ start: '09:00', end: '17:00', away })).toEqual([
      '09:00 active',
      '12:00 locked',
      '12:10 idle',
      '12:20 locked',
      '13:00 active',
      '17:00 none',
    ]);
  });

  it('draws the strongest presence of several sessions', () => {
    const away = { locked: [['10:00', '12:00']] } as const;
    expect(
      drawn({ start: '09:00', end: '12:00', away }, { computer: 'PC2', start: '11:00', end: '13:00' }),
    ).toEqual(['09:00 active', '10:00 locked', '11:00 active', '13:00 none']);
  });

  it('shows as unknown where a session may have lasted', () => {
    expect(drawn({ start: '09:00', end: '15:00', endBy: 'crash', latestEnd: '18:00' })).toEqual([
      '09:00 active',
      '15:00 unknown',
      '18:00 none',
    ]);
  });

  it('stays within the range', () => {
    const lane = stepsOf([session({ start: '2025-03-02T22:00:00Z', end: '2025-03-04T06:00:00Z' })], DAY);
    expect(lane).toEqual([
      { at: DAY.from, state: 'active' },
      { at: DAY.to, state: 'none' },
    ]);
  });
});

const hour = fc.integer({ min: 0, max: 23 * 60 });
const spanOf = fc.tuple(hour, hour).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
const iso = (minute: number) => new Date(DAY.from + minute * 60_000).toISOString();
const anySession = fc
  .record({ span: spanOf, lock: spanOf, saver: spanOf, computer: fc.constantFrom('PC1', 'PC2') })
  .map(({ span: [from, to], lock, saver, computer }) => {
    const inside = ([a, b]: readonly [number, number]) => {
      const [left, right] = [Math.max(a, from), Math.min(b, to)];
      return left < right ? ([[iso(left), iso(right)]] as const) : [];
    };
    const away = { locked: inside(lock), screensaver: inside(saver) };
    return session({ computer, start: iso(from), end: iso(to), away });
  });

const stateAt = (steps: readonly Step[], instant: number) =>
  steps.findLast((step) => step.at <= instant)?.state ?? 'none';

describe('laws', () => {
  test('at every minute the lane shows what a look at the sessions tells', () => {
    fc.assert(
      fc.property(fc.array(anySession, { maxLength: 5 }), hour, (sessions, minute) => {
        const instant = DAY.from + minute * 60_000;
        const states = sessions.flatMap((one) => presenceAt(one, instant)?.state ?? []);
        const strongest = TIMELINE_STATES.find((state) => states.includes(state as never)) ?? 'none';
        expect(stateAt(stepsOf(sessions, DAY), instant)).toBe(strongest);
      }),
    );
  });

  test('active time is the union of use, on days of 23 hours too', () => {
    fc.assert(
      fc.property(fc.array(anySession, { maxLength: 5 }), (sessions) => {
        const days = daysOf([DAY], { timezone: 'Europe/London', dayStartHour: 4 });
        const lengths = stateLengths(stepsOf(sessions, DAY), days);
        const active = lengths.reduce((sum, day) => sum + day[1]!, 0);
        expect(active).toBe(lengthMs(sessions.flatMap(useIntervals)));
      }),
    );
  });

  test('the steps of a session by itself are those of a lane with nothing else on it', () => {
    fc.assert(
      fc.property(anySession, (one) => {
        const whole = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
        expect(sessionSteps(one)).toEqual(stepsOf([one], whole));
      }),
    );
  });

  test('a crash leaves a stretch that is not known, at the end of its own session', () => {
    const one = session({ start: '09:00', end: '15:00', endBy: 'crash', latestEnd: '18:00' });
    expect(sessionSteps(one).map(({ at: from, state }) => `${clock(from)} ${state}`)).toEqual([
      '09:00 active',
      '15:00 unknown',
      '18:00 none',
    ]);
  });
});
