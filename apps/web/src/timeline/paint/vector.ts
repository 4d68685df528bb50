/** Rows in full: bars whose height is presence, hatches, ends that say how sure they are, labels, event shapes. */
import type { LaneContent, Row } from '../data/lanes.ts';
import { MARKER_KINDS, type Markers } from '../data/markers.ts';
import { eachSessionWithin, endCertainty, startCertainty } from '../data/sessions.ts';
import { CLASS_OF, STATES } from '../data/states.ts';
import { lower, type Steps, upper } from '../data/steps.ts';
import { startOf, timeAt, type View, xOf } from '../view.ts';
import { HEIGHT_OF, hueOf, type Palette } from './palette.ts';
import { fillsOf } from './patterns.ts';
import { traceArrow, traceMarker, traceTilde } from './shapes.ts';

export interface VectorScene {
  readonly view: View;
  readonly widthPx: number;
  readonly scale: number;
  readonly palette: Palette;
  readonly classMask: number;
  readonly markerMask: number;
  /** Until when open sessions may have gone on: the now-line. */
  readonly now: number;
}

export interface VectorRow {
  readonly row: Row;
  readonly steps: Steps;
  readonly content: LaneContent;
  readonly markers: Markers;
  readonly topPx: number;
}

/** Labels are only for those who can read them. */
const LABEL_ROW_PX = 16;
const LABEL_PX = 46;
const LABELS_MAX = 300;
/** Ends are only drawn of sessions that are wider. */
const ENDS_PX = 24;
/** With more marks than this in view they are ticks. */
const SHAPES_MAX = 600;
const SHAPES_ROW_PX = 16;

export const barPad = (rowPx: number): number => (rowPx >= 14 ? 2 : 1);

/** Draws the rows onto a canvas whose backdrop is there. */
export function paintVector(pen: CanvasRenderingContext2D, scene: VectorScene, rows: readonly VectorRow[]) {
  paintBars(pen, scene, rows);
  for (const row of rows) paintEnds(pen, scene, row);
  paintLabels(pen, scene, rows);
  paintMarkers(pen, scene, rows);
}

function paintBars(pen: CanvasRenderingContext2D, scene: VectorScene, rows: readonly VectorRow[]): void {
  const { view, widthPx, classMask } = scene;
  const pad = barPad(view.rowPx);
  const barPx = view.rowPx - 2 * pad;
  const rects: number[][] = STATES.map(() => []);
  for (const { steps, topPx } of rows) {
    const first = Math.max(0, upper(steps.at, startOf(view)) - 1);
    const end = timeAt(view, widthPx);
    for (let i = first; i + 1 < steps.at.length && steps.at[i]! < end; i++) {
      const state = steps.state[i]!;
      if (state === 0 || (classMask & (1 << (CLASS_OF[state]! - 1))) === 0) continue;
      const left = Math.round(Math.max(-2, xOf(view, steps.at[i]!)));
      const right = Math.round(Math.min(widthPx + 2, xOf(view, steps.at[i + 1]!)));
      const height = Math.max(Math.min(2, barPx), Math.round(barPx * HEIGHT_OF[state]!));
      rects[state]!.push(left, topPx + pad + barPx - height, Math.max(1, right - left), height);
    }
  }
  const fills = fillsOf(pen, scene.palette, scene.scale);
  for (const [state, some] of rects.entries()) {
    if (some.length === 0) continue;
    pen.fillStyle = fills[state]!;
    for (let i = 0; i < some.length; i += 4) pen.fillRect(some[i]!, some[i + 1]!, some[i + 2]!, some[i + 3]!);
  }
}

/** Exact ends are square; an inferred one is open with a tilde; an open one is an arrow as far as the now-line. */
function paintEnds(
  pen: CanvasRenderingContext2D,
  scene: VectorScene,
  { row, content, topPx }: VectorRow,
): void {
  const { view, widthPx, scale, palette } = scene;
  const { sessions, trackOf } = content;
  const pad = barPad(view.rowPx);
  const barPx = view.rowPx - 2 * pad;
  if (barPx < 8) return;
  const bottom = topPx + pad + barPx;
  const middle = topPx + pad + barPx / 2;
  const r = Math.min(4 * scale, barPx / 4);
  pen.lineWidth = 1.4 * scale;
  pen.strokeStyle = palette.text;
  pen.fillStyle = palette.text;
  eachSessionWithin(sessions, startOf(view), timeAt(view, widthPx), (i) => {
    if (row.track >= 0 && trackOf[i] !== row.track) return;
    const left = xOf(view, sessions.start[i]!);
    const right = xOf(view, sessions.end[i]!);
    const end = endCertainty(sessions, i);
    pen.beginPath();
    if (end.kind === 'open') {
      const tip = Math.min(widthPx, Math.max(right, xOf(view, scene.now)));
      pen.setLineDash([2 * scale, 2 * scale]);
      pen.moveTo(right, middle);
      pen.lineTo(tip, middle);
      pen.stroke();
      pen.setLineDash([]);
      pen.beginPath();
      traceArrow(pen, Math.max(tip, right + r), middle, r);
      pen.stroke();
      return;
    }
    if (right - left < ENDS_PX * scale) return;
    if (startCertainty(sessions, i).kind !== 'exact') traceTilde(pen, left, middle, r);
    if (end.kind === 'exact') pen.rect(Math.round(right) - scale, bottom - barPx, scale, barPx);
    if (end.kind === 'exact') pen.fill();
    else traceTilde(pen, end.kind === 'inferred' ? right : xOf(view, sessions.latest[i]!), middle, r);
    pen.stroke();
  });
}

