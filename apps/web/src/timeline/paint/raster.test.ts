/** The picture of dense rows: moving it gives what drawing it anew gives, to the byte, and its columns tell the shares. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ALL_MARKERS, type Markers, NO_MARKERS } from '../data/markers.ts';
import { dayBins } from '../data/shares.ts';
import { ALL_CLASSES, CLASS_COUNT } from '../data/states.ts';
import { anyLane, contentOf, DAY, type Drawn, HOUR, ORIGIN } from '../testdata/build.ts';
import { Raster, type RasterRow, type RasterScene } from './raster.ts';

const COLOURS = [0x0000aa, 0x00bb00, 0xcc0000, 0x00dddd, 0xee00ee];
const MARKER_COLOURS = Array.from({ length: 20 }, (_, i) => 0x010101 * (i + 1));
const BOUNDARIES = Float64Array.from({ length: 12 }, (_, i) => ORIGIN + (i - 2) * DAY + (i > 4 ? -HOUR : 0));

function rowOf(lane: readonly Drawn[], counted: boolean): RasterRow {
  const content = contentOf(lane);
  const at = Float64Array.from(content.sessions.start).sort();
  const markers: Markers = { at, kind: Uint8Array.from(at, (_, i) => i % 7) };
  return {
    steps: content.steps,
    days: dayBins(content.steps, BOUNDARIES),
    counts: counted ? content.counts : null,
    most: Math.max(1, content.counts.most),
    markers,
  };
}

interface Look {
  readonly column: number;
  readonly msPerPx: number;
  readonly scrollPx: number;
  readonly rowPx: number;
}

function sceneOf(rows: readonly RasterRow[], view: Look, more: Partial<RasterScene> = {}): RasterScene {
  return {
    view,
    widthPx: 61,
    heightPx: 50,
    rowAt: (row) => rows[row]!,
    rows: rows.length,
    boundaries: BOUNDARIES,
    classColours: COLOURS,
    markerColours: MARKER_COLOURS,
    classMask: ALL_CLASSES,
    markerMask: ALL_MARKERS,
    tickPx: 1,
    version: 1,
    ...more,
  };
}

const anyRows = fc
  .array(fc.tuple(anyLane(8), fc.boolean()), { minLength: 1, maxLength: 9 })
  .map((lanes) => lanes.map(([lane, counted]) => rowOf(lane, counted)));
const anyMsPerPx = fc.constantFrom(15 * 60_000, 40 * 60_000, 3 * HOUR, 7 * HOUR, 61_234.5);
const anyMove = fc.record({ dx: fc.integer({ min: -70, max: 70 }), dy: fc.integer({ min: -40, max: 40 }) });

describe('laws', () => {
  test('a picture moved by pans is the picture drawn anew', () => {
    fc.assert(
      fc.property(
        anyRows,
        anyMsPerPx,
        fc.constantFrom(1, 2, 5, 6, 11, 18),
        fc.constantFrom(1, 2),
        fc.array(anyMove, { minLength: 1, maxLength: 6 }),
        (rows, msPerPx, rowPx, tickPx, moves) => {
          const moved = new Raster();
          let column = Math.round((ORIGIN + DAY) / msPerPx);
          let scrollPx = 10;
          moved.paint(sceneOf(rows, { column, msPerPx, scrollPx, rowPx }, { tickPx }));
          for (const { dx, dy } of moves) {
            column += dx;
            scrollPx = Math.max(0, scrollPx + dy);
            const scene = sceneOf(rows, { column, msPerPx, scrollPx, rowPx }, { tickPx });
            moved.paint(scene);
            const anew = new Raster();
            anew.paint(scene);
            expect(moved.firstRow).toBe(anew.firstRow);
            expect(Buffer.from(moved.pixels.buffer).equals(Buffer.from(anew.pixels.buffer))).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** How many lines of a column have a class's colour. */
function linesOf({ pixels, width, height }: Raster, x: number): number[] {
  const lines = new Array<number>(CLASS_COUNT).fill(0);
  for (let y = 0; y < height; y++) {
    const pixel = pixels[y * width + x]!;
    const c = COLOURS.indexOf(pixel & 0xffffff);
    if (pixel !== 0 && c >= 0) lines[c]! += 1;
  }
  return lines;
}

const at = (hours: number) => ORIGIN + hours * HOUR;
/** Ten hours of work, of which two locked. */
const WORKDAY: Drawn = {
  start: at(8),
  end: at(18),
  steps: [
    [at(8), 1],
    [at(12), 3],
    [at(14), 1],
  ],
};
const SECOND_LOOK = { column: Math.round(at(0) / (2 * HOUR)), msPerPx: 2 * HOUR, scrollPx: 0, rowPx: 24 };

