/** What lies above the lanes and moves with the mouse: crosshair and its pill, selection of a range, marks, frames. */
import { type Clock, formatInstant, formatOffset } from '../data/clock.ts';
import type { StageSize } from '../stage.ts';
import { type View, xOf } from '../view.ts';
import type { Palette } from './palette.ts';

/** A moment or a range that somebody marked. */
export interface Mark {
  readonly from: number;
  /** Equal to `from` for a moment. */
  readonly to: number;
  readonly name: string;
  /** Kept beyond this visit: not part of the address. */
  readonly kept?: boolean;
}

/** A session with a frame around it. */
export interface Framed {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

export interface OverlayScene {
  readonly view: View;
  readonly size: StageSize;
  readonly palette: Palette;
  readonly clock: Clock;
  /** Column of the mouse; null while it is elsewhere. */
  readonly crossX: number | null;
  readonly sessionsNow: string;
  readonly brush: { readonly from: number; readonly to: number } | null;
  readonly marks: readonly Mark[];
  readonly hovered: Framed | null;
  readonly selected: Framed | null;
  readonly focusedRow: number;
  readonly now: number;
}

export function paintOverlay(pen: CanvasRenderingContext2D, scene: OverlayScene): void {
  const { size } = scene;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, size.gutter + size.width, size.minimap + size.axis + size.height);
  pen.save();
  // From here on (0, 0) is the corner of the lanes; the axis lies above it.
  pen.translate(size.gutter, size.minimap + size.axis);
  pen.beginPath();
  pen.rect(0, -size.axis, size.width, size.axis + size.height);
  pen.clip();
  paintFocus(pen, scene);
  paintNow(pen, scene);
  for (const mark of scene.marks) paintMark(pen, scene, mark);
  if (scene.brush !== null) paintBrush(pen, scene, scene.brush);
  if (scene.hovered !== null) paintFrame(pen, scene, scene.hovered, 1.5);
  if (scene.selected !== null) paintFrame(pen, scene, scene.selected, 2.5);
  if (scene.crossX !== null) paintCross(pen, scene, scene.crossX);
  pen.restore();
}

function paintFocus(pen: CanvasRenderingContext2D, { view, size, palette, focusedRow }: OverlayScene): void {
  if (focusedRow < 0) return;
  pen.strokeStyle = palette.select;
  pen.lineWidth = size.scale;
  pen.globalAlpha = 0.5;
  const top = focusedRow * view.rowPx - view.scrollPx;
  if (top > -view.rowPx) pen.strokeRect(-1, Math.max(0, top) + 0.5, size.width + 2, view.rowPx - 1);
  pen.globalAlpha = 1;
}

function paintNow(pen: CanvasRenderingContext2D, { view, size, palette, now }: OverlayScene): void {
  const x = Math.round(xOf(view, now));
  if (x < 0 || x > size.width) return;
  pen.fillStyle = palette.markers.failed;
  pen.fillRect(x, -size.axis / 2, Math.max(1, Math.round(size.scale)), size.height + size.axis / 2);
  chip(pen, 'now', x, -size.axis / 2, { size, ground: palette.markers.failed, ink: palette.background });
}

function paintMark(pen: CanvasRenderingContext2D, { view, size, palette }: OverlayScene, mark: Mark): void {
  const left = xOf(view, mark.from);
  const right = xOf(view, mark.to);
  if (right < 0 || left > size.width) return;
  pen.fillStyle = palette.markers.elevated;
  if (right > left) {
    pen.globalAlpha = 0.14;
    pen.fillRect(left, 0, right - left, size.height);
    pen.globalAlpha = 1;
    pen.fillRect(right, 0, size.scale, size.height);
  }
  pen.fillRect(Math.round(left), 0, size.scale, size.height);
  chip(pen, mark.name === '' ? 'mark' : mark.name, left, -size.axis, {
    size,
    ground: palette.markers.elevated,
    ink: palette.background,
  });
}

function paintBrush(
  pen: CanvasRenderingContext2D,
  { view, size, palette }: OverlayScene,
  brush: { readonly from: number; readonly to: number },
): void {
  const left = xOf(view, brush.from);
  const right = xOf(view, brush.to);
  pen.fillStyle = palette.select;
  pen.globalAlpha = 0.14;
  pen.fillRect(left, 0, right - left, size.height);
  pen.globalAlpha = 0.28;
  pen.fillRect(left, -size.axis, right - left, size.axis);
  pen.globalAlpha = 1;
  for (const x of [left, right]) {
    pen.fillRect(Math.round(x), -size.axis, Math.max(1, size.scale), size.axis + size.height);
  }
}

function paintFrame(
  pen: CanvasRenderingContext2D,
  scene: OverlayScene,
  { row, from, to }: Framed,
  width: number,
) {
  const { view, size, palette } = scene;
  const top = row * view.rowPx - view.scrollPx;
  if (top < -view.rowPx || top > size.height) return;
  const left = Math.max(-6, xOf(view, from) - 1);
  const right = Math.min(size.width + 6, xOf(view, to) + 1);
  pen.strokeStyle = palette.select;
  pen.lineWidth = width * size.scale;
  pen.beginPath();
  pen.roundRect(
    left,
    Math.max(top, 0) + 1,
    Math.max(4, right - left),
    Math.max(3, view.rowPx - 2),
    2 * size.scale,
  );
  pen.stroke();
}

function paintCross(pen: CanvasRenderingContext2D, scene: OverlayScene, x: number): void {
  const { view, size, palette, clock } = scene;
  pen.fillStyle = palette.muted;
  pen.fillRect(Math.round(x), 0, Math.max(1, Math.floor(size.scale)), size.height);
  const at = (view.column + x) * view.msPerPx;
  const precision = view.msPerPx < 20_000 ? 'second' : 'minute';
  const text = `${formatInstant(clock, at, precision)} ${formatOffset(clock, at)}${scene.sessionsNow}`;
  chip(pen, text, x, -size.axis / 2, { size, ground: palette.text, ink: palette.background });
}

interface Chip {
  readonly size: StageSize;
  readonly ground: string;
  readonly ink: string;
}

/** A text on a rounded ground beside a line, kept inside the picture. */
function chip(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  top: number,
  { size, ground, ink }: Chip,
): void {
  const { scale, width } = size;
  pen.font = `600 ${11 * scale}px system-ui, sans-serif`;
  pen.textBaseline = 'middle';
  const wide = Math.ceil(pen.measureText(text).width) + 12 * scale;
  const left = Math.max(0, Math.min(width - wide, Math.round(x - wide / 2)));
  const tall = 18 * scale;
  pen.fillStyle = ground;
  pen.beginPath();
  pen.roundRect(left, top + scale, wide, tall, 4 * scale);
  pen.fill();
  pen.fillStyle = ink;
  pen.fillText(text, left + 6 * scale, top + scale + tall / 2 + 0.5 * scale);
}
