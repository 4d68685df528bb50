/** Shares of time by class, packed: six bits each in one 32-bit number, in 63rds, rounded up so that nothing vanishes. */
import { CLASS_COUNT, CLASS_OF } from './states.ts';
import { type Steps, upper } from './steps.ts';

export const SHARE_MAX = 63;
const SHARE_BITS = 6;
/** Against the noise of floating point only: a share this much above a whole number is that number. */
const NOISE = 1e-9;

/** Five shares from `lengths[at]` on, each a part of 1, as one number. */
export function packShares(lengths: Float64Array, at: number): number {
  let bin = 0;
  for (let c = 0; c < CLASS_COUNT; c++) {
    const share = Math.min(SHARE_MAX, Math.ceil(lengths[at + c]! * SHARE_MAX - NOISE));
    bin |= Math.max(0, share) << (c * SHARE_BITS);
  }
  return bin >>> 0;
}

/** Share of a class (from 0), in 63rds. */
export const shareOf = (bin: number, classIndex: number): number =>
  (bin >>> (classIndex * SHARE_BITS)) & SHARE_MAX;

/** The bins whose class bits are in the mask; others count as nothing. */
export function maskedBin(bin: number, mask: number): number {
  let kept = 0;
  for (let c = 0; c < CLASS_COUNT; c++) if (mask & (1 << c)) kept |= bin & (SHARE_MAX << (c * SHARE_BITS));
  return kept >>> 0;
}

/**
 * How much of each day a row spent in each class; day n lies between boundary n and n + 1, which is 23 or 25 hours
 * long where the clocks change.
 */
export function dayBins({ at, state }: Steps, boundaries: Float64Array): Uint32Array {
  const days = Math.max(0, boundaries.length - 1);
  const bins = new Uint32Array(days);
  const lengths = new Float64Array(CLASS_COUNT);
  for (let day = 0, i = Math.max(0, upper(at, boundaries[0] ?? 0) - 1); day < days; day++) {
    const from = boundaries[day]!;
    const to = boundaries[day + 1]!;
    lengths.fill(0);
    while (i + 1 < at.length && at[i + 1]! <= from) i++;
    for (let k = i; k + 1 < at.length && at[k]! < to; k++) {
      const c = CLASS_OF[state[k]!]!;
      if (c > 0) lengths[c - 1]! += (Math.min(to, at[k + 1]!) - Math.max(from, at[k]!)) / (to - from);
    }
    bins[day] = packShares(lengths, 0);
  }
  return bins;
}

/** A row at half the resolution, and half of that, down to one bin: level L has 2^L bins over the row's span. */
export interface Pyramid {
  readonly from: number;
  readonly spanMs: number;
  readonly depth: number;
  /** Levels one after another, the coarsest first: level L begins at 2^L − 1. */
  readonly bins: Uint32Array;
}

const DEPTH_MAX = 17;
const PYRAMIDS = new WeakMap<Steps, Pyramid>();

/** The pyramid of a row; made once. Its finest level has at least two steps a bin, so its size is bounded by the row's. */
export function pyramidOf(steps: Steps): Pyramid {
  let pyramid = PYRAMIDS.get(steps);
  if (pyramid === undefined) PYRAMIDS.set(steps, (pyramid = buildPyramid(steps)));
  return pyramid;
}

function buildPyramid({ at, state }: Steps): Pyramid {
  const count = at.length;
  const from = at[0] ?? 0;
  const spanMs = Math.max(1, (at[count - 1] ?? 1) - from);
  const depth = Math.max(0, Math.min(DEPTH_MAX, Math.floor(Math.log2(Math.max(2, count) / 2))));
  const bins = new Uint32Array(2 ** (depth + 1) - 1);
  let size = 2 ** depth;
  const binMs = spanMs / size;
  const lengths = new Float64Array(size * CLASS_COUNT);
  for (let i = 0; i + 1 < count; i++) {
    const c = CLASS_OF[state[i]!]!;
    if (c === 0) continue;
    const end = at[i + 1]! - from;
    for (let a = at[i]! - from, bin = Math.floor(a / binMs); a < end && bin < size; bin++) {
      const b = Math.min(end, (bin + 1) * binMs);
      lengths[bin * CLASS_COUNT + c - 1]! += (b - a) / binMs;
      a = b;
    }
  }
  for (let level = depth; ; level--, size /= 2) {
    for (let bin = 0; bin < size; bin++) bins[size - 1 + bin] = packShares(lengths, bin * CLASS_COUNT);
    if (level === 0) return { from, spanMs, depth, bins };
    halve(lengths, size / 2);
  }
}

/** Means of neighbouring bins, in place. */
function halve(lengths: Float64Array, size: number): void {
  for (let bin = 0; bin < size; bin++) {
    for (let c = 0; c < CLASS_COUNT; c++) {
      const left = 2 * bin * CLASS_COUNT + c;
      lengths[bin * CLASS_COUNT + c] = (lengths[left]! + lengths[left + CLASS_COUNT]!) / 2;
    }
  }
}
