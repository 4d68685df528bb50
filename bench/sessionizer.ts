/** How many events per second of CPU become sessions, all in memory: ordering, correlation, ledgers and bounds included. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { tell } from './lib/figures.ts';
import { median } from './lib/rounds.ts';
import type { RoundsAsked, RoundsDone } from './lib/sessionizer-rounds.ts';

const QUICK = process.argv.includes('--quick');
const FLEET = QUICK ? { computers: 6, days: 5 } : { computers: 48, days: 60 };
const EVENTS_PER_SECOND_MIN = 1_000_000;

/**
 * What a whole run reads (people's events), and what `--include all` reads. Warm-up rounds are those before the
 * compiler has seen it all; the first is told apart, since a short run is all first.
 */
const SELECTIONS = [
  { what: "people's events", peopleOnly: true, warmUp: 10, rounds: 15, least: EVENTS_PER_SECOND_MIN / 1e6 },
  { what: 'all events, all kinds of sessions', peopleOnly: false, warmUp: 3, rounds: 5, least: null },
];

/**
 * Runs the rounds in a process of their own, garbage collection on the one thread that works: a figure per core
 * is not to depend on how several threads of a collector get along on a busy machine.
 */
function measureRounds(asked: RoundsAsked): RoundsDone {
  const script = join(import.meta.dirname, 'lib', 'sessionizer-rounds.ts');
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--single-threaded-gc', script, JSON.stringify(asked)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`${script}: ended with status ${status}`);
  return JSON.parse(stdout) as RoundsDone;
}

for (const { what, peopleOnly, least, ...full } of SELECTIONS) {
  const { warmUp, rounds } = QUICK ? { warmUp: 1, rounds: 3 } : full;
  const done = measureRounds({ ...FLEET, peopleOnly, rounds: warmUp + rounds });
  const engine = median(done.engine.slice(warmUp));
  const json = median(done.json.slice(warmUp));
  const rateOf = (cpuSeconds: number) => done.events / cpuSeconds / 1e6;
  console.log(
    `${what}: ${done.events} and ${done.lifeSpans} signs of life of ${FLEET.computers} computers: ` +
      `${done.sessions} sessions; ${Math.round(done.jsonBytes / 1e6)} MB of JSON; ` +
      `median of ${rounds} rounds after ${warmUp}`,
  );
  const rate = {
    part: 'sessionizer',
    what: `${what}: events per second of CPU, in memory`,
    value: rateOf(engine),
    unit: 'M events / s',
  };
  tell(least === null ? rate : { ...rate, least });
  const best = rateOf(Math.min(...done.engine));
  tell({ ...rate, what: `${what}: the same in the quietest round`, value: best });
  const first = rateOf(done.engine[0]!);
  tell({ ...rate, what: `${what}: the same in the first run of a process`, value: first });
  tell({
    part: 'sessionizer',
    what: `${what}: CPU against JSON.stringify of the same events`,
    value: engine / json,
    unit: '×',
  });
}
