/** The axis over changes of the clocks: every hour that there was, once; every local day where it begins. */
import { dayBoundaries, zoneOf } from '@logonscope/core';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { wallClock } from '../../app/local-time.ts';
import {
  axisOf,
  cachedClock,
  formatDay,
  formatInstant,
  formatOffset,
  instantsOf,
  localDays,
  localOf,
  oddDays,
} from './clock.ts';

const clockOf = (zone: string) => ({ zone, offsetAt: zoneOf(zone).offsetAt });
const LONDON = clockOf('Europe/London');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const labels = (zone: string, from: string, to: string, msPerPx: number) =>
  axisOf(clockOf(zone), Date.parse(from), Date.parse(to), msPerPx, 100).minor.map(({ label }) => label);

describe('ticks', () => {
  it('leave out the hour that the clock skips', () => {
    expect(labels('Europe/London', '2026-03-29T00:00:00Z', '2026-03-29T03:30:00Z', HOUR / 100)).toEqual([
      '00:00',
      '02:00',
      '03:00',
      '04:00',
    ]);
  });

  it('show the hour that comes twice two times', () => {
    expect(labels('Europe/London', '2026-10-24T23:30:00Z', '2026-10-25T03:30:00Z', HOUR / 100)).toEqual([
      '00:00',
      '01:00',
      '01:00',
      '02:00',
      '03:00',
    ]);
  });

  it('keep to the wall clock after a change', () => {
    const shown = labels('Europe/London', '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z', (6 * HOUR) / 100);
    expect(new Set(shown)).toEqual(new Set(['00:00', '06:00', '12:00', '18:00']));
  });

  it('of days, weeks, months and years begin at local midnights', () => {
    const year = axisOf(
      LONDON,
      Date.parse('2026-01-10T00:00Z'),
      Date.parse('2026-12-31T00:00Z'),
      DAY / 4,
      100,
    );
    expect(year.minor.map(({ label }) => label).slice(0, 5)).toEqual(['Jan', 'Feb', 'Mar', 'Apr', 'May']);
    expect(new Date(year.minor[4]!.at).toISOString()).toBe('2026-04-30T23:00:00.000Z');
    expect(year.major.map(({ label }) => label)).toEqual(['2026']);
  });

  test('lie where the wall clock shows what they say, in every zone', () => {
    const zone = fc.constantFrom(
      'Europe/London',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Kathmandu',
    );
    const from = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2027-01-01') });
    fc.assert(
      fc.property(zone, from, fc.constantFrom(1, 30, 400, 3_000, 40_000), (name, begin, secondsPerPx) => {
        const clock = clockOf(name);
        const { minor } = axisOf(clock, begin, begin + 900_000 * secondsPerPx, secondsPerPx * 1000, 90);
        for (const [i, { at, label }] of minor.entries()) {
          if (i > 0) expect(at).toBeGreaterThan(minor[i - 1]!.at);
          if (/^\d\d:\d\d$/.test(label)) {
            expect(formatInstant(clock, at).slice(-5)).toBe(label);
            expect(localOf(clock, at) % 60_000).toBe(0);
          }
        }
      }),
    );
  });
});

test('a local time is skipped, single or double', () => {
  const local = (text: string) => Date.parse(`${text}Z`);
  expect(instantsOf(LONDON, local('2026-03-29T01:30'))).toEqual([]);
  expect(instantsOf(LONDON, local('2026-07-01T01:30'))).toEqual([Date.parse('2026-07-01T00:30Z')]);
  expect(instantsOf(LONDON, local('2026-10-25T01:30')).map((at) => new Date(at).toISOString())).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-25T01:30:00.000Z',
  ]);
});

test('days of 23 and 25 hours are marked', () => {
  const range = { from: Date.parse('2026-03-01'), to: Date.parse('2026-11-01'), timezone: 'Europe/London' };
  const odd = oddDays(Float64Array.from(dayBoundaries(range)), range.from, range.to);
  expect(odd.map(({ at, label }) => [formatDay(LONDON, at), label])).toEqual([
    ['Sun 29 Mar 2026', '23 h'],
    ['Sun 25 Oct 2026', '25 h'],
  ]);
});

test('offsets are written as people do', () => {
  expect(formatOffset(LONDON, Date.parse('2026-07-01'))).toBe('+01:00');
  expect(formatOffset(clockOf('America/St_Johns'), Date.parse('2026-01-01'))).toBe('−03:30');
});

describe('the clock of a zone, asked day by day', () => {
  const zone = fc.constantFrom(
    ...['Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Havana'],
    ...['Pacific/Apia', 'Asia/Tehran', 'America/Santiago', 'UTC'],
  );
  const from = fc.integer({ min: Date.parse('2010-01-01') / 1000, max: Date.parse('2027-01-01') / 1000 });
  const cached = (name: string) => cachedClock(name, (at) => wallClock(name, at));

  test('has the offsets that the core has', () => {
    fc.assert(
      fc.property(zone, from, (name, second) => {
        expect(cached(name).offsetAt(second * 1000)).toBe(zoneOf(name).offsetAt(second * 1000));
      }),
    );
  });

  test('has the local days that the core has, also where a midnight or a date is skipped', () => {
    fc.assert(
      fc.property(zone, from, fc.integer({ min: 1, max: 200 * 86_400 }), (timezone, second, seconds) => {
        const range = { from: second * 1000, to: (second + seconds) * 1000 };
        expect([...localDays(cached(timezone), range.from, range.to)]).toEqual(
          dayBoundaries({ ...range, timezone }),
        );
      }),
    );
    const apia = { from: Date.parse('2011-12-28T12:00Z'), to: Date.parse('2012-01-02T12:00Z') };
    expect([...localDays(cached('Pacific/Apia'), apia.from, apia.to)]).toEqual(
      dayBoundaries({ ...apia, timezone: 'Pacific/Apia' }),
    );
  });
});
