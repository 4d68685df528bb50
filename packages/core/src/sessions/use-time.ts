/** Use time and its ledger: the session's length minus the union of away intervals, overlaps once (spec section 6). */
import type { Away, AwayReason, DurationMs, Evidence, Instant, LedgerEntry } from '../model.ts';
import type { AwayCandidate, Stretch } from './away-candidate.ts';
import { evidenceOf } from './draft.ts';

export interface UseTime {
  readonly durationMs: DurationMs;
  readonly useMs: DurationMs;
  readonly useMinMs: DurationMs;
  readonly useMaxMs: DurationMs;
  /** In order; these are the lines of the ledger. */
  readonly away: LedgerEntry[];
  readonly awayMs: Record<AwayReason | 'total', DurationMs>;
}

export interface SessionBounds {
  readonly start: Instant;
  readonly end: Instant;
  readonly startEarliest: Instant;
  readonly startLatest: Instant;
  readonly endEarliest: Instant;
  readonly endLatest: Instant;
}

/**
 * Accounts for a session. The ledger's counted parts sum to the away total to the millisecond:
 *
 *     session   ├──────────────────────────┤
 *     locked         ├────────┤
 *     saver            ├──┤  (nothing left to count)
 *     asleep                ├─────┤  (counts from where locked ended)
 */
export function accountFor(
  bounds: SessionBounds,
  candidates: readonly AwayCandidate[],
  endEvidence: Evidence | null,
  shift: number,
): UseTime {
  const { start, end } = bounds;
  const durationMs = Math.max(0, end - start);
  const away = estimated(candidates, start, end, endEvidence, shift);
  const total = count(away, start + shift);
  const useMs = durationMs - total;
  if (isExact(bounds, candidates)) {
    return { durationMs, useMs, useMinMs: useMs, useMaxMs: useMs, away, awayMs: sums(away, total) };
  }
  const most: Stretch[] = [];
  const least: Stretch[] = [];
  for (const candidate of candidates) {
    most.push(candidate.most);
    if (candidate.least !== null) least.push(candidate.least);
  }
  const min = lengthOutside(bounds.startLatest, bounds.endEarliest, most);
  const max = lengthOutside(bounds.startEarliest, bounds.endLatest, least);
  return {
    durationMs,
    useMs,
    useMinMs: Math.min(min, useMs),
    useMaxMs: Math.max(max, useMs),
    away,
    awayMs: sums(away, total),
  };
}

/** Most sessions leave nothing open: their bounds are what the ledger says already. */
function isExact(
  { start, end, startEarliest, startLatest, endEarliest, endLatest }: SessionBounds,
  candidates: readonly AwayCandidate[],
): boolean {
  if (startEarliest !== start || startLatest !== start || endEarliest !== end || endLatest !== end)
    return false;
  for (let i = 0; i < candidates.length; i++) {
    const { estimate, most, least } = candidates[i]!;
    if (most !== estimate || least !== estimate) return false;
  }
  return true;
}

/** A line of the ledger before its part is counted. */
type Line = { -readonly [K in keyof LedgerEntry]: LedgerEntry[K] };

/** Estimates clipped to the session, on the clock it is shown by (`shift`); what runs to the end shares its evidence. */
function estimated(
  candidates: readonly AwayCandidate[],
  start: Instant,
  end: Instant,
  endEvidence: Evidence | null,
  shift: number,
): Line[] {
  const away: Line[] = [];
  for (const { reason, estimate, evidence, inferred } of candidates) {
    if (estimate === null) continue;
    const from = Math.max(estimate.from, start);
    const to = Math.min(estimate.to, end);
    if (to <= from) continue;
    const [first, last] = evidence;
    const closing = last === null ? (estimate.to > end ? endEvidence : null) : evidenceOf(last);
    const opening = first === null ? null : evidenceOf(first);
    away.push({
      reason,
      from: from + shift,
      to: to + shift,
      evidence: [opening, closing],
      inferred,
      countedMs: 0,
    });
  }
  return inOrder(away, (a, b) => a.from - b.from || b.to - a.to || (a.reason < b.reason ? -1 : 1));
}

/** Up to here putting each item in its place beats the sort of the language, which copies the list first. */
const FEW = 64;

/** Sorts in place; most sessions have few intervals, and most of those lie in order already. */
function inOrder<T>(list: T[], compare: (a: T, b: T) => number): T[] {
  if (list.length > FEW) return list.sort(compare);
  for (let i = 1; i < list.length; i++) {
    const item = list[i]!;
    let j = i;
    for (; j > 0 && compare(list[j - 1]!, item) > 0; j--) list[j] = list[j - 1]!;
    list[j] = item;
  }
  return list;
}

/** Each interval counts only what those before it have not taken off yet; answers what all take off together. */
function count(away: readonly Line[], start: Instant): DurationMs {
  let covered = start;
  let total = 0;
  for (const line of away) {
    line.countedMs = Math.max(0, line.to - Math.max(line.from, covered));
    covered = Math.max(covered, line.to);
    total += line.countedMs;
  }
  return total;
}

function sums(away: readonly Away[], total: DurationMs): Record<AwayReason | 'total', DurationMs> {
  return {
    total,
    locked: lengthOf(away, 'locked'),
    disconnected: lengthOf(away, 'disconnected'),
    screensaver: lengthOf(away, 'screensaver'),
    asleep: lengthOf(away, 'asleep'),
    loggingOff: lengthOf(away, 'loggingOff'),
    paused: lengthOf(away, 'paused'),
  };
}

function lengthOf(away: readonly Away[], reason: AwayReason): DurationMs {
  let covered = Number.NEGATIVE_INFINITY;
  let length = 0;
  for (let i = 0; i < away.length; i++) {
    const interval = away[i]!;
    if (interval.reason !== reason) continue;
    length += Math.max(0, interval.to - Math.max(interval.from, covered));
    covered = Math.max(covered, interval.to);
  }
  return length;
}

const byBegin = (a: Stretch, b: Stretch) => a.from - b.from;

/** Length of a stretch minus the union of holes, which may overlap and reach beyond it; puts them in order. */
function lengthOutside(from: Instant, to: Instant, holes: Stretch[]): DurationMs {
  if (to <= from) return 0;
  let left = to - from;
  let covered = from;
  for (const hole of inOrder(holes, byBegin)) {
    const end = Math.min(hole.to, to);
    left -= Math.max(0, end - Math.max(hole.from, covered));
    covered = Math.max(covered, end);
  }
  return left;
}