describe('a picture', () => {
  const bare = (lane: readonly Drawn[]): RasterRow => ({ ...rowOf(lane, false), markers: NO_MARKERS });

  it('shows each column as the mix of its states, locked at half the height of active', () => {
    const raster = new Raster();
    raster.paint(sceneOf([bare([WORKDAY])], SECOND_LOOK));
    expect(linesOf(raster, 3)).toEqual([0, 0, 0, 0, 0]);
    expect(linesOf(raster, 4)).toEqual([20, 0, 0, 0, 0]);
    expect(linesOf(raster, 6)).toEqual([0, 0, 10, 0, 0]);
    expect(linesOf(raster, 8)).toEqual([20, 0, 0, 0, 0]);
    expect(linesOf(raster, 9)).toEqual([0, 0, 0, 0, 0]);
  });

  it('shows one bar a day when days are narrow: ten hours of twelve are ten twelfths of the row', () => {
    const raster = new Raster();
    const look = { column: Math.round(at(0) / (6 * HOUR)), msPerPx: 6 * HOUR, scrollPx: 0, rowPx: 28 };
    raster.paint(sceneOf([bare([WORKDAY])], look));
    const [active, , locked] = linesOf(raster, 1) as [number, number, number];
    expect(active + locked).toBe(Math.round((24 * (21 + 6)) / 31.5));
    expect(active).toBe(Math.round(((active + locked) * 21) / 27));
  });

  it('leaves out what the legend has switched off', () => {
    const raster = new Raster();
    raster.paint(sceneOf([bare([WORKDAY])], SECOND_LOOK, { classMask: ALL_CLASSES & ~1 }));
    expect(linesOf(raster, 4)).toEqual([0, 0, 0, 0, 0]);
    expect(linesOf(raster, 6)).toEqual([0, 0, 10, 0, 0]);
  });

  it('never loses a session of half a minute', () => {
    const raster = new Raster();
    const brief: Drawn = { start: at(9), end: at(9) + 30_000, steps: [[at(9), 1]] };
    for (const msPerPx of [15 * 60_000, 2 * HOUR, 6 * HOUR, DAY]) {
      raster.paint(
        sceneOf([bare([brief])], { ...SECOND_LOOK, msPerPx, column: Math.floor(at(0) / msPerPx) }),
      );
      expect(raster.pixels.some((pixel) => pixel !== 0)).toBe(true);
    }
  });

  it('stands the day bins in for sessions that have not come', () => {
    const raster = new Raster();
    raster.paint(sceneOf([{ ...bare([WORKDAY]), steps: null }], SECOND_LOOK));
    expect(linesOf(raster, 1)[0]).toBeGreaterThan(0);
    expect(linesOf(raster, 10)[0]).toBeGreaterThan(0);
  });

  it('marks an event on its column, the first in rank where several fall together', () => {
    const raster = new Raster();
    const markers: Markers = { at: Float64Array.of(at(4), at(4) + 1, at(20)), kind: Uint8Array.of(3, 0, 1) };
    raster.paint(sceneOf([{ ...bare([WORKDAY]), markers }], SECOND_LOOK));
    const colourAt = (x: number, y: number) => raster.pixels[y * raster.width + x]! & 0xffffff;
    expect(colourAt(2, 2)).toBe(MARKER_COLOURS[0]);
    expect(colourAt(10, 21)).toBe(MARKER_COLOURS[1]);
    expect(colourAt(10, 2)).toBe(0);
  });

  it('shows counts on one scale', () => {
    const raster = new Raster();
    const two = rowOf(
      [WORKDAY, { ...WORKDAY, start: at(8) }, { start: at(16), end: at(20), steps: [[at(16), 1]] }],
      true,
    );
    raster.paint(sceneOf([{ ...two, markers: NO_MARKERS }], SECOND_LOOK));
    expect(two.most).toBe(3);
    expect(linesOf(raster, 8)).toEqual([20, 0, 0, 0, 0]);
    expect(linesOf(raster, 9)).toEqual([7, 0, 0, 0, 0]);
    expect(linesOf(raster, 6)).toEqual([0, 0, 13, 0, 0]);
  });

  it('draws dense lanes at half the columns while the zoom moves, and whole when told to sharpen', () => {
    const raster = new Raster();
    const rows = [bare([WORKDAY])];
    const low = { ...SECOND_LOOK, rowPx: 2 };
    raster.paint(sceneOf(rows, low));
    expect(raster.coarse).toBe(false);
    raster.paint(sceneOf(rows, { ...low, msPerPx: 1.9 * HOUR }));
    expect(raster.coarse).toBe(true);
    raster.forget();
    raster.paint(sceneOf(rows, { ...low, msPerPx: 1.9 * HOUR }));
    expect(raster.coarse).toBe(false);
  });
});
