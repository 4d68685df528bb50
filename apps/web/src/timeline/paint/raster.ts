/**
 * The picture of dense rows: one block of pixels that a pan moves and fills up only where something came into view.
 * Knows no canvas; the pixels are put onto one elsewhere.
 */
import {
  countColumns,
  countDayMeans,
  levelFor,
  pyramidColumns,
  type Strip,
  stepColumns,
  summedColumns,
  TOUCHED,
} from '../data/columns.ts';
import type { Markers } from '../data/markers.ts';
import { pyramidOf, SHARE_MAX, shareOf } from '../data/shares.ts';
import { CLASS_COUNT } from '../data/states.ts';
import type { Steps } from '../data/steps.ts';
import type { Counts } from '../data/tracks.ts';
import type { View } from '../view.ts';
import { FULL_DAY, paintCounts, paintDays, paintShares, paintTicks, type RowPixels } from './pixels.ts';

/** Narrower days than this are one bar each. */
export const DAY_PX = 12;
/** Rows at least this high show a stack of states in each column; lower ones only the greatest. */
export const STACKED_PX = 6;
/** Rows at most this high are drawn at half the columns, the lowest at a quarter, while the zoom moves. */
const COARSE_ROW_PX = 3;
const DAY_MS = 86_400_000;
/** With more steps than this to a column its pyramid is read instead. */
const PYRAMID_STEPS = 2;
/** Counts with more than this are read from their sums. */
const SUMMED_STEPS = 4;

/** What is known of one row. */
export interface RasterRow {
  /** Null until they have come; the day bins stand in for them. */
  readonly steps: Steps | null;
  /** Null where only the steps can tell. */
  readonly days: Uint32Array | null;
  /** Instead of steps, for rows that show how many sessions there are at once. */
  readonly counts: Counts | null;
  /** What fills the bar of counts. */
  readonly most: number;
  readonly markers: Markers;
}

export interface RasterScene {
  readonly view: View;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Any row by its number; asked only for rows in view. */
  readonly rowAt: (row: number) => RasterRow;
  readonly rows: number;
  /** First instants of the local days, one more than there are days. */
  readonly boundaries: Float64Array;
  readonly classColours: readonly number[];
  readonly markerColours: readonly number[];
  readonly classMask: number;
  readonly markerMask: number;
  readonly tickPx: number;
  /** Other than before when any row's content, order or colour is. */
  readonly version: number;
}

/** What the last picture was of; a picture of something else cannot be moved. */
interface Drawn {
  readonly scene: RasterScene;
  readonly firstRow: number;
  readonly lastRow: number;
}

export class Raster {
  pixels = new Uint32Array(0);
  width = 0;
  height = 0;
  /** True where the last picture has half the columns: draw again when the view rests. */
  coarse = false;
  firstRow = 0;
  rows = 0;
  private last: Drawn | null = null;
  private shares = new Float64Array(0);

  /** Forget the last picture: the next is drawn whole and fine. */
  forget(): void {
    this.last = null;
  }

  /** Brings the pixels up to date. Line 0 is the top of row `firstRow`, wherever that lies on the screen. */
  paint(scene: RasterScene): void {
    const { view, widthPx, heightPx } = scene;
    const stacked = view.rowPx >= STACKED_PX;
    const fitting = Math.ceil(heightPx / view.rowPx) + 1;
    this.resize(widthPx, stacked ? fitting * view.rowPx : fitting);
    const firstRow = Math.max(0, Math.floor(view.scrollPx / view.rowPx));
    const lastRow = Math.min(scene.rows, Math.ceil((view.scrollPx + heightPx) / view.rowPx));
    this.firstRow = firstRow;
    this.rows = lastRow - firstRow;
    const now = { scene, firstRow, lastRow };
    if (!this.move(now)) {
      this.coarse = view.rowPx <= COARSE_ROW_PX && this.last !== null && zoomOnly(this.last.scene, scene);
      this.pixels.fill(0);
      for (let row = firstRow; row < lastRow; row++) this.row(now, row, 0, widthPx);
    }
    this.last = now;
  }

  private resize(width: number, height: number): void {
    if (width === this.width && height === this.height) return;
    this.pixels = new Uint32Array(width * height);
    this.shares = new Float64Array(width * CLASS_COUNT);
    this.width = width;
    this.height = height;
    this.last = null;
  }

  /** Moves the last picture and fills the rest; false where it cannot be used. */
  private move(now: Drawn): boolean {
    const { last } = this;
    if (last === null || this.coarse || !panOnly(last.scene, now.scene)) return false;
    const { view, widthPx } = now.scene;
    const dx = view.column - last.scene.view.column;
    const dRow = now.firstRow - last.firstRow;
    if (Math.abs(dx) >= widthPx || Math.abs(dRow) >= now.lastRow - now.firstRow) return false;
    const shift = dx + dRow * this.linesPerRow(view.rowPx) * widthPx;
    // Pixels that run over a line's end into the next are overwritten, since just those columns came into view.
    if (shift > 0) this.pixels.copyWithin(0, shift);
    else if (shift < 0) this.pixels.copyWithin(-shift, 0, this.pixels.length + shift);
    for (let row = now.firstRow; row < now.lastRow; row++) {
      const known = row >= last.firstRow && row < last.lastRow;
      if (!known) this.clearAndPaint(now, row, 0, widthPx);
      else if (dx > 0) this.clearAndPaint(now, row, widthPx - dx, widthPx);
      else if (dx < 0) this.clearAndPaint(now, row, 0, -dx);
    }
    this.pixels.fill(0, (now.lastRow - now.firstRow) * this.linesPerRow(view.rowPx) * widthPx);
    return true;
  }

