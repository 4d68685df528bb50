/** The minimap: how many sessions were there and in use over all time, and which part of it is in view. */
import { CLASS_COUNT, CLASSES } from '../data/states.ts';
import type { Counts } from '../data/tracks.ts';
import type { Palette } from './palette.ts';

/** Means over bins of equal length, in thousandths of a session; the wire's minimap. */
export interface MinimapBins {
  readonly fromMs: number;
  readonly binMs: number;
  readonly inUse: Uint32Array;
  readonly present: Uint32Array;
}

export interface MinimapScene {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scale: number;
  readonly palette: Palette;
  readonly bins: MinimapBins | null;
  readonly from: number;
  readonly to: number;
  readonly viewFrom: number;
  readonly viewTo: number;
  readonly brush: { readonly from: number; readonly to: number } | null;
}

/** Drawn like those disconnected: there, but not in use. */
const UNUSED = CLASSES.indexOf('disconnected');

/** Half the width of the handles at the ends of the view. */
export const HANDLE_PX = 6;

export const minimapX = ({ from, to, widthPx }: MinimapScene, at: number): number =>
  ((at - from) / Math.max(1, to - from)) * widthPx;

/** What does not change while the view moves: to be drawn once and kept. */
export function paintMinimapGround(pen: CanvasRenderingContext2D, scene: MinimapScene): void {
  pen.fillStyle = scene.palette.lane;
  pen.fillRect(0, 0, scene.widthPx, scene.heightPx);
  if (scene.bins !== null) paintBins(pen, scene, scene.bins);
}

export function paintMinimap(
  pen: CanvasRenderingContext2D,
  scene: MinimapScene,
  ground: CanvasImageSource,
): void {
  const { widthPx, heightPx, scale, palette } = scene;
  pen.globalAlpha = 1;
  pen.drawImage(ground, 0, 0);
  const left = Math.round(minimapX(scene, scene.viewFrom));
  const right = Math.max(left + 3 * scale, Math.round(minimapX(scene, scene.viewTo)));
  pen.fillStyle = palette.background;
  pen.globalAlpha = 0.62;
  pen.fillRect(0, 0, Math.max(0, left), heightPx);
  pen.fillRect(right, 0, Math.max(0, widthPx - right), heightPx);
  pen.globalAlpha = 1;
  if (scene.brush !== null) {
    pen.fillStyle = palette.select;
    pen.globalAlpha = 0.25;
    const from = minimapX(scene, scene.brush.from);
    pen.fillRect(from, 0, Math.max(1, minimapX(scene, scene.brush.to) - from), heightPx);
    pen.globalAlpha = 1;
  }
  paintFrame(pen, scene, left, right);
}

/** The greater of the bins that fall on a column, so that no peak is lost. */
function paintBins(pen: CanvasRenderingContext2D, scene: MinimapScene, bins: MinimapBins): void {
  const { widthPx, heightPx, scale, palette } = scene;
  const count = bins.present.length;
  let most = 1;
  for (let i = 0; i < count; i++) most = Math.max(most, bins.present[i]!);
  const tall = heightPx - 6 * scale;
  const foot = heightPx - 2 * scale;
  const layers = [
    [bins.present, palette.classes.disconnected],
    [bins.inUse, palette.classes.active],
  ] as const;
  for (const [values, colour] of layers) {
    pen.fillStyle = colour;
    pen.beginPath();
    for (let x = 0; x < widthPx; x++) {
      const at = (pixel: number) => {
        const time = scene.from + (pixel / widthPx) * (scene.to - scene.from);
        return (time - bins.fromMs) / bins.binMs;
      };
      const first = Math.max(0, Math.floor(at(x)));
      const end = Math.min(count, Math.max(first + 1, Math.ceil(at(x + 1))));
      let value = 0;
      for (let i = first; i < end; i++) value = Math.max(value, values[i]!);
      if (value > 0) pen.rect(x, foot, 1, -Math.max(1, (value / most) * tall));
    }
    pen.fill();
  }
}

function paintFrame(
  pen: CanvasRenderingContext2D,
  { heightPx, scale, palette }: MinimapScene,
  left: number,
  right: number,
) {
  pen.strokeStyle = palette.select;
  pen.lineWidth = 1.5 * scale;
  pen.strokeRect(left, scale, right - left, heightPx - 2 * scale);
  pen.fillStyle = palette.select;
  const grip = 14 * scale;
  for (const x of [left, right]) {
    pen.beginPath();
    pen.roundRect(x - 2.5 * scale, (heightPx - grip) / 2, 5 * scale, grip, 2.5 * scale);
    pen.fill();
  }
}

/** The bins as counts of sessions: those in use, and on top those that were there unused. */
export function countsOfBins({ fromMs, binMs, inUse, present }: MinimapBins): Counts {
  const bins = inUse.length;
  const counts = new Float32Array((bins + 1) * CLASS_COUNT);
  let most = 0;
  for (let i = 0; i < bins; i++) {
    counts[i * CLASS_COUNT] = inUse[i]! / 1000;
    counts[i * CLASS_COUNT + UNUSED] = Math.max(0, present[i]! - inUse[i]!) / 1000;
    most = Math.max(most, present[i]! / 1000);
  }
  return {
    at: Float64Array.from({ length: bins + 1 }, (_, i) => fromMs + i * binMs),
    counts,
    most: Math.ceil(most),
  };
}
