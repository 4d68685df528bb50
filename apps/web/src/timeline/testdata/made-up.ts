/** Sessions of an invented estate, as many as wished and always the same: what the bench draws. */
import { LaneContent } from '../data/lanes.ts';
import type { Markers } from '../data/markers.ts';
import type { SessionColumns } from '../data/sessions.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Estate {
  readonly sessions: number;
  readonly lanes: number;
  readonly days: number;
  readonly from: number;
  /** 0: all lanes alike; 1: the first has half as many again as the second, a third more than … (Zipf). */
  readonly skew: number;
  /** Marks for each session. */
  readonly markers: number;
}

/** Uniform numbers in [0, 1), the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** How many sessions each lane has. */
export function sizesOf({ sessions, lanes, skew }: Estate): number[] {
  const weights = Array.from({ length: lanes }, (_, i) => 1 / (i + 1) ** skew);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.max(1, Math.round((sessions * weight) / all)));
}

/** The sessions of one lane: mostly on working days between seven and seven, two to seven states each. */
export function laneOf({ days, from }: Estate, count: number, seed: number): LaneContent {
  const next = numbers(seed);
  const starts = Float64Array.from({ length: count }, (_, i) => {
    const day = Math.floor(((i + next()) / count) * days);
    return from + day * DAY + Math.floor((7 + 11 * Math.sqrt(next() * next())) * 3600) * 1000;
  }).sort();
  const stepOff = new Uint32Array(count + 1);
  const stepAt = new Float64Array(count * 7);
  const stepState = new Uint8Array(count * 7);
  const latest = new Float64Array(count);
  let steps = 0;
  for (let i = 0; i < count; i++) {
    const length = Math.max(60, Math.exp(1.15 + 0.8 * (next() + next() + next() - 1.5)) * 3600) * 1000;
    latest[i] = starts[i]! + Math.floor(length / 1000) * 1000;
    const parts = 2 + Math.floor(next() * 6);
    for (let k = 0, at = starts[i]!; k < parts && at < latest[i]!; k++) {
      stepAt[steps] = at;
      stepState[steps++] = k % 2 === 0 ? 1 : 2 + Math.floor(next() * 3);
      at += Math.floor((length / parts) * (0.3 + 1.4 * next())) + 1000;
    }
    stepOff[i + 1] = steps;
  }
  const sessions: SessionColumns = {
    ids: new Uint8Array(count * 8),
    ...{ start: starts, earliest: starts, end: latest, latest, stepOff },
    other: Uint32Array.from({ length: count }, () => Math.floor(next() * 400)),
    traits: new Uint16Array(count),
    stepAt: stepAt.slice(0, steps),
    stepState: stepState.slice(0, steps),
  };
  return new LaneContent(sessions, NAMES, { from, to: from + days * DAY });
}

const NAMES = Array.from({ length: 400 }, (_, i) => `PC-${String(i).padStart(3, '0')}`);

/** A lane on which up to so many sessions are there at once, as on a terminal server. */
export function crowdOf(estate: Estate, atOnce: number, seed: number): LaneContent {
  return laneOf(estate, atOnce * estate.days * 2, seed);
}

/** Marks of the first three kinds, spread like the sessions. */
export function markersOf({ markers, days, from }: Estate, sessions: number, seed: number): Markers {
  const next = numbers(seed);
  const count = Math.round(sessions * markers);
  const at = Float64Array.from(
    { length: count },
    () => from + Math.floor(next() * days * 86_400) * 1000,
  ).sort();
  return { at, kind: Uint8Array.from(at, () => Math.floor(next() * 3)) };
}
