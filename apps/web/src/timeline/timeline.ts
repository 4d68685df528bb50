/** The timeline: its state, what changes it, and when it is drawn. Knows no framework; pages listen to its news. */
import type { Clock } from './data/clock.ts';
import { type Hit, hitAt } from './data/hit.ts';
import {
  ALL_LANES,
  chosenLanes,
  FIRST_LEGEND,
  type Lane,
  type LaneChoice,
  type LaneContent,
  Lanes,
  type Legend,
  type Row,
  rowsOf,
  TOTAL,
} from './data/lanes.ts';
import type { Markers } from './data/markers.ts';
import { withNews } from './data/news.ts';
import { type RangeStats, rangeStats, sessionsAt } from './data/range-stats.ts';
import { indexOfSession, sessionIdAt } from './data/sessions.ts';
import type { Counts } from './data/tracks.ts';
import { News } from './news.ts';
import { countsOfBins, type MinimapBins } from './paint/minimap.ts';
import type { Framed, Mark } from './paint/overlay.ts';
import type { Palette } from './paint/palette.ts';
import { type Detail, Picture, type PictureState } from './picture.ts';
import { Stage } from './stage.ts';
import { clamped, reaching, scrolledTo, showing, startOf, timeAt, type View, withRowPx } from './view.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A session, by its lane and id. */
export interface SessionPlace {
  readonly laneId: string;
  readonly sessionId: string;
}

/** Where a menu was asked for, and about what. */
export interface MenuPlace {
  readonly clientX: number;
  readonly clientY: number;
  readonly laneId: string | null;
  readonly sessionId: string | null;
  readonly at: number;
}

/** What a page hears of. */
export interface TimelineNews {
  /** The range in view or the rows have changed; after the picture was drawn. */
  view: Span;
  hover: { readonly hit: Hit; readonly clientX: number; readonly clientY: number } | null;
  select: SessionPlace | null;
  brush: Span | null;
  marks: readonly Mark[];
  choice: LaneChoice;
  legend: Legend;
  /** CSS pixels. */
  rowPx: number;
  trail: readonly Span[];
  menu: MenuPlace;
  /** Something only the page has: its help, its date field, its lane filter, its palette, a name for a mark. */
  wish: 'help' | 'go-to-date' | 'filter-lanes' | 'palette' | 'keep-mark' | 'close-details';
  /** Row with the focus, and its session; −1 for none. */
  focus: { readonly row: number; readonly session: number };
  /** Sessions of a lane have come or changed; its id. */
  content: string;
  /** What a screen reader says. */
  say: string;
}

export interface TimelineOptions {
  readonly clock: Clock;
  readonly palette: Palette;
  /** Whether keys of one letter act. */
  readonly singleKeys: boolean;
  readonly now: () => number;
  /** What the others of a lane's sessions are, for reading aloud. */
  readonly otherWord: 'on' | 'by';
}

const ROW_PX = 24;
export const ROW_PX_MIN = 1;
export const ROW_PX_MAX = 96;
const COUNTING_ROW_PX = 56;
const SHARPEN_AFTER_MS = 120;
const HIT_PX = 3;

export class Timeline {
  readonly lanes = new Lanes();
  readonly news = new News<TimelineNews>();
  readonly stage: Stage;
  options: TimelineOptions;
  view: View = { column: 0, msPerPx: 60_000, scrollPx: 0, rowPx: ROW_PX };
  extent: Span = { from: 0, to: 1 };
  choice: LaneChoice = ALL_LANES;
  legend: Legend = FIRST_LEGEND;
  rows: readonly Row[] = [];
  brush: Span | null = null;
  marks: readonly Mark[] = [];
  /** Ranges zoomed into by choice, the widest first. */
  trail: readonly Span[] = [];
  selected: SessionPlace | null = null;
  /** Row with the focus, and its session; −1 for none. */
  focus = { row: 0, session: -1 };
  hit: Hit | null = null;
  crossX: number | null = null;
  /** While true, arrow keys move the ends of the selection. */
  brushing = false;
  private readonly picture: Picture;
  private minimap: MinimapBins | null = null;
  private totals: Counts | null = null;
  private rowsVersion = 0;
  private frameAsked = 0;
  private overAsked = false;
  private sharpenAsked: ReturnType<typeof setTimeout> | undefined;
  private told: Span & { readonly rows: number } = { from: 0, to: 0, rows: 0 };

  constructor(root: HTMLElement, options: TimelineOptions) {
    this.options = options;
    this.stage = new Stage(root, () => this.resized());
    this.picture = new Picture(this.stage);
    this.view = { ...this.view, rowPx: Math.round(ROW_PX * this.scale) };
  }