  /** Columns taken as one: while the zoom moves over low rows, of which there are hundreds. */
  private strideOf({ rowPx }: View): number {
    if (!this.coarse) return 1;
    return rowPx === 1 ? 4 : 2;
  }

  private linesPerRow(rowPx: number): number {
    return rowPx >= STACKED_PX ? rowPx : 1;
  }

  private clearAndPaint(now: Drawn, row: number, x0: number, x1: number): void {
    const lines = this.linesPerRow(now.scene.view.rowPx);
    const top = (row - now.firstRow) * lines;
    for (let y = top; y < top + lines; y++) this.pixels.fill(0, y * this.width + x0, y * this.width + x1);
    this.row(now, row, x0, x1);
  }

  private row({ scene, firstRow }: Drawn, row: number, x0: number, x1: number): void {
    const { view, boundaries } = scene;
    const lines = this.linesPerRow(view.rowPx);
    const pad = lines === 1 ? 0 : lines >= 14 ? 2 : 1;
    const content = scene.rowAt(row);
    const pixels: RowPixels = {
      pixels: this.pixels,
      width: this.width,
      base: ((row - firstRow) * lines + pad) * this.width,
      lines: lines - 2 * pad,
      x0,
      x1,
      colours: scene.classColours,
      mask: scene.classMask,
    };
    const byDay = DAY_MS / view.msPerPx < DAY_PX;
    if (content.counts !== null) this.counts(pixels, scene, content, byDay);
    else if (content.days !== null && (byDay || content.steps === null)) {
      paintDays(pixels, view, { boundaries, sharesOf: unpacked(content.days), full: FULL_DAY });
    } else if (content.steps !== null) this.steps(pixels, scene, content.steps);
    paintTicks(pixels, view, {
      markers: content.markers,
      mask: scene.markerMask,
      colours: scene.markerColours,
      widthPx: scene.tickPx,
      boundaries: byDay ? boundaries : null,
    });
  }

  private steps(pixels: RowPixels, { view }: RasterScene, steps: Steps): void {
    const { x0, x1 } = pixels;
    const stride = this.strideOf(view);
    const strip: Strip = { column: view.column, msPerPx: view.msPerPx, x0, x1, stride };
    // By the row's density, not by what is in view: a strip must be drawn from the same source as its neighbours.
    const perColumn = perColumnOf(steps.at, view.msPerPx * stride);
    const pyramid = perColumn > PYRAMID_STEPS ? pyramidOf(steps) : null;
    const level = pyramid === null ? -1 : levelFor(pyramid, view.msPerPx * stride);
    if (pyramid === null || level < 0) stepColumns(steps, strip, this.shares);
    else pyramidColumns(pyramid, level, strip, this.shares);
    paintShares(this.touched(pixels), this.shares, stride);
    this.wipe();
  }

  /** The columns in which there is anything: most of a lane is nights. */
  private touched(pixels: RowPixels): RowPixels {
    return { ...pixels, x0: TOUCHED.from, x1: Math.min(pixels.x1, TOUCHED.to) };
  }

  /** The shares are nought again for the next row, where they were not. */
  private wipe(): void {
    this.shares.fill(0, TOUCHED.from * CLASS_COUNT, TOUCHED.to * CLASS_COUNT);
  }

  private counts(
    pixels: RowPixels,
    { view, boundaries }: RasterScene,
    { counts, most }: RasterRow,
    byDay: boolean,
  ): void {
    if (byDay) {
      const means = countDayMeans(counts!, boundaries);
      paintDays(pixels, view, { boundaries, sharesOf: meansOf(means), full: most });
      return;
    }
    const { x0, x1 } = pixels;
    const stride = this.strideOf(view);
    const strip: Strip = { column: view.column, msPerPx: view.msPerPx, x0, x1, stride };
    if (perColumnOf(counts!.at, view.msPerPx * stride) > SUMMED_STEPS)
      summedColumns(counts!, strip, this.shares);
    else countColumns(counts!, strip, this.shares);
    paintCounts(pixels, this.shares, most, stride);
    this.wipe();
  }
}

/** How many changes a column holds on average, all of the row taken together. */
const perColumnOf = (at: Float64Array, columnMs: number): number =>
  (at.length * columnMs) / Math.max(1, (at[at.length - 1] ?? 0) - (at[0] ?? 0));

const unpacked = (days: Uint32Array) => (day: number, into: Float64Array) => {
  const bin = days[day]!;
  for (let c = 0; c < CLASS_COUNT; c++) into[c] = shareOf(bin, c) / SHARE_MAX;
  return bin !== 0;
};

const meansOf = (means: Float64Array) => (day: number, into: Float64Array) => {
  into.set(means.subarray(day * CLASS_COUNT, (day + 1) * CLASS_COUNT));
  return true;
};

const sameContent = (a: RasterScene, b: RasterScene) =>
  a.version === b.version &&
  a.classMask === b.classMask &&
  a.markerMask === b.markerMask &&
  a.classColours === b.classColours &&
  a.boundaries === b.boundaries &&
  a.view.rowPx === b.view.rowPx &&
  a.widthPx === b.widthPx;

const panOnly = (a: RasterScene, b: RasterScene) => sameContent(a, b) && a.view.msPerPx === b.view.msPerPx;
const zoomOnly = (a: RasterScene, b: RasterScene) => sameContent(a, b) && a.view.msPerPx !== b.view.msPerPx;
