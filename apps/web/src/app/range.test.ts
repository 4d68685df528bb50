/** Ranges of the picker against clocks that change, and against addresses that somebody wrote by hand. */
import { describe, expect, it } from 'vitest';
import { instantOfLocal, localDate, startOfDay } from './local-time.ts';
import { RANGES, rangeOfDays, readRange } from './range.ts';

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const LONDON = 'Europe/London';
/** Two in the afternoon in London, half a day after the clocks went forward. */
const AFTER_CHANGE = Date.parse('2026-03-29T13:00:00Z');

describe('named ranges', () => {
  it('cut days where the local clock does, on the day it changes too', () => {
    const { fromMs, toMs } = readRange('today', LONDON, AFTER_CHANGE);
    expect([iso(fromMs), iso(toMs)]).toEqual(['2026-03-29T00:00:00.000Z', '2026-03-29T23:00:00.000Z']);
  });

  it('say the same all hour long, so that answers can be kept', () => {
    for (const [name] of RANGES) {
      const early = readRange(name, LONDON, AFTER_CHANGE + 1);
      const late = readRange(name, LONDON, AFTER_CHANGE + 59 * 60_000);
      expect(late, name).toEqual(early);
    }
  });

  it('reach back 48 hours and never less', () => {
    const { fromMs, toMs } = readRange('48h', LONDON, AFTER_CHANGE + 1);
    expect(fromMs).toBeLessThanOrEqual(AFTER_CHANGE + 1 - 48 * 3_600_000);
    expect(toMs).toBeGreaterThan(AFTER_CHANGE + 1);
  });

  it('know last month at the turn of the year', () => {
    const { fromMs, toMs } = readRange('last-month', 'UTC', Date.parse('2026-01-15T12:00:00Z'));
    expect([iso(fromMs), iso(toMs)]).toEqual(['2025-12-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z']);
  });
});

describe('ranges in addresses', () => {
  it('survive the way through the address bar', () => {
    const text = rangeOfDays('Asia/Tokyo', '2026-05-05', '2026-05-06');
    const { fromMs, toMs, label } = readRange(text, 'Asia/Tokyo', AFTER_CHANGE);
    expect([iso(fromMs), iso(toMs)]).toEqual(['2026-05-04T15:00:00.000Z', '2026-05-06T15:00:00.000Z']);
    expect(label).toMatch(/5.*6 May 2026/);
  });

  it('may be written as local times by hand', () => {
    const { fromMs, toMs } = readRange('2026-07-01T08:00..2026-07-01T17:30', LONDON, AFTER_CHANGE);
    expect([iso(fromMs), iso(toMs)]).toEqual(['2026-07-01T07:00:00.000Z', '2026-07-01T16:30:00.000Z']);
  });

  it.each(['', 'nonsense', '2026-07-02..2026-07-01', '..', '2026-99-99..2026-07-01', 'x'.repeat(5_000)])(
    'fall back to the default for %j',
    (text) => {
      expect(readRange(text, LONDON, AFTER_CHANGE).text).toBe('7d');
    },
  );
});

describe('local time', () => {
  it('moves a time that the clock skips on by the gap', () => {
    expect(iso(instantOfLocal(LONDON, '2026-03-29T01:30'))).toBe('2026-03-29T01:30:00.000Z');
  });

  it('takes the first of the two for a time that the clock shows twice', () => {
    expect(iso(instantOfLocal(LONDON, '2026-10-25T01:30'))).toBe('2026-10-25T00:30:00.000Z');
  });

  it('knows the days of a zone far from here', () => {
    expect(localDate('Pacific/Kiritimati', Date.parse('2026-01-01T11:00:00Z'))).toBe('2026-01-02');
    expect(iso(startOfDay('America/New_York', '2026-01-01'))).toBe('2026-01-01T05:00:00.000Z');
  });
});