  get scale(): number {
    return this.stage.size.scale;
  }

  get detail(): Detail {
    return this.picture.detail;
  }

  get range(): Span {
    return { from: startOf(this.view), to: timeAt(this.view, this.stage.size.width) };
  }

  /** Height of a row in CSS pixels. */
  get rowPx(): number {
    return this.view.rowPx / this.scale;
  }

  get frame() {
    return this.picture.frame(this.rows.length, this.extent);
  }

  get chosen(): readonly number[] {
    return chosenLanes(this.lanes.list, this.choice);
  }

  close(): void {
    cancelAnimationFrame(this.frameAsked);
    clearTimeout(this.sharpenAsked);
    this.stage.close();
  }

  // --- what there is

  /** All the time there is, and the range to begin with. */
  setExtent(extent: Span, shown: Span = extent): void {
    this.extent = extent;
    this.view = showing(shown.from, shown.to, this.view, this.frame);
    this.draw();
  }

  setLanes(list: readonly Lane[]): void {
    this.lanes.setList(list);
    this.renewRows();
  }

  setDays(boundaries: Float64Array): void {
    this.lanes.setDays(boundaries);
    this.draw();
  }

  setDayBins(laneId: string, bins: Uint32Array): void {
    const lane = this.lanes.indexOf(laneId);
    if (lane >= 0) this.lanes.setDayBins(lane, bins);
    this.draw();
  }

  /** The sessions of a lane within the content's range. */
  setContent(laneId: string, content: LaneContent): void {
    const lane = this.lanes.indexOf(laneId);
    if (lane < 0) return;
    this.lanes.setContent(lane, content);
    // How many rows a lane takes depends on its content only while overlaps are expanded.
    if (this.choice.expanded) this.renewRows();
    this.news.tell('content', laneId);
    this.draw();
  }

  setMarkers(laneId: string, markers: Markers): void {
    const lane = this.lanes.indexOf(laneId);
    if (lane >= 0) this.lanes.setMarkers(lane, markers);
    this.draw();
  }

  /** New or changed sessions of a lane, as they happen: they replace those of the same id, all others stay. */
  append(laneId: string, changes: LaneContent): void {
    const lane = this.lanes.indexOf(laneId);
    if (lane >= 0) this.setContent(laneId, withNews(this.lanes.content(lane), changes));
  }

  setMinimap(bins: MinimapBins): void {
    this.minimap = bins;
    this.totals ??= countsOfBins(bins);
    this.draw();
  }

  /** Finer bins of the range in view, for the row of all lanes together. */
  setTotals(bins: MinimapBins): void {
    this.totals = countsOfBins(bins);
    this.rowsVersion += 1;
    this.draw();
  }

  // --- what is shown of it

  show({ from, to }: Span): void {
    this.setView(showing(from, to, this.view, this.frame));
  }

  /** Shows a range by choice: the one left is kept in the trail. */
  commit(span: Span): void {
    this.trail = [...this.trail, this.range];
    this.news.tell('trail', this.trail);
    this.show(span);
  }

  /** Back to a range of the trail; those after it are forgotten. */
  goBackTo(index: number): void {
    const span = this.trail[index];
    if (span === undefined) return;
    this.trail = this.trail.slice(0, index);
    this.news.tell('trail', this.trail);
    this.show(span);
  }

  setView(view: View): void {
    this.view = clamped(view, this.frame);
    this.draw();
  }

  setOptions(options: Partial<TimelineOptions>): void {
    this.options = { ...this.options, ...options };
    this.draw();
  }

  setChoice(choice: Partial<LaneChoice>): void {
    const counting = choice.counting ?? this.choice.counting;
    if (counting !== this.choice.counting) this.setRowPx(counting ? COUNTING_ROW_PX : ROW_PX);
    this.choice = { ...this.choice, ...choice };
    this.news.tell('choice', this.choice);
    this.renewRows();
  }

  setLegend(legend: Partial<Legend>): void {
    this.legend = { ...this.legend, ...legend };
    this.news.tell('legend', this.legend);
    this.draw();
  }

  /** CSS pixels. */
  setRowPx(rowPx: number): void {
    const device = Math.max(1, Math.round(Math.max(ROW_PX_MIN, Math.min(ROW_PX_MAX, rowPx)) * this.scale));
    this.view = withRowPx(this.view, device, this.frame);
    this.news.tell('rowPx', this.rowPx);
    this.draw();
  }

