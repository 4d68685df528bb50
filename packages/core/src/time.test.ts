/** Instants from and to text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoMs, parseFiletime, parseIso, parseSystemTimeHex, parseWindowsTime } from './time.ts';

const NEW_YEAR = Date.UTC(2026, 0, 1);

describe('ISO text', () => {
  test.each([
    ['2026-01-01T00:00:00Z', NEW_YEAR],
    ['2026-01-01T00:00:00', NEW_YEAR],
    ['2026-01-01 00:00:00', NEW_YEAR],
    ['2026-01-01T00:00', NEW_YEAR],
    ['2026-01-01T00:00:00.1239999Z', NEW_YEAR + 123],
    ['2026-01-01T00:00:00,5Z', NEW_YEAR + 500],
    ['2026-01-01T01:00:00+01:00', NEW_YEAR],
    ['2026-01-01T01:00:00+01', NEW_YEAR],
    ['2025-12-31T20:30:00-0330', NEW_YEAR],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('%s', (text, instant) => expect(parseIso(text)).toBe(instant));

  test.each([
    '',
    '2025-02-29T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-01-01',
    '2025-01-01T24:00:00Z',
    '11/3/2025 8:58:02 AM',
    'now',
  ])('not a time: %s', (text) => expect(parseIso(text)).toBeNull());

  test('is printed as the calendar has it, whatever was printed before', () => {
    const instant = fc.oneof(
      fc.integer({ min: -8.64e15, max: 8.64e15 }),
      fc.integer({ min: -200_000_000, max: 200_000_000 }),
      fc.double({ min: 1.7e12, max: 1.7e12 + 2e8, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(instant), (instants) => {
        expect(instants.map(isoMs)).toEqual(instants.map((each) => new Date(each).toISOString()));
      }),
    );
  });

  test('comes back from what is printed', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (date) => {
          expect(parseIso(isoMs(date.getTime()))).toBe(date.getTime());
        },
      ),
    );
  });
});

describe('FILETIME', () => {
  test('counts 100 ns ticks since 1601', () => {
    const ticks = (BigInt(NEW_YEAR) + 11_644_473_600_000n) * 10_000n;
    expect(parseFiletime(ticks)).toBe(NEW_YEAR);
    expect(parseFiletime(String(ticks + 9_999n))).toBe(NEW_YEAR);
    expect(parseFiletime(`0x${ticks.toString(16)}`)).toBe(NEW_YEAR);
  });

  test('of zero is none, and other numbers are none', () => {
    expect(parseFiletime(0n)).toBeNull();
    expect(parseFiletime('12345')).toBeNull();
    expect(parseFiletime('0xffffffffffffffff')).toBeNull();
    expect(parseWindowsTime('1601-01-01T00:00:00.000000')).toBeNull();
  });
});

test('a SYSTEMTIME in hex, at its byte', () => {
  const hex = 'FFFF'.repeat(8) + 'E9070B00010003000800 3A0002007D00'.replace(' ', '');
  expect(parseSystemTimeHex(hex, 16)).toBe(Date.UTC(2025, 10, 3, 8, 58, 2, 125));
  expect(parseSystemTimeHex(hex, 0)).toBeNull();
  expect(parseSystemTimeHex(hex, 20)).toBeNull();
  expect(parseSystemTimeHex('zz'.repeat(16), 0)).toBeNull();
});
