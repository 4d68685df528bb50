/** The sessions of one lane as columns: when, how sure, on which computer or by whom, and what each was doing. */
import { upper } from './steps.ts';

/** How a session ended, by the number in its traits; the order of the wire. */
export const ENDS = ['logoff', 'logoff-begin', 'shutdown', 'crash', 'superseded', 'open'] as const;
export type EndName = (typeof ENDS)[number];

const END_BITS = 0b111;
const FIRST_SEEN = 1 << 3;

/** Sorted by the earliest possible start. Times are milliseconds since 1970. */
export interface SessionColumns {
  /** Eight bytes each: the session's id as `sessionIdAt` prints it. */
  readonly ids: Uint8Array;
  readonly start: Float64Array;
  /** Of one still open: how far it is known to last. */
  readonly end: Float64Array;
  /** Outer bounds: equal to start and end where those are certain. */
  readonly earliest: Float64Array;
  readonly latest: Float64Array;
  /** Number of the computer (lanes of people) or person (lanes of computers) in the names that came along. */
  readonly other: Uint32Array;
  /** Bits: how it ended, whether it was first seen under way, elevated, remote. */
  readonly traits: Uint16Array;
  /** Steps of session i are those from stepOff[i] up to stepOff[i + 1]; the last lasts until `latest[i]`. */
  readonly stepOff: Uint32Array;
  readonly stepAt: Float64Array;
  readonly stepState: Uint8Array;
}

export const NO_SESSIONS: SessionColumns = {
  ids: new Uint8Array(0),
  start: new Float64Array(0),
  end: new Float64Array(0),
  earliest: new Float64Array(0),
  latest: new Float64Array(0),
  other: new Uint32Array(0),
  traits: new Uint16Array(0),
  stepOff: new Uint32Array(1),
  stepAt: new Float64Array(0),
  stepState: new Uint8Array(0),
};

export const endNameOf = (traits: number): EndName => ENDS[traits & END_BITS] ?? 'open';

/** The id as the API writes it: sixteen hexadecimal digits. */
export function sessionIdAt({ ids }: SessionColumns, index: number): string {
  let text = '';
  for (let i = 0; i < 8; i++) text += ids[index * 8 + i]!.toString(16).padStart(2, '0');
  return text;
}

/** Where a session stands in its lane; -1 if it is not there. */
export function indexOfSession(sessions: SessionColumns, id: string): number {
  for (let i = 0; i < sessions.start.length; i++) if (sessionIdAt(sessions, i) === id) return i;
  return -1;
}

/** How sure an edge of a session is, and the words for why. */
export interface Certainty {
  readonly kind: 'exact' | 'inferred' | 'bounded' | 'open';
  readonly why: string;
}

const END_WORDS: Readonly<Record<EndName, string>> = {
  logoff: 'a logoff was written',
  'logoff-begin': 'the user asked to log off; the end itself was not written',
  shutdown: 'the computer shut down',
  crash: 'the computer stopped without a shutdown; counted to its last sign of life',
  superseded: 'the next logon at the same desktop proves that it had ended',
  open: 'no end is known; counted to the last sign of the computer',
};

/** What the end of session `index` rests on. */
export function endCertainty({ end, latest, traits }: SessionColumns, index: number): Certainty {
  const name = endNameOf(traits[index]!);
  const why = END_WORDS[name];
  if (name === 'open') return { kind: 'open', why };
  if (latest[index]! > end[index]!) return { kind: 'bounded', why };
  return { kind: name === 'logoff' || name === 'shutdown' ? 'exact' : 'inferred', why };
}

/** What the start of session `index` rests on. */
export function startCertainty({ start, earliest, traits }: SessionColumns, index: number): Certainty {
  if ((traits[index]! & FIRST_SEEN) === 0) return { kind: 'exact', why: 'a logon was written' };
  const why = 'first seen under way; the logon lies before the log or was lost';
  return { kind: earliest[index]! < start[index]! ? 'bounded' : 'inferred', why };
}

/** The state of one session at an instant; 0 outside its bounds. */
export function sessionStateAt(sessions: SessionColumns, index: number, instant: number): number {
  const { earliest, latest, stepOff, stepAt, stepState } = sessions;
  if (instant < earliest[index]! || instant >= latest[index]!) return 0;
  const first = stepOff[index]!;
  const i = upper(stepAt, instant, first, stepOff[index + 1]!) - 1;
  return i < first ? 0 : stepState[i]!;
}

const ENDS_IN_ORDER = new WeakMap<SessionColumns, Float64Array>();

/** Ends sorted, for counting; computed once. */
export function endsInOrder(sessions: SessionColumns): Float64Array {
  let ends = ENDS_IN_ORDER.get(sessions);
  if (ends === undefined) ENDS_IN_ORDER.set(sessions, (ends = sessions.end.slice().sort()));
  return ends;
}

const STARTS_IN_ORDER = new WeakMap<SessionColumns, Float64Array>();

/** Starts sorted: not always the order of the columns, which goes by the earliest possible start. */
export function startsInOrder(sessions: SessionColumns): Float64Array {
  let starts = STARTS_IN_ORDER.get(sessions);
  if (starts === undefined) STARTS_IN_ORDER.set(sessions, (starts = sessions.start.slice().sort()));
  return starts;
}

const REACHES = new WeakMap<SessionColumns, Float64Array>();

/** How far any of the sessions up to each one lasts: lets a search stop early. */
function reaches(sessions: SessionColumns): Float64Array {
  let reach = REACHES.get(sessions);
  if (reach !== undefined) return reach;
  reach = sessions.latest.slice();
  for (let i = 1; i < reach.length; i++) if (reach[i - 1]! > reach[i]!) reach[i] = reach[i - 1]!;
  REACHES.set(sessions, reach);
  return reach;
}

/** Calls `visit` with each session that may touch [from, to], in order; a session without length touches its instant. */
export function eachSessionWithin(
  sessions: SessionColumns,
  from: number,
  to: number,
  visit: (index: number) => void,
): void {
  const { earliest, latest } = sessions;
  const reach = reaches(sessions);
  let low = 0;
  let high = reach.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (reach[middle]! >= from) high = middle;
    else low = middle + 1;
  }
  for (let i = low; i < earliest.length && earliest[i]! <= to; i++) if (latest[i]! >= from) visit(i);
}
