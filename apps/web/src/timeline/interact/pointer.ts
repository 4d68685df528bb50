/** Mouse, pen, fingers and wheel: what they do where, by the contract. */
import type { Region } from '../stage.ts';
import type { Timeline } from '../timeline.ts';
import { panned, zoomed } from '../view.ts';
import { perform } from './actions.ts';
import { beginDrag, type Drag, minimapTime, type Point } from './drag.ts';

const LONG_PRESS_MS = 500;
/** One notch of a wheel zooms by about a third; a touch pad, in small steps, smoothly. */
const WHEEL_ZOOM = 0.004;
const WHEEL_ZOOM_MAX = 120;
const LINE_PX = 18;

/** Listens on the timeline's root; returns what ends that. */
export function listenToPointer(timeline: Timeline): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const { root } = timeline.stage;
  const hand = new Hand(timeline);
  root.style.touchAction = 'none';
  root.addEventListener('wheel', (event) => wheel(timeline, event), { passive: false, signal });
  root.addEventListener('pointerdown', (event) => hand.down(event), { signal });
  root.addEventListener('pointermove', (event) => hand.move(event), { signal });
  root.addEventListener('pointerup', (event) => hand.up(event), { signal });
  root.addEventListener('pointercancel', (event) => hand.cancel(event), { signal });
  root.addEventListener('pointerleave', () => hand.leave(), { signal });
  root.addEventListener('dblclick', () => perform(timeline, 'fit'), { signal });
  root.addEventListener('contextmenu', (event) => menu(timeline, event), { signal });
  return () => {
    ending.abort();
    hand.leave();
  };
}

/** With Ctrl or ⌘ (as pinches on a touch pad come) zoom, with Shift or sideways through time, else through lanes. */
function wheel(timeline: Timeline, event: WheelEvent): void {
  event.preventDefault();
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
  const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
  const { scale } = timeline;
  if (event.ctrlKey || event.metaKey) {
    const { x } = timeline.stage.pointOf(event);
    const by = Math.max(-WHEEL_ZOOM_MAX, Math.min(WHEEL_ZOOM_MAX, dy));
    timeline.setView(zoomed(timeline.view, Math.exp(by * WHEEL_ZOOM), Math.max(0, x), timeline.frame));
    return;
  }
  const [sideways, down] = event.shiftKey ? [dx === 0 ? dy : dx, 0] : [dx, dy];
  timeline.setView(
    panned(timeline.view, Math.round(sideways * scale), Math.round(down * scale), timeline.frame),
  );
}

/** Asks the page for its menu, about what lies under the pointer. */
function menu(timeline: Timeline, event: { clientX: number; clientY: number; preventDefault(): void }): void {
  event.preventDefault();
  const point = timeline.stage.pointOf(event);
  if (timeline.stage.regionOf(point) === 'minimap') return;
  const hit = timeline.pick(point.x, point.y);
  const place =
    hit === null || hit.session < 0 || point.x < 0 ? null : timeline.placeOf(hit.lane, hit.session);
  timeline.news.tell('menu', {
    clientX: event.clientX,
    clientY: event.clientY,
    laneId: hit === null ? null : timeline.lanes.list[hit.lane]!.id,
    sessionId: place?.sessionId ?? null,
    at: timeline.range.from + Math.max(0, point.x) * timeline.view.msPerPx,
  });
}

