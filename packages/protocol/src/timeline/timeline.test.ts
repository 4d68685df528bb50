/** The binary answers of the timeline: bytes as documented, nothing lost on the way, damage told. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { TimelineFormatError } from './bytes.ts';
import { decodeDayBins, encodeDayBins, packDayBin, unpackDayBin } from './day-bins.ts';
import { decodeMinimap, encodeMinimap } from './minimap.ts';
import { decodeSegments, encodeSegments, toSegments } from './segments.ts';
import { WIRE_STATES } from './states.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const HOUR_MS = 3_600_000;

describe('the bytes are those documented', () => {
  it('day bins', () => {
    const bins = Uint32Array.of(
      packDayBin([12 * HOUR_MS, 30_000, 0, 6 * HOUR_MS, 24 * HOUR_MS], 24 * HOUR_MS),
    );
    expect(hex(encodeDayBins({ boundaries: [0, 24 * HOUR_MS], lanes: 1, bins }))).toBe(
      [
        '4c534431', // LSD1
        '01000000', // one lane
        '01000000', // one day
        '00000000',
        '0000000000000000', // 0
        '0000000070999441', // 86 400 000
        '6000403f', // active 32, idle 1, locked 0, disconnected 16, unknown 63
      ].join(''),
    );
  });

  it('segments', () => {
    const lane = toSegments(
      [
        { atMs: 1_000_000, state: 1 },
        { atMs: 1_300_000, state: 3 },
        { atMs: 1_300_400, state: 0 },
      ],
      1_000_000,
    );
    expect(hex(encodeSegments({ baseMs: 1_000_000, lanes: [lane] }))).toBe(
      [
        '4c535331', // LSS1
        '01000000', // one lane
        '0000000080842e41', // 1 000 000
        '03000000', // three points
        '04000000', // four bytes of times
        '03000000', // all of them in the first lane
        '00', // 0 s
        'ac02', // 300 s later
        '01', // the lock lasted 0.4 s and is kept as a second
        '3100', // active, locked; none
      ].join(''),
    );
  });

  it('minimap', () => {
    const map = { fromMs: 0, binMs: 60_000, inUse: Uint32Array.of(1_500), present: Uint32Array.of(2_000) };
    expect(hex(encodeMinimap(map))).toBe('4c534d3101000000000000000000000000000000004ced40dc050000d0070000');
  });
});

const lane = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 0x7fffff }), fc.nat(WIRE_STATES.length - 1)), { maxLength: 20 })
  .map((points) => {
    let second = 0;
    const seconds = points.map(([delta]) => (second += delta));
    return { seconds: Uint32Array.from(seconds), states: Uint8Array.from(points.map(([, state]) => state)) };
  });
const u32 = fc.nat(0xffffffff);

describe('laws', () => {
  test('what was encoded decodes to the same', () => {
    fc.assert(
      fc.property(fc.array(lane, { maxLength: 6 }), fc.nat(4_000_000_000), (lanes, second) => {
        const segments = { baseMs: second * 1000, lanes };
        expect(decodeSegments(encodeSegments(segments))).toEqual(segments);
      }),
    );
    fc.assert(
      fc.property(fc.nat(5), fc.nat(5), (lanes, days) => {
        const boundaries = Array.from({ length: days + 1 }, (_, i) => i * 24 * HOUR_MS);
        const bins = Uint32Array.from({ length: lanes * days }, (_, i) => i * 7_919);
        expect(decodeDayBins(encodeDayBins({ boundaries, lanes, bins }))).toEqual({
          boundaries,
          lanes,
          bins,
        });
      }),
    );
    fc.assert(
      fc.property(fc.array(u32), (values) => {
        const [inUse, present] = [Uint32Array.from(values), Uint32Array.from(values).reverse()];
        const map = { fromMs: 5, binMs: 7, inUse, present };
        expect(decodeMinimap(encodeMinimap(map))).toEqual(map);
      }),
    );
  });

  test('a share is never rounded away, and never off by more than a 63rd', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 24 * HOUR_MS }), { minLength: 5, maxLength: 5 }),
        (lengths) => {
          for (const [i, share] of unpackDayBin(packDayBin(lengths, 24 * HOUR_MS)).entries()) {
            const exact = lengths[i]! / (24 * HOUR_MS);
            expect(share).toBeGreaterThanOrEqual(exact - 1e-12);
            expect(share - exact).toBeLessThan(1 / 63);
          }
        },
      ),
    );
  });

  test('damaged bytes give an error of ours or other numbers, never anything else', () => {
    const good = encodeSegments({
      baseMs: 0,
      lanes: [{ seconds: Uint32Array.of(1, 500, 90_000), states: Uint8Array.of(1, 3, 0) }],
    });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, length) => {
        const damaged = good.slice(0, length);
        if (at < damaged.length) damaged[at] = value;
        try {
          decodeSegments(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(TimelineFormatError);
        }
      }),
    );
  });
});
