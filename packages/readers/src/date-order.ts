/** Decides from many rows whether a file writes the day or the month first, and whether its newest row comes first. */
import { type DateOrder, type TimeParts, wallTimeOf } from './culture-time.ts';

export interface DateDecision {
  readonly order: DateOrder;
  /** False where nothing in the file told the order and custom decided. */
  readonly certain: boolean;
  readonly newestFirst: boolean;
}

interface Reading {
  previous: number;
  first: number;
  last: number;
  forward: number;
  backward: number;
  min: number;
  max: number;
  impossible: number;
}

const DAY_MS = 86_400_000;
/** A file read the wrong way stretches days over months; so much longer it must be to count as told. */
const STRETCH = 3;

function reading(): Reading {
  const none = Number.NaN;
  return {
    previous: none,
    first: none,
    last: none,
    forward: 0,
    backward: 0,
    min: Infinity,
    max: -Infinity,
    impossible: 0,
  };
}

function note(seen: Reading, wallMs: number): void {
  if (Number.isNaN(wallMs)) {
    seen.impossible += 1;
    return;
  }
  if (wallMs > seen.previous) seen.forward += 1;
  else if (wallMs < seen.previous) seen.backward += 1;
  seen.previous = wallMs;
  seen.min = Math.min(seen.min, wallMs);
  seen.max = Math.max(seen.max, wallMs);
}

/** Steps against the direction in which the file mostly runs. */
const disorder = (seen: Reading): number => Math.min(seen.forward, seen.backward);

/** A judge that is shown the times of the rows at hand and then decides. */
export function dateOrderJudge(): { see(parts: TimeParts): void; decide(): DateDecision } {
  const day = reading();
  const month = reading();
  let ambiguous = 0;
  let dotted = 0;
  let dashed = 0;
  let halves = 0;

  /** -1 the day stands first, 1 the month does, 0 nothing tells. Strongest evidence first. */
  function evidence(): number {
    const byRange = Math.sign(day.impossible - month.impossible);
    if (byRange !== 0) return byRange;
    if (dotted + dashed > 0) return -1;
    const byDisorder = Math.sign(disorder(day) - disorder(month));
    if (byDisorder !== 0) return byDisorder;
    const [daySpan, monthSpan] = [day.max - day.min + DAY_MS, month.max - month.min + DAY_MS];
    if (daySpan > monthSpan * STRETCH) return 1;
    return monthSpan > daySpan * STRETCH ? -1 : 0;
  }

  return {
    see(parts) {
      if (parts.yearFirst) {
        const wallMs = wallTimeOf(parts, 'month-first');
        note(day, wallMs);
        note(month, wallMs);
        return;
      }
      if (parts.first !== parts.second) ambiguous += 1;
      if (parts.separator === '.') dotted += 1;
      if (parts.separator === '-') dashed += 1;
      if (parts.half !== null) halves += 1;
      note(day, wallTimeOf(parts, 'day-first'));
      note(month, wallTimeOf(parts, 'month-first'));
    },
    decide() {
      const told = ambiguous === 0 ? 0 : evidence();
      const order =
        told !== 0 ? (told > 0 ? 'month-first' : 'day-first') : halves > 0 ? 'month-first' : 'day-first';
      const seen = order === 'month-first' ? month : day;
      return { order, certain: told !== 0 || ambiguous === 0, newestFirst: seen.backward > seen.forward };
    },
  };
}
