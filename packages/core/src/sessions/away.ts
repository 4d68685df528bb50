/** Pairs the marks of one session into away intervals (spec section 5). */
import type { AwayReason, FindingCode, Instant } from '../model.ts';
import {
  type AwayCandidate,
  type AwayInput,
  ECHO_MS,
  INFERRED,
  isProof,
  middleOf,
  orphan,
  proofBefore,
  SAME_ACT_MS,
  UNTIL_END,
  untilEnd,
} from './away-candidate.ts';
import type { Mark } from './draft.ts';
import { screensaverCandidates } from './screensaver.ts';

interface PairRule {
  readonly reason: AwayReason;
  readonly opens: Mark['what'];
  readonly closes: Mark['what'];
  /** Closes too, unless a `closes` follows within the same act. */
  readonly proves: readonly Mark['what'][];
  /** Comes before `closes`, but need not. */
  readonly suggests?: Mark['what'];
  readonly orphan: FindingCode;
  readonly repeated: FindingCode;
}

const LOCKED: PairRule = {
  reason: 'locked',
  opens: 'lock',
  closes: 'unlock',
  proves: ['unlockProof'],
  suggests: 'reconnect',
  orphan: 'orphan-unlock',
  repeated: 'repeated-lock',
};

const DISCONNECTED: PairRule = {
  reason: 'disconnected',
  opens: 'disconnect',
  closes: 'reconnect',
  // Nobody unlocks a desktop that is shown nowhere: the reconnect was lost.
  proves: ['unlock'],
  orphan: 'orphan-reconnect',
  repeated: 'repeated-disconnect',
};

/** All absence that the session's own marks tell of. */
export function awayCandidates(input: AwayInput): AwayCandidate[] {
  const found: AwayCandidate[] = [];
  pairUp(input, LOCKED, found);
  pairUp(input, DISCONNECTED, found);
  screensaverCandidates(input, found);
  const last = loggingOff(input);
  if (last !== null) found.push(last);
  return found;
}

function loggingOff({ marks, gaps, latestEnd, endsByLogoff }: AwayInput): AwayCandidate | null {
  const begun = marks.findLast(({ what }) => what === 'logoffBegin' || what === 'resumed');
  if (begun?.what === 'logoffBegin') {
    const tail = { from: begun.at, to: UNTIL_END };
    return {
      reason: 'loggingOff',
      estimate: tail,
      most: tail,
      least: tail,
      evidence: [begun.event, null],
      inferred: INFERRED.none,
    };
  }
  if (!endsByLogoff) return null;
  const since = Math.max(latestEnd - SAME_ACT_MS, marks.at(-1)?.at ?? 0);
  const missing = gaps.within(marks[0]?.event.channel ?? null, since, latestEnd);
  if (missing.length === 0) return null;
  // The request to log off may be among records missing just before the end.
  return {
    reason: 'loggingOff',
    estimate: null,
    most: { from: missing[0]!.from, to: UNTIL_END },
    least: null,
    evidence: [null, null],
    inferred: INFERRED.from,
  };
}

function pairUp(input: AwayInput, rule: PairRule, found: AwayCandidate[]): void {
  const { marks } = input;
  let open: Mark | null = null;
  let closedAt = Number.NEGATIVE_INFINITY;
  let mayBeBack: Instant | null = null;
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!;
    const { what, at } = mark;
    if (what === rule.opens) {
      if (open === null) open = mark;
      else {
        const between = splitRepeated(input, rule, open, mark, mayBeBack);
        if (between !== null) {
          found.push(between);
          open = mark;
          mayBeBack = null;
        }
      }
    } else if (what === rule.closes || (rule.proves.includes(what) && !followed(marks, i, rule))) {
      if (open !== null) {
        found.push(closed(input, rule, open, mark, mayBeBack));
        open = null;
        mayBeBack = null;
      } else if (at - closedAt > (what === rule.closes ? ECHO_MS : SAME_ACT_MS) && isOrphan(marks, i, rule)) {
        found.push(orphan(input, rule, mark, proofBefore(marks, i)));
      }
      closedAt = at;
    } else if (open !== null && what === rule.suggests && !followed(marks, i, rule)) {
      // The sign that should have followed is missing from the log, or was never written.
      if (mayBeLost(input, open.event.channel, at, at + SAME_ACT_MS)) mayBeBack ??= at;
    }
  }
  if (open !== null) found.push(shortened(untilEnd(input, rule.reason, open), mayBeBack));
}

