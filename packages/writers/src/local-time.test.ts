/** Instants and durations as people and programs read them, against Intl. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockDuration, isoInstant, wallClock } from './local-time.ts';

describe('wall clock', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T00:59:59Z', '2026-03-29 01:59:59 +01:00'],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29 03:00:00 +02:00'],
    ['America/New_York', '2026-01-01T02:00:00.999Z', '2025-12-31 21:00:00 -05:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-01-01 05:45:00 +05:45'],
    ['UTC', '2026-01-01T00:00:00Z', '2026-01-01 00:00:00 +00:00'],
  ])('in %s %s is %s', (timezone, instant, text) => {
    expect(wallClock(timezone)(Date.parse(instant))).toBe(text);
  });

  it('agrees with what Intl prints with an offset, in any zone', () => {
    const zones = [
      'Europe/London',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Africa/Cairo',
      'Pacific/Apia',
    ];
    const formats = new Map(
      zones.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat('sv-SE', {
          timeZone,
          dateStyle: 'short',
          timeStyle: 'medium',
        }),
      ]),
    );
    const instants = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instants, (timezone, instant) => {
        const text = wallClock(timezone)(instant);
        expect(text.slice(0, 19)).toBe(formats.get(timezone)!.format(instant));
        // The offset is right if local time and offset lead back to the instant.
        expect(Date.parse(text.replace(' ', 'T').replace(' ', ''))).toBe(instant - (instant % 1000));
      }),
    );
  });

  it('says so if there is no such zone', () => {
    expect(() => wallClock('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('durations and instants', () => {
  it.each([
    [0, '0:00:00'],
    [59_499, '0:00:59'],
    [59_500, '0:01:00'],
    [25_200_000, '7:00:00'],
    [359_999_000, '99:59:59'],
    [3_600_000_000, '1000:00:00'],
    [-61_000, '-0:01:01'],
    [-400, '0:00:00'],
  ])('%i ms read %s', (ms, text) => {
    expect(clockDuration(ms)).toBe(text);
  });

  it('has no text for what no date can hold', () => {
    expect([isoInstant(0), isoInstant(8.65e15), isoInstant(Number.NaN)]).toEqual([
      '1970-01-01T00:00:00.000Z',
      null,
      null,
    ]);
  });
});
