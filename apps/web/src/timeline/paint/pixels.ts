/** Rows as pixels: shares become columns of colour, days become bars, events become ticks. Knows no canvas. */
import { dayMasks, MARKER_KINDS, type Markers } from '../data/markers.ts';
import { CLASS_COUNT, CLASSES, STATES } from '../data/states.ts';
import { lower, upper } from '../data/steps.ts';
import { HEIGHT_OF } from './palette.ts';

/** Twelve hours fill a day's bar: more is seldom worked, and less is seen better. */
export const FULL_DAY = 0.5;
const OPAQUE = 0xff000000;
/** The faintest and the additional opacity of a column, by the square root of its share. */
const FAINT = 85;
const FIRM = 170;

/** Where a row's pixels are and what may be written there. */
export interface RowPixels {
  readonly pixels: Uint32Array;
  readonly width: number;
  /** Index of the first pixel of the bar. */
  readonly base: number;
  /** Lines of the bar; 1 where rows are too low to be stacked. */
  readonly lines: number;
  readonly x0: number;
  readonly x1: number;
  /** Colour of each class, without opacity. */
  readonly colours: readonly number[];
  /** Bits of the classes shown. */
  readonly mask: number;
}

/** Heights of the classes, as bars have them: seen from afar, presence is height too. */
const CLASS_HEIGHTS = CLASSES.map((name) => HEIGHT_OF[STATES.indexOf(name)]!);

/**
 * Shares as a column of all classes, the strongest presence at the bottom. Its height is the mean of the classes'
 * heights, weighted by their shares; its opacity tells how much of the time there was anything.
 */
export function paintShares(row: RowPixels, shares: Float64Array, stride: number): void {
  for (let x = row.x0; x < row.x1; x += stride) {
    const at = x * CLASS_COUNT;
    let total = 0;
    let tall = 0;
    for (let c = 0; c < CLASS_COUNT; c++) {
      if ((row.mask & (1 << c)) === 0) continue;
      total += shares[at + c]!;
      tall += shares[at + c]! * CLASS_HEIGHTS[c]!;
    }
    if (total <= 0) continue;
    const opacity = (FAINT + FIRM * Math.sqrt(Math.min(1, total))) << 24;
    if (row.lines > 1) {
      const top = Math.max(Math.min(2, row.lines), Math.round((tall / total) * row.lines));
      stack(row, x, { shares, at, scale: top / total, top }, opacity);
    } else row.pixels[row.base + x] = (row.colours[greatest(shares, at, row.mask)]! | opacity) >>> 0;
    if (stride > 1) copyColumn(row, x, Math.min(stride, row.x1 - x));
  }
}

/** Counts as columns on one scale: `most` sessions fill the bar. */
export function paintCounts(row: RowPixels, means: Float64Array, most: number, stride: number): void {
  for (let x = row.x0; x < row.x1; x += stride) {
    const at = x * CLASS_COUNT;
    let total = 0;
    for (let c = 0; c < CLASS_COUNT; c++) if (row.mask & (1 << c)) total += means[at + c]!;
    if (total <= 0) continue;
    if (row.lines > 1) {
      const top = Math.max(1, Math.min(row.lines, Math.round((total / most) * row.lines)));
      stack(row, x, { shares: means, at, scale: top / total, top }, OPAQUE);
    } else {
      const opacity = (FAINT + FIRM * Math.min(1, total / most)) << 24;
      row.pixels[row.base + x] = (row.colours[greatest(means, at, row.mask)]! | opacity) >>> 0;
    }
    if (stride > 1) copyColumn(row, x, Math.min(stride, row.x1 - x));
  }
}

interface Stack {
  readonly shares: Float64Array;
  readonly at: number;
  /** Lines per unit of share. */
  readonly scale: number;
  readonly top: number;
}

function stack(row: RowPixels, x: number, { shares, at, scale, top }: Stack, opacity: number): void {
  const { pixels, width, lines, base, colours, mask } = row;
  let reached = 0;
  let line = 0;
  for (let c = 0; c < CLASS_COUNT; c++) {
    if ((mask & (1 << c)) === 0 || shares[at + c]! <= 0) continue;
    reached += shares[at + c]!;
    const end = Math.min(top, Math.round(reached * scale));
    const colour = (colours[c]! | opacity) >>> 0;
    for (; line < end; line++) pixels[base + (lines - 1 - line) * width + x] = colour;
  }
}

/** Makes a column so many wide. */
function copyColumn({ pixels, width, lines, base }: RowPixels, x: number, wide: number): void {
  for (let line = 0, o = base + x; line < lines; line++, o += width) pixels.fill(pixels[o]!, o + 1, o + wide);
}

function greatest(shares: Float64Array, at: number, mask: number): number {
  let best = 0;
  let most = -1;
  for (let c = 0; c < CLASS_COUNT; c++) {
    if (mask & (1 << c) && shares[at + c]! > most) most = shares[at + (best = c)]!;
  }
  return best;
}

/** The days of a row: their first instants, and how much of each the classes took. */
export interface DayRow {
  /** One more than there are days. */
  readonly boundaries: Float64Array;
  /** Adds the day's five shares to the buffer; false where the day has none. */
  readonly sharesOf: (day: number, into: Float64Array) => boolean;
  /** The share that fills the bar. */
  readonly full: number;
}

/** Columns of time that the pixels show; see `Strip`. */
export interface Anchor {
  readonly column: number;
  readonly msPerPx: number;
}

const DAY_SHARES = new Float64Array(CLASS_COUNT);

