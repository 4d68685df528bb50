/** The actogram: one lane with a line per local day and the hours across; regularity, late evenings and missing days are seen at once. */
import { type Clock, formatDay, instantsOf, localOf } from './data/clock.ts';
import { type Hit, hitAt } from './data/hit.ts';
import { type LaneContent, type Legend, NO_CONTENT } from './data/lanes.ts';
import { MARKER_KINDS, type Markers, NO_MARKERS } from './data/markers.ts';
import { CLASS_OF } from './data/states.ts';
import { lower, upper } from './data/steps.ts';
import { News } from './news.ts';
import { HEIGHT_OF, hueOf, type Palette } from './paint/palette.ts';
import { fillsOf } from './paint/patterns.ts';
import { traceMarker } from './paint/shapes.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const GUTTER_PX = 156;
const AXIS_PX = 24;
const ROW_PX = 18;
const REACH_PX = 4;

export interface ActogramState {
  readonly content: LaneContent;
  readonly markers: Markers;
  /** First instants of the local days, one more than there are days. */
  readonly boundaries: Float64Array;
  readonly legend: Legend;
  readonly palette: Palette;
  readonly clock: Clock;
}

interface ActogramNews {
  hover: { readonly hit: Hit; readonly clientX: number; readonly clientY: number } | null;
  /** A session by its index in the content. */
  open: number;
}

/** A stretch of a day between two steps, cut where the clocks change. */
interface Part {
  readonly from: number;
  readonly to: number;
}

export class Actogram {
  readonly news = new News<ActogramNews>();
  private readonly root: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly spacer: HTMLElement;
  private readonly watching: ResizeObserver;
  private readonly ending = new AbortController();
  private asked = 0;
  private state: ActogramState | null = null;

