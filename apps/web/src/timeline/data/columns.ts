/** How much of each pixel column's time a row spent in each class: from its steps one by one, or from its pyramid. */
import type { Pyramid } from './shares.ts';
import { CLASS_COUNT, CLASS_OF } from './states.ts';
import { type Steps, upper } from './steps.ts';
import type { Counts } from './tracks.ts';

/** Columns [x0, x1) of a picture whose column 0 has the number `column`; `stride` columns are taken as one. */
export interface Strip {
  readonly column: number;
  readonly msPerPx: number;
  readonly x0: number;
  readonly x1: number;
  readonly stride: number;
}

/** Which columns the last call has written to: from the first up to, not including, the second. One pair for all calls. */
export const TOUCHED = { from: 0, to: 0 };

/**
 * Shares from the steps themselves, exactly, into `out[x * 5 + class]`, which is 0 before. Depends on a column's number
 * alone, not on the strip it is asked in: a strip drawn later joins without a seam.
 */
export function stepColumns({ at, state }: Steps, strip: Strip, out: Float64Array): void {
  const { column, msPerPx, x0, x1, stride } = strip;
  const count = at.length;
  const partMs = msPerPx * stride;
  let i = Math.max(0, upper(at, (column + x0) * msPerPx) - 1);
  TOUCHED.from = TOUCHED.to = x0;
  for (let x = x0; x < x1 && i + 1 < count; ) {
    const from = (column + x) * msPerPx;
    const to = (column + x + stride) * msPerPx;
    while (i + 1 < count && at[i + 1]! <= from) i++;
    if (i + 1 >= count) return;
    if (state[i] === 0 && at[i + 1]! >= to && at[i]! <= from) {
      x = afterGap(at[i + 1]! / msPerPx - column, x, stride);
      if (TOUCHED.to === x0) TOUCHED.from = Math.min(x, x1);
      continue;
    }
    TOUCHED.to = x + stride;
    for (let k = i; k + 1 < count && at[k]! < to; k++) {
      const c = CLASS_OF[state[k]!]!;
      if (c === 0) continue;
      const begin = Math.max(at[k]!, from);
      const end = Math.min(at[k + 1]!, to);
      if (end > begin) out[x * CLASS_COUNT + c - 1]! += (end - begin) / partMs;
    }
    x += stride;
  }
}

/** The column in which the next step lies, on the strip's own raster of strides. */
function afterGap(nextX: number, x: number, stride: number): number {
  const next = Math.floor(nextX);
  return Math.max(x + stride, x + Math.floor((next - x) / stride) * stride);
}

/** The level whose bins are at most a column wide; −1 where the pyramid has none that fine. */
export function levelFor({ spanMs, depth }: Pyramid, columnMs: number): number {
  const level = Math.max(0, Math.ceil(Math.log2(spanMs / columnMs)));
  return level <= depth ? level : -1;
}

/** Shares as means of the pyramid's bins that a column touches. Sixty-thirds are rounded up, so these may exceed 1. */
export function pyramidColumns(pyramid: Pyramid, level: number, strip: Strip, out: Float64Array): void {
  const { from, spanMs, bins } = pyramid;
  const size = 2 ** level;
  const perMs = size / spanMs;
  const { column, msPerPx, stride } = strip;
  const first = Math.max(strip.x0, strip.x0 + strideFloor(from / msPerPx - column - strip.x0, stride));
  const last = Math.min(strip.x1, Math.ceil((from + spanMs) / msPerPx - column));
  TOUCHED.from = Math.min(first, strip.x1);
  TOUCHED.to = Math.max(TOUCHED.from, last);
  for (let x = first; x < last; x += stride) {
    const begin = Math.max(0, Math.floor(((column + x) * msPerPx - from) * perMs));
    const end = Math.min(size, Math.ceil(((column + x + stride) * msPerPx - from) * perMs));
    if (end <= begin) continue;
    const scale = 1 / (63 * (end - begin));
    for (let bin = begin; bin < end; bin++) {
      const shares = bins[size - 1 + bin]!;
      if (shares === 0) continue;
      const o = x * CLASS_COUNT;
      out[o]! += (shares & 63) * scale;
      out[o + 1]! += ((shares >>> 6) & 63) * scale;
      out[o + 2]! += ((shares >>> 12) & 63) * scale;
      out[o + 3]! += ((shares >>> 18) & 63) * scale;
      out[o + 4]! += ((shares >>> 24) & 63) * scale;
    }
  }
}

