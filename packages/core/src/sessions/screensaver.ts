/** Screen saver intervals: they begin before 4802 by the idle delay, and their 4803 is the sign most often lost. */

import type { Instant } from '../model.ts';
import type { AwayCandidate, AwayInput } from './away-candidate.ts';
import { ECHO_MS, INFERRED, orphan, proofBefore, SAME_ACT_MS, untilEnd } from './away-candidate.ts';
import type { Mark } from './draft.ts';

/** Dismissing a secure saver locks a moment later; in between nobody worked (spec section 5). */
const DISMISS_TO_LOCK_MS = 5_000;

const RULE = { reason: 'screensaver', orphan: 'orphan-screensaver-off' } as const;

/** Adds the session's screen saver intervals to `found`. */
export function screensaverCandidates(input: AwayInput, found: AwayCandidate[]): void {
  const { marks, report } = input;
  let open: { mark: Mark; from: Instant } | null = null;
  let lastProof: Instant = marks[0]?.at ?? 0;
  let closedAt = Number.NEGATIVE_INFINITY;
  let locked = false;
  for (let i = 0; i < marks.length; i++) {
    const mark = marks[i]!;
    if (open !== null && endsHalfOpen(marks, i, open.mark)) {
      report('half-open-screensaver');
      found.push(halfOpen(open.mark, open.from, mark));
      open = null;
    }
    if (mark.what === 'screensaverOn' && open === null) {
      open = { mark, from: idleSince(mark.at, locked ? 0 : input.screensaverDelayMs, lastProof) };
    } else if (closes(marks, i)) {
      if (open !== null) found.push(closedBy(marks, i, open.mark, open.from));
      else if (mark.what === 'screensaverOff' && mark.at - closedAt > ECHO_MS) {
        // A lock may come from the saver itself, so it proves no input here.
        found.push(orphan(input, RULE, mark, proofBefore(marks, i, 'lock')));
      }
      open = null;
      closedAt = mark.at;
    }
    if (mark.what === 'lock') locked = true;
    if (mark.what === 'unlock' || mark.what === 'unlockProof') locked = false;
    if (mark.what !== 'screensaverOn' && mark.what !== 'disconnect') lastProof = mark.at;
  }
  if (open !== null) found.push(untilEnd(input, 'screensaver', open.mark, open.from));
}

/** The delay reaches back no further than the last proof of input. */
const idleSince = (on: Instant, delayMs: number, lastProof: Instant) =>
  Math.max(on - delayMs, Math.min(lastProof, on));

function closes(marks: readonly Mark[], i: number): boolean {
  const { what } = marks[i]!;
  return what === 'screensaverOff' || what === 'unlock' || what === 'unlockProof';
}

function closedBy(marks: readonly Mark[], i: number, on: Mark, from: Instant): AwayCandidate {
  const off = marks[i]!;
  const next = marks[i + 1];
  const bridged =
    off.what === 'screensaverOff' && next?.what === 'lock' && next.at - off.at <= DISMISS_TO_LOCK_MS;
  const stretch = { from, to: bridged ? next.at : off.at };
  return {
    reason: 'screensaver',
    estimate: stretch,
    most: stretch,
    least: stretch,
    evidence: [on.event, off.event],
    inferred: INFERRED.none,
  };
}

/** Spec 5.1, rule 4: signs that presuppose an end of the saver which no record shows. */
function endsHalfOpen(marks: readonly Mark[], i: number, on: Mark): boolean {
  const { what, at } = marks[i]!;
  if (what === 'screensaverOn' || what === 'reconnect' || what === 'logoffBegin') return true;
  if (what !== 'lock' || at - on.at <= SAME_ACT_MS) return false;
  for (let j = i + 1; j < marks.length; j++) {
    const later = marks[j]!.what;
    if (later === 'screensaverOff') return false;
    if (later === 'unlock' || later === 'unlockProof') break;
  }
  return true;
}

function halfOpen(on: Mark, from: Instant, at: Mark): AwayCandidate {
  const delay = { from, to: on.at };
  return {
    reason: 'screensaver',
    estimate: delay,
    most: { from, to: at.at },
    least: delay,
    evidence: [on.event, null],
    inferred: INFERRED.to,
  };
}
