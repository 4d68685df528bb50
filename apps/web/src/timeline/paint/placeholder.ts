/** Rows whose sessions have not come yet: what is known of each day, faintly, so that waiting is not emptiness. */
import { maskedBin, SHARE_MAX, shareOf } from '../data/shares.ts';
import { CLASS_COUNT } from '../data/states.ts';
import { upper } from '../data/steps.ts';
import { startOf, timeAt, type View, xOf } from '../view.ts';
import type { Palette } from './palette.ts';
import { FULL_DAY } from './pixels.ts';

export interface PlaceholderScene {
  readonly view: View;
  readonly widthPx: number;
  readonly palette: Palette;
  readonly boundaries: Float64Array;
  readonly legend: { readonly classes: number };
  readonly rows: readonly { readonly topPx: number; readonly bins: Uint32Array }[];
}

export function paintPlaceholders(pen: CanvasRenderingContext2D, scene: PlaceholderScene): void {
  const { view, widthPx, palette, boundaries, legend } = scene;
  pen.fillStyle = palette.muted;
  const first = Math.max(0, upper(boundaries, startOf(view)) - 1);
  const end = timeAt(view, widthPx);
  for (const { topPx, bins } of scene.rows) {
    for (let day = first; day < bins.length && boundaries[day]! < end; day++) {
      const bin = maskedBin(bins[day]!, legend.classes);
      if (bin === 0) continue;
      let total = 0;
      for (let c = 0; c < CLASS_COUNT; c++) total += shareOf(bin, c) / SHARE_MAX;
      const left = Math.max(0, xOf(view, boundaries[day]!));
      const right = Math.min(widthPx, xOf(view, boundaries[day + 1]!));
      const tall = Math.max(2, Math.min(1, total / FULL_DAY) * (view.rowPx - 4));
      pen.globalAlpha = 0.16;
      pen.fillRect(left + 1, topPx + view.rowPx - 2 - tall, Math.max(1, right - left - 2), tall);
    }
  }
  pen.globalAlpha = 1;
}
