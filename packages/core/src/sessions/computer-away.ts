/** Absence that concerns a whole computer: asleep, or a virtual machine that was paused (spec sections 2 and 5). */
import { accountClass } from '../events/accounts.ts';
import type { Instant, SessionEvent } from '../model.ts';
import { type AwayCandidate, type Stretch, UNTIL_END } from './away-candidate.ts';
import type { ClockChange } from './channel-run.ts';
import { logonRole } from './learn.ts';
import type { LifeLine } from './life-line.ts';
import type { Stamped } from './order.ts';

/** A wake without its sleep is dated by the silence before it, if that is longer than this. */
const SILENT_SLEEP_MS = 120_000;
/** Uptime and wall clock may differ by this much before something was hidden (peers 5.3, T-F). */
const UPTIME_TOLERANCE_MS = 120_000;

const INPUT: ReadonlySet<string> = new Set([
  'unlock',
  'reconnect',
  'logon',
  'screensaverOff',
  'lock',
  'logoffBegin',
]);

/** Something that a person at the computer did; services log on in an awake machine's name too. */
function isInput(event: SessionEvent): boolean {
  if (!INPUT.has(event.signal) || accountClass(event.sid, event.user, event.domain) !== 'person')
    return false;
  return event.signal !== 'logon' || logonRole(event) !== 'other';
}

interface Asleep {
  readonly at: Instant;
  readonly stamped: Stamped;
}

/** Intervals in which the computer slept or stood still, from one boot's or a whole log's ordered events. */
export function computerAway(
  events: readonly Stamped[],
  changes: readonly ClockChange[],
  life: LifeLine,
): { readonly candidates: AwayCandidate[]; readonly unplaced: Instant[] } {
  const toldAt = new Map<SessionEvent, Instant>();
  for (const { event, at } of events) if (event.signal === 'clockChange') toldAt.set(event, at);
  const paused = changes.flatMap((change) => (change.kind === 'shift' ? [] : [standstill(change, toldAt)]));
  const uptime = uptimeContradictions(events, life, paused);
  const all = [...sleeps(events, life), ...paused, ...uptime.candidates];
  const candidates = [
    ...melt(all.filter(({ reason }) => reason === 'asleep')),
    ...melt(all.filter(({ reason }) => reason === 'paused')),
  ];
  return { candidates, unplaced: uptime.unplaced };
}

/** Several records tell of one sleep: intervals that overlap become one, with the evidence of its outer edges. */
function melt(candidates: readonly AwayCandidate[]): AwayCandidate[] {
  const melted: AwayCandidate[] = [];
  for (const next of candidates.toSorted((a, b) => a.most.from - b.most.from || b.most.to - a.most.to)) {
    const open = melted.at(-1);
    if (open === undefined || next.most.from > open.most.to) melted.push(next);
    else melted[melted.length - 1] = joined(open, next);
  }
  return melted;
}

function joined(first: AwayCandidate, second: AwayCandidate): AwayCandidate {
  const least = unionOf(first.least, second.least);
  if (second.most.to <= first.most.to) return { ...first, least };
  const stretch = { from: first.most.from, to: second.most.to };
  const inferred = [
    ...first.inferred.filter((edge) => edge === 'from'),
    ...second.inferred.filter((edge) => edge === 'to'),
  ];
  return {
    ...first,
    estimate: stretch,
    most: stretch,
    least,
    evidence: [first.evidence[0], second.evidence[1]],
    inferred,
  };
}

/** What is certain of either is certain of both together, where they touch; else the longer is. */
function unionOf(a: Stretch | null, b: Stretch | null): Stretch | null {
  if (a === null || b === null) return a ?? b;
  if (a.from <= b.to && b.from <= a.to) return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
  return a.to - a.from >= b.to - b.from ? a : b;
}

function exactly(
  reason: 'asleep' | 'paused',
  from: Instant,
  to: Instant,
  rest: Partial<AwayCandidate>,
): AwayCandidate {
  const stretch = { from, to };
  return {
    reason,
    estimate: stretch,
    most: stretch,
    least: stretch,
    evidence: [null, null],
    inferred: [],
    ...rest,
  };
}

