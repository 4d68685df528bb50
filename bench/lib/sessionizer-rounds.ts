/** One process of the sessionizer's part: makes a fleet's events, turns them into sessions again and again, prints what each round cost. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDecoder, type LifeSpan, type SessionEvent, sessionize } from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import { decodeSimulated } from '@logonscope/testkit';

export interface RoundsAsked {
  readonly computers: number;
  readonly days: number;
  /** What a whole run reads (people's events); false: what `--include all` reads. */
  readonly peopleOnly: boolean;
  readonly rounds: number;
}

/** CPU seconds of each round, in order: of the engine, then of writing the same events as JSON. */
export interface RoundsDone {
  readonly events: number;
  readonly lifeSpans: number;
  readonly sessions: number;
  readonly jsonBytes: number;
  readonly engine: number[];
  readonly json: number[];
}

function fleetLog({ computers, days, peopleOnly }: RoundsAsked): {
  events: SessionEvent[];
  life: LifeSpan[];
} {
  const events: SessionEvent[] = [];
  const life: LifeSpan[] = [];
  for (const { records } of simulateFleet({ seed: 1, computers, days, noise: 0.2 })) {
    const log = decodeSimulated(records, createDecoder({ peopleOnly }));
    for (const event of log.events) events.push(event);
    for (const span of log.life) life.push(span);
  }
  return { events, life };
}

/** CPU seconds of the whole process, garbage collection and compilation included. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

const asked: RoundsAsked = JSON.parse(process.argv[2]!);
const { events, life } = fleetLog(asked);
const options = { screensaverDelayMs: 600_000, everyLogon: !asked.peopleOnly };
const engine: number[] = [];
const json: number[] = [];
let sessions = 0;
let jsonBytes = 0;
// Once, for what the simulator left behind; between the rounds nothing is done that a real run would not do.
collectGarbage();
for (let round = 0; round < asked.rounds; round++) {
  engine.push(
    cpuOf(() => {
      sessions = sessionize(events, life, options).sessions.length;
    }),
  );
}
for (let round = 0; round < asked.rounds; round++) {
  jsonBytes = 0;
  json.push(
    cpuOf(() => {
      for (const event of events) jsonBytes += JSON.stringify(event).length;
    }),
  );
}
const done: RoundsDone = {
  events: events.length,
  lifeSpans: life.length,
  sessions,
  jsonBytes,
  engine,
  json,
};
console.log(JSON.stringify(done));
