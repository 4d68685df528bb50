/** What a pressed pointer drags: the picture, a selection, or an edge of the view on the overview. */
import { HANDLE_PX, minimapX } from '../paint/minimap.ts';
import type { Region } from '../stage.ts';
import type { Timeline } from '../timeline.ts';
import { panned, timeAt } from '../view.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A drag under way. */
export interface Drag {
  /** False until the pointer has moved so far that no click was meant. */
  moved: boolean;
  move(to: Point): void;
}

/** Closer than this is a click, not a drag. */
const CLICK_PX = 4;

export function beginDrag(timeline: Timeline, from: Point, region: Region, shift: boolean): Drag {
  if (region === 'minimap')
    return edgeDrag(timeline, from) ?? brushDrag(timeline, from, minimapTime(timeline));
  const lanesTime = ({ x }: Point) => timeAt(timeline.view, x);
  if (region === 'axis' || shift) return brushDrag(timeline, from, lanesTime);
  return panDrag(timeline, from);
}

const isClick = (a: Point, b: Point, scale: number) =>
  Math.abs(a.x - b.x) + Math.abs(a.y - b.y) < CLICK_PX * scale;

function panDrag(timeline: Timeline, from: Point): Drag {
  let last = from;
  return {
    moved: false,
    move(to) {
      if (!this.moved && isClick(from, to, timeline.scale)) return;
      this.moved = true;
      const dx = Math.round(last.x - to.x);
      const dy = Math.round(last.y - to.y);
      timeline.setView(panned(timeline.view, dx, dy, timeline.frame));
      last = { x: last.x - dx, y: last.y - dy };
    },
  };
}

function brushDrag(timeline: Timeline, from: Point, timeOf: (point: Point) => number): Drag {
  const start = timeOf(from);
  return {
    moved: false,
    move(to) {
      if (!this.moved && isClick(from, to, timeline.scale)) return;
      this.moved = true;
      const end = timeOf(to);
      timeline.setBrush({ from: Math.min(start, end), to: Math.max(start, end) });
    },
  };
}

/** The instant that a point of the overview stands for. */
export const minimapTime =
  (timeline: Timeline) =>
  ({ x }: Point): number => {
    const { from, to } = timeline.extent;
    const { width } = timeline.stage.size;
    return from + (Math.max(0, Math.min(width, x)) / width) * (to - from);
  };

/** Takes an edge of the view where the pointer is on one, null elsewhere. */
function edgeDrag(timeline: Timeline, from: Point): Drag | null {
  const scene = timeline.minimapScene();
  const reach = HANDLE_PX * timeline.scale;
  const onLeft = Math.abs(from.x - minimapX(scene, scene.viewFrom)) <= reach;
  const onRight = Math.abs(from.x - minimapX(scene, scene.viewTo)) <= reach;
  if (!onLeft && !onRight) return null;
  const { range } = timeline;
  return {
    moved: false,
    move(to) {
      this.moved = true;
      const at = minimapTime(timeline)(to);
      const least = 60_000;
      timeline.show(
        onRight
          ? { from: range.from, to: Math.max(range.from + least, at) }
          : { from: Math.min(range.to - least, at), to: range.to },
      );
    },
  };
}