/** Whether the exact closing sign comes within the same act, before the next opening. */
function followed(marks: readonly Mark[], i: number, rule: PairRule): boolean {
  const { at } = marks[i]!;
  for (let j = i + 1; j < marks.length && marks[j]!.at - at <= SAME_ACT_MS; j++) {
    if (marks[j]!.what === rule.closes) return true;
    if (marks[j]!.what === rule.opens) return false;
  }
  return false;
}

/** A proof says little where the person was away for another known reason: a reconnect comes with an unlock logon. */
function isOrphan(marks: readonly Mark[], i: number, rule: PairRule): boolean {
  const { at, what } = marks[i]!;
  if (what === rule.closes) return !(rule === DISCONNECTED && justStarted(marks, at));
  if (rule === DISCONNECTED) return false;
  for (let j = i - 1; j >= 0; j--) {
    const before = marks[j]!;
    if (before.what === 'disconnect') return false;
    if (before.what === 'reconnect') return at - before.at > SAME_ACT_MS;
    if (isProof(before.what) && at - before.at > SAME_ACT_MS) break;
  }
  return !marks.some((mark) => mark.what === 'reconnect' && Math.abs(mark.at - at) <= SAME_ACT_MS);
}

/** Connecting is part of logging on remotely. */
const justStarted = (marks: readonly Mark[], at: Instant) => at - (marks[0]?.at ?? 0) <= SAME_ACT_MS;

function closed(
  input: AwayInput,
  rule: PairRule,
  open: Mark,
  close: Mark,
  mayBeBack: Instant | null,
): AwayCandidate {
  const stretch = { from: open.at, to: close.at };
  // The exact sign comes a few seconds after its proof; where it may be among missing records, so may they.
  const late =
    close.what !== rule.closes &&
    input.gaps.within(open.event.channel, close.at, close.at + ECHO_MS).length > 0;
  const candidate: AwayCandidate = {
    reason: rule.reason,
    estimate: stretch,
    most: late ? { from: open.at, to: close.at + ECHO_MS } : stretch,
    least: stretch,
    evidence: [open.event, close.event],
    inferred: INFERRED.none,
  };
  return shortened(candidate, mayBeBack);
}

function mayBeLost({ gaps }: AwayInput, channel: string | null, from: Instant, to: Instant): boolean {
  return !gaps.numbered(channel) || gaps.within(channel, from, to).length > 0;
}

/** The person may have been back already. */
function shortened(candidate: AwayCandidate, mayBeBack: Instant | null): AwayCandidate {
  if (mayBeBack === null || candidate.least === null) return candidate;
  return { ...candidate, least: { from: candidate.least.from, to: Math.min(candidate.least.to, mayBeBack) } };
}

/** Spec 5.1, rule 3: two openings with missing records between them had a closing there. */
function splitRepeated(
  { gaps, report }: AwayInput,
  rule: PairRule,
  open: Mark,
  again: Mark,
  mayBeBack: Instant | null,
): AwayCandidate | null {
  if (again.at - open.at <= SAME_ACT_MS) return null;
  report(rule.repeated);
  const missing = gaps.within(open.event.channel, open.at, again.at);
  if (!gaps.numbered(open.event.channel)) {
    // Nothing tells how much is missing: the first opening counts, but the person may have been back at once.
    const all = { from: open.at, to: again.at };
    const least = mayBeBack === null ? null : { from: open.at, to: mayBeBack };
    return {
      reason: rule.reason,
      estimate: all,
      most: all,
      least,
      evidence: [open.event, null],
      inferred: INFERRED.to,
    };
  }
  if (missing.length === 0) return null;
  return {
    reason: rule.reason,
    estimate: { from: open.at, to: mayBeBack ?? middleOf(missing) },
    most: { from: open.at, to: again.at },
    least: { from: open.at, to: Math.min(missing[0]!.from, mayBeBack ?? missing[0]!.from) },
    evidence: [open.event, null],
    inferred: INFERRED.to,
  };
}