/** One bar a day: a chart of hours, stacked by state; opacity instead of height where rows are low. */
export function paintDays(row: RowPixels, { column, msPerPx }: Anchor, days: DayRow): void {
  const { boundaries } = days;
  const count = boundaries.length - 1;
  const first = Math.max(0, upper(boundaries, (column + row.x0) * msPerPx) - 1);
  for (let day = first; day < count; day++) {
    const left = Math.round(boundaries[day]! / msPerPx) - column;
    if (left >= row.x1) return;
    let right = Math.round(boundaries[day + 1]! / msPerPx) - column;
    if (right - left > 2) right -= 1;
    if (right <= left) right = left + 1;
    DAY_SHARES.fill(0);
    if (right <= row.x0 || !days.sharesOf(day, DAY_SHARES)) continue;
    paintDay(row, Math.max(left, row.x0), Math.min(right, row.x1), days.full);
  }
}

function paintDay(row: RowPixels, left: number, right: number, full: number): void {
  const { pixels, width, lines, base, colours, mask } = row;
  let total = 0;
  for (let c = 0; c < CLASS_COUNT; c++) if (mask & (1 << c)) total += DAY_SHARES[c]!;
  if (total <= 0) return;
  if (lines === 1) {
    const opacity = (70 + 185 * Math.sqrt(Math.min(1, total / full))) << 24;
    pixels.fill((colours[greatest(DAY_SHARES, 0, mask)]! | opacity) >>> 0, base + left, base + right);
    return;
  }
  const top = Math.max(Math.min(2, lines), Math.min(lines, Math.round((total / full) * lines)));
  let reached = 0;
  let line = 0;
  for (let c = 0; c < CLASS_COUNT; c++) {
    if ((mask & (1 << c)) === 0 || DAY_SHARES[c]! <= 0) continue;
    reached += DAY_SHARES[c]!;
    const end = Math.min(top, Math.round((reached / total) * top));
    for (; line < end; line++) {
      const o = base + (lines - 1 - line) * width;
      pixels.fill((colours[c]! | OPAQUE) >>> 0, o + left, o + right);
    }
  }
}

/** How events are marked in pixels. */
export interface Ticks {
  readonly markers: Markers;
  /** Bits of the kinds shown. */
  readonly mask: number;
  /** Colour of each kind, without opacity. */
  readonly colours: readonly number[];
  /** Columns a tick is wide: one a device-independent pixel. */
  readonly widthPx: number;
  /** Days instead of pixels where a day is only a few of those wide. */
  readonly boundaries: Float64Array | null;
}

/** Ticks at the row's edges; of several kinds on one column and edge the first in rank is seen. */
export function paintTicks(row: RowPixels, anchor: Anchor, ticks: Ticks): void {
  if (ticks.markers.at.length === 0 || ticks.mask === 0) return;
  if (ticks.boundaries === null) paintEventTicks(row, anchor, ticks);
  else paintDayTicks(row, anchor, ticks, ticks.boundaries);
}

function paintEventTicks(row: RowPixels, { column, msPerPx }: Anchor, ticks: Ticks): void {
  const { at, kind } = ticks.markers;
  const firstX = row.x0 - ticks.widthPx + 1;
  let x = Number.NEGATIVE_INFINITY;
  let kinds = 0;
  const end = (column + row.x1) * msPerPx;
  for (let i = lower(at, (column + firstX) * msPerPx); i < at.length && at[i]! < end; i++) {
    const here = Math.floor(at[i]! / msPerPx) - column;
    if (here !== x) {
      if (kinds !== 0) tick(row, x, kinds, ticks);
      x = here;
      kinds = 0;
    }
    kinds |= (1 << kind[i]!) & ticks.mask;
  }
  if (kinds !== 0) tick(row, x, kinds, ticks);
}

function paintDayTicks(
  row: RowPixels,
  { column, msPerPx }: Anchor,
  ticks: Ticks,
  boundaries: Float64Array,
): void {
  const masks = dayMasks(ticks.markers, boundaries);
  const from = (column + row.x0 - ticks.widthPx) * msPerPx;
  for (let day = Math.max(0, upper(boundaries, from) - 1); day < masks.length; day++) {
    const left = Math.round(boundaries[day]! / msPerPx) - column;
    if (left >= row.x1) return;
    const right = Math.round(boundaries[day + 1]! / msPerPx) - column;
    const kinds = masks[day]! & ticks.mask;
    if (kinds !== 0) tick(row, (left + Math.max(left, right - 1)) >> 1, kinds, ticks);
  }
}

const TOP_KINDS = MARKER_KINDS.reduce((mask, { edge }, i) => (edge === 'top' ? mask | (1 << i) : mask), 0);
/** A tick's part of the row. */
const TICK = 0.24;

function tick(row: RowPixels, x: number, kinds: number, { colours, widthPx }: Ticks): void {
  const { pixels, width, lines, base } = row;
  const left = Math.max(row.x0, x);
  const right = Math.min(row.x1, x + widthPx);
  if (right <= left) return;
  const paint = (from: number, to: number, some: number) => {
    if (some === 0) return;
    const colour = (colours[31 - Math.clz32(some & -some)]! | OPAQUE) >>> 0;
    for (let line = from; line < to; line++)
      pixels.fill(colour, base + line * width + left, base + line * width + right);
  };
  const tall = Math.max(1, Math.round(lines * TICK));
  if (lines === 1) paint(0, 1, kinds);
  else {
    paint(0, tall, kinds & TOP_KINDS);
    paint(lines - tall, lines, kinds & ~TOP_KINDS);
  }
}
