/** What lies behind the bars: stripes of lanes, weekends and nights, grid lines, and where no log tells anything. */
import type { Clock } from '../data/clock.ts';
import { localOf } from '../data/clock.ts';
import { upper } from '../data/steps.ts';
import { startOf, timeAt, type View, xOf } from '../view.ts';
import type { Palette } from './palette.ts';

export interface BackdropScene {
  readonly view: View;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scale: number;
  readonly palette: Palette;
  readonly clock: Clock;
  readonly boundaries: Float64Array;
  /** Instants of the grid lines. */
  readonly grid: readonly number[];
  readonly firstRow: number;
  readonly lastRow: number;
  /** Number of the lane of a row: neighbours are told apart by stripes. */
  readonly laneOf: (row: number) => number;
  /** Between which instants anything can be known of a row; null where nothing is said about that. */
  readonly knownOf: (row: number) => { readonly from: number; readonly to: number } | null;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const WEEKENDS_MS = 100 * DAY_MS;
const NIGHTS_MS = 21 * DAY_MS;
const NIGHT_ENDS = 7 * HOUR_MS;
const NIGHT_BEGINS = 19 * HOUR_MS;
const STRIPES_PX = 10;

export function paintBackdrop(pen: CanvasRenderingContext2D, scene: BackdropScene): void {
  const { view, widthPx, heightPx, palette, grid } = scene;
  pen.fillStyle = palette.background;
  pen.fillRect(0, 0, widthPx, heightPx);
  if (view.rowPx >= STRIPES_PX * scene.scale) {
    pen.fillStyle = palette.lane;
    for (let row = scene.firstRow; row < scene.lastRow; row++) {
      if (scene.laneOf(row) & 1) pen.fillRect(0, row * view.rowPx - view.scrollPx, widthPx, view.rowPx);
    }
  }
  paintNights(pen, scene);
  pen.fillStyle = palette.line;
  for (const at of grid)
    pen.fillRect(Math.round(xOf(view, at)), 0, Math.max(1, Math.floor(scene.scale)), heightPx);
  paintUncovered(pen, scene);
}

/** Weekends where a day is still seen, nights where hours are. */
function paintNights(pen: CanvasRenderingContext2D, scene: BackdropScene): void {
  const { view, widthPx, heightPx, palette, clock, boundaries } = scene;
  const span = widthPx * view.msPerPx;
  if (span > WEEKENDS_MS) return;
  pen.fillStyle = palette.night;
  const band = (from: number, to: number) => {
    const left = Math.round(xOf(view, from));
    pen.fillRect(left, 0, Math.round(xOf(view, to)) - left, heightPx);
  };
  const end = timeAt(view, widthPx);
  const first = Math.max(0, upper(boundaries, startOf(view)) - 1);
  for (let day = first; day + 1 < boundaries.length && boundaries[day]! < end; day++) {
    const [from, to] = [boundaries[day]!, boundaries[day + 1]!];
    const weekday = new Date(localOf(clock, from)).getUTCDay();
    if (weekday === 0 || weekday === 6) band(from, to);
    else if (span < NIGHTS_MS) {
      band(from, from + NIGHT_ENDS);
      band(from + NIGHT_BEGINS, to);
    }
  }
}

const DOTS = new WeakMap<Palette, CanvasPattern | null>();

/** A band of dots where the log does not reach: no data must not look like nobody there. */
function paintUncovered(pen: CanvasRenderingContext2D, scene: BackdropScene): void {
  const { view, widthPx, palette } = scene;
  let dots = DOTS.get(palette);
  if (dots === undefined) DOTS.set(palette, (dots = dotsOf(pen, palette)));
  for (let row = scene.firstRow; row < scene.lastRow; row++) {
    const known = scene.knownOf(row);
    if (known === null) continue;
    const top = row * view.rowPx - view.scrollPx;
    const left = Math.min(widthPx, Math.round(xOf(view, known.from)));
    const right = Math.max(0, Math.round(xOf(view, known.to)));
    pen.fillStyle = dots ?? palette.night;
    if (left > 0) pen.fillRect(0, top, left, view.rowPx);
    if (right < widthPx) pen.fillRect(right, top, widthPx - right, view.rowPx);
  }
}

function dotsOf(pen: CanvasRenderingContext2D, { night, muted }: Palette): CanvasPattern | null {
  const tile = pen.canvas.ownerDocument.createElement('canvas');
  tile.width = 6;
  tile.height = 6;
  const dotPen = tile.getContext('2d')!;
  dotPen.fillStyle = night;
  dotPen.fillRect(0, 0, 6, 6);
  dotPen.globalAlpha = 0.45;
  dotPen.fillStyle = muted;
  dotPen.fillRect(1, 1, 1, 1);
  dotPen.fillRect(4, 4, 1, 1);
  return pen.createPattern(tile, 'repeat');
}