function paintLabels(pen: CanvasRenderingContext2D, scene: VectorScene, rows: readonly VectorRow[]): void {
  const { view, widthPx, scale, palette } = scene;
  if (view.rowPx < LABEL_ROW_PX * scale) return;
  pen.font = `${11 * scale}px system-ui, sans-serif`;
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  let labels = 0;
  for (const { row, content, topPx } of rows) {
    const y = topPx + view.rowPx / 2 + 0.5;
    let free = 0;
    eachSessionWithin(content.sessions, startOf(view), timeAt(view, widthPx), (i) => {
      if (row.track >= 0 && content.trackOf[i] !== row.track) return;
      const left = Math.max(free, 0, xOf(view, content.sessions.start[i]!));
      const room = Math.min(widthPx, xOf(view, content.sessions.end[i]!)) - left;
      if (room < LABEL_PX * scale || labels >= LABELS_MAX) return;
      const name = content.names[content.sessions.other[i]!] ?? '';
      const text = fitted(pen, name, room - 12 * scale);
      if (text === '') return;
      labels += 1;
      const x = left + 6 * scale;
      // A rim in the colour of the ground: legible on every state.
      pen.lineWidth = 3 * scale;
      pen.strokeStyle = palette.background;
      pen.strokeText(text, x, y);
      pen.fillStyle = palette.text;
      pen.fillText(text, x, y);
      free = left + room;
    });
  }
}

const WIDTHS = new Map<string, number>();
const WIDTHS_MAX = 5_000;

/** Fewer letters than this say nothing. */
const LETTERS_MIN = 5;

/** As much of a text as fits; nothing where that would say nothing. */
export function fitted(pen: CanvasRenderingContext2D, text: string, room: number): string {
  const widthOf = (some: string) => {
    const key = `${pen.font}\n${some}`;
    let width = WIDTHS.get(key);
    if (width === undefined) {
      if (WIDTHS.size >= WIDTHS_MAX) WIDTHS.clear();
      WIDTHS.set(key, (width = pen.measureText(some).width));
    }
    return width;
  };
  if (widthOf(text) <= room) return text;
  const letters = [...text];
  const kept = Math.floor((room / widthOf(text)) * letters.length) - 1;
  return kept < LETTERS_MIN ? '' : `${letters.slice(0, kept).join('')}…`;
}

function paintMarkers(pen: CanvasRenderingContext2D, scene: VectorScene, rows: readonly VectorRow[]): void {
  const { view, widthPx, markerMask, scale } = scene;
  if (markerMask === 0) return;
  const from = timeAt(view, -6 * scale);
  const to = timeAt(view, widthPx + 6 * scale);
  const spans = rows.map(({ markers }) => [lower(markers.at, from), lower(markers.at, to)] as const);
  const total = spans.reduce((sum, [first, end]) => sum + end - first, 0);
  const shapes = total <= SHAPES_MAX && view.rowPx >= SHAPES_ROW_PX * scale;
  for (const [i, { markers, topPx }] of rows.entries()) {
    const [first, end] = spans[i]!;
    if (first === end) continue;
    if (shapes) paintShapes(pen, scene, { markers, first, end, topPx });
    else paintTickRects(pen, scene, { markers, first, end, topPx });
  }
}

interface MarkerSpan {
  readonly markers: Markers;
  readonly first: number;
  readonly end: number;
  readonly topPx: number;
}

function paintShapes(
  pen: CanvasRenderingContext2D,
  scene: VectorScene,
  { markers, first, end, topPx }: MarkerSpan,
) {
  const { view, palette, scale, markerMask } = scene;
  const r = Math.min(5 * scale, view.rowPx / 4);
  pen.lineWidth = 1.2 * scale;
  for (let i = first; i < end; i++) {
    const number = markers.kind[i]!;
    if ((markerMask & (1 << number)) === 0) continue;
    const { shape, filled, hue, edge } = MARKER_KINDS[number]!;
    const y = edge === 'top' ? topPx + r + scale : topPx + view.rowPx - r - scale;
    const colour = hueOf(palette, hue);
    pen.beginPath();
    traceMarker(pen, shape, Math.round(xOf(view, markers.at[i]!)) + 0.5, y, r);
    pen.fillStyle = filled ? colour : palette.background;
    pen.fill();
    pen.strokeStyle = filled ? palette.background : colour;
    pen.stroke();
  }
}

/** One tick a column and kind, however many events fall on it. */
function paintTickRects(
  pen: CanvasRenderingContext2D,
  scene: VectorScene,
  { markers, first, end, topPx }: MarkerSpan,
) {
  const { view, palette, scale, markerMask } = scene;
  const tall = Math.max(2, Math.round(view.rowPx * 0.24));
  const lastX = MARKER_KINDS.map(() => Number.NEGATIVE_INFINITY);
  for (let i = first; i < end; i++) {
    const number = markers.kind[i]!;
    const x = Math.floor(xOf(view, markers.at[i]!));
    if ((markerMask & (1 << number)) === 0 || lastX[number] === x) continue;
    lastX[number] = x;
    const { hue, edge } = MARKER_KINDS[number]!;
    pen.fillStyle = hueOf(palette, hue);
    pen.fillRect(
      x,
      edge === 'top' ? topPx + 1 : topPx + view.rowPx - tall - 1,
      Math.max(1, Math.round(scale)),
      tall,
    );
  }
}
