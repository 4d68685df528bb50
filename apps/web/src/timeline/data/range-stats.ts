/** What a range of time holds, over all lanes shown: exact where the sessions are here. */
import type { Lanes } from './lanes.ts';
import { countMarkers, ELEVATION, FAILED } from './markers.ts';
import { eachSessionWithin, endsInOrder, startsInOrder } from './sessions.ts';
import { CLASS_COUNT, CLASS_OF } from './states.ts';
import { lower, type Steps, upper } from './steps.ts';

export interface RangeStats {
  readonly from: number;
  readonly to: number;
  /** Milliseconds by class; overlapping sessions of one lane count once, as its strongest presence. */
  readonly classMs: Float64Array;
  readonly started: number;
  readonly ended: number;
  /** Sessions that were there at some moment of the range. */
  readonly sessions: number;
  /** Sessions that began before and ended after. */
  readonly spanning: number;
  /** Lanes with any session in the range. */
  readonly lanes: number;
  /** Different others: computers of people's lanes, people of computers' lanes. */
  readonly others: number;
  readonly failed: number;
  readonly elevations: number;
  /** Lanes whose sessions have not all come: their part is missing. */
  readonly missing: number;
}

/** Adds what lies within [from, to) of some lanes. */
export function rangeStats(lanes: Lanes, chosen: readonly number[], from: number, to: number): RangeStats {
  const classMs = new Float64Array(CLASS_COUNT);
  const others = new Set<string>();
  const sum = {
    started: 0,
    ended: 0,
    sessions: 0,
    spanning: 0,
    lanes: 0,
    failed: 0,
    elevations: 0,
    missing: 0,
  };
  for (const lane of chosen) {
    if (!lanes.covers(lane, { from, to })) sum.missing += 1;
    const content = lanes.content(lane);
    const { sessions, names } = content;
    addClassMs(content.steps, from, to, classMs);
    const starts = startsInOrder(sessions);
    const ends = endsInOrder(sessions);
    sum.started += lower(starts, to) - lower(starts, from);
    sum.ended += upper(ends, to) - upper(ends, from);
    let here = 0;
    eachSessionWithin(sessions, from, to, (i) => {
      if (!touches(sessions.start[i]!, sessions.end[i]!, from, to)) return;
      here += 1;
      others.add(names[sessions.other[i]!] ?? '');
      if (sessions.start[i]! < from && sessions.end[i]! > to) sum.spanning += 1;
    });
    sum.sessions += here;
    if (here > 0) sum.lanes += 1;
    sum.failed += countMarkers(lanes.markers(lane), from, to, 1 << FAILED);
    sum.elevations += countMarkers(lanes.markers(lane), from, to, 1 << ELEVATION);
  }
  return { from, to, classMs, others: others.size, ...sum };
}

/** Whether a session was there within [from, to); one without length is there at its instant. */
const touches = (start: number, end: number, from: number, to: number) =>
  start < to && (end > from || (start === end && start >= from));

function addClassMs({ at, state }: Steps, from: number, to: number, classMs: Float64Array): void {
  for (let i = Math.max(0, upper(at, from) - 1); i + 1 < at.length && at[i]! < to; i++) {
    const c = CLASS_OF[state[i]!]!;
    if (c > 0) classMs[c - 1]! += Math.max(0, Math.min(to, at[i + 1]!) - Math.max(from, at[i]!));
  }
}

/** Sessions there at an instant, on the lanes chosen. */
export function sessionsAt(lanes: Lanes, chosen: readonly number[], at: number): number {
  let count = 0;
  for (const lane of chosen) {
    const { sessions } = lanes.content(lane);
    if (sessions.start.length === 0) continue;
    count += upper(startsInOrder(sessions), at) - upper(endsInOrder(sessions), at);
  }
  return count;
}
