/** The lanes of a timeline: what is known of each so far, which are shown in which order, and the rows they take. */
import { MARKERS_AT_FIRST, type Markers, NO_MARKERS } from './markers.ts';
import { NO_SESSIONS, type SessionColumns } from './sessions.ts';
import { dayBins } from './shares.ts';
import type { Steps } from './steps.ts';
import { type Counts, collapse, countClasses, layTracks, type Tracks } from './tracks.ts';

/** A lane as the list of lanes names it. */
export interface Lane {
  readonly id: string;
  readonly name: string;
  /** Sessions and their use in the whole range. */
  readonly sessions: number;
  readonly useMs: number;
  /** Between these the computer's log tells of it; null where that cannot be said of a lane, as of a person. */
  readonly known: { readonly from: number; readonly to: number } | null;
}

/** With as many sessions at once, a merged line would say nothing: they are counted instead. */
export const CROWD = 12;

/** The sessions of a lane within a range, and what is made of them when first needed. */
export class LaneContent {
  readonly sessions: SessionColumns;
  /** Of computers or people, by the numbers that sessions carry. */
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
  private laid: Tracks | undefined;
  private merged: Steps | undefined;
  private counted: Counts | undefined;

  constructor(sessions: SessionColumns, names: readonly string[], range: { from: number; to: number }) {
    this.sessions = sessions;
    this.names = names;
    this.from = range.from;
    this.to = range.to;
  }

  get tracks(): readonly Steps[] {
    return this.laying.tracks;
  }

  get trackOf(): Uint16Array {
    return this.laying.trackOf;
  }

  get steps(): Steps {
    return (this.merged ??= collapse(this.tracks));
  }

  get counts(): Counts {
    return (this.counted ??= countClasses(this.tracks));
  }

  get crowded(): boolean {
    return this.tracks.length >= CROWD;
  }

  private get laying(): Tracks {
    return (this.laid ??= layTracks(this.sessions));
  }
}

export const NO_CONTENT = new LaneContent(NO_SESSIONS, [], { from: 0, to: 0 });

/** The lane of the row that counts all lanes together. */
export const TOTAL = -1;

/** One row of the picture: a lane, or one track of a lane whose overlaps are expanded. */
export interface Row {
  /** `TOTAL` for all of them. */
  readonly lane: number;
  /** −1 where all tracks are merged or counted. */
  readonly track: number;
}

/** What rows are shown: all of it can be shared by address. */
export interface LaneChoice {
  /** Part of the name, any case; with commas between alternatives. */
  readonly search: string;
  readonly hidden: ReadonlySet<string>;
  /** Shown first, in this order. */
  readonly pinned: readonly string[];
  /** Only this lane. */
  readonly only: string | null;
  readonly expanded: boolean;
  /** Every lane counts its sessions. */
  readonly counting: boolean;
}

export const ALL_LANES: LaneChoice = {
  search: '',
  hidden: new Set(),
  pinned: [],
  only: null,
  expanded: false,
  counting: false,
};

/** All lanes and what has come of them. Mutable: data arrives in pieces; `version` changes with every one. */
export class Lanes {
  list: readonly Lane[] = [];
  boundaries: Float64Array = new Float64Array(0);
  version = 0;
  private byId = new Map<string, number>();
  private contents: LaneContent[] = [];
  private bins: (Uint32Array | null)[] = [];
  private marks: Markers[] = [];
  private ofSteps = new WeakMap<Steps, { boundaries: Float64Array; bins: Uint32Array }>();

  /** Other lanes; what is known of those that stay is kept. */
  setList(list: readonly Lane[]): void {
    const old = { byId: this.byId, contents: this.contents, bins: this.bins, marks: this.marks };
    this.list = list;
    this.byId = new Map(list.map(({ id }, i) => [id, i]));
    const from = list.map(({ id }) => old.byId.get(id) ?? -1);
    this.contents = from.map((i) => old.contents[i] ?? NO_CONTENT);
    this.bins = from.map((i) => old.bins[i] ?? null);
    this.marks = from.map((i) => old.marks[i] ?? NO_MARKERS);
    this.version += 1;
  }

