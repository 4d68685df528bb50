/** How close use time is to what really happened, over simulated fleets, next to naive logon–logoff pairing. */
import { createDecoder, type LogonSession } from '@logonscope/core';
import {
  keepChannels,
  loseAtRandom,
  naiveSessions,
  type SimRecord,
  simulateFleet,
  type TruthSession,
  toWindowsRecord,
  WITHOUT_AUDIT,
} from '@logonscope/simulator';
import {
  type Accuracy,
  compareWithTruth,
  isOfPerson,
  matchSessions,
  sessionizeSimulated,
} from '@logonscope/testkit';
import { type Figure, tell } from './lib/figures.ts';
import { median } from './lib/rounds.ts';

const QUICK = process.argv.includes('--quick');
const SEEDS = QUICK ? [1] : [1, 2, 3, 4, 5];
const FLEET = QUICK ? { computers: 6, days: 3 } : { computers: 24, days: 14 };
const SCREENSAVER_DELAY_MS = 600_000;
const LOST_SHARE = 0.05;
/** How near an end found without audit policy must be to the one found with it. */
const END_MS = 2_000;

interface Outcome {
  readonly complete: Accuracy;
  readonly lossy: Accuracy;
  /** Naive pairing of logons and logoffs, over the complete logs and over the lossy ones. */
  readonly naive: Accuracy;
  readonly naiveLossy: Accuracy;
  readonly unaudited: { readonly foundShare: number; readonly endShare: number };
  readonly sessions: number;
}

function measure(seed: number): Outcome {
  const computers = [...simulateFleet({ seed, ...FLEET, screensaverDelayMs: SCREENSAVER_DELAY_MS })];
  const records = computers.flatMap((computer) => computer.records);
  const truth = computers.flatMap((computer) => computer.truth);
  const analyse = (some: typeof records): LogonSession[] =>
    sessionizeSimulated(some, { screensaverDelayMs: SCREENSAVER_DELAY_MS }).sessions.filter(isOfPerson);
  const full = analyse(records);
  const left = loseAtRandom(records, LOST_SHARE, seed);
  return {
    complete: compareWithTruth(full, truth),
    lossy: compareWithTruth(analyse(left), truth),
    naive: compareWithTruth(pairNaively(records), truth),
    naiveLossy: compareWithTruth(pairNaively(left), truth),
    unaudited: compareWithAudited(analyse(keepChannels(records, WITHOUT_AUDIT)), full),
    sessions: truth.length,
  };
}

function pairNaively(records: readonly SimRecord[]) {
  const decode = createDecoder({ peopleOnly: false });
  const events = records.map((record) => decode(toWindowsRecord(record))).filter((event) => event !== null);
  return naiveSessions(events.toSorted((a, b) => a.time - b.time));
}

/** Of the sessions that full auditing shows: which are found without it, and which of those end at the same time. */
function compareWithAudited(found: readonly LogonSession[], audited: readonly LogonSession[]) {
  const asTruth = audited.map((session) => ({ ...session, countedTo: session.end ?? session.asOf }));
  const pairs = matchSessions(found, asTruth as unknown as TruthSession[]);
  const sameEnd = [...pairs].filter(([{ end }, session]) => {
    // Open in both logs: no end was missed, however far each log reaches.
    if (end === null || session.end === null) return end === session.end;
    return Math.abs(session.end - end) <= END_MS;
  });
  return { foundShare: pairs.size / audited.length, endShare: sameEnd.length / audited.length };
}

const percent = (what: string, share: number, limit: { most?: number; least?: number } = {}): Figure => ({
  part: 'accuracy',
  what,
  value: 100 * share,
  unit: '%',
  ...limit,
});

const outcomes = SEEDS.map(measure);
const worst = (pick: (outcome: Outcome) => number) => Math.max(...outcomes.map(pick));
const least = (pick: (outcome: Outcome) => number) => Math.min(...outcomes.map(pick));
const middle = (pick: (outcome: Outcome) => number) => median(outcomes.map(pick));

console.log(
  `${SEEDS.length} seeds, ${FLEET.computers} computers, ${FLEET.days} days, ` +
    `${outcomes.reduce((sum, { sessions }) => sum + sessions, 0)} true sessions`,
);
for (const [index, { complete, lossy }] of outcomes.entries()) {
  const told = ({ errorShare, insideShare, missed, invented }: Accuracy) =>
    `error ${(100 * errorShare).toFixed(2)} %, inside ${(100 * insideShare).toFixed(2)} %, ${missed} missed, ${invented} invented`;
  console.log(`  seed ${SEEDS[index]}: complete: ${told(complete)}; 5 % lost: ${told(lossy)}`);
}
tell(
  percent(
    'complete logs: error of use time, worst seed',
    worst(({ complete }) => complete.errorShare),
    { most: 0.3 },
  ),
);
tell(
  percent(
    'complete logs: the same by naive pairing, median seed',
    middle(({ naive }) => naive.errorShare),
  ),
);
tell(
  percent(
    'complete logs: truth inside the bounds, worst seed',
    least(({ complete }) => complete.insideShare),
    { least: 99.5 },
  ),
);
tell(
  percent(
    'complete logs: width of the bounds over use, worst seed',
    worst(({ complete }) => complete.widthShare),
    { most: 60 },
  ),
);
tell(
  percent(
    '5 % of records lost: error of use time, median seed',
    middle(({ lossy }) => lossy.errorShare),
    { most: 2.5 },
  ),
);
tell(
  percent(
    '5 % lost: the same by naive pairing, median seed',
    middle(({ naiveLossy }) => naiveLossy.errorShare),
  ),
);
tell(
  percent(
    '5 % of records lost: truth inside the bounds, median seed',
    middle(({ lossy }) => lossy.insideShare),
    { least: 98 },
  ),
);
tell(
  percent(
    'without Security log: sessions found, worst seed',
    least(({ unaudited }) => unaudited.foundShare),
    { least: 95 },
  ),
);
tell(
  percent(
    'without Security log: ends within 2 s, worst seed',
    least(({ unaudited }) => unaudited.endShare),
    { least: 95 },
  ),
);
