/** The gutter: names of the lanes, a pin where one is pinned, and how much use there was in all. */
import { lengthText } from '../../parts/words/lengths.ts';
import type { Lane } from '../data/lanes.ts';
import type { View } from '../view.ts';
import type { Palette } from './palette.ts';
import { fitted } from './vector.ts';

export interface GutterScene {
  readonly view: View;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scale: number;
  readonly palette: Palette;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly laneAt: (row: number) => Lane;
  /** Track of the row within its lane: 0 for the first, which carries the name. */
  readonly trackAt: (row: number) => number;
  /** Highest number of sessions at once where the row counts them; 0 elsewhere. */
  readonly mostAt: (row: number) => number;
  readonly pinned: readonly string[];
  /** Row under the mouse or with the focus; −1 for none. */
  readonly marked: number;
  readonly focused: number;
}

const NAMED_PX = 13;

export function paintGutter(pen: CanvasRenderingContext2D, scene: GutterScene): void {
  const { view, widthPx, heightPx, scale, palette } = scene;
  pen.fillStyle = palette.background;
  pen.fillRect(0, 0, widthPx, heightPx);
  pen.textBaseline = 'middle';
  const every = Math.max(1, Math.ceil((NAMED_PX * scale) / view.rowPx));
  for (let row = scene.firstRow; row < scene.lastRow; row++) {
    const top = row * view.rowPx - view.scrollPx;
    if (row === scene.focused && view.rowPx >= NAMED_PX * scale) {
      pen.fillStyle = palette.night;
      pen.fillRect(0, top, widthPx, view.rowPx);
    }
    if (scene.trackAt(row) > 0) paintBracket(pen, scene, top);
    else if (row % every === 0) paintName(pen, scene, row, top);
  }
  pen.fillStyle = palette.line;
  pen.fillRect(widthPx - scale, 0, scale, heightPx);
}

function paintBracket(
  pen: CanvasRenderingContext2D,
  { view, scale, palette }: GutterScene,
  top: number,
): void {
  pen.fillStyle = palette.line;
  pen.fillRect(12 * scale, top, scale, view.rowPx);
}

function paintName(pen: CanvasRenderingContext2D, scene: GutterScene, row: number, top: number): void {
  const { view, widthPx, scale, palette } = scene;
  const lane = scene.laneAt(row);
  const rowPx = Math.max(view.rowPx, NAMED_PX * scale);
  const middle = top + Math.min(rowPx, 28 * scale) / 2 + 0.5;
  const pinned = scene.pinned.includes(lane.id);
  let right = widthPx - 10 * scale;
  if (view.rowPx >= NAMED_PX * scale) {
    const most = scene.mostAt(row);
    const total = most > 0 ? `max ${most}` : lane.useMs > 0 ? lengthText(lane.useMs) : '';
    pen.font = `${10.5 * scale}px system-ui, sans-serif`;
    pen.fillStyle = palette.muted;
    const width = pen.measureText(total).width;
    pen.fillText(total, right - width, middle);
    right -= width + 8 * scale;
  }
  if (pinned) paintPin(pen, palette, 8 * scale, middle, scale);
  pen.font = `${row === scene.focused ? '600 ' : ''}12px system-ui, sans-serif`.replace(
    '12px',
    `${12 * scale}px`,
  );
  pen.fillStyle = row === scene.marked ? palette.select : palette.text;
  const left = (pinned ? 18 : 10) * scale;
  pen.fillText(fitted(pen, lane.name, right - left) || lane.name.slice(0, 3), left, middle);
}

function paintPin(
  pen: CanvasRenderingContext2D,
  palette: Palette,
  x: number,
  y: number,
  scale: number,
): void {
  pen.fillStyle = palette.select;
  pen.beginPath();
  pen.arc(x, y - 2 * scale, 3 * scale, 0, 2 * Math.PI);
  pen.rect(x - 0.5 * scale, y, scale, 5 * scale);
  pen.fill();
}
