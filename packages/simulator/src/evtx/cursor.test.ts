/** Split arithmetic on 64-bit numbers gives what big integers give. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCursor, putFiletime, putText, putU64 } from './cursor.ts';

test('FILETIMEs of any instant from 1601 to 9999 are exact', () => {
  const instants = fc.integer({ min: Date.UTC(1601, 0, 1), max: Date.UTC(9999, 11, 31) });
  fc.assert(
    fc.property(instants, (instant) => {
      const cursor = createCursor(8);
      putFiletime(cursor, instant);
      expect(cursor.view.getBigUint64(0, true)).toBe((BigInt(instant) + 11_644_473_600_000n) * 10_000n);
    }),
  );
});

test('64-bit numbers are exact, as numbers up to 2^53 and as big integers beyond', () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeNat(), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })), (value) => {
      const cursor = createCursor(8);
      putU64(cursor, value);
      expect(cursor.view.getBigUint64(0, true)).toBe(BigInt(value));
      expect(cursor.at).toBe(8);
    }),
  );
});

test('text of any kind is UTF-16LE, lone surrogates included', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (expected) => {
      const text = String.fromCharCode(...expected);
      const cursor = createCursor(2 * text.length + 2);
      putText(cursor, text);
      expect(cursor.at).toBe(2 * text.length);
      expect(Array.from(expected, (_, index) => cursor.view.getUint16(2 * index, true))).toEqual(expected);
    }),
  );
});
