/** Without any audit policy, from System and LocalSessionManager alone: the sessions of full auditing, with the same ends. */
import { END_EVIDENCE, type EndEvidence, type LogonSession } from '@logonscope/core';
import { keepChannels, simulateFleet, type TruthSession, WITHOUT_AUDIT } from '@logonscope/simulator';
import { compareWithTruth, handOverSimulated, matchSessions, sessionsOfPeople } from '@logonscope/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { percent } from './lib/figures.ts';
import { PROOF_SIZE, SCREENSAVER_DELAY_MS } from './lib/size.ts';

const SEEDS = [1, 2, 3, 4, 5];
const NEAR_MS = 2_000;

interface Pair {
  readonly audited: LogonSession;
  readonly bare: LogonSession;
}
interface Outcome {
  readonly seed: number;
  readonly audited: readonly LogonSession[];
  readonly bare: readonly LogonSession[];
  readonly pairs: readonly Pair[];
  readonly truth: readonly TruthSession[];
}

/** Sessions of the same fleet with all its channels, and with the two that Windows writes unasked. */
function outcomeOf(seed: number): Outcome {
  const audited: LogonSession[] = [];
  const bare: LogonSession[] = [];
  const truth: TruthSession[] = [];
  const options = { screensaverDelayMs: SCREENSAVER_DELAY_MS };
  for (const computer of simulateFleet({ seed, computers: 12, days: 10 * PROOF_SIZE, ...options })) {
    const records = keepChannels(computer.records, WITHOUT_AUDIT);
    audited.push(...sessionsOfPeople(handOverSimulated(computer), options));
    bare.push(...sessionsOfPeople(handOverSimulated({ ...computer, records }), options));
    truth.push(...computer.truth);
  }
  return { seed, audited, bare, pairs: pairsOf(audited, bare), truth };
}

/** Pairs sessions of the same computer and account that overlap, the largest overlap first. */
function pairsOf(audited: readonly LogonSession[], bare: readonly LogonSession[]): Pair[] {
  const asTruth = audited.map((session) => ({ ...session, countedTo: session.end ?? session.asOf, session }));
  const found = matchSessions(bare, asTruth as unknown as TruthSession[]);
  return asTruth.flatMap((each) => {
    const match = found.get(each as unknown as TruthSession);
    return match === undefined ? [] : [{ audited: each.session, bare: match }];
  });
}

const startsAlike = ({ audited, bare }: Pair): boolean => Math.abs(bare.start - audited.start) <= NEAR_MS;
const endsAlike = ({ audited, bare }: Pair): boolean =>
  audited.end !== null && bare.end !== null && Math.abs(bare.end - audited.end) <= NEAR_MS;
const endedBy = (pairs: readonly Pair[], ...ways: readonly EndEvidence[]): Pair[] =>
  pairs.filter(({ audited }) => ways.includes(audited.endBy));
const share = (part: readonly unknown[], whole: readonly unknown[]): number => part.length / whole.length;

function tell({ seed, audited, bare, pairs, truth }: Outcome): void {
  const ends = END_EVIDENCE.filter((way) => way !== 'open' && endedBy(pairs, way).length > 0).map((way) => {
    const ended = endedBy(pairs, way);
    return `${way} ${ended.filter((pair) => startsAlike(pair) && endsAlike(pair)).length}/${ended.length}`;
  });
  const { errorShare, insideShare } = compareWithTruth(bare, truth);
  console.log(
    `seed ${seed}: ${pairs.length} of ${audited.length} sessions found, ${bare.length - pairs.length} more; ` +
      `start and end within 2 s by how full auditing sees the end: ${ends.join(', ')}; ` +
      `use time without any lock data: error ${percent(errorShare)}, inside ${percent(insideShare)}`,
  );
}

describe('System and LocalSessionManager alone', () => {
  let outcomes: Outcome[] = [];
  beforeAll(() => {
    outcomes = SEEDS.map(outcomeOf);
    outcomes.forEach(tell);
  });

  test('at least 95 % of the sessions are found, for every seed', () => {
    for (const { pairs, audited } of outcomes) expect(share(pairs, audited)).toBeGreaterThanOrEqual(0.95);
  });

  test('at most 5 % more sessions are found than there are, for every seed', () => {
    for (const { pairs, bare, audited } of outcomes) {
      expect((bare.length - pairs.length) / audited.length).toBeLessThanOrEqual(0.05);
    }
  });

  test('at least 95 % of the sessions that a logoff or shutdown ended start and end within 2 s, for every seed', () => {
    for (const { pairs, audited } of outcomes) {
      const ended = audited.filter(({ endBy }) => endBy === 'logoff' || endBy === 'shutdown');
      const alike = endedBy(pairs, 'logoff', 'shutdown').filter(
        (pair) => startsAlike(pair) && endsAlike(pair),
      );
      expect(ended.length).toBeGreaterThan(100);
      expect(share(alike, ended)).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('all starts are within 2 s', () => {
    for (const { pairs } of outcomes) expect(pairs.filter((pair) => !startsAlike(pair))).toEqual([]);
  });

  // The log ends earlier without Security's last records, so an open session is counted to another instant.
  test('what is open with full auditing is open without', () => {
    for (const { pairs } of outcomes) {
      for (const { bare } of endedBy(pairs, 'open')) expect(bare.endBy).toBe('open');
    }
  });

  // Security writes nearly all signs of life; without it a crash is only known to lie between wider bounds.
  test('a crash lies inside the bounds that are given without auditing', () => {
    for (const { pairs } of outcomes) {
      for (const { audited, bare } of endedBy(pairs, 'crash')) {
        expect(bare.endBy).toBe('crash');
        expect(bare.endEarliest).toBeLessThanOrEqual(audited.end!);
        expect(bare.endLatest).toBeGreaterThanOrEqual(audited.end!);
      }
    }
  });

  test('no lock data is said of every session', () => {
    for (const { bare } of outcomes) {
      for (const { lockData, findings } of bare) {
        expect(lockData).toBe(false);
        expect(findings).toContain('no-lock-data');
      }
    }
  });
});
