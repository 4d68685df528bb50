/** The axis of time: days or months above, hours or days below, and a mark where a day has 23 or 25 hours. */
import { type Axis, type Clock, oddDays } from '../data/clock.ts';
import { startOf, timeAt, type View, xOf } from '../view.ts';
import type { Palette } from './palette.ts';

export interface AxisScene {
  readonly view: View;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scale: number;
  readonly palette: Palette;
  readonly clock: Clock;
  readonly axis: Axis;
  readonly boundaries: Float64Array;
}

const ODD_DAYS_MS = 70 * 86_400_000;

export function paintAxis(pen: CanvasRenderingContext2D, scene: AxisScene): void {
  const { view, widthPx, heightPx, scale, palette, axis } = scene;
  pen.fillStyle = palette.background;
  pen.fillRect(0, 0, widthPx, heightPx);
  pen.textBaseline = 'middle';
  const half = heightPx / 2;
  pen.font = `${11 * scale}px system-ui, sans-serif`;
  for (const { at, label } of axis.minor) {
    const x = Math.round(xOf(view, at));
    pen.fillStyle = palette.line;
    pen.fillRect(x, half, scale, half);
    pen.fillStyle = palette.muted;
    pen.fillText(label, x + 4 * scale, half * 1.5);
  }
  pen.font = `600 ${12 * scale}px system-ui, sans-serif`;
  for (const [i, { at, label }] of axis.major.entries()) {
    const x = Math.round(xOf(view, at));
    const next = axis.major[i + 1];
    const right = next === undefined ? widthPx : Math.round(xOf(view, next.at));
    const left = Math.max(0, x);
    if (x >= 0) {
      pen.fillStyle = palette.muted;
      pen.fillRect(x, 0, scale, heightPx);
    }
    if (right - left < pen.measureText(label).width + 6 * scale) continue;
    pen.fillStyle = palette.text;
    pen.fillText(label, left + 4 * scale, half * 0.55);
  }
  paintOddDays(pen, scene);
  pen.fillStyle = palette.line;
  pen.fillRect(0, heightPx - scale, widthPx, scale);
}

/** A badge at each day on which the clocks change. */
function paintOddDays(pen: CanvasRenderingContext2D, scene: AxisScene): void {
  const { view, widthPx, scale, palette, boundaries, heightPx } = scene;
  if (widthPx * view.msPerPx > ODD_DAYS_MS) return;
  pen.font = `600 ${10 * scale}px system-ui, sans-serif`;
  for (const { at, label } of oddDays(boundaries, startOf(view), timeAt(view, widthPx))) {
    const text = `⟳ ${label} day`;
    const width = pen.measureText(text).width + 8 * scale;
    const day = xOf(view, at + 86_400_000);
    const x = Math.round(Math.min(widthPx - width, Math.max(0, day - width - 4 * scale)));
    pen.fillStyle = palette.classes.locked;
    pen.fillRect(x, 2 * scale, width, heightPx / 2 - 5 * scale);
    pen.fillStyle = palette.background;
    pen.fillText(text, x + 4 * scale, heightPx / 4);
  }
}
