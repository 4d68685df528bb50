/** Sessions and markers in bytes: as documented, nothing lost on the way, damage told and never costly. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { TimelineFormatError } from './bytes.ts';
import { decodeMarkers, encodeMarkers, MARKER_SIGNALS } from './markers.ts';
import { decodeSessions, encodeSessions, type WireSession } from './sessions.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the bytes are those documented', () => {
  it('sessions', () => {
    const session: WireSession = {
      id: '00112233445566ff',
      earliest: 1_000_000,
      start: 1_000_000,
      end: 1_300_400,
      latest: 1_360_000,
      other: 'PC1',
      traits: 3,
      steps: [
        { at: 1_000_000, state: 1 },
        { at: 1_300_400, state: 8 },
      ],
    };
    expect(hex(encodeSessions([[session]]))).toBe(
      [
        '4c534531', // LSE1
        '01', // one name
        '03504331', // PC1
        'e807', // base 1000 s
        '01', // one lane
        '01', // one session
        '00112233445566ff',
        '00', // earliest at the base
        '00', // start there too
        'ac02', // 300 s long
        '3c', // perhaps 60 s longer
        '00', // on PC1
        '03', // a crash
        '02', // two steps
        '0001', // at once active
        'ac0208', // after 300 s not known
      ].join(''),
    );
  });

  it('markers', () => {
    const marks = [
      { at: 1_360_000, kind: 1 },
      { at: 1_000_999, kind: 0 },
    ];
    expect(hex(encodeMarkers([marks, []]))).toBe(
      ['4c534b31', 'e807', '02', '02', '0000', 'e80201', '00'].join(''),
    );
  });
});

const wireSession: fc.Arbitrary<WireSession> = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{16}$/),
    start: fc.integer({ min: 1_000_000_000, max: 1_900_000_000 }),
    before: fc.nat({ max: 5_000 }),
    lengths: fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 6 }),
    after: fc.nat({ max: 5_000 }),
    other: fc.constantFrom('PC-1', 'CORP\\ÄÖ', '<b>'),
    traits: fc.nat({ max: 127 }),
  })
  .map(({ id, start, before, lengths, after, other, traits }) => {
    let at = start - before;
    const steps = lengths.map((length, i) => {
      const step = { at: at * 1000, state: (i % 8) + 1 };
      at += length;
      return step;
    });
    const end = Math.max(start, at);
    const times = { earliest: start - before, start, end, latest: end + after };
    const inMs = Object.fromEntries(Object.entries(times).map(([name, value]) => [name, value * 1000]));
    return { id, other, traits, steps, ...(inMs as unknown as typeof times) };
  });

test('whole seconds come back as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.array(wireSession, { maxLength: 5 }), { maxLength: 4 }), (lanes) => {
      const { names, lanes: back } = decodeSessions(encodeSessions(lanes));
      expect(back).toHaveLength(lanes.length);
      for (const [i, lane] of lanes.entries()) {
        const sorted = [...lane].sort((a, b) => a.earliest - b.earliest);
        const columns = back[i]!;
        for (const [k, session] of sorted.entries()) {
          const { stepOff } = columns;
          const steps = Array.from({ length: stepOff[k + 1]! - stepOff[k]! }, (_, n) => ({
            at: columns.stepAt[stepOff[k]! + n],
            state: columns.stepState[stepOff[k]! + n],
          }));
          expect({
            id: hex(columns.ids.subarray(k * 8, k * 8 + 8)),
            earliest: columns.earliest[k],
            start: columns.start[k],
            end: columns.end[k],
            latest: columns.latest[k],
            other: names[columns.other[k]!],
            traits: columns.traits[k],
            steps,
          }).toEqual(session);
        }
      }
    }),
  );
});

test('what lasts less than a second stays, moved on by as little as needed', () => {
  const [lane] = decodeSessions(
    encodeSessions([
      [
        {
          ...{
            id: '0'.repeat(16),
            other: '',
            traits: 0,
            earliest: 10_100,
            start: 10_100,
            end: 10_900,
            latest: 10_900,
          },
          steps: [
            { at: 10_100, state: 1 },
            { at: 10_300, state: 3 },
          ],
        },
      ],
    ]),
  ).lanes;
  expect([...lane!.stepAt]).toEqual([10_000, 11_000]);
  expect(lane!.latest[0]).toBe(12_000);
});

test('marks come back in order, to the second', () => {
  const mark = fc.record({
    at: fc.integer({ min: 0, max: 4e12 }),
    kind: fc.nat({ max: MARKER_SIGNALS.length - 1 }),
  });
  fc.assert(
    fc.property(fc.array(fc.array(mark), { maxLength: 4 }), (lanes) => {
      const back = decodeMarkers(encodeMarkers(lanes));
      for (const [i, lane] of lanes.entries()) {
        const times = lane.map(({ at }) => Math.floor(at / 1000) * 1000).sort((a, b) => a - b);
        expect([...back[i]!.at]).toEqual(times);
        expect([...back[i]!.kind].sort()).toEqual(lane.map(({ kind }) => kind).sort());
      }
    }),
  );
});

describe('damage', () => {
  const good = encodeSessions([fc.sample(wireSession, { numRuns: 4, seed: 1 })]);

  it('at any length is told', () => {
    for (let length = 0; length < good.length; length++) {
      expect(() => decodeSessions(good.slice(0, length))).toThrow(TimelineFormatError);
    }
    expect(() => decodeSessions(Uint8Array.of(...good, 0))).toThrow('too many');
  });

  test('in any byte never costs more than an error', () => {
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const bad = good.slice();
        bad[at] = value;
        try {
          decodeSessions(bad);
        } catch (error) {
          expect(error).toBeInstanceOf(TimelineFormatError);
        }
      }),
    );
  });

  it('of counts that promise more than there is costs no memory', () => {
    const lie = Uint8Array.of(0x4c, 0x53, 0x45, 0x31, 0, 0, 1, 0xff, 0xff, 0xff, 0xff, 0x0f);
    expect(() => decodeSessions(lie)).toThrow('sessions');
    expect(() => decodeMarkers(Uint8Array.of(0x4c, 0x53, 0x4b, 0x31, 0, 0xff, 0xff, 0xff, 0x7f))).toThrow(
      'lanes',
    );
  });
});