  setBrush(brush: Span | null): void {
    this.brush = brush === null || brush.to > brush.from ? brush : null;
    if (brush === null) this.brushing = false;
    this.news.tell('brush', this.brush);
    this.draw();
  }

  setMarks(marks: readonly Mark[]): void {
    this.marks = marks;
    this.news.tell('marks', marks);
    this.drawOver();
  }

  /** Opens the details of a session, or closes them. */
  select(place: SessionPlace | null): void {
    this.selected = place;
    this.news.tell('select', place);
    this.drawOver();
  }

  // --- focus

  focusRow(row: number): void {
    const last = this.rows.length - 1;
    this.focus = { row: Math.max(0, Math.min(last, row)), session: -1 };
    this.news.tell('focus', this.focus);
    this.setView(scrolledTo(this.focus.row, this.view, this.frame));
  }

  /** Moves the focus to a session of the focused row's lane, brings it into view and says what it is. */
  focusSession(session: number): void {
    const row = this.rows[this.focus.row];
    if (row === undefined || row.lane === TOTAL) return;
    const { sessions } = this.lanes.content(row.lane);
    if (session < 0 || session >= sessions.start.length) return;
    this.focus = { ...this.focus, session };
    const view = scrolledTo(this.focus.row, this.view, this.frame);
    this.setView(reaching(sessions.start[session]!, sessions.end[session]!, view, this.frame));
    this.news.tell('focus', this.focus);
  }

  /** The session with the focus, else the one under the mouse. */
  get meant(): SessionPlace | null {
    if (this.focus.session >= 0) return this.placeOf(this.rows[this.focus.row]!.lane, this.focus.session);
    return this.hit === null || this.hit.session < 0 ? null : this.placeOf(this.hit.lane, this.hit.session);
  }

  placeOf(lane: number, session: number): SessionPlace {
    const { sessions } = this.lanes.content(lane);
    return { laneId: this.lanes.list[lane]!.id, sessionId: sessionIdAt(sessions, session) };
  }

  /** When a session began and ended, if it is here. */
  spanOf({ laneId, sessionId }: SessionPlace): Span | null {
    const { sessions } = this.lanes.content(this.lanes.indexOf(laneId));
    const i = indexOfSession(sessions, sessionId);
    return i < 0 ? null : { from: sessions.start[i]!, to: sessions.end[i]! };
  }

  // --- questions

  /** What lies at a point of the lanes, in device pixels from their corner. */
  pick(x: number, y: number): Hit | null {
    const number = Math.floor((y + this.view.scrollPx) / this.view.rowPx);
    const row = this.rows[number];
    if (row === undefined || row.lane === TOTAL || y < 0) return null;
    const aim = {
      at: timeAt(this.view, x),
      reachMs: HIT_PX * this.scale * this.view.msPerPx,
      markerMask: this.legend.markers,
    };
    return hitAt(row, number, this.lanes.content(row.lane), this.lanes.markers(row.lane), aim);
  }

  stats({ from, to }: Span): RangeStats {
    return rangeStats(this.lanes, this.chosen, from, to);
  }

  /** Ids of the lanes in view and as many above and below, and the range in view with a screen on both sides. */
  wanted(): Span & { readonly laneIds: readonly string[]; readonly inView: Span } {
    const { scrollPx, rowPx } = this.view;
    const screen = Math.ceil(this.stage.size.height / rowPx);
    const first = Math.floor(scrollPx / rowPx);
    const ids = new Set<string>();
    const near = this.rows.slice(Math.max(0, first - screen), first + 2 * screen);
    const inner = this.rows.slice(first, first + screen);
    for (const { lane } of [...inner, ...near]) if (lane !== TOTAL) ids.add(this.lanes.list[lane]!.id);
    const inView = this.range;
    const width = inView.to - inView.from;
    const from = Math.max(this.extent.from, inView.from - width);
    const to = Math.min(this.extent.to, inView.to + width);
    return { from, to, laneIds: [...ids], inView };
  }

  // --- drawing

  /** Asks for a picture with the next frame. */
  draw(): void {
    this.overAsked = true;
    if (this.frameAsked === 0) this.frameAsked = requestAnimationFrame(() => this.paint());
  }

  /** Asks only for what moves with the mouse. */
  drawOver(): void {
    if (this.overAsked || this.frameAsked !== 0) return;
    this.overAsked = true;
    requestAnimationFrame(() => this.paintOver());
  }

