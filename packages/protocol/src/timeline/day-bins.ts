/**
 * Day bins: how much of each local day each lane spent in five states, four bytes a day.
 *
 *     offset  size            content (little endian)
 *     0       4               "LSD1"
 *     4       4               lanes: number of lanes
 *     8       4               days: number of days
 *     12      4               0
 *     16      8 × (days + 1)  boundaries of the days as 64-bit floats, milliseconds since 1970-01-01T00:00:00Z;
 *                             day n lies between boundary n and n + 1 (23 or 25 hours when clocks change)
 *     then    4 × lanes × days  bins, lane by lane
 *
 *     bin     bits 0–5 active, 6–11 idle, 12–17 locked, 18–23 disconnected, 24–29 unknown; 30 and 31 are 0
 *
 * A share is in 63rds of the day, rounded up, so that thirty seconds never vanish; shares may thus add up to more.
 */
import { expectLength, openBytes, startBytes } from './bytes.ts';
import { BIN_STATES } from './states.ts';

const MAGIC = 'LSD1';
const HEAD_BYTES = 16;
const SHARE_BITS = 6;
const SHARE_MAX = 63;

export interface DayBins {
  /** Days + 1 instants, milliseconds. */
  readonly boundaries: readonly number[];
  readonly lanes: number;
  /** `bins[lane * days + day]`. */
  readonly bins: Uint32Array;
}

/** One bin from lengths in milliseconds, in the order of `BIN_STATES`, of a day of `dayMs`. */
export function packDayBin(lengthsMs: readonly number[], dayMs: number): number {
  let bin = 0;
  for (const [i] of BIN_STATES.entries()) {
    const share = dayMs <= 0 ? 0 : Math.min(SHARE_MAX, Math.ceil(((lengthsMs[i] ?? 0) / dayMs) * SHARE_MAX));
    bin |= share << (i * SHARE_BITS);
  }
  return bin >>> 0;
}

/** The shares of a bin, 0 to 1, in the order of `BIN_STATES`. */
export function unpackDayBin(bin: number): number[] {
  return BIN_STATES.map((_, i) => ((bin >>> (i * SHARE_BITS)) & SHARE_MAX) / SHARE_MAX);
}

export function encodeDayBins({ boundaries, lanes, bins }: DayBins): Uint8Array {
  const days = boundaries.length - 1;
  const { bytes, view } = startBytes(MAGIC, HEAD_BYTES + 8 * boundaries.length + 4 * lanes * days);
  view.setUint32(4, lanes, true);
  view.setUint32(8, days, true);
  let at = HEAD_BYTES;
  for (const boundary of boundaries) {
    view.setFloat64(at, boundary, true);
    at += 8;
  }
  for (const bin of bins) {
    view.setUint32(at, bin, true);
    at += 4;
  }
  return bytes;
}

/** Throws a `TimelineFormatError` if the bytes are something else or cut off. */
export function decodeDayBins(bytes: Uint8Array): DayBins {
  const view = openBytes(bytes, MAGIC, HEAD_BYTES);
  const lanes = view.getUint32(4, true);
  const days = view.getUint32(8, true);
  expectLength(bytes, HEAD_BYTES + 8 * (days + 1) + 4 * lanes * days);
  const boundaries = Array.from({ length: days + 1 }, (_, i) => view.getFloat64(HEAD_BYTES + 8 * i, true));
  const first = HEAD_BYTES + 8 * (days + 1);
  const bins = new Uint32Array(lanes * days);
  for (let i = 0; i < bins.length; i++) bins[i] = view.getUint32(first + 4 * i, true);
  return { boundaries, lanes, bins };
}
