/** What each action of the contract does to a timeline. */
import type { ActionId } from '../contract.ts';
import { TOTAL } from '../data/lanes.ts';
import { upper } from '../data/steps.ts';
import type { Span, Timeline } from '../timeline.ts';
import { panned, reaching, zoomed } from '../view.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A key moves by this part of what is in view, and zooms by this factor. */
const KEY_PAN = 0.15;
const KEY_ZOOM = 0.7;
/** Room on both sides of a session that is fitted. */
const FIT_MARGIN = 0.1;
const ROW_STEPS = [1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96];

const ACTIONS: Readonly<Partial<Record<ActionId, (timeline: Timeline) => void>>> = {
  'zoom-in': (timeline) => zoom(timeline, KEY_ZOOM),
  'zoom-out': (timeline) => zoom(timeline, 1 / KEY_ZOOM),
  'pan-left': (timeline) => sideways(timeline, -KEY_PAN),
  'pan-right': (timeline) => sideways(timeline, KEY_PAN),
  'screen-left': (timeline) => sideways(timeline, -1),
  'screen-right': (timeline) => sideways(timeline, 1),
  'lane-up': (timeline) => timeline.focusRow(timeline.focus.row - 1),
  'lane-down': (timeline) => timeline.focusRow(timeline.focus.row + 1),
  'next-session': (timeline) => step(timeline, 1),
  'previous-session': (timeline) => step(timeline, -1),
  open: (timeline) => {
    if (timeline.meant !== null) timeline.select(timeline.meant);
  },
  fit,
  'show-all': (timeline) => timeline.show(timeline.extent),
  'show-hour': (timeline) => showSpan(timeline, HOUR_MS),
  'show-half-day': (timeline) => showSpan(timeline, 12 * HOUR_MS),
  'show-day': (timeline) => showSpan(timeline, DAY_MS),
  'show-week': (timeline) => showSpan(timeline, 7 * DAY_MS),
  'show-month': (timeline) => showSpan(timeline, 30 * DAY_MS),
  'show-quarter': (timeline) => showSpan(timeline, 91 * DAY_MS),
  'show-year': (timeline) => showSpan(timeline, 365 * DAY_MS),
  'show-now': (timeline) => showAround(timeline, timeline.options.now()),
  'go-to-date': (timeline) => timeline.news.tell('wish', 'go-to-date'),
  mark,
  'keep-mark': (timeline) => timeline.news.tell('wish', 'keep-mark'),
  'rows-lower': (timeline) => rowStep(timeline, -1),
  'rows-higher': (timeline) => rowStep(timeline, 1),
  expand: (timeline) => timeline.setChoice({ expanded: !timeline.choice.expanded }),
  'filter-lanes': (timeline) => timeline.news.tell('wish', 'filter-lanes'),
  palette: (timeline) => timeline.news.tell('wish', 'palette'),
  help: (timeline) => timeline.news.tell('wish', 'help'),
  'brush-keys': brushByKeys,
  clear,
  menu: menuByKeys,
};

/** Does what an input, button or menu asks for. */
export function perform(timeline: Timeline, action: ActionId): void {
  ACTIONS[action]?.(timeline);
}

function zoom(timeline: Timeline, factor: number): void {
  timeline.setView(zoomed(timeline.view, factor, timeline.stage.size.width / 2, timeline.frame));
}

/** Moves the view, or while selecting by keys the end of the selection. */
function sideways(timeline: Timeline, part: number): void {
  const { from, to } = timeline.range;
  if (timeline.brushing && timeline.brush !== null) {
    const by = (to - from) * (Math.abs(part) === 1 ? KEY_PAN : 0.02) * Math.sign(part);
    const { brush } = timeline;
    timeline.setBrush({ from: brush.from, to: Math.max(brush.from + timeline.view.msPerPx, brush.to + by) });
    timeline.setView(reaching(brush.to, brush.to, timeline.view, timeline.frame));
    return;
  }
  const dx = Math.round(timeline.stage.size.width * part);
  timeline.setView(panned(timeline.view, dx, 0, timeline.frame));
}

/** Begins a selection in the middle of the view, which arrow keys then stretch; ends that the second time. */
function brushByKeys(timeline: Timeline): void {
  timeline.brushing = !timeline.brushing;
  if (!timeline.brushing) return;
  const { from, to } = timeline.range;
  if (timeline.brush === null) {
    timeline.setBrush({ from: from + (to - from) * 0.45, to: from + (to - from) * 0.55 });
  }
  timeline.news.tell('say', 'Selecting a range: arrow keys move its end, Escape clears it.');
}

