/** What an address says of a timeline: copying it shares range, lanes, legend, selection and marks. Anything odd is thrown away. */
import { ALL_LANES, FIRST_LEGEND, type LaneChoice, type Legend } from './data/lanes.ts';
import { MARKER_KINDS } from './data/markers.ts';
import { CLASSES } from './data/states.ts';
import type { Mark } from './paint/overlay.ts';

export type LaneKind = 'user' | 'computer' | 'site';
export type Mode = 'lanes' | 'actogram' | 'concurrency';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** All of the view that is worth sharing; times in milliseconds, whole seconds. */
export interface SharedView {
  readonly by: LaneKind;
  readonly mode: Mode;
  /** Null: everything there is. */
  readonly view: Span | null;
  readonly brush: Span | null;
  readonly choice: Omit<LaneChoice, 'counting'>;
  readonly legend: Legend;
  /** CSS pixels; null: what the mode begins with. */
  readonly rowPx: number | null;
  readonly session: string | null;
  readonly marks: readonly Mark[];
  readonly trail: readonly Span[];
}

export const FIRST_VIEW: SharedView = {
  by: 'user',
  mode: 'lanes',
  view: null,
  brush: null,
  choice: ALL_LANES,
  legend: FIRST_LEGEND,
  rowPx: null,
  session: null,
  marks: [],
  trail: [],
};

type Texts = Readonly<Record<string, string | undefined>>;
const LIST_MAX = 200;
const ROW_PX_MAX = 96;

/** The parts of the address's search that are the timeline's. */
export function readSharedView(texts: Texts): SharedView {
  const rowPx = Number(texts.rows);
  return {
    by: oneOf(texts.by, ['user', 'computer', 'site'], 'user'),
    mode: oneOf(texts.mode, ['lanes', 'actogram', 'concurrency'], 'lanes'),
    view: readSpan(texts.view),
    brush: readSpan(texts.sel),
    choice: {
      search: texts.find ?? '',
      hidden: new Set(readList(texts.hide)),
      pinned: readList(texts.pin),
      only: texts.only ?? null,
      expanded: texts.overlaps === '1',
    },
    legend: {
      classes: readMask(texts.states, CLASS_NAMES, FIRST_LEGEND.classes),
      markers: readMask(texts.marked, KIND_NAMES, FIRST_LEGEND.markers),
    },
    rowPx: Number.isInteger(rowPx) && rowPx >= 1 && rowPx <= ROW_PX_MAX ? rowPx : null,
    session: /^[0-9a-f]{8,32}$/.test(texts.session ?? '') ? texts.session! : null,
    marks: readMarks(texts.marks),
    trail: readTrail(texts.trail),
  };
}

/** The same as texts; what is as at first is undefined and leaves the address. */
export function writeSharedView(shared: SharedView): Record<string, string | undefined> {
  const { choice, legend } = shared;
  const unless = (text: string, usual: string) => (text === usual ? undefined : text);
  return {
    by: unless(shared.by, 'user'),
    mode: unless(shared.mode, 'lanes'),
    view: shared.view === null ? undefined : writeSpan(shared.view),
    sel: shared.brush === null ? undefined : writeSpan(shared.brush),
    find: unless(choice.search, ''),
    hide: unless(writeList([...choice.hidden]), ''),
    pin: unless(writeList(choice.pinned), ''),
    only: choice.only ?? undefined,
    overlaps: choice.expanded ? '1' : undefined,
    states: writeMask(legend.classes, CLASS_NAMES, FIRST_LEGEND.classes),
    marked: writeMask(legend.markers, KIND_NAMES, FIRST_LEGEND.markers),
    rows: shared.rowPx === null ? undefined : String(Math.round(shared.rowPx)),
    session: shared.session ?? undefined,
    marks: unless(shared.marks.map((mark) => `${writeSpan(mark)}~${encoded(mark.name)}`).join('!'), ''),
    trail: unless(shared.trail.map(writeSpan).join('!'), ''),
  };
}

const CLASS_NAMES: readonly string[] = CLASSES;
const KIND_NAMES: readonly string[] = MARKER_KINDS.map(({ signal }) => signal);

function oneOf<T extends string>(text: string | undefined, all: readonly T[], usual: T): T {
  return all.find((one) => one === text) ?? usual;
}

/** `2026-05-05T07:41:07Z..2026-05-05T16:32:50Z`. */
function writeSpan({ from, to }: Span): string {
  const iso = (at: number) => new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000', '');
  return `${iso(from)}..${iso(to)}`;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

function readSpan(text: string | undefined, least = 1): Span | null {
  const ends = (text ?? '').split('..');
  if (ends.length !== 2 || !ends.every((end) => INSTANT.test(end))) return null;
  const [from, to] = ends.map((end) => Date.parse(end)) as [number, number];
  return to - from >= least ? { from, to } : null;
}

function readMarks(text: string | undefined): Mark[] {
  return (text ?? '').split('!').flatMap((part) => {
    const cut = part.indexOf('~');
    const span = readSpan(cut < 0 ? part : part.slice(0, cut), 0);
    return span === null ? [] : [{ ...span, name: cut < 0 ? '' : decoded(part.slice(cut + 1)) }];
  });
}

function readTrail(text: string | undefined): Span[] {
  return (text ?? '').split('!').flatMap((part) => readSpan(part) ?? []);
}

/** Names may hold commas: they are escaped one by one. */
const writeList = (names: readonly string[]): string =>
  names.map((name) => encodeURIComponent(name)).join(',');
const readList = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .slice(0, LIST_MAX)
    .map(decoded);

/** A name that holds none of the signs that part marks from each other. */
const encoded = (name: string): string => encodeURIComponent(name).replaceAll('!', '%21');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names of what is shown; `none` for nothing. */
function writeMask(mask: number, names: readonly string[], usual: number): string | undefined {
  if (mask === usual) return undefined;
  const shown = names.filter((_, i) => mask & (1 << i));
  return shown.length === 0 ? 'none' : shown.join(',');
}

function readMask(text: string | undefined, names: readonly string[], usual: number): number {
  if (text === undefined) return usual;
  return text.split(',').reduce((mask, name) => {
    const i = names.indexOf(name);
    return i < 0 ? mask : mask | (1 << i);
  }, 0);
}
