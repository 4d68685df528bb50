/** Overlapping sessions of a lane: on tracks of their own, merged into one line, or counted. */
import type { SessionColumns } from './sessions.ts';
import { CLASS_COUNT, CLASS_OF, STATES } from './states.ts';
import { StepList, type Steps } from './steps.ts';

export interface Tracks {
  readonly tracks: readonly Steps[];
  /** Track of each session. */
  readonly trackOf: Uint16Array;
}

/**
 * Puts each session on the lowest track that is free when it begins: as many tracks as there are sessions at once.
 *
 *     sessions   ├──────┤    ├──────┤
 *                   ├──────────┤
 *     track 0    ├──────┤    ├──────┤
 *     track 1       ├──────────┤
 */
export function layTracks(sessions: SessionColumns): Tracks {
  const { earliest, latest, stepOff, stepAt, stepState } = sessions;
  const lists: StepList[] = [];
  const freeFrom: number[] = [];
  const trackOf = new Uint16Array(earliest.length);
  // Tracks in use, the next to become free on top; and those that are free, the lowest on top.
  const busy: number[] = [];
  const free: number[] = [];
  const sooner = (a: number, b: number) => freeFrom[a]! < freeFrom[b]!;
  const lower = (a: number, b: number) => a < b;
  for (let i = 0; i < earliest.length; i++) {
    while (busy.length > 0 && freeFrom[busy[0]!]! <= earliest[i]!) push(free, pop(busy, sooner), lower);
    const track = free.length > 0 ? pop(free, lower) : lists.length;
    if (track === lists.length) lists.push(new StepList(track === 0 ? stepAt.length + earliest.length : 16));
    trackOf[i] = track;
    freeFrom[track] = latest[i]!;
    push(busy, track, sooner);
    const list = lists[track]!;
    for (let k = stepOff[i]!; k < stepOff[i + 1]!; k++) list.push(stepAt[k]!, stepState[k]!);
    if (stepOff[i + 1]! > stepOff[i]!) list.push(latest[i]!, 0);
  }
  return { tracks: lists.map((list) => list.finish()), trackOf };
}

type Before = (a: number, b: number) => boolean;

/** Puts a value into a heap whose top comes before all others. */
function push(heap: number[], value: number, before: Before): void {
  let at = heap.length;
  heap.push(value);
  for (let parent = (at - 1) >> 1; at > 0 && before(value, heap[parent]!); parent = (at - 1) >> 1) {
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = value;
}

/** Takes the top off a heap that has one. */
function pop(heap: number[], before: Before): number {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
    if (!before(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return top;
}

/** One line out of all tracks: where several hold, the strongest presence, which has the lowest number. */
export function collapse(tracks: readonly Steps[]): Steps {
  if (tracks.length === 1) return tracks[0]!;
  const list = new StepList(tracks.reduce((sum, { at }) => sum + at.length, 0));
  sweep(tracks, (at, holding) => {
    let strongest = 1;
    while (strongest < STATES.length && holding[strongest] === 0) strongest++;
    list.push(at, strongest === STATES.length ? 0 : strongest);
  });
  return list.finish();
}

/** How many sessions are in each class, from each change on. */
export interface Counts {
  readonly at: Float64Array;
  /** `counts[i * CLASS_COUNT + class]`; means may be broken numbers. */
  readonly counts: Uint16Array | Float32Array;
  /** Sessions at once, at most. */
  readonly most: number;
}

/** Counts the sessions of all tracks by class; for lanes on which dozens are there at once. */
export function countClasses(tracks: readonly Steps[]): Counts {
  const capacity = tracks.reduce((sum, track) => sum + track.at.length, 0);
  const at = new Float64Array(capacity);
  const counts = new Uint16Array(capacity * CLASS_COUNT);
  let count = 0;
  let most = 0;
  sweep(tracks, (instant, holding) => {
    at[count] = instant;
    let all = 0;
    for (let state = 1; state < STATES.length; state++) {
      counts[count * CLASS_COUNT + CLASS_OF[state]! - 1]! += holding[state]!;
      all += holding[state]!;
    }
    most = Math.max(most, all);
    count += 1;
  });
  return { at: at.slice(0, count), counts: counts.slice(0, count * CLASS_COUNT), most };
}

/** Goes through the changes of all tracks in order of time and tells how many tracks are in each state then. */
function sweep(tracks: readonly Steps[], visit: (at: number, holding: Uint32Array) => void): void {
  const cursor = new Uint32Array(tracks.length);
  const holding = new Uint32Array(STATES.length);
  const next = Float64Array.from(tracks, ({ at }) => at[0] ?? Number.POSITIVE_INFINITY);
  // A heap of tracks, the one that changes next at the top: there may be hundreds, and hundreds of thousands of changes.
  const heap = Uint32Array.from(next.keys()).sort((a, b) => next[a]! - next[b]!);
  while (heap.length > 0) {
    const at = next[heap[0]!]!;
    if (at === Number.POSITIVE_INFINITY) return;
    while (next[heap[0]!] === at) {
      const k = heap[0]!;
      const track = tracks[k]!;
      const i = cursor[k]!++;
      if (i > 0) holding[track.state[i - 1]!]! -= 1;
      holding[track.state[i]!]! += 1;
      next[k] = track.at[i + 1] ?? Number.POSITIVE_INFINITY;
      sink(heap, next);
    }
    visit(at, holding);
  }
}

/** Lets the top of a heap sink to its place. */
function sink(heap: Uint32Array, next: Float64Array): void {
  const top = heap[0]!;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && next[heap[child + 1]!]! < next[heap[child]!]!) child += 1;
    if (next[heap[child]!]! >= next[top]!) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = top;
}