/** The next session of the focused lane; from none, the first in view. */
function step(timeline: Timeline, by: 1 | -1): void {
  const row = timeline.rows[timeline.focus.row];
  if (row === undefined || row.lane === TOTAL) return;
  const content = timeline.lanes.content(row.lane);
  const { start } = content.sessions;
  const onTrack = (i: number) => row.track < 0 || content.trackOf[i] === row.track;
  const { from, to } = timeline.range;
  const edge = by > 0 ? upper(start, from - 1) - 1 : upper(start, to);
  let next = (timeline.focus.session >= 0 ? timeline.focus.session : edge) + by;
  while (next >= 0 && next < start.length && !onTrack(next)) next += by;
  if (next >= 0 && next < start.length) timeline.focusSession(next);
  else timeline.news.tell('say', by > 0 ? 'No later session here.' : 'No earlier session here.');
}

/** Fits the session meant; if it is fitted already, the day on which it began. */
function fit(timeline: Timeline): void {
  const place = timeline.meant ?? timeline.selected;
  const span = place === null ? null : timeline.spanOf(place);
  if (span === null) return;
  const room = Math.max(60_000, (span.to - span.from) * FIT_MARGIN);
  const wanted = { from: span.from - room, to: span.to + room };
  timeline.show(isShown(timeline, wanted) ? dayOf(timeline, span.from) : wanted);
}

function isShown({ range, view }: Timeline, { from, to }: Span): boolean {
  const near = 2 * view.msPerPx;
  return Math.abs(range.from - from) <= near && Math.abs(range.to - to) <= near;
}

function dayOf({ lanes, extent }: Timeline, at: number): Span {
  const day = upper(lanes.boundaries, at) - 1;
  const from = lanes.boundaries[day] ?? extent.from;
  return { from, to: lanes.boundaries[day + 1] ?? from + DAY_MS };
}

function showSpan(timeline: Timeline, spanMs: number): void {
  const { from, to } = timeline.range;
  const middle = (from + to) / 2;
  timeline.show({ from: middle - spanMs / 2, to: middle + spanMs / 2 });
}

/** The same width around an instant, which lies at four fifths: what has been is more than what comes. */
function showAround(timeline: Timeline, at: number): void {
  const { from, to } = timeline.range;
  const width = to - from;
  timeline.show({ from: at - 0.8 * width, to: at + 0.2 * width });
}

function mark(timeline: Timeline): void {
  timeline.setMarks([...timeline.marks, { ...spanToMark(timeline), name: '' }]);
}

/** What a mark would be of: the selection, else the crosshair, else the session meant, else the middle of the view. */
export function spanToMark(timeline: Timeline): Span {
  if (timeline.brush !== null) return timeline.brush;
  const { from, to } = timeline.range;
  const meant = timeline.meant === null ? null : timeline.spanOf(timeline.meant);
  const crossAt = timeline.crossX === null ? null : from + timeline.crossX * timeline.view.msPerPx;
  const at = Math.round(crossAt ?? meant?.from ?? (from + to) / 2);
  return { from: at, to: at };
}

function rowStep(timeline: Timeline, by: 1 | -1): void {
  const { rowPx } = timeline;
  const next = by > 0 ? ROW_STEPS.find((px) => px > rowPx) : ROW_STEPS.findLast((px) => px < rowPx);
  if (next !== undefined) timeline.setRowPx(next);
}

/** One thing at a time: the selection, then the details, then the filter of lanes. */
function clear(timeline: Timeline): void {
  const { search, only } = timeline.choice;
  if (timeline.brush !== null || timeline.brushing) timeline.setBrush(null);
  else if (timeline.selected !== null) timeline.select(null);
  else if (timeline.focus.session >= 0) timeline.focusRow(timeline.focus.row);
  else if (search !== '' || only !== null) timeline.setChoice({ search: '', only: null });
}

function menuByKeys(timeline: Timeline): void {
  const row = timeline.rows[timeline.focus.row];
  if (row === undefined) return;
  const { gutter, minimap, axis, scale } = timeline.stage.size;
  const box = timeline.stage.root.getBoundingClientRect();
  const top = timeline.focus.row * timeline.view.rowPx - timeline.view.scrollPx;
  const meant = timeline.focus.session >= 0 ? timeline.meant : null;
  timeline.news.tell('menu', {
    clientX: box.left + gutter / scale + 24,
    clientY: box.top + (minimap + axis + top + timeline.view.rowPx) / scale,
    laneId: timeline.lanes.list[row.lane]?.id ?? null,
    sessionId: meant?.sessionId ?? null,
    at: timeline.range.from,
  });
}
