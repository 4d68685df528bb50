/** What a timeline needs from the source: lanes at once, then days or sessions of what is in view, the rest when idle. */
import {
  decodeDayBins,
  decodeMarkers,
  decodeMinimap,
  decodeSessions,
  drawDays,
  drawMarkers,
  drawMinimap,
  drawSessions,
  type Endpoint,
  LANES_MAX,
  listLanes,
  MARKER_SIGNALS,
} from '@logonscope/protocol';
import type { Source } from '../../data/source.ts';
import { type Lane, LaneContent, localDays, type Timeline } from '../../timeline/index.ts';
import type { LaneKind } from '../../timeline/url.ts';

/** Up to so many sessions in all, all are asked for, in view or not. */
const ALL_SESSIONS_MAX = 250_000;
/** Wider views than this show days. */
const DAYS_MS = 30 * 86_400_000;
/** Lanes and sessions of one request; addresses have a length that servers bear. */
const LANES_AT_ONCE = 60;
const ADDRESS_CHARS_MAX = 5_000;
const SESSIONS_AT_ONCE = 20_000;
const LANES_PAGE = 500;
const MINIMAP_BINS = 1_000;
const ALWAYS_MARKED = 0b11;
/** Marks of wide views: of each kind the first in a quarter of an hour, which is finer than any day. */
const COARSE_SECONDS = 900;

export interface LoaderQuestion {
  readonly params: { readonly companyId: number };
  readonly filter: string;
  readonly timezone: string;
  readonly by: LaneKind;
  readonly from: number;
  readonly to: number;
}

export interface LoaderReport {
  /** Requests under way. */
  readonly busy: number;
  /** Nothing that is in view is missing, or it cannot be had. */
  readonly idle: boolean;
  /** Lanes are known, or it is known that there are none. */
  readonly listed: boolean;
  readonly lanes: number;
  readonly error: unknown;
}

interface Piece {
  readonly kind: 'days' | 'sessions' | 'markers';
  readonly ids: readonly string[];
  readonly from: number;
  readonly to: number;
  /** For markers: which kinds, how fine. */
  readonly mask: number;
  readonly everySeconds: number;
}

export class Loader {
  private readonly source: Source;
  private readonly timeline: Timeline;
  private readonly question: LoaderQuestion;
  private readonly report: (report: LoaderReport) => void;
  private readonly ending = new AbortController();
  private state: LoaderReport = { busy: 0, idle: false, listed: false, lanes: 0, error: null };
  private readonly marked = new Map<
    string,
    { mask: number; from: number; to: number; everySeconds: number }
  >();
  private readonly withDays = new Set<string>();
  private lanes: readonly Lane[] = [];
  private running = false;
  private again = false;

  constructor(
    source: Source,
    timeline: Timeline,
    question: LoaderQuestion,
    report: (report: LoaderReport) => void,
  ) {
    this.source = source;
    this.timeline = timeline;
    this.question = question;
    this.report = report;
  }

  /** Lanes page by page, the overview meanwhile, then what is in view. */
  async start(): Promise<void> {
    const { from, to } = this.question;
    this.timeline.setDays(localDays(this.timeline.options.clock, from, to));
    void this.attempt(async () => {
      const bytes = await this.bytes(drawMinimap, { bins: MINIMAP_BINS });
      this.timeline.setMinimap(decodeMinimap(bytes));
    });
    await this.attempt(() => this.list());
    this.say({ listed: true, lanes: this.lanes.length });
    await this.look();
  }

  /** Asks for what is in view and not here yet; one round at a time. */
  async look(): Promise<void> {
    this.again = true;
    if (this.running || !this.state.listed) return;
    this.running = true;
    this.say({ idle: false });
    while (this.again && !this.ending.signal.aborted && this.state.error === null) {
      this.again = false;
      for (let piece = this.next(); piece !== null; piece = this.next()) {
        const wished = piece;
        await this.attempt(() => this.fetch(wished));
        if (this.ending.signal.aborted || this.state.error !== null) break;
      }
    }
    this.running = false;
    this.say({ idle: true });
  }

  /** Asks anew for the sessions of one lane, as they are now. */
  async renew(laneId: string, from: number): Promise<void> {
    if (this.timeline.lanes.indexOf(laneId) < 0) return;
    await this.attempt(async () => {
      const to = this.question.to;
      const { names, lanes } = decodeSessions(await this.bytes(drawSessions, { lanes: [laneId] }, from, to));
      this.timeline.append(laneId, new LaneContent(lanes[0]!, names, { from, to: from }));
    });
  }

  close(): void {
    this.ending.abort();
  }

