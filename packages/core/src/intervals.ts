/** Interval arithmetic: everything use time is made of. Lists in, fresh lists out, one sorted pass each. */
import type { DurationMs, Instant } from './model.ts';

/** From `from` up to but not including `to`; one that does not end after it begins is empty and ignored. */
export interface Interval {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The stretches covered by at least one interval, in order, apart from each other. Overlap counts once.
 *
 *     intervals   ├─────┤      ├───┤
 *                    ├─────┤   ·   ├──┤     ┤ (empty)
 *     result      ├────────┤   ├──────┤
 */
export function union(intervals: readonly Interval[]): Interval[] {
  return inOrder(intervals).map(({ from, to }) => ({ from, to }));
}

/**
 * Cuts `holes` out of `spans`; both may overlap among themselves and come in any order.
 *
 *     spans   ├────────────────────┤
 *     holes       ├───┤  ├──┤
 *                   ├────┤         ├──┤
 *     result  ├───┤         ├──────┤
 */
export function subtract(spans: readonly Interval[], holes: readonly Interval[]): Interval[] {
  const cuts = inOrder(holes);
  const left: Interval[] = [];
  let first = 0;
  for (const { from, to } of inOrder(spans)) {
    let begin = from;
    // Spans come in order, so a hole that ended before this one begins concerns no later one either.
    while (first < cuts.length && cuts[first]!.to <= from) first++;
    for (let at = first; at < cuts.length && cuts[at]!.from < to; at++) {
      const hole = cuts[at]!;
      if (hole.from > begin) left.push({ from: begin, to: hole.from });
      if (hole.to > begin) begin = hole.to;
    }
    if (begin < to) left.push({ from: begin, to });
  }
  return left;
}

/**
 * The stretches that lie in both lists.
 *
 *     one     ├──────────┤   ├─────┤
 *     other        ├────────────┤ ├───┤
 *     result       ├─────┤   ├──┤ ├┤
 */
export function intersect(one: readonly Interval[], other: readonly Interval[]): Interval[] {
  const left = inOrder(one);
  const right = inOrder(other);
  const both: Interval[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const a = left[i]!;
    const b = right[j]!;
    const from = Math.max(a.from, b.from);
    const to = Math.min(a.to, b.to);
    if (from < to) both.push({ from, to });
    if (a.to < b.to) i++;
    else j++;
  }
  return both;
}

/**
 * How long at least one of the intervals lasts, in milliseconds.
 *
 *     intervals   ├─────┤      ├───┤
 *                    ├─────┤
 *     counted     ╞════════╡   ╞═══╡
 */
export function lengthMs(intervals: readonly Interval[]): DurationMs {
  let sum = 0;
  for (const { from, to } of inOrder(intervals)) sum += to - from;
  return sum;
}

/**
 * The parts within `frame`; order and overlaps stay as they are.
 *
 *     intervals   ├─────┤   ├───┤  ├──┤
 *     frame          ├────────────┤
 *     result         ├──┤   ├───┤
 */
export function clip(intervals: readonly Interval[], frame: Interval): Interval[] {
  const kept: Interval[] = [];
  for (const interval of intervals) {
    const from = Math.max(interval.from, frame.from);
    const to = Math.min(interval.to, frame.to);
    if (from < to) kept.push({ from, to });
  }
  return kept;
}

/** The list itself where it is already sorted, disjoint and without empty intervals; most lists are. */
function inOrder(intervals: readonly Interval[]): readonly Interval[] {
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of intervals) {
    if (from <= reached || to <= from) return merged(intervals);
    reached = to;
  }
  return intervals;
}

function merged(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  const result: { from: Instant; to: Instant }[] = [];
  let last: { from: Instant; to: Instant } | undefined;
  for (const { from, to } of sorted) {
    if (last !== undefined && from <= last.to) {
      if (to > last.to) last.to = to;
    } else {
      last = { from, to };
      result.push(last);
    }
  }
  return result;
}
