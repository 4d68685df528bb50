/** EVTX to sessions as JSON, the whole process, against `sha256sum` and `cat` on the same file in the same run. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateLog } from '@logonscope/simulator';
import { tell } from './lib/figures.ts';
import type { ChildProcess, Cost } from './lib/measure.ts';
import { alternate } from './lib/rounds.ts';

const PART = 'end-to-end';
const GIGABYTE = 2 ** 30;
const MEGABYTE = 2 ** 20;
const QUICK = process.argv.includes('--quick');
/** The largest file but one is what the targets are about; all together show whether the cost is linear. */
const SIZES_BYTES = QUICK
  ? [4, 8, 16, 32].map((mb) => mb * MEGABYTE)
  : [0.25, 0.5, 1, 2].map((gb) => gb * GIGABYTE);
const TARGET_BYTES = SIZES_BYTES[2] as number;
const ROUNDS = QUICK ? 1 : 3;
const RSS_MEGABYTES_MAX = 300;
/** For twice the size: events are held until all of a computer are known, so they grow with the log. */
const RSS_MEGABYTES_MAX_DOUBLE = 450;
/** The second gigabyte may cost this much more than the first. */
const GROWTH_MAX = 1.25;

const LAUNCHER = join(import.meta.dirname, '../apps/cli/bin/logonscope.js');

/** Without a bundle newer than the sources the launcher runs those, and compiles them at each start: a fifth more CPU. */
function buildBundle(): void {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, '../tools/build.ts')], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the command line could not be bundled');
}

type Contender = 'logonscope' | 'sha256sum' | 'cat';

function contenders(path: string): Record<Contender, ChildProcess> {
  return {
    logonscope: {
      command: process.execPath,
      args: [LAUNCHER, 'sessions', path, '--format', 'json', '--quiet'],
    },
    sha256sum: { command: 'sha256sum', args: [path] },
    cat: { command: 'cat', args: [path] },
  };
}

/** Writes a generated Security log; the same bytes for the same size. */
function writeLog(path: string, sizeBytes: number): void {
  const file = openSync(path, 'w');
  const began = process.cpuUsage();
  const log = generateLog({ seed: 1, sizeBytes }, (bytes, offset) => {
    writeSync(file, bytes, 0, bytes.length, offset);
  });
  closeSync(file);
  const { user, system } = process.cpuUsage(began);
  console.log(
    `  ${megabytes(log.sizeBytes)}: ${log.records} records over ${log.days} days, ${log.truth.length} sessions of people, ` +
      `generated in ${((user + system) / 1e6).toFixed(0)} s of CPU`,
  );
}

const megabytes = (bytes: number): string => `${Math.round(bytes / MEGABYTE)} MB`;

// A quick run is part of the tests, beside others that use the bundle which is there.
if (!QUICK) buildBundle();
const scratch = mkdtempSync(join(tmpdir(), 'logonscope-end-to-end-'));
const measured: { sizeBytes: number; costs: Record<Contender, Cost> }[] = [];
try {
  console.log(
    `${availableParallelism()} CPUs; medians of ${ROUNDS} alternated rounds; CPU is user and system of the whole process`,
  );
  for (const sizeBytes of SIZES_BYTES) {
    const path = join(scratch, 'Security.evtx');
    writeLog(path, sizeBytes);
    const costs = await alternate(contenders(path), ROUNDS);
    measured.push({ sizeBytes, costs });
    for (const [name, cost] of Object.entries(costs)) {
      console.log(
        `    ${name.padEnd(10)} ${cost.cpuSeconds.toFixed(2).padStart(7)} s CPU ${cost.wallSeconds.toFixed(2).padStart(7)} s wall ` +
          `${megabytes(cost.peakRssBytes).padStart(7)}`,
      );
    }
    rmSync(path);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

for (const { sizeBytes, costs } of measured) {
  const { logonscope, sha256sum, cat } = costs;
  const size = megabytes(sizeBytes);
  const isTarget = sizeBytes === TARGET_BYTES;
  const against = (other: Cost) => logonscope.cpuSeconds / other.cpuSeconds;
  const ours = { part: PART, what: `${size}: CPU against sha256sum`, value: against(sha256sum), unit: '×' };
  tell(isTarget ? { ...ours, most: 1 } : ours);
  // A file so small that `cat` costs no measurable time has no ratio.
  if (cat.cpuSeconds > 0)
    tell({ part: PART, what: `${size}: CPU against cat`, value: against(cat), unit: '×' });
  const rss = {
    part: PART,
    what: `${size}: peak memory`,
    value: logonscope.peakRssBytes / MEGABYTE,
    unit: 'MB',
  };
  if (isTarget) tell({ ...rss, most: RSS_MEGABYTES_MAX });
  else tell(sizeBytes > TARGET_BYTES ? { ...rss, most: RSS_MEGABYTES_MAX_DOUBLE } : rss);
}

/** CPU per gigabyte between two sizes, so that the start-up of the process falls out. */
function marginalCost(from: number, to: number): number {
  const [a, b] = [measured[from], measured[to]];
  if (a === undefined || b === undefined) return Number.NaN;
  return (b.costs.logonscope.cpuSeconds - a.costs.logonscope.cpuSeconds) / (b.sizeBytes - a.sizeBytes);
}
tell({
  part: PART,
  what: 'cost of the second half of the largest file against the first',
  value: marginalCost(2, 3) / marginalCost(0, 2),
  unit: '×',
  most: GROWTH_MAX,
});
