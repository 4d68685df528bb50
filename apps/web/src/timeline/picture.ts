/** Draws a timeline's state onto its stage: decides the level of detail and keeps what need not be drawn again. */
import { type Axis, axisOf, type Clock } from './data/clock.ts';
import { type Lanes, type Legend, type Row, TOTAL } from './data/lanes.ts';
import { MARKER_KINDS, NO_MARKERS } from './data/markers.ts';
import { type Steps, upper } from './data/steps.ts';
import type { Counts } from './data/tracks.ts';
import { paintAxis } from './paint/axis.ts';
import { paintBackdrop } from './paint/backdrop.ts';
import { paintGutter } from './paint/gutter.ts';
import { type MinimapBins, type MinimapScene, paintMinimap, paintMinimapGround } from './paint/minimap.ts';
import { type OverlayScene, paintOverlay } from './paint/overlay.ts';
import { classColours, hueOf, type Palette, pixelColour } from './paint/palette.ts';
import { paintPlaceholders } from './paint/placeholder.ts';
import { DAY_PX, Raster, type RasterRow } from './paint/raster.ts';
import { paintVector, type VectorRow } from './paint/vector.ts';
import type { Stage } from './stage.ts';
import { type Frame, startOf, timeAt, type View } from './view.ts';

/** Bars with height, hatch and label are drawn up to so many steps in view; beyond, pixels. */
const BARS_MAX = 5_000;
const BARS_ROW_PX = 10;
const TICK_PX = 96;
const DAY_MS = 86_400_000;

/** How the lanes were drawn last: one bar a day, a share of each pixel, or every session. */
export type Detail = 'days' | 'pixels' | 'bars';

/** All that a picture shows. */
export interface PictureState {
  readonly view: View;
  readonly extent: { readonly from: number; readonly to: number };
  readonly lanes: Lanes;
  readonly rows: readonly Row[];
  /** Other than before when the rows are. */
  readonly rowsVersion: number;
  readonly legend: Legend;
  readonly counting: boolean;
  readonly pinned: readonly string[];
  readonly minimap: MinimapBins | null;
  readonly totals: Counts | null;
  readonly clock: Clock;
  readonly palette: Palette;
  readonly now: number;
  readonly focusedRow: number;
  readonly hoveredRow: number;
  readonly brush: { readonly from: number; readonly to: number } | null;
}

const NO_DAYS = { useMs: 0, id: '', sessions: 0, known: null };
const ALL_LANES_NAME = { ...NO_DAYS, name: 'All lanes' };

export class Picture {
  detail: Detail = 'days';
  /** Draw again when the view rests: what is there has half its columns. */
  coarse = false;
  private readonly raster = new Raster();
  private readonly stage: Stage;
  private readonly sheet: HTMLCanvasElement;
  private readonly ground: HTMLCanvasElement;
  private image: ImageData | null = null;
  private groundOf: readonly unknown[] = [];
  private colours: { of: Palette; classes: number[]; markers: number[] } | null = null;

  constructor(stage: Stage) {
    this.stage = stage;
    this.sheet = stage.root.ownerDocument.createElement('canvas');
    this.ground = stage.root.ownerDocument.createElement('canvas');
  }

  frame(rows: number, { from, to }: PictureState['extent']): Frame {
    const { width, height } = this.stage.size;
    return { widthPx: width, heightPx: height, from, to, rows };
  }

  /** Everything but what moves with the mouse. */
  paint(state: PictureState): void {
    const { width, scale } = this.stage.size;
    const axis = axisOf(
      state.clock,
      startOf(state.view),
      timeAt(state.view, width),
      state.view.msPerPx,
      TICK_PX * scale,
    );
    const span = this.rowsInView(state);
    this.backdrop(state, axis, span);
    this.bars(state, span);
    this.axis(state, axis);
    this.gutter(state, span);
    this.minimap(state);
  }

  paintOver(scene: Omit<OverlayScene, 'size'>): void {
    paintOverlay(this.stage.pen('over'), { ...scene, size: this.stage.size });
  }

  /** Makes the next picture a fine one. */
  sharpen(): void {
    this.raster.forget();
  }

  /** What the overview shows, for finding a time on it. */
  minimapScene(state: PictureState): MinimapScene {
    const { width, minimap, scale } = this.stage.size;
    return {
      widthPx: width,
      heightPx: minimap,
      scale,
      palette: state.palette,
      bins: state.minimap,
      ...state.extent,
      viewFrom: startOf(state.view),
      viewTo: timeAt(state.view, width),
      brush: state.brush,
    };
  }

