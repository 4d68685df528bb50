/** What part of time and lanes is in view, in device pixels; pan, zoom and fit as arithmetic without a screen. */

/** Columns are anchored in time: column n begins at n × msPerPx, so that a pan moves whole pixels. */
export interface View {
  /** Number of the leftmost column. */
  readonly column: number;
  readonly msPerPx: number;
  readonly scrollPx: number;
  readonly rowPx: number;
}

/** What bounds a view: the canvas, the time there is, and how many rows there are. */
export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** The wire tells time in seconds; closer than this there is nothing more to see. */
export const MS_PER_PX_MIN = 5;
/** So much wider than all there is may be shown. */
const SPAN_SLACK = 1.1;
/** So much of the view may lie beyond the ends of time. */
const BEYOND = 0.9;
/** Free pixels below the last row. */
const FOOT_PX = 8;

export const startOf = ({ column, msPerPx }: View): number => column * msPerPx;
export const timeAt = ({ column, msPerPx }: View, x: number): number => (column + x) * msPerPx;
export const xOf = ({ column, msPerPx }: View, at: number): number => at / msPerPx - column;

/** The same view within its bounds. */
export function clamped(view: View, frame: Frame): View {
  const widest = ((frame.to - frame.from) * SPAN_SLACK) / frame.widthPx;
  const msPerPx = Math.max(MS_PER_PX_MIN, Math.min(Math.max(widest, MS_PER_PX_MIN), view.msPerPx));
  const shown = frame.widthPx * msPerPx;
  const at = view.column * view.msPerPx;
  const inTime = Math.min(frame.to - (1 - BEYOND) * shown, Math.max(frame.from - BEYOND * shown, at));
  const lowest = Math.max(0, frame.rows * view.rowPx - frame.heightPx + FOOT_PX);
  return {
    column: Math.round(inTime / msPerPx),
    msPerPx,
    scrollPx: Math.round(Math.max(0, Math.min(lowest, view.scrollPx))),
    rowPx: view.rowPx,
  };
}

/** Moves by pixels: right and down where positive. */
export function panned(view: View, dx: number, dy: number, frame: Frame): View {
  return clamped({ ...view, column: view.column + dx, scrollPx: view.scrollPx + dy }, frame);
}

/** Zooms by a factor of milliseconds a pixel (below 1 is closer); what is under `x` stays there. */
export function zoomed(view: View, factor: number, x: number, frame: Frame): View {
  const under = timeAt(view, x);
  const { msPerPx } = clamped({ ...view, msPerPx: view.msPerPx * factor }, frame);
  return clamped({ ...view, msPerPx, column: under / msPerPx - x }, frame);
}

/** Shows [from, to] over the whole width. */
export function showing(from: number, to: number, view: View, frame: Frame): View {
  const { msPerPx } = clamped({ ...view, msPerPx: (to - from) / frame.widthPx }, frame);
  const middle = (from + to) / 2;
  return clamped({ ...view, msPerPx, column: middle / msPerPx - frame.widthPx / 2 }, frame);
}

/** Other height of rows; the row at the top stays there. */
export function withRowPx(view: View, rowPx: number, frame: Frame): View {
  return clamped({ ...view, rowPx, scrollPx: (view.scrollPx / view.rowPx) * rowPx }, frame);
}

/** Scrolls as little as needed for a row to be seen whole. */
export function scrolledTo(row: number, view: View, frame: Frame): View {
  const top = row * view.rowPx;
  const scrollPx = Math.min(top, Math.max(view.scrollPx, top + view.rowPx - frame.heightPx));
  return clamped({ ...view, scrollPx }, frame);
}

/** Moves in time as little as needed for [from, to] to be seen; its start, where both do not fit. */
export function reaching(from: number, to: number, view: View, frame: Frame): View {
  const [left, right] = [startOf(view), timeAt(view, frame.widthPx)];
  if (from >= left && to <= right) return view;
  const margin = 0.1 * (right - left);
  const at =
    to - from > right - left - 2 * margin || from < left ? from - margin : to + margin - (right - left);
  return clamped({ ...view, column: at / view.msPerPx }, frame);
}