const strideFloor = (x: number, stride: number) => Math.floor(x / stride) * stride;

/** Means of how many sessions are in each class, column by column; the same shape as shares. */
export function countColumns({ at, counts }: Counts, strip: Strip, out: Float64Array): void {
  const { column, msPerPx, x0, x1, stride } = strip;
  const partMs = msPerPx * stride;
  let i = Math.max(0, upper(at, (column + x0) * msPerPx) - 1);
  TOUCHED.from = x0;
  TOUCHED.to = x1;
  for (let x = x0; x < x1; x += stride) {
    const from = (column + x) * msPerPx;
    const to = (column + x + stride) * msPerPx;
    while (i + 1 < at.length && at[i + 1]! <= from) i++;
    for (let k = i; k + 1 < at.length && at[k]! < to; k++) {
      const begin = Math.max(at[k]!, from);
      const end = Math.min(at[k + 1]!, to);
      if (end <= begin) continue;
      const part = (end - begin) / partMs;
      for (let c = 0; c < CLASS_COUNT; c++) {
        out[x * CLASS_COUNT + c]! += counts[k * CLASS_COUNT + c]! * part;
      }
    }
  }
}

const SUMS = new WeakMap<Counts, Float64Array>();
/** Differences of sums are exact to about a hundred-millionth; what is less is nothing. */
const NOISE = 1e-6;

/** Sessions times milliseconds up to each change, by class; computed once. */
function sumsOf(counts: Counts): Float64Array {
  let sums = SUMS.get(counts);
  if (sums !== undefined) return sums;
  sums = new Float64Array(counts.at.length * CLASS_COUNT);
  for (let k = 1; k < counts.at.length; k++) {
    const length = counts.at[k]! - counts.at[k - 1]!;
    for (let c = 0; c < CLASS_COUNT; c++) {
      const before = (k - 1) * CLASS_COUNT + c;
      sums[k * CLASS_COUNT + c] = sums[before]! + counts.counts[before]! * length;
    }
  }
  SUMS.set(counts, sums);
  return sums;
}

/** The same as `countColumns`, from sums: costs by columns, however many changes there are in each. For wide columns only. */
export function summedColumns(counts: Counts, strip: Strip, out: Float64Array): void {
  const { at } = counts;
  const sums = sumsOf(counts);
  const { column, msPerPx, x0, x1, stride } = strip;
  const partMs = msPerPx * stride;
  const reached = new Float64Array(CLASS_COUNT);
  let i = -1;
  TOUCHED.from = x0;
  TOUCHED.to = x1;
  for (let x = x0; x < x1 + stride; x += stride) {
    const edge = (column + x) * msPerPx;
    i = upper(at, edge, Math.max(0, i)) - 1;
    for (let c = 0; c < CLASS_COUNT; c++) {
      const k = i * CLASS_COUNT + c;
      const sum = i < 0 ? 0 : sums[k]! + counts.counts[k]! * (edge - at[i]!);
      const mean = (sum - reached[c]!) / partMs;
      if (x > x0 && mean > NOISE) out[(x - stride) * CLASS_COUNT + c] = mean;
      reached[c] = sum;
    }
  }
}

const DAY_MEANS = new WeakMap<Counts, { readonly boundaries: Float64Array; readonly means: Float64Array }>();

/** Mean number of sessions of each class by day; kept until the days are others. */
export function countDayMeans(counts: Counts, boundaries: Float64Array): Float64Array {
  const known = DAY_MEANS.get(counts);
  if (known?.boundaries === boundaries) return known.means;
  const { at } = counts;
  const means = new Float64Array(Math.max(0, boundaries.length - 1) * CLASS_COUNT);
  for (let day = 0, i = 0; day + 1 < boundaries.length; day++) {
    const from = boundaries[day]!;
    const to = boundaries[day + 1]!;
    while (i + 1 < at.length && at[i + 1]! <= from) i++;
    for (let k = i; k + 1 < at.length && at[k]! < to; k++) {
      const part = Math.max(0, Math.min(to, at[k + 1]!) - Math.max(from, at[k]!)) / (to - from);
      for (let c = 0; c < CLASS_COUNT; c++)
        means[day * CLASS_COUNT + c]! += counts.counts[k * CLASS_COUNT + c]! * part;
    }
  }
  DAY_MEANS.set(counts, { boundaries, means });
  return means;
}