  private rowsInView({ view, rows }: PictureState): { first: number; last: number } {
    return {
      first: Math.max(0, Math.floor(view.scrollPx / view.rowPx)),
      last: Math.min(rows.length, Math.ceil((view.scrollPx + this.stage.size.height) / view.rowPx)),
    };
  }

  private backdrop(state: PictureState, { minor }: Axis, span: { first: number; last: number }): void {
    const { width, height, scale } = this.stage.size;
    paintBackdrop(this.stage.pen('lanes'), {
      view: state.view,
      widthPx: width,
      heightPx: height,
      scale,
      palette: state.palette,
      clock: state.clock,
      boundaries: state.lanes.boundaries,
      grid: minor.map(({ at }) => at),
      firstRow: span.first,
      lastRow: span.last,
      laneOf: (row) => state.rows[row]!.lane,
      knownOf: (row) => state.lanes.list[state.rows[row]!.lane]?.known ?? null,
    });
  }

  private bars(state: PictureState, span: { first: number; last: number }): void {
    const { view } = state;
    const shown = this.shownRange(state);
    const rows: VectorRow[] = [];
    const waiting: { topPx: number; bins: Uint32Array }[] = [];
    let steps = 0;
    let crowds = 0;
    let bars = view.rowPx >= BARS_ROW_PX * this.stage.size.scale;
    for (let number = span.first; number < span.last && bars; number++) {
      const row = state.rows[number]!;
      const known = countsOf(state, row) === null ? stepsOf(state, row, shown) : null;
      const topPx = number * view.rowPx - view.scrollPx;
      if (countsOf(state, row) !== null) crowds += 1;
      else if (known === null) {
        waiting.push({ topPx, bins: state.lanes.dayBinsOf(row.lane) ?? new Uint32Array(0) });
      } else {
        steps += upper(known.at, timeAt(view, this.stage.size.width)) - upper(known.at, startOf(view));
        const markers = row.track > 0 ? NO_MARKERS : state.lanes.markers(row.lane);
        rows.push({ row, steps: known, content: state.lanes.content(row.lane), markers, topPx });
      }
      if (steps > BARS_MAX) bars = false;
    }
    const byDay = DAY_MS / view.msPerPx < DAY_PX;
    if (!bars || byDay || rows.length + waiting.length === 0) {
      this.detail = byDay ? 'days' : 'pixels';
      this.pixels(state, shown, false);
      return;
    }
    this.detail = 'bars';
    if (crowds > 0) this.pixels(state, shown, true);
    else this.raster.forget();
    this.vector(state, rows, waiting);
  }

  private vector(
    state: PictureState,
    rows: readonly VectorRow[],
    waiting: readonly { topPx: number; bins: Uint32Array }[],
  ): void {
    const { width, scale } = this.stage.size;
    const pen = this.stage.pen('lanes');
    this.coarse = false;
    paintPlaceholders(pen, { ...state, widthPx: width, boundaries: state.lanes.boundaries, rows: waiting });
    const { classes, markers } = state.legend;
    paintVector(
      pen,
      {
        view: state.view,
        widthPx: width,
        scale,
        palette: state.palette,
        classMask: classes,
        markerMask: markers,
        now: state.now,
      },
      rows,
    );
  }

  /** `crowds`: only rows that count sessions; the others are drawn as bars. */
  private pixels(state: PictureState, shown: { from: number; to: number }, crowds: boolean): void {
    const { width, height, scale } = this.stage.size;
    const { view, legend } = state;
    const colours = this.coloursOf(state.palette);
    this.raster.paint({
      view,
      widthPx: width,
      heightPx: height,
      rows: state.rows.length,
      rowAt(number) {
        const row = state.rows[number]!;
        return crowds && countsOf(state, row) === null ? NOTHING : rasterRow(state, row, shown);
      },
      boundaries: state.lanes.boundaries,
      classColours: colours.classes,
      markerColours: colours.markers,
      classMask: legend.classes,
      markerMask: legend.markers,
      tickPx: Math.max(1, Math.round(scale)),
      version: this.versionOf(state, shown) + (crowds ? 0.5 : 0),
    });
    this.coarse = this.raster.coarse;
    this.putPixels(view, width);
  }

  /** Changes with all that changes the pixels of a row: its data, the rows themselves, and which of them are covered. */
  private versionOf(state: PictureState, shown: { from: number; to: number }): number {
    const { first, last } = this.rowsInView(state);
    let covered = 0;
    for (let row = first; row < last; row++) {
      if (isCovered(state, state.rows[row]!, shown)) covered += row + 1;
    }
    return covered * 1e7 + ((state.lanes.version * 8191 + state.rowsVersion * 127) % 1e7);
  }