  /** The root scrolls; the newest day is at the top. */
  constructor(root: HTMLElement) {
    this.root = root;
    this.canvas = root.ownerDocument.createElement('canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    this.canvas.style.cssText = 'position:sticky;top:0;display:block';
    this.spacer = root.ownerDocument.createElement('div');
    root.append(this.canvas, this.spacer);
    const { signal } = this.ending;
    root.addEventListener('scroll', () => this.draw(), { signal });
    root.addEventListener('pointermove', (event) => this.hover(event), { signal });
    root.addEventListener('pointerleave', () => this.news.tell('hover', null), { signal });
    root.addEventListener('click', (event) => this.click(event), { signal });
    this.watching = new ResizeObserver(() => this.draw());
    this.watching.observe(root);
  }

  show(state: ActogramState): void {
    this.state = state;
    this.draw();
  }

  close(): void {
    this.ending.abort();
    this.watching.disconnect();
    cancelAnimationFrame(this.asked);
    this.root.replaceChildren();
  }

  /** What lies under a point of the window. */
  pick({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Hit | null {
    if (this.state === null) return null;
    const { content, markers, boundaries, clock, legend } = this.state;
    const box = this.root.getBoundingClientRect();
    const row = Math.floor((clientY - box.top - AXIS_PX + this.root.scrollTop) / ROW_PX);
    const day = boundaries.length - 2 - row;
    const share = (clientX - box.left - GUTTER_PX) / this.hoursPx;
    if (day < 0 || row < 0 || share < 0 || share > 1 || clientY - box.top < AXIS_PX) return null;
    const local = midnightOf(clock, boundaries[day]!) + share * DAY_MS;
    const at = instantsOf(clock, local)[0] ?? local - clock.offsetAt(local - DAY_MS);
    const reachMs = (REACH_PX / this.hoursPx) * DAY_MS;
    return hitAt({ lane: 0, track: -1 }, day, content, markers, { at, reachMs, markerMask: legend.markers });
  }

  private get hoursPx(): number {
    return Math.max(50, this.root.clientWidth - GUTTER_PX - 8);
  }

  private hover(event: PointerEvent): void {
    const hit = this.pick(event);
    const { clientX, clientY } = event;
    this.news.tell('hover', hit === null ? null : { hit, clientX, clientY });
  }

  private click(event: MouseEvent): void {
    const hit = this.pick(event);
    if (hit !== null && hit.session >= 0) this.news.tell('open', hit.session);
  }

  private draw(): void {
    cancelAnimationFrame(this.asked);
    this.asked = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    const { state, canvas, root } = this;
    if (state === null) return;
    const scale = root.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    const [width, height] = [root.clientWidth, root.clientHeight];
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const days = Math.max(0, state.boundaries.length - 1);
    // The canvas itself takes the height of the window; the spacer is what remains to be scrolled.
    this.spacer.style.height = `${Math.max(0, AXIS_PX + days * ROW_PX - height)}px`;
    const pen = canvas.getContext('2d', { alpha: false })!;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.fillStyle = state.palette.background;
    pen.fillRect(0, 0, width, height);
    this.eachHour((x) => {
      pen.fillStyle = state.palette.line;
      pen.fillRect(x, 0, 1, height);
    });
    const first = Math.floor(root.scrollTop / ROW_PX);
    for (let row = first; row < Math.min(days, first + Math.ceil(height / ROW_PX) + 1); row++) {
      this.paintDay(pen, state, days - 1 - row, AXIS_PX + row * ROW_PX - root.scrollTop);
    }
    this.paintHours(pen, state);
  }

  private eachHour(visit: (x: number, hour: number) => void): void {
    for (let hour = 0; hour <= 24; hour += 3) visit(Math.round(GUTTER_PX + (hour / 24) * this.hoursPx), hour);
  }

  private paintHours(pen: CanvasRenderingContext2D, { palette }: ActogramState): void {
    pen.fillStyle = palette.background;
    pen.fillRect(0, 0, this.root.clientWidth, AXIS_PX);
    pen.font = '11px system-ui, sans-serif';
    pen.textBaseline = 'middle';
    this.eachHour((x, hour) => {
      pen.fillStyle = palette.line;
      pen.fillRect(x, AXIS_PX - 6, 1, 6);
      pen.fillStyle = palette.muted;
      pen.textAlign = hour === 24 ? 'right' : hour === 0 ? 'left' : 'center';
      pen.fillText(`${String(hour).padStart(2, '0')}:00`, x, AXIS_PX / 2 - 2);
    });
    pen.textAlign = 'left';
  }

  private paintDay(pen: CanvasRenderingContext2D, state: ActogramState, day: number, top: number): void {
    const { palette, clock, boundaries } = state;
    const [from, to] = [boundaries[day]!, boundaries[day + 1]!];
    const midnight = midnightOf(clock, from);
    const weekday = new Date(midnight).getUTCDay();
    if (weekday === 0 || weekday === 6) {
      pen.fillStyle = palette.night;
      pen.fillRect(0, top, this.root.clientWidth, ROW_PX);
    }
    pen.font = '11px system-ui, sans-serif';
    pen.textBaseline = 'middle';
    pen.fillStyle = palette.muted;
    const odd = to - from === DAY_MS ? '' : ` · ${Number(((to - from) / HOUR_MS).toFixed(1))} h`;
    pen.fillText(formatDay(clock, from) + odd, 8, top + ROW_PX / 2);
    pen.fillStyle = palette.line;
    pen.fillRect(GUTTER_PX, top + ROW_PX - 1, this.hoursPx, 1);
    this.paintStates(pen, state, { from, to }, midnight, top);
    this.paintMarks(pen, state, { from, to }, midnight, top);
  }

  private paintStates(
    pen: CanvasRenderingContext2D,
    state: ActogramState,
    day: Part,
    midnight: number,
    top: number,
  ) {
    const { content, legend, palette, clock } = state;
    const { at, state: states } = content.steps;
    const fills = fillsOf(pen, palette, 1);
    const barPx = ROW_PX - 4;
    for (let i = Math.max(0, upper(at, day.from) - 1); i + 1 < at.length && at[i]! < day.to; i++) {
      const number = states[i]!;
      if (number === 0 || (legend.classes & (1 << (CLASS_OF[number]! - 1))) === 0) continue;
      pen.fillStyle = fills[number]!;
      const height = Math.max(2, Math.round(barPx * HEIGHT_OF[number]!));
      const inDay = { from: Math.max(day.from, at[i]!), to: Math.min(day.to, at[i + 1]!) };
      for (const part of cutAtClockChange(clock, inDay)) {
        // An end belongs to the clock before a change at that very moment.
        const shift = part.from + clock.offsetAt(part.from) - midnight;
        const left = GUTTER_PX + (shift / DAY_MS) * this.hoursPx;
        const width = Math.max(1, ((part.to - part.from) / DAY_MS) * this.hoursPx);
        pen.fillRect(left, top + ROW_PX - 2 - height, width, height);
      }
    }
  }

  private paintMarks(
    pen: CanvasRenderingContext2D,
    state: ActogramState,
    day: Part,
    midnight: number,
    top: number,
  ) {
    const { markers, legend, palette, clock } = state;
    pen.lineWidth = 1;
    for (let i = lower(markers.at, day.from); i < markers.at.length && markers.at[i]! < day.to; i++) {
      const number = markers.kind[i]!;
      if ((legend.markers & (1 << number)) === 0) continue;
      const { shape, hue, filled, edge } = MARKER_KINDS[number]!;
      const x = GUTTER_PX + ((localOf(clock, markers.at[i]!) - midnight) / DAY_MS) * this.hoursPx;
      const colour = hueOf(palette, hue);
      pen.beginPath();
      traceMarker(pen, shape, x, edge === 'top' ? top + 5 : top + ROW_PX - 6, 4);
      pen.fillStyle = filled ? colour : palette.background;
      pen.fill();
      pen.strokeStyle = filled ? palette.background : colour;
      pen.stroke();
    }
  }
}

export const NO_ACTOGRAM = { content: NO_CONTENT, markers: NO_MARKERS } as const;

/** Local midnight of the day that begins at an instant, as the wall clock's own number; also where midnight is skipped. */
function midnightOf(clock: Clock, dayFrom: number): number {
  return Math.floor(localOf(clock, dayFrom) / DAY_MS) * DAY_MS;
}

function cutAtClockChange(clock: Clock, part: Part): Part[] {
  if (clock.offsetAt(part.from) === clock.offsetAt(part.to - 1)) return [part];
  let [low, high] = [part.from, part.to];
  while (high - low > 1000) {
    const middle = (low + high) / 2;
    if (clock.offsetAt(middle) === clock.offsetAt(part.from)) low = middle;
    else high = middle;
  }
  const change = Math.round(high / 60_000) * 60_000;
  return [
    { from: part.from, to: change },
    { from: change, to: part.to },
  ];
}