  /** Draws at once. */
  paint(): void {
    cancelAnimationFrame(this.frameAsked);
    this.frameAsked = 0;
    this.picture.paint(this.pictureState());
    this.paintOver();
    if (this.picture.coarse) {
      clearTimeout(this.sharpenAsked);
      this.sharpenAsked = setTimeout(() => {
        this.picture.sharpen();
        this.draw();
      }, SHARPEN_AFTER_MS);
    }
    const { from, to } = this.range;
    if (from === this.told.from && to === this.told.to && this.rowsVersion === this.told.rows) return;
    this.told = { from, to, rows: this.rowsVersion };
    this.news.tell('view', { from, to });
  }

  minimapScene() {
    return this.picture.minimapScene(this.pictureState());
  }

  private paintOver(): void {
    this.overAsked = false;
    const { view, brush, marks, crossX, focus } = this;
    const { clock, palette } = this.options;
    const focusedHere = this.stage.root.contains(this.stage.root.ownerDocument.activeElement);
    this.picture.paintOver({
      ...{ view, brush, marks, crossX, clock, palette },
      now: this.options.now(),
      sessionsNow: crossX === null ? '' : this.sessionsNow(timeAt(view, crossX)),
      hovered: this.hit === null ? null : this.framed(this.hit.row, this.hit.session),
      selected: this.selectedFrame(focus),
      focusedRow: focusedHere ? focus.row : -1,
    });
    this.tellOutside();
  }

  /** What is shown, as an attribute: for tests and for whoever steers the page from outside. */
  private tellOutside(): void {
    const { view, range, brush, marks, focus, selected, rows, choice } = this;
    const shown = JSON.stringify({
      ...{ ...range, brush, focus, selected, detail: this.detail, rows: rows.length, marks: marks.length },
      ...{ rowPx: this.rowPx, scrollPx: view.scrollPx / this.scale, expanded: choice.expanded },
      ...{ search: choice.search, only: choice.only, pinned: choice.pinned, hidden: [...choice.hidden] },
      lane: this.lanes.list[rows[focus.row]?.lane ?? TOTAL]?.name ?? null,
    });
    const { dataset } = this.stage.root;
    if (dataset.shows !== shown) dataset.shows = shown;
  }

  /** How many sessions there are at an instant; about, from the overview, where not all have come. */
  private sessionsNow(at: number): string {
    const chosen = this.chosen;
    if (chosen.every((lane) => this.lanes.covers(lane, { from: at, to: at }))) {
      return ` · ${sessionsAt(this.lanes, chosen, at)} now`;
    }
    const { minimap } = this;
    const bin = minimap === null ? -1 : Math.floor((at - minimap.fromMs) / minimap.binMs);
    const present = minimap?.present[bin];
    return present === undefined ? '' : ` · about ${Math.round(present / 1000)} now`;
  }

  private selectedFrame(focus: { row: number; session: number }): Framed | null {
    if (focus.session >= 0) return this.framed(focus.row, focus.session);
    if (this.selected === null) return null;
    const lane = this.lanes.indexOf(this.selected.laneId);
    const session = indexOfSession(this.lanes.content(lane).sessions, this.selected.sessionId);
    const trackOf = this.lanes.content(lane).trackOf;
    const row = this.rows.findIndex(
      (one) => one.lane === lane && (one.track < 0 || one.track === trackOf[session]),
    );
    return row < 0 ? null : this.framed(row, session);
  }

  private framed(row: number, session: number): Framed | null {
    const place = this.rows[row];
    if (place === undefined || session < 0) return null;
    const { sessions } = this.lanes.content(place.lane);
    return { row, from: sessions.earliest[session]!, to: sessions.latest[session]! };
  }

  private pictureState(): PictureState {
    const { view, extent, lanes, rows, rowsVersion, legend, minimap, totals, brush } = this;
    const { clock, palette, now } = this.options;
    return {
      ...{ view, extent, lanes, rows, rowsVersion, legend, minimap, totals, brush, clock, palette },
      counting: this.choice.counting,
      pinned: this.choice.pinned,
      now: now(),
      focusedRow: this.focus.row,
      hoveredRow: this.hit?.row ?? -1,
    };
  }

  private renewRows(): void {
    const focused = this.rows[this.focus.row]?.lane;
    this.rows = rowsOf(this.lanes, this.choice);
    this.rowsVersion += 1;
    const row = this.rows.findIndex(({ lane }) => lane === focused);
    this.focus = row < 0 ? { row: 0, session: -1 } : { ...this.focus, row };
    this.news.tell('focus', this.focus);
    this.setView(this.view);
  }

  private resized(): void {
    this.view = clamped(this.view, this.frame);
    this.draw();
  }
}