  private async list(): Promise<void> {
    for (let cursor: string | null | undefined; cursor !== null && this.lanes.length < LANES_MAX; ) {
      const query = { ...this.query(), limit: LANES_PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const { body } = await this.source.ask(
        listLanes,
        { params: this.question.params, query } as never,
        this.options,
      );
      const { rows, next } = body as { rows: WireLane[]; next: string | null };
      this.lanes = [...this.lanes, ...rows.map(laneOf)];
      this.timeline.setLanes(this.lanes);
      cursor = next;
    }
  }

  /** What to ask for next: first what is in view, then what lies beside it, then all if that is not too much. */
  private next(): Piece | null {
    const { timeline, question } = this;
    const wanted = timeline.wanted();
    const all = this.lanes.reduce((sum, { sessions }) => sum + sessions, 0) <= ALL_SESSIONS_MAX;
    const wide = wanted.inView.to - wanted.inView.from > DAYS_MS;
    const days = wide ? this.daysPiece(wanted.laneIds) : null;
    if (days !== null) return days;
    const range = all ? question : wanted;
    const shown = {
      from: Math.max(wanted.inView.from, question.from),
      to: Math.min(wanted.inView.to, question.to),
    };
    const sessions = wide && !all ? null : this.sessionsPiece(wanted.laneIds, shown, range);
    if (sessions !== null) return sessions;
    const markers = this.markersPiece(
      wanted.laneIds,
      wide ? question : wanted,
      shown,
      wide ? COARSE_SECONDS : 1,
    );
    if (markers !== null || !all) return markers;
    return this.sessionsPiece(
      this.lanes.map(({ id }) => id),
      question,
      question,
    );
  }

  private daysPiece(ids: readonly string[]): Piece | null {
    const { lanes } = this.timeline;
    const missing = ids.filter((id) => !this.withDays.has(id) && lanes.dayBinsOf(lanes.indexOf(id)) === null);
    const some = this.fitting(missing, false);
    return some.length === 0
      ? null
      : { ...WHOLE, kind: 'days', ids: some, from: this.question.from, to: this.question.to };
  }

  private sessionsPiece(ids: readonly string[], shown: Range, range: Range): Piece | null {
    if (shown.to <= shown.from) return null;
    const { lanes } = this.timeline;
    const missing = ids.filter((id) => !lanes.covers(lanes.indexOf(id), shown));
    const some = this.fitting(missing, true);
    return some.length === 0
      ? null
      : { ...WHOLE, kind: 'sessions', ids: some, from: range.from, to: range.to };
  }

  private markersPiece(
    ids: readonly string[],
    range: Range,
    shown: Range,
    everySeconds: number,
  ): Piece | null {
    const mask = this.timeline.legend.markers | ALWAYS_MARKED;
    const missing = ids.filter((id) => {
      const known = this.marked.get(id);
      if (known === undefined || (known.mask & mask) !== mask) return true;
      return known.from > shown.from || known.to < shown.to || known.everySeconds > everySeconds;
    });
    const some = this.fitting(missing, false);
    if (some.length === 0) return null;
    return { kind: 'markers', ids: some, from: range.from, to: range.to, mask, everySeconds };
  }

  /** As many lanes as one request bears. */
  private fitting(ids: readonly string[], bySessions: boolean): string[] {
    const { lanes } = this.timeline;
    const some: string[] = [];
    let chars = 0;
    let sessions = 0;
    for (const id of ids) {
      chars += encodeURIComponent(id).length + 7;
      sessions += bySessions ? (lanes.list[lanes.indexOf(id)]?.sessions ?? 0) : 0;
      const full = some.length >= LANES_AT_ONCE || chars > ADDRESS_CHARS_MAX || sessions > SESSIONS_AT_ONCE;
      if (full && some.length > 0) break;
      some.push(id);
    }
    return some;
  }

  private async fetch({ kind, ids, from, to, mask, everySeconds }: Piece): Promise<void> {
    const { timeline } = this;
    if (kind === 'days') {
      const { boundaries, bins } = decodeDayBins(await this.bytes(drawDays, { lanes: ids }, from, to));
      const days = boundaries.length - 1;
      for (const [i, id] of ids.entries()) {
        this.withDays.add(id);
        timeline.setDayBins(id, bins.slice(i * days, (i + 1) * days));
      }
    } else if (kind === 'sessions') {
      const { names, lanes } = decodeSessions(await this.bytes(drawSessions, { lanes: ids }, from, to));
      for (const [i, id] of ids.entries())
        timeline.setContent(id, new LaneContent(lanes[i]!, names, { from, to }));
    } else {
      const signals = MARKER_SIGNALS.filter((_, i) => mask & (1 << i)).join(',');
      const lanes = decodeMarkers(
        await this.bytes(drawMarkers, { lanes: ids, signals, everySeconds }, from, to),
      );
      for (const [i, id] of ids.entries()) {
        this.marked.set(id, { mask, from, to, everySeconds });
        timeline.setMarkers(id, lanes[i]!);
      }
    }
  }

  private query(from = this.question.from, to = this.question.to) {
    const { filter, timezone, by } = this.question;
    return { filter, timezone, by, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  }

  private get options() {
    return { signal: this.ending.signal };
  }

  private async bytes(endpoint: Endpoint, more: object, from?: number, to?: number): Promise<Uint8Array> {
    const input = { params: this.question.params, query: { ...this.query(from, to), ...more } };
    const { body } = await this.source.ask(endpoint, input as never, this.options);
    return new Uint8Array(await (body as Response).arrayBuffer());
  }

  /** Runs something that asks, and tells how it went; what was given up on purpose is no failure. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    this.say({ busy: this.state.busy + 1 });
    try {
      await work();
      this.say({ busy: this.state.busy - 1 });
    } catch (error) {
      const given = this.ending.signal.aborted;
      this.say({ busy: this.state.busy - 1, ...(given ? {} : { error }) });
    }
  }

  private say(change: Partial<LoaderReport>): void {
    this.state = { ...this.state, ...change };
    if (!this.ending.signal.aborted) this.report(this.state);
  }
}

const WHOLE = { mask: 0, everySeconds: 0 } as const;

interface Range {
  readonly from: number;
  readonly to: number;
}

interface WireLane {
  readonly id: string;
  readonly name: string;
  readonly sessions: number;
  readonly useSeconds: number;
  readonly knownFrom: string | null;
  readonly knownTo: string | null;
}

function laneOf({ id, name, sessions, useSeconds, knownFrom, knownTo }: WireLane): Lane {
  const known =
    knownFrom === null || knownTo === null ? null : { from: Date.parse(knownFrom), to: Date.parse(knownTo) };
  return { id, name, sessions, useMs: useSeconds * 1000, known };
}
