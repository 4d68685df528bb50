/** How far sessions found in a simulated log are from what really happened there. */
import type { DurationMs, Instant, SessionKind } from '@logonscope/core';
import type { TruthSession } from '@logonscope/simulator';

/** What is compared of a session that was found; `LogonSession` has all of it, so has a naive pairing. */
export interface FoundSession {
  readonly computer: string;
  readonly user: string;
  readonly kind?: SessionKind;
  readonly logonIds?: readonly string[];
  readonly start: Instant;
  readonly end: Instant | null;
  readonly asOf: Instant;
  readonly useMs: DurationMs;
  readonly useMinMs: DurationMs;
  readonly useMaxMs: DurationMs;
}

export interface Accuracy {
  readonly truthSessions: number;
  readonly foundSessions: number;
  readonly missed: number;
  readonly invented: number;
  /** Σ |found − true| use over Σ true use; missed and invented sessions count in full. */
  readonly errorShare: number;
  /** Share of true sessions whose true use lies inside the bounds of the session found for them. */
  readonly insideShare: number;
  /** Σ width of the bounds over Σ use, of the sessions found. */
  readonly widthShare: number;
}

/** Records carry times of their own, written a moment after what they tell of. */
const TOLERANCE_MS = 1_000;

/** Compares sessions of people (console, remote, unknown) with the truth. */
export function compareWithTruth(found: readonly FoundSession[], truth: readonly TruthSession[]): Accuracy {
  const pairs = matchSessions(found, truth);
  const matched = new Set(pairs.values());
  const missed = truth.filter((real) => !pairs.has(real));
  const invented = found.filter((session) => !matched.has(session));
  const trueUseMs = sum(truth, ({ useMs }) => useMs);
  const errorMs =
    sum([...pairs], ([real, session]) => Math.abs(session.useMs - real.useMs)) +
    sum(missed, ({ useMs }) => useMs) +
    sum(invented, ({ useMs }) => useMs);
  const inside = [...pairs].filter(
    ([real, session]) =>
      session.useMinMs <= real.useMs + TOLERANCE_MS && real.useMs <= session.useMaxMs + TOLERANCE_MS,
  );
  return {
    truthSessions: truth.length,
    foundSessions: found.length,
    missed: missed.length,
    invented: invented.length,
    errorShare: ratio(errorMs, trueUseMs),
    insideShare: truth.length === 0 ? 1 : inside.length / truth.length,
    widthShare: ratio(
      sum(found, ({ useMinMs, useMaxMs }) => useMaxMs - useMinMs),
      sum(found, ({ useMs }) => useMs),
    ),
  };
}

/**
 * For each true session the one found for it: same computer and account, the largest overlap first, each used
 * once. Sessions that do not overlap are not each other's, however near they are, unless they share a logon ID:
 * while a clock was wrong, a session is shown by that clock and the truth by the right one.
 */
export function matchSessions<Found extends FoundSession>(
  found: readonly Found[],
  truth: readonly TruthSession[],
): Map<TruthSession, Found> {
  const byPerson = new Map<string, Found[]>();
  for (const session of found) {
    const key = personKey(session);
    byPerson.set(key, [...(byPerson.get(key) ?? []), session]);
  }
  const candidates: { real: TruthSession; session: Found; overlapMs: number; apartMs: number }[] = [];
  for (const real of truth) {
    for (const session of byPerson.get(personKey(real)) ?? []) {
      const until = session.end ?? session.asOf;
      const overlapMs = Math.min(until, real.countedTo) - Math.max(session.start, real.start);
      const apartMs = Math.abs(session.start - real.start) + Math.abs(until - real.countedTo);
      if (overlapMs >= -TOLERANCE_MS || shareLogonId(real, session))
        candidates.push({ real, session, overlapMs, apartMs });
    }
  }
  candidates.sort((a, b) => b.overlapMs - a.overlapMs || a.apartMs - b.apartMs);
  const pairs = new Map<TruthSession, Found>();
  const taken = new Set<Found>();
  for (const { real, session } of candidates) {
    if (pairs.has(real) || taken.has(session)) continue;
    pairs.set(real, session);
    taken.add(session);
  }
  return pairs;
}

function shareLogonId({ logonIds }: TruthSession, { logonIds: found = [] }: FoundSession): boolean {
  return found.some((id) => logonIds.includes(id));
}

const personKey = ({ computer, user }: { computer: string; user: string }): string =>
  `${computer.toUpperCase()}\\${user.toLowerCase()}`;

function sum<T>(list: readonly T[], value: (item: T) => number): number {
  return list.reduce((total, item) => total + value(item), 0);
}

const ratio = (part: number, whole: number): number => (whole === 0 ? (part === 0 ? 0 : 1) : part / whole);
