/** How many events per second of CPU become sessions, all in memory: ordering, correlation, ledgers and bounds included. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDecoder, type LifeSpan, type SessionEvent, sessionize } from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import { decodeSimulated } from '@logonscope/testkit';
import { tell } from './lib/figures.ts';
import { median } from './lib/rounds.ts';

const QUICK = process.argv.includes('--quick');
const FLEET = QUICK ? { computers: 6, days: 5 } : { computers: 48, days: 60 };
const ROUNDS = QUICK ? 3 : 7;
/** Rounds before the compiler has seen it all; the first is told apart, since a short run is all first. */
const WARM_UP_ROUNDS = QUICK ? 1 : 10;
const EVENTS_PER_SECOND_MIN = 1_000_000;

/** What a whole run reads (people's events), and what `--include all` reads. */
const SELECTIONS = [
  { what: "people's events", peopleOnly: true, everyLogon: false, least: EVENTS_PER_SECOND_MIN / 1e6 },
  { what: 'all events, all kinds of sessions', peopleOnly: false, everyLogon: true, least: null },
];

interface Memory {
  readonly events: SessionEvent[];
  readonly life: LifeSpan[];
}

function fleetLog(peopleOnly: boolean): Memory {
  const log: Memory = { events: [], life: [] };
  for (const { records } of simulateFleet({ seed: 1, ...FLEET, noise: 0.2 })) {
    const { events, life } = decodeSimulated(records, createDecoder({ peopleOnly }));
    for (const event of events) log.events.push(event);
    for (const span of life) log.life.push(span);
  }
  return log;
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** CPU seconds of the work and its garbage collection; what the other work left behind is collected before. */
function cpuOf(work: () => void): number {
  collectGarbage();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

for (const { what, peopleOnly, everyLogon, least } of SELECTIONS) {
  const { events, life } = fleetLog(peopleOnly);
  const options = { screensaverDelayMs: 600_000, everyLogon };
  let sessions = 0;
  let characters = 0;
  const engine: number[] = [];
  const writing: number[] = [];
  const run = () => {
    sessions = sessionize(events, life, options).sessions.length;
  };
  const cold = cpuOf(run);
  for (let round = 1; round < WARM_UP_ROUNDS; round++) run();
  for (let round = 0; round < ROUNDS; round++) {
    engine.push(cpuOf(run));
    writing.push(
      cpuOf(() => {
        for (const event of events) characters += JSON.stringify(event).length;
      }),
    );
  }
  console.log(
    `${what}: ${events.length} and ${life.length} signs of life of ${FLEET.computers} computers: ${sessions} sessions; ` +
      `${Math.round(characters / ROUNDS / 1e6)} MB of JSON`,
  );
  const rate = {
    part: 'sessionizer',
    what: `${what}: events per second of CPU, in memory`,
    value: events.length / median(engine) / 1e6,
    unit: 'M events / s',
  };
  tell(least === null ? rate : { ...rate, least });
  tell({
    ...rate,
    what: `${what}: the same in the first run of a process`,
    value: events.length / cold / 1e6,
  });
  tell({
    part: 'sessionizer',
    what: `${what}: CPU against JSON.stringify of the same events`,
    value: median(engine) / median(writing),
    unit: '×',
  });
}