  private putPixels(view: View, width: number): void {
    const { raster, sheet } = this;
    if (this.image === null || this.image.data.buffer !== raster.pixels.buffer) {
      const bytes = new Uint8ClampedArray(raster.pixels.buffer as ArrayBuffer);
      this.image = new ImageData(bytes, raster.width, raster.height);
      sheet.width = raster.width;
      sheet.height = raster.height;
    }
    sheet.getContext('2d')!.putImageData(this.image, 0, 0);
    const pen = this.stage.pen('lanes');
    pen.imageSmoothingEnabled = false;
    const top = raster.firstRow * view.rowPx - view.scrollPx;
    const lines = raster.height / (Math.ceil(this.stage.size.height / view.rowPx) + 1);
    const tall = raster.rows * view.rowPx;
    if (tall > 0) pen.drawImage(sheet, 0, 0, width, raster.rows * lines, 0, top, width, tall);
  }

  private axis({ view, palette, clock, lanes }: PictureState, axis: Axis): void {
    const { width, axis: heightPx, scale } = this.stage.size;
    const { boundaries } = lanes;
    paintAxis(this.stage.pen('axis'), {
      view,
      widthPx: width,
      heightPx,
      scale,
      palette,
      clock,
      axis,
      boundaries,
    });
  }

  private gutter(state: PictureState, span: { first: number; last: number }): void {
    const { gutter, height, scale } = this.stage.size;
    paintGutter(this.stage.pen('gutter'), {
      view: state.view,
      widthPx: gutter,
      heightPx: height,
      scale,
      palette: state.palette,
      firstRow: span.first,
      lastRow: span.last,
      laneAt: (row) => state.lanes.list[state.rows[row]!.lane] ?? ALL_LANES_NAME,
      trackAt: (row) => state.rows[row]!.track,
      mostAt: (row) => countsOf(state, state.rows[row]!)?.most ?? 0,
      pinned: state.pinned,
      marked: state.hoveredRow,
      focused: state.focusedRow,
    });
  }

  private minimap(state: PictureState): void {
    const scene = this.minimapScene(state);
    const of = [state.minimap, state.palette, scene.widthPx, scene.heightPx, scene.from, scene.to];
    if (of.some((part, i) => part !== this.groundOf[i])) {
      this.groundOf = of;
      this.ground.width = scene.widthPx;
      this.ground.height = scene.heightPx;
      paintMinimapGround(this.ground.getContext('2d')!, scene);
    }
    paintMinimap(this.stage.pen('minimap'), scene, this.ground);
  }

  /** The part of the view in which anything can be. */
  private shownRange({ view, extent }: PictureState): { from: number; to: number } {
    return {
      from: Math.max(extent.from, startOf(view)),
      to: Math.min(extent.to, timeAt(view, this.stage.size.width)),
    };
  }

  private coloursOf(palette: Palette) {
    if (this.colours?.of !== palette) {
      const markers = MARKER_KINDS.map(({ hue }) => pixelColour(hueOf(palette, hue)));
      this.colours = { of: palette, classes: classColours(palette), markers };
    }
    return this.colours;
  }
}

const NOTHING: RasterRow = { steps: null, days: null, counts: null, most: 1, markers: NO_MARKERS };

/** The counts that a row shows instead of states; null where it shows states. */
function countsOf({ lanes, counting, totals }: PictureState, { lane, track }: Row): Counts | null {
  if (lane === TOTAL) return totals;
  const content = lanes.content(lane);
  return track < 0 && (counting || content.crowded) ? content.counts : null;
}

/** Whether the sessions of a row have come for all that is shown. */
function isCovered({ lanes }: PictureState, { lane }: Row, shown: { from: number; to: number }): boolean {
  return lane !== TOTAL && (shown.from >= shown.to || lanes.covers(lane, shown));
}

/** The steps of a row, if they have come for all that is shown. */
function stepsOf(state: PictureState, row: Row, shown: { from: number; to: number }): Steps | null {
  if (!isCovered(state, row, shown)) return null;
  const content = state.lanes.content(row.lane);
  return row.track < 0 ? content.steps : (content.tracks[row.track] ?? null);
}

function rasterRow(state: PictureState, row: Row, shown: { from: number; to: number }): RasterRow {
  const { lanes } = state;
  const counts = countsOf(state, row);
  const markers = row.track > 0 || row.lane === TOTAL ? NO_MARKERS : lanes.markers(row.lane);
  if (counts !== null) return { steps: null, days: null, counts, most: Math.max(1, counts.most), markers };
  const steps = stepsOf(state, row, shown);
  const days =
    row.track < 0 ? lanes.dayBinsOf(row.lane) : steps === null ? null : lanes.dayBinsOfSteps(steps);
  return { steps, days, counts: null, most: 1, markers };
}
