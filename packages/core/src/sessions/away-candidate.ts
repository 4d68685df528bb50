/** What is certain and what may be about one absence, and how a missing edge is estimated (spec section 5.1). */
import type { AwayReason, DurationMs, FindingCode, Instant, SessionEvent } from '../model.ts';
import type { LogGap } from './coverage.ts';
import type { Mark } from './draft.ts';
import type { Gaps } from './life-line.ts';

/** An interval that runs to the session's end, whenever that is. */
export const UNTIL_END = Number.POSITIVE_INFINITY;

export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** One interval of absence: the best estimate, the longest and the shortest it can have been. */
export interface AwayCandidate {
  readonly reason: AwayReason;
  readonly estimate: Stretch | null;
  readonly most: Stretch;
  readonly least: Stretch | null;
  /** The records at both edges, where there are any. */
  readonly evidence: readonly [SessionEvent | null, SessionEvent | null];
  readonly inferred: readonly ('from' | 'to')[];
}

/** The edges that a rule puts, in lists that all intervals share: there are many, and most are kept. */
export const INFERRED: Readonly<Record<'none' | 'from' | 'to' | 'both', readonly ('from' | 'to')[]>> = {
  none: [],
  from: ['from'],
  to: ['to'],
  both: ['from', 'to'],
};

export interface AwayInput {
  readonly marks: readonly Mark[];
  readonly gaps: Gaps;
  readonly screensaverDelayMs: DurationMs;
  /** The latest the session can have ended; gaps beyond it concern nobody. */
  readonly latestEnd: Instant;
  /** The end was recorded, so that a request to log off came before it. */
  readonly endsByLogoff: boolean;
  report(code: FindingCode): void;
}

/** Signs of one act may come this far apart: a type 7 logon and its 4801, LSM 25 and 4778. */
export const SAME_ACT_MS = 60_000;
/** A closing sign this soon after another is its echo. */
export const ECHO_MS = 10_000;

/** Something a person did at the keyboard of this session. */
export function isProof(what: Mark['what']): boolean {
  return (
    what !== 'disconnect' && what !== 'screensaverOn' && what !== 'screensaverOff' && what !== 'logoffBegin'
  );
}

/**
 * The last proof of input before mark i, but for those of the same act: the logon of an unlock comes a moment before
 * its 4801, and a reconnect before both.
 */
export function proofBefore(marks: readonly Mark[], i: number, without?: Mark['what']): Instant {
  const { at } = marks[i]!;
  for (let j = i - 1; j >= 0; j--) {
    const { what, at: before } = marks[j]!;
    if (!isProof(what) || what === without) continue;
    const sameAct = (what === 'unlockProof' || what === 'reconnect') && at - before <= SAME_ACT_MS;
    if (!sameAct) return before;
  }
  return marks[0]!.at;
}

/** Spec 5.1, rule 2: back to the last proof of input at the most; where records are missing, from their middle. */
export function orphan(
  { gaps, report }: AwayInput,
  rule: { readonly reason: AwayReason; readonly orphan: FindingCode },
  close: Mark,
  lastProof: Instant,
): AwayCandidate {
  if (close.at > lastProof) report(rule.orphan);
  const missing = gaps.within(close.event.channel, lastProof, close.at);
  const seen = missing.length > 0;
  return {
    reason: rule.reason,
    estimate: seen ? { from: middleOf(missing), to: close.at } : null,
    most: { from: lastProof, to: close.at },
    least: seen ? { from: missing.at(-1)!.to, to: close.at } : null,
    evidence: [null, close.event],
    inferred: INFERRED.from,
  };
}

/** No closing sign: away to the end, unless it may have been lost. */
export function untilEnd(
  { gaps, latestEnd }: AwayInput,
  reason: AwayReason,
  open: Mark,
  from = open.at,
): AwayCandidate {
  const missing = gaps.within(open.event.channel, open.at, latestEnd);
  const mayBeLost = missing.length > 0 || !gaps.numbered(open.event.channel);
  const least = mayBeLost ? { from, to: missing[0]?.from ?? open.at } : { from, to: UNTIL_END };
  const all = { from, to: UNTIL_END };
  return { reason, estimate: all, most: all, least, evidence: [open.event, null], inferred: INFERRED.to };
}

/** The middle of the missing records: of several gaps the one in which half of them lie. */
export function middleOf(missing: readonly LogGap[]): Instant {
  const total = missing.reduce((sum, gap) => sum + gap.missing, 0);
  let seen = 0;
  for (const gap of missing) {
    seen += gap.missing;
    if (seen * 2 >= total) return Math.round((gap.from + gap.to) / 2);
  }
  return missing[0]!.from;
}
