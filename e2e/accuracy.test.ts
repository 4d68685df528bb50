/** Use time is close to what really happened, and its bounds hold the truth: complete logs, logs with losses, quiet computers. */

import { type FleetOptions, loseAtRandom, naiveSessions, simulateFleet } from '@logonscope/simulator';
import {
  type Accuracy,
  compareWithTruth,
  decodeSimulated,
  isOfPerson,
  sessionizeSimulated,
} from '@logonscope/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { median, percent } from './lib/figures.ts';
import { PROOF_SIZE, SCREENSAVER_DELAY_MS } from './lib/size.ts';

const SEEDS = [1, 2, 3, 4, 5];
const LOST_SHARE = 0.05;

interface Outcome {
  readonly complete: Accuracy;
  readonly lossy: Accuracy;
  readonly naive: Accuracy;
}

function outcomeOf(seed: number, more: Partial<FleetOptions> = {}): Outcome {
  const fleet = { seed, computers: 12, days: 10 * PROOF_SIZE, screensaverDelayMs: SCREENSAVER_DELAY_MS };
  const computers = [...simulateFleet({ ...fleet, ...more })];
  const records = computers.flatMap((computer) => computer.records);
  const truth = computers.flatMap((computer) => computer.truth);
  const compared = (some: typeof records): Accuracy => {
    const { sessions } = sessionizeSimulated(some, { screensaverDelayMs: SCREENSAVER_DELAY_MS });
    return compareWithTruth(sessions.filter(isOfPerson), truth);
  };
  return {
    complete: compared(records),
    lossy: compared(loseAtRandom(records, LOST_SHARE, seed)),
    naive: compareWithTruth(naiveSessions(decodeSimulated(records).events), truth),
  };
}

function told({ errorShare, insideShare, widthShare, missed, invented }: Accuracy): string {
  const shares = `error ${percent(errorShare)}, inside ${percent(insideShare)}, width ${percent(widthShare)}`;
  return `${shares}, ${missed} missed, ${invented} invented`;
}

function tell(title: string, outcomes: readonly Outcome[]): void {
  const lines = outcomes.map(
    ({ complete, lossy, naive }, index) =>
      `  seed ${SEEDS[index]} (${complete.truthSessions} sessions): ${told(complete)}\n` +
      `    5 % of records lost: ${told(lossy)}\n` +
      `    naive pairing of the complete log: error ${percent(naive.errorShare)}, ${naive.invented} invented`,
  );
  console.log([title, ...lines].join('\n'));
}

const middle = (outcomes: readonly Outcome[], pick: (outcome: Outcome) => number) =>
  median(outcomes.map(pick));

describe('an ordinary fleet', () => {
  let outcomes: Outcome[] = [];
  beforeAll(() => {
    outcomes = SEEDS.map((seed) => outcomeOf(seed));
    tell('accuracy of an ordinary fleet', outcomes);
  });

  test('every fleet has sessions enough to say something', () => {
    for (const { complete } of outcomes) expect(complete.truthSessions).toBeGreaterThan(150);
  });

  test('complete logs: the error is at most 0.3 % for every seed', () => {
    for (const { complete } of outcomes) expect(complete.errorShare).toBeLessThanOrEqual(0.003);
  });

  test('complete logs: the truth lies inside the bounds of 99.5 % of the sessions for every seed', () => {
    for (const { complete } of outcomes) expect(complete.insideShare).toBeGreaterThanOrEqual(0.995);
  });

  test('complete logs: the bounds are at most 60 % as wide as use for every seed', () => {
    for (const { complete } of outcomes) expect(complete.widthShare).toBeLessThanOrEqual(0.6);
  });

  test('5 % of the records lost: the median error is at most 2.5 %', () => {
    expect(middle(outcomes, ({ lossy }) => lossy.errorShare)).toBeLessThanOrEqual(0.025);
  });

  test('5 % of the records lost: the truth lies inside the bounds of 98 %, by the median', () => {
    expect(middle(outcomes, ({ lossy }) => lossy.insideShare)).toBeGreaterThanOrEqual(0.98);
  });

  test('naive pairing of logons and logoffs is more than a hundred times as wrong', () => {
    for (const { complete, naive } of outcomes) {
      expect(naive.errorShare).toBeGreaterThan(100 * complete.errorShare);
    }
  });
});