/** The pointers on the timeline: one drags or clicks, two pinch. */
class Hand {
  private readonly timeline: Timeline;
  private readonly points = new Map<number, Point>();
  private drag: Drag | null = null;
  private region: Region = 'lanes';
  private pressing: ReturnType<typeof setTimeout> | undefined;
  /** A long press has brought the menu: letting go is no click. */
  private pressed = false;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
  }

  down(event: PointerEvent): void {
    const { timeline } = this;
    if (event.button !== 0 || (event.target as Element).closest('button, a, input') !== null) return;
    const point = timeline.stage.pointOf(event);
    this.points.set(event.pointerId, point);
    timeline.stage.root.setPointerCapture(event.pointerId);
    timeline.stage.root.focus({ preventScroll: true });
    clearTimeout(this.pressing);
    this.pressed = false;
    if (this.points.size > 1) {
      this.drag = null;
      return;
    }
    this.region = timeline.stage.regionOf(point);
    this.drag = beginDrag(timeline, point, this.region, event.shiftKey);
    if (event.pointerType === 'mouse') return;
    const { clientX, clientY } = event;
    this.pressing = setTimeout(() => {
      if (this.drag?.moved === true || this.points.size !== 1) return;
      this.pressed = true;
      menu(timeline, { clientX, clientY, preventDefault() {} });
    }, LONG_PRESS_MS);
  }

  move(event: PointerEvent): void {
    const point = this.timeline.stage.pointOf(event);
    const before = this.points.get(event.pointerId);
    if (before === undefined) {
      this.hover(event, point);
      return;
    }
    if (this.points.size === 2) this.pinch(event.pointerId, before, point);
    else if (!this.pressed) this.drag?.move(point);
    this.points.set(event.pointerId, point);
    if (this.drag?.moved === true) {
      clearTimeout(this.pressing);
      this.hover(event, point);
    }
  }

  up(event: PointerEvent): void {
    const point = this.points.get(event.pointerId);
    const clicked =
      point !== undefined && this.points.size === 1 && this.drag?.moved === false && !this.pressed;
    this.cancel(event);
    if (clicked) this.click(event, point);
  }

  cancel(event: PointerEvent): void {
    clearTimeout(this.pressing);
    this.points.delete(event.pointerId);
    this.drag = null;
  }

  leave(): void {
    clearTimeout(this.pressing);
    this.timeline.crossX = null;
    this.timeline.hit = null;
    this.timeline.news.tell('hover', null);
    this.timeline.draw();
  }

  /** Two fingers: what was between them stays between them. */
  private pinch(id: number, before: Point, now: Point): void {
    const other = [...this.points].find(([pointer]) => pointer !== id)![1];
    const apart = (a: Point, b: Point) => Math.max(8, Math.hypot(a.x - b.x, a.y - b.y));
    const middle = (before.x + other.x) / 2;
    const moved = Math.round((before.x - now.x) / 2);
    const { timeline } = this;
    const zoom = zoomed(timeline.view, apart(before, other) / apart(now, other), middle, timeline.frame);
    timeline.setView(panned(zoom, moved, Math.round((before.y - now.y) / 2), timeline.frame));
  }

  private hover(event: PointerEvent, point: Point): void {
    const { timeline } = this;
    const region = timeline.stage.regionOf(point);
    timeline.crossX = (region === 'lanes' || region === 'axis') && point.x >= 0 ? point.x : null;
    const hit = region === 'lanes' || region === 'gutter' ? timeline.pick(point.x, point.y) : null;
    const rowChanged = hit?.row !== timeline.hit?.row;
    timeline.hit = region === 'lanes' ? hit : hit === null ? null : { ...hit, session: -1, marker: -1 };
    const { clientX, clientY } = event;
    const busy = this.drag?.moved === true || region !== 'lanes';
    timeline.news.tell('hover', hit === null || busy ? null : { hit, clientX, clientY });
    if (rowChanged) timeline.draw();
    else timeline.drawOver();
  }

  private click(event: PointerEvent, point: Point): void {
    const { timeline } = this;
    if (this.region === 'minimap') {
      const at = minimapTime(timeline)(point);
      const { from, to } = timeline.range;
      timeline.show({ from: at - (to - from) / 2, to: at + (to - from) / 2 });
      return;
    }
    const hit = timeline.pick(point.x, point.y);
    if (hit === null || this.region === 'axis') return;
    timeline.hit = hit;
    timeline.focusRow(hit.row);
    if (this.region !== 'lanes' || hit.session < 0 || event.button !== 0) return;
    timeline.focus = { row: hit.row, session: hit.session };
    timeline.select(timeline.placeOf(hit.lane, hit.session));
  }
}
