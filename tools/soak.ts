/**
 * `npm run soak [-- --inputs N --seed S --from N | --server [PROOF …] [--size N] [--seed S]]`: the long proofs; results are
 * kept in docs/reliability.md.
 */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { addTallies, type FuzzTally, fuzz } from '@logonscope/testkit';
import { soakServer } from './soak/server.ts';

const SLICE_INPUTS = 50_000;
const RESULTS = 'docs/reliability.md';
const PREFACE = `# Reliability

## Damaged inputs

Results of \`npm run soak\`: damaged inputs of at most 64 kB, read by every reader. They are made from a log in every format, simulated
EVTX files, archives of those, and every sample in \`samples/\`. Asserted
for each input: nothing is thrown, at most 1 s of CPU, at most 500 MB of memory; and where a single record was damaged,
all others are still found. A run can be repeated by its seed and continued with \`--from\`.

| seed | inputs | reads | records | problems | one-record damage | slowest input | peak memory | failures |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    server: { type: 'boolean', default: false },
    size: { type: 'string', default: '10' },
  },
});
const inputs = wholeNumber('--inputs', values.inputs);
const from = wholeNumber('--from', values.from);
const seed = values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber('--seed', values.seed);
if (values.server) {
  const size = wholeNumber('--size', values.size);
  process.exit(await soakServer({ results: RESULTS, seed, size, only: positionals }));
}

function wholeNumber(flag: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`soak: ${flag} ${text}: expected a whole number`);
  process.exit(2);
}

console.log(`soak: seed ${seed}, inputs ${from} to ${from + inputs - 1}`);
let total: FuzzTally | null = null;
for (let at = from; at < from + inputs; at += SLICE_INPUTS) {
  const slice = { seed, from: at, inputs: Math.min(SLICE_INPUTS, from + inputs - at) };
  const tally = await fuzz({ ...slice, samples: 'samples', processes: Math.min(2, availableParallelism()) });
  total = total === null ? tally : addTallies(total, tally);
  console.log(`  to ${at + slice.inputs}: ${describe(tally)}`);
  for (const { input, reader, sample, what } of tally.failures) {
    console.error(`  FAIL input ${input} (${sample}, ${reader}): ${what}`);
  }
  if (tally.failures.length > 0) {
    console.error(
      `  → repeat it: npm run soak -- --seed ${seed} --from ${tally.failures[0]?.input} --inputs 1`,
    );
    break;
  }
}
if (total !== null) record(total);
process.exitCode = total !== null && total.failures.length === 0 ? 0 : 1;

function describe(tally: FuzzTally): string {
  const slowest = `slowest input ${Math.round(tally.slowestCpuMs)} ms`;
  return `${tally.reads} reads, ${tally.records} records, ${slowest}, ${megabytes(tally.peakRssBytes)}`;
}

/** A line per run that covered what it was asked to; short tries are not worth a line. */
function record(tally: FuzzTally): void {
  if (tally.inputs < SLICE_INPUTS) return;
  if (!existsSync(RESULTS)) writeFileSync(RESULTS, PREFACE);
  const cells = [
    `${seed}${from > 0 ? ` from ${from}` : ''}`,
    tally.inputs,
    tally.reads,
    tally.records,
    tally.problems,
    tally.intactChecks,
    `${Math.round(tally.slowestCpuMs)} ms`,
    megabytes(tally.peakRssBytes),
    tally.failures.length,
  ];
  appendFileSync(RESULTS, `| ${cells.join(' | ')} |\n`);
  console.log(`soak: noted in ${RESULTS}`);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`;
}
