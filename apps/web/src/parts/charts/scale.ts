/** Scales of charts: from values to places, and the ticks people can read. No library: five chart forms need no more. */

/** Straight from a range of values to a range of places. */
export function linear(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): (value: number) => number {
  const span = to - from;
  return (value) => (span === 0 ? start : start + ((value - from) / span) * (end - start));
}

const HOUR_MS = 3_600_000;
const STEPS = [1, 2, 5];
/** Steps that a clock has: nobody reads 2.5 hours as half past two. */
const TIME_STEPS_MS = [1, 5, 15, 30]
  .map((minutes) => minutes * 60_000)
  .concat([1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 168].map((hours) => hours * HOUR_MS));

/** Round numbers from 0 to at least `max`, about `wanted` of them. */
export function countTicks(max: number, wanted = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, (STEPS.find((one) => one * power >= rough) ?? 10) * power);
  return upTo(max, step);
}

/** Lengths of time from 0 to at least `maxMs`. */
export function lengthTicks(maxMs: number, wanted = 4): number[] {
  if (!(maxMs > 0)) return [0, HOUR_MS];
  const rough = maxMs / wanted;
  const hours = countTicks(maxMs / HOUR_MS, wanted)[1]! * HOUR_MS;
  return upTo(maxMs, TIME_STEPS_MS.find((step) => step >= rough) ?? hours);
}

function upTo(max: number, step: number): number[] {
  const last = Math.ceil(max / step - 1e-9);
  return Array.from({ length: last + 1 }, (_, i) => i * step);
}

/** Which of so many labels to show when each takes `labelPx` and `bandPx` is there for each: every nth. */
export function everyNth(bandPx: number, labelPx: number): number {
  return Math.max(1, Math.ceil(labelPx / Math.max(bandPx, 0.01)));
}

/** How dark a cell is: 0 for nothing, then five levels up to the greatest. */
export function levelOf(value: number, max: number, levels = 5): number {
  if (!(value > 0) || !(max > 0)) return 0;
  return Math.min(levels, Math.max(1, Math.ceil((value / max) * levels)));
}

/** The value below which so great a share of the others lies; null without any. */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}