  /** Other local days; their bins come anew. */
  setDays(boundaries: Float64Array): void {
    this.boundaries = boundaries;
    this.bins = this.list.map(() => null);
    this.version += 1;
  }

  setDayBins(lane: number, bins: Uint32Array): void {
    this.bins[lane] = bins;
    this.version += 1;
  }

  setContent(lane: number, content: LaneContent): void {
    this.contents[lane] = content;
    this.version += 1;
  }

  setMarkers(lane: number, markers: Markers): void {
    this.marks[lane] = markers;
    this.version += 1;
  }

  /** Forgets sessions, days and marks of all lanes: they are asked for anew. */
  clear(): void {
    this.contents = this.list.map(() => NO_CONTENT);
    this.bins = this.list.map(() => null);
    this.marks = this.list.map(() => NO_MARKERS);
    this.version += 1;
  }

  indexOf(id: string): number {
    return this.byId.get(id) ?? -1;
  }

  content(lane: number): LaneContent {
    return this.contents[lane] ?? NO_CONTENT;
  }

  markers(lane: number): Markers {
    return this.marks[lane] ?? NO_MARKERS;
  }

  /** Whether all sessions of the lane within the range have come. */
  covers(lane: number, range: { readonly from: number; readonly to: number }): boolean {
    const { from, to } = this.content(lane);
    return from <= range.from && to >= range.to && to > from;
  }

  /** Day bins as they came, else computed where the sessions of all days are here. */
  dayBinsOf(lane: number): Uint32Array | null {
    const bins = this.bins[lane];
    if (bins !== null && bins !== undefined) return bins;
    const { boundaries } = this;
    if (boundaries.length < 2 || !this.covers(lane, { from: boundaries[0]!, to: boundaries.at(-1)! })) {
      return null;
    }
    return this.dayBinsOfSteps(this.content(lane).steps);
  }

  dayBinsOfSteps(steps: Steps): Uint32Array {
    const known = this.ofSteps.get(steps);
    if (known?.boundaries === this.boundaries) return known.bins;
    const bins = dayBins(steps, this.boundaries);
    this.ofSteps.set(steps, { boundaries: this.boundaries, bins });
    return bins;
  }
}

/** The rows of the lanes chosen: pinned first, then in the order of the list. */
export function rowsOf(lanes: Lanes, choice: LaneChoice): Row[] {
  const rows: Row[] = choice.counting && choice.only === null ? [{ lane: TOTAL, track: -1 }] : [];
  for (const lane of chosenLanes(lanes.list, choice)) {
    const content = lanes.content(lane);
    const tracks = choice.expanded && !choice.counting && !content.crowded ? content.tracks.length : 0;
    if (tracks < 2) rows.push({ lane, track: -1 });
    else for (let track = 0; track < tracks; track++) rows.push({ lane, track });
  }
  return rows;
}

/** Numbers of the lanes shown, in order. */
export function chosenLanes(list: readonly Lane[], { search, hidden, pinned, only }: LaneChoice): number[] {
  const words = search
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const shown: number[] = [];
  const first = new Map<string, number>();
  for (const [i, { id, name }] of list.entries()) {
    if (only !== null ? id !== only : hidden.has(id)) continue;
    const lowerName = name.toLowerCase();
    if (words.length > 0 && !words.some((word) => lowerName.includes(word))) continue;
    if (pinned.includes(id)) first.set(id, i);
    else shown.push(i);
  }
  return [...pinned.flatMap((id) => first.get(id) ?? []), ...shown];
}

/** Which classes and kinds of marks the legend shows. */
export interface Legend {
  readonly classes: number;
  readonly markers: number;
}

export const FIRST_LEGEND: Legend = { classes: 0b11111, markers: MARKERS_AT_FIRST };
