/** Fills of the states: plain colours, and hatches where colour alone would not do. */
import { CLASS_OF, STATES } from '../data/states.ts';
import type { Palette } from './palette.ts';

type Fill = string | CanvasPattern;

const TILE_PX = 8;
const FILLS = new WeakMap<Palette, Map<number, readonly Fill[]>>();

/** Fill of each state by number; made once per palette and scale. */
export function fillsOf(context: CanvasRenderingContext2D, palette: Palette, scale: number): readonly Fill[] {
  let byScale = FILLS.get(palette);
  if (byScale === undefined) FILLS.set(palette, (byScale = new Map()));
  let fills = byScale.get(scale);
  if (fills === undefined) byScale.set(scale, (fills = makeFills(context, palette, scale)));
  return fills;
}

function makeFills(context: CanvasRenderingContext2D, palette: Palette, scale: number): Fill[] {
  const { classes, background, ink } = palette;
  const plain = ['', classes.active, classes.idle, classes.locked, classes.disconnected, classes.unknown];
  const locked = hatch(context, scale, { ground: classes.locked, line: ink, rising: true, width: 1.6 });
  const unknown = hatch(context, scale, {
    ground: background,
    line: classes.unknown,
    rising: false,
    width: 1.3,
  });
  const fills: Fill[] = STATES.map((_, state) => plain[CLASS_OF[state]!]!);
  fills[STATES.indexOf('locked')] = locked ?? classes.locked;
  fills[STATES.indexOf('unknown')] = unknown ?? classes.unknown;
  return fills;
}

interface Hatch {
  readonly ground: string;
  readonly line: string;
  readonly rising: boolean;
  readonly width: number;
}

/** Slanted lines on a ground, as a tile that repeats without a seam. */
function hatch(
  context: CanvasRenderingContext2D,
  scale: number,
  { ground, line, rising, width }: Hatch,
): CanvasPattern | null {
  const size = Math.round(TILE_PX * scale);
  const tile = context.canvas.ownerDocument.createElement('canvas');
  tile.width = size;
  tile.height = size;
  const pen = tile.getContext('2d')!;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = line;
  pen.lineWidth = width * scale;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - size, rising ? 2 * size : -size);
    pen.lineTo(shift + 2 * size, rising ? -size : 2 * size);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat');
}