function sleeps(events: readonly Stamped[], life: LifeLine): AwayCandidate[] {
  const found: AwayCandidate[] = [];
  let asleep: Asleep | null = null;
  for (const stamped of events) {
    const { event, at } = stamped;
    if (event.signal === 'sleep') asleep ??= { at, stamped };
    else if (event.signal === 'wake' || event.signal === 'resume') {
      found.push(...wakeUp(asleep, stamped, life));
      asleep = null;
    } else if (event.signal === 'boot' || event.signal === 'crash') {
      if (asleep !== null)
        found.push(
          exactly('asleep', asleep.at, at, {
            evidence: [asleep.stamped.event, null],
            inferred: ['to'],
          }),
        );
      asleep = null;
    } else if (asleep !== null && isInput(event) && at - asleep.at > SILENT_SLEEP_MS) {
      const evidence = [asleep.stamped.event, stamped.event] as const;
      found.push(exactly('asleep', asleep.at, at, { evidence, inferred: ['to'] }));
      asleep = null;
    }
  }
  if (asleep !== null)
    found.push(exactly('asleep', asleep.at, UNTIL_END, { evidence: [asleep.stamped.event, null] }));
  return found;
}

/** A wake closes the sleep before it; Power-Troubleshooter also knows the exact window of its own. */
function wakeUp(asleep: Asleep | null, wake: Stamped, life: LifeLine): AwayCandidate[] {
  const { event, at } = wake;
  const { sleepTime, wakeTime } = event.detail ?? {};
  const found: AwayCandidate[] = [];
  if (
    sleepTime !== undefined &&
    wakeTime !== undefined &&
    wakeTime > sleepTime &&
    wakeTime <= event.time + 60_000
  ) {
    const offset = at - event.time;
    const evidence = [wake.event, wake.event] as const;
    found.push(exactly('asleep', sleepTime + offset, wakeTime + offset, { evidence }));
    if (asleep !== null && asleep.at < wakeTime + offset) {
      found.push(
        exactly('asleep', asleep.at, wakeTime + offset, {
          evidence: [asleep.stamped.event, evidence[1]],
        }),
      );
    }
    return found;
  }
  if (asleep !== null) {
    return [exactly('asleep', asleep.at, at, { evidence: [asleep.stamped.event, wake.event] })];
  }
  const silentSince = life.lastBefore(at);
  if (silentSince === null || at - silentSince <= SILENT_SLEEP_MS) return [];
  // The computer may have slept for only part of the silence.
  return [
    exactly('asleep', silentSince, at, {
      evidence: [null, wake.event],
      inferred: ['from'],
      least: null,
    }),
  ];
}

/** The clock was set forward because time had passed unnoticed: paused, or asleep by the hardware clock. */
function standstill(
  { kind, previousTime, newTime, events }: ClockChange,
  toldAt: ReadonlyMap<SessionEvent, Instant>,
): AwayCandidate {
  const told = events.find((event) => toldAt.has(event));
  const at = told === undefined ? newTime : toldAt.get(told)!;
  const evidence = told ?? null;
  const reason = kind === 'paused' ? 'paused' : 'asleep';
  return exactly(reason, at - (newTime - previousTime), at, { evidence: [evidence, evidence] });
}

/** Less uptime than wall time between two reports of one boot: the machine stood still in a silence between them. */
function uptimeContradictions(
  events: readonly Stamped[],
  life: LifeLine,
  known: readonly AwayCandidate[],
): { candidates: AwayCandidate[]; unplaced: Instant[] } {
  const candidates: AwayCandidate[] = [];
  const unplaced: Instant[] = [];
  let before: { at: Instant; upMs: number } | null = null;
  for (const stamped of events) {
    const { event, at } = stamped;
    if (event.signal === 'boot' || event.signal === 'crash') before = null;
    const seconds = event.signal === 'uptime' ? event.detail?.uptimeSeconds : undefined;
    if (seconds === undefined) continue;
    if (before !== null && seconds * 1000 > before.upMs) {
      const from = before.at;
      const hidden = at - from - (seconds * 1000 - before.upMs) - overlapOf(known, from, at);
      if (hidden > UPTIME_TOLERANCE_MS) {
        const silence = life
          .silences(from, at, hidden * 0.8)
          .sort((a, b) => b.to - b.from - (a.to - a.from))[0];
        if (silence === undefined) unplaced.push(at);
        else {
          const start = Math.max(silence.from, silence.to - hidden);
          candidates.push(
            exactly('paused', start, silence.to, {
              evidence: [null, stamped.event],
              inferred: ['from', 'to'],
              // Somewhere between the two reports; this silence is only the likeliest place.
              most: silence,
              least: null,
            }),
          );
        }
      }
    }
    before = { at, upMs: seconds * 1000 };
  }
  return { candidates, unplaced };
}

function overlapOf(known: readonly AwayCandidate[], from: Instant, to: Instant): number {
  let sum = 0;
  for (const { reason, estimate } of known) {
    if (reason !== 'paused' || estimate === null) continue;
    sum += Math.max(0, Math.min(estimate.to, to) - Math.max(estimate.from, from));
  }
  return sum;
}
