/** Finds where several different things came together within a short time: users on a computer, computers of a user. */
import type { DurationMs, SessionEvent } from '../model.ts';

export interface Gathering {
  /** All events of the gathering, in time order. */
  readonly events: readonly SessionEvent[];
  /** The most different ones within one window. */
  readonly peak: number;
}

/**
 * Slides a window over events in time order; a window holds those at most `windowMs` apart, both ends included.
 * Windows with at least `threshold` different kinds that share events are one gathering.
 *
 *     events     a  a     b  c        a            b
 *     windows    ├────────┤                              a, b     ┐ one gathering,
 *                      ├──────────────┤                  a, b, c  ┘ peak 3
 *                                     ├────────┤         a alone: none
 */
export function gatherings(
  sorted: readonly SessionEvent[],
  {
    kindOf,
    windowMs,
    threshold,
  }: { kindOf: (event: SessionEvent) => string; windowMs: DurationMs; threshold: number },
): Gathering[] {
  const found: { first: number; last: number; peak: number }[] = [];
  const counts = new Map<string, number>();
  let first = 0;
  for (const [last, event] of sorted.entries()) {
    counts.set(kindOf(event), (counts.get(kindOf(event)) ?? 0) + 1);
    for (; event.time - sorted[first]!.time > windowMs; first++) {
      const kind = kindOf(sorted[first]!);
      const left = counts.get(kind)! - 1;
      if (left === 0) counts.delete(kind);
      else counts.set(kind, left);
    }
    if (counts.size < threshold) continue;
    const open = found.at(-1);
    if (open !== undefined && first <= open.last) {
      open.last = last;
      open.peak = Math.max(open.peak, counts.size);
    } else {
      found.push({ first, last, peak: counts.size });
    }
  }
  return found.map(({ first: from, last, peak }) => ({ events: sorted.slice(from, last + 1), peak }));
}
