/** What lies at a point of the picture, by binary search. */
import type { LaneContent, Row } from './lanes.ts';
import type { Markers } from './markers.ts';
import { eachSessionWithin, sessionStateAt } from './sessions.ts';
import { lower, upper } from './steps.ts';

export interface Hit {
  readonly row: number;
  readonly lane: number;
  readonly at: number;
  /** What the row shows there, and how long it lasts. */
  readonly state: number;
  readonly stateFrom: number;
  readonly stateTo: number;
  /** The session meant, by its index in the lane's columns; −1 for none. */
  readonly session: number;
  /** All sessions there at that instant, on any track shown. */
  readonly sessions: number;
  /** Index of the nearest mark; −1 for none. */
  readonly marker: number;
}

export interface Aim {
  readonly at: number;
  /** How far beside it still counts. */
  readonly reachMs: number;
  /** Kinds of marks that are shown. */
  readonly markerMask: number;
}

/** What a row shows at an instant. Of several sessions the one that shows the row's state, and of those the last to begin. */
export function hitAt(row: Row, rowIndex: number, content: LaneContent, markers: Markers, aim: Aim): Hit {
  const { at, reachMs } = aim;
  const steps = row.track < 0 ? content.steps : (content.tracks[row.track] ?? content.steps);
  const i = upper(steps.at, at) - 1;
  const inside = i >= 0 && i + 1 < steps.at.length;
  const state = inside ? steps.state[i]! : 0;
  return {
    row: rowIndex,
    lane: row.lane,
    at,
    state,
    stateFrom: inside ? steps.at[i]! : at,
    stateTo: inside ? steps.at[i + 1]! : at,
    ...sessionAt(row, content, state, at, reachMs),
    marker: markerAt(markers, aim),
  };
}

function sessionAt(row: Row, content: LaneContent, state: number, at: number, reachMs: number) {
  const { sessions } = content;
  let best = -1;
  let bestRank = Number.POSITIVE_INFINITY;
  let count = 0;
  eachSessionWithin(sessions, at - reachMs, at + reachMs, (i) => {
    if (row.track >= 0 && content.trackOf[i] !== row.track) return;
    const there = sessionStateAt(sessions, i, at);
    if (there > 0) count += 1;
    const away = Math.max(0, sessions.earliest[i]! - at, at - sessions.latest[i]!);
    const rank = there === state && there > 0 ? -1 : there > 0 ? 0 : 1 + away;
    if (rank <= bestRank) {
      best = i;
      bestRank = rank;
    }
  });
  return { session: best, sessions: count };
}

function markerAt({ at: times, kind }: Markers, { at, reachMs, markerMask }: Aim): number {
  let best = -1;
  for (let i = lower(times, at - reachMs); i < times.length && times[i]! <= at + reachMs; i++) {
    if ((markerMask & (1 << kind[i]!)) === 0) continue;
    if (best < 0 || Math.abs(times[i]! - at) < Math.abs(times[best]! - at)) best = i;
  }
  return best;
}
