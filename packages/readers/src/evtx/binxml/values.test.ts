/** Values byte by byte, and the laws of the caches and checksums that make them fast. */
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteWindow } from '../../bytes.ts';
import { crc32 } from '../crc32.ts';
import { TYPE } from '../format.ts';
import { TextCache } from './text-cache.ts';
import { filetimeMs, isoTimeMs, valueText, valueTexts } from './values.ts';

const windowOf = (...bytes: number[]) => {
  const window = byteWindow(bytes.length);
  window.bytes.set(bytes);
  return window;
};
const utf16 = (text: string) =>
  [...Array(text.length).keys()].flatMap((i) => [text.charCodeAt(i) & 0xff, text.charCodeAt(i) >> 8]);
const text = (type: number, ...bytes: number[]) => valueText(windowOf(...bytes), 0, bytes.length, type);
const texts = (type: number, ...bytes: number[]) => valueTexts(windowOf(...bytes), 0, bytes.length, type);

describe('values', () => {
  test.each([
    ['an unterminated text', TYPE.text, utf16('User32 '), 'User32 '],
    ['a text padded with NULs', TYPE.text, utf16('PC1\0\0'), 'PC1'],
    ['a lone surrogate', TYPE.text, utf16('a\ud800b'), 'a\ud800b'],
    ['a text of the system code page', TYPE.ansiText, [0x4d, 0xfc, 0], 'Mü'],
    ['a negative byte', TYPE.int8, [0xfe], '-2'],
    ['a negative number', TYPE.int32, [0xc4, 0xff, 0xff, 0xff], '-60'],
    ['a large unsigned number', TYPE.uint64, Array(8).fill(0xff), '18446744073709551615'],
    ['an irregular true', TYPE.bool, [0x10, 0, 0, 0], 'true'],
    ['false', TYPE.bool, [0, 0, 0, 0], 'false'],
    ['binary data', TYPE.binary, [0xe9, 0x07, 0], 'E90700'],
    ['a size of a 32-bit computer', TYPE.size, [0xe7, 3, 0, 0], '0x3e7'],
    ['a size of a 64-bit computer', TYPE.size, [0xe7, 3, 0, 0, 1, 0, 0, 0], '0x1000003e7'],
    ['a logon ID', TYPE.hex64, [0xce, 0xea, 0xa8, 2, 0, 0, 0, 0], '0x2a8eace'],
    ['a status', TYPE.hex32, [0x6d, 0, 0, 0xc0], '0xc000006d'],
    [
      'a SYSTEMTIME',
      TYPE.systemtime,
      utf16(String.fromCharCode(2025, 6, 1, 2, 16, 48, 1, 556)),
      '2025-06-02T16:48:01.556Z',
    ],
    ['a SID', TYPE.sid, [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0], 'S-1-5-32-544'],
    ['a SID that says it is longer than it is', TYPE.sid, [1, 9, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0], 'S-1-5-18'],
    ['a number that is cut off', TYPE.uint32, [1, 2], ''],
    ['a type nobody documents', 0x7f, [0xab], 'AB'],
  ])('%s', (_, type, bytes, expected) => {
    expect(text(type, ...bytes)).toBe(expected);
  });

  test('an array is read element by element; as one value it is its first', () => {
    expect(texts(0x80 | TYPE.text, ...utf16('one\0\0three\0'))).toEqual(['one', '', 'three']);
    expect(texts(0x80 | TYPE.text, ...utf16('one\0two'))).toEqual(['one', 'two']);
    expect(texts(0x80 | TYPE.uint16, 1, 0, 2, 0, 3)).toEqual(['1', '2']);
    expect(text(0x80 | TYPE.text, ...utf16('one\0two'))).toBe('one');
  });

  test('FILETIME is rounded down to the millisecond, exactly', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (ticks) => {
        const ms = filetimeMs(Number(ticks & 0xffffffffn), Number(ticks >> 32n));
        expect(ms).toBe(Number(ticks / 10_000n - 11_644_473_600_000n));
      }),
    );
  });

  test('ISO times in UTC, to the millisecond; other texts are none', () => {
    expect(isoTimeMs('2025-06-08T07:15:00.0519999Z')).toBe(Date.UTC(2025, 5, 8, 7, 15, 0, 51));
    expect(isoTimeMs('2025-06-08T07:15:00Z')).toBe(Date.UTC(2025, 5, 8, 7, 15));
    for (const other of ['', '-', '8.6.2025 07:15', '2025-06-08', null]) expect(isoTimeMs(other)).toBeNaN();
  });
});

test('law: the checksum is that of zlib, whole or in parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 50 }), (a, b) => {
      expect(crc32(a)).toBe(zlibCrc32(a));
      expect(crc32(b, crc32(a))).toBe(zlibCrc32(b, zlibCrc32(a)));
    }),
  );
});

test('law: the cache never changes a text, whatever it holds already', () => {
  const types = [
    TYPE.text,
    TYPE.ansiText,
    TYPE.sid,
    TYPE.hex64,
    TYPE.hex32,
    TYPE.binary,
    TYPE.uint32,
    TYPE.uint16,
    TYPE.uint8,
  ];
  const value = fc.record({
    type: fc.constantFrom(...types),
    bytes: fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 250 })),
    slot: fc.nat(3),
  });
  const cache = new TextCache();
  const last = new Int32Array(4);
  fc.assert(
    fc.property(fc.array(value, { maxLength: 20 }), (values) => {
      for (const { type, bytes, slot } of values) {
        const window = windowOf(...bytes, 0, 0, 0, 0);
        const expected = valueText(window, 0, bytes.length, type);
        expect(cache.textInSlot(window, 0, bytes.length, type, last, slot)).toBe(expected);
        expect(cache.text(window, 0, bytes.length, type)).toBe(expected);
      }
    }),
    { numRuns: 500 },
  );
});
