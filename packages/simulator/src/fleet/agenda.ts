/** What is going to happen on a computer, earliest first. */
import type { Instant } from '@logonscope/core';

export type Happening = (at: Instant) => void;

interface Entry {
  readonly at: Instant;
  /** Keeps entries of one instant in the order in which they were made. */
  readonly order: number;
  readonly run: Happening;
}

export interface Agenda {
  schedule(at: Instant, run: Happening): void;
  /** Runs everything before `until`, including what gets scheduled meanwhile. */
  runUntil(until: Instant): void;
}

/** A binary heap; entries of the past run at the time of the entry that made them, never earlier. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let order = 0;
  let now = Number.NEGATIVE_INFINITY;
  const before = (left: Entry, right: Entry): boolean =>
    left.at < right.at || (left.at === right.at && left.order < right.order);

  function schedule(at: Instant, run: Happening): void {
    const entry = { at: Math.max(Math.round(at), now), order: order++, run };
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = entry;
  }

  function takeFirst(): Entry {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  function runUntil(until: Instant): void {
    while (heap.length > 0 && heap[0]!.at < until) {
      const entry = takeFirst();
      now = entry.at;
      entry.run(entry.at);
    }
  }
  return { schedule, runUntil };
}
