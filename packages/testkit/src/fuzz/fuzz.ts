/** Runs fuzzing in processes under a watchdog, and adds their tallies up. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FuzzTally, Slice } from './slice.ts';
import type { WorkerOrder } from './worker.ts';

export interface FuzzOptions extends Slice {
  /** The folder of honest inputs. */
  readonly samples: string;
  readonly processes: number;
}

/** An input under way for this long hangs; far beyond the second of CPU that is allowed, for busy machines. */
const HANG_MS = 30_000;
const WATCH_MS = 1_000;
const WORKER = join(import.meta.dirname, 'worker.ts');

/**
 * Fuzzes the inputs `from` to `from + inputs` of a seed over all readers. Which input does what depends on the
 * seed and the input's number only, so any slice can be repeated or continued. Never throws for what a reader
 * does: that is in `failures`.
 */
export async function fuzz({ processes, samples, ...slice }: FuzzOptions): Promise<FuzzTally> {
  const share = Math.ceil(slice.inputs / processes);
  const slices = Array.from({ length: processes }, (_, index) => {
    const from = slice.from + index * share;
    return { ...slice, from, inputs: Math.max(0, Math.min(share, slice.from + slice.inputs - from)) };
  });
  const tallies = await Promise.all(slices.map((part) => fuzzInProcess(part, samples)));
  return tallies.reduce(addTallies);
}

async function fuzzInProcess(slice: Slice, samples: string): Promise<FuzzTally> {
  const folder = mkdtempSync(join(tmpdir(), 'logonscope-fuzz-'));
  const underWay = join(folder, 'under-way');
  writeFileSync(underWay, new Int32Array([slice.from]));
  const current = () => readFileSync(underWay).readInt32LE(0);
  const order: WorkerOrder = { ...slice, samples, underWay };
  try {
    const { status, output, complaints, hung } = await watched(WORKER, JSON.stringify(order), current);
    if (status === 0) return JSON.parse(output) as FuzzTally;
    const what = hung
      ? `did not come back within ${HANG_MS / 1000} s`
      : `ended its process: ${complaints.slice(-2_000)}`;
    return stoppedTally(slice, current(), what);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly complaints: string;
  readonly hung: boolean;
}

/** Runs the worker until it ends, or until the same input has been under way for too long. */
function watched(script: string, order: string, current: () => number): Promise<Ended> {
  const child = spawn(process.execPath, ['--max-old-space-size=400', script, order], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let hung = false;
  let last = -1;
  let since = performance.now();
  const watch = setInterval(() => {
    const input = current();
    if (input !== last) since = performance.now();
    else if (performance.now() - since > HANG_MS) {
      hung = true;
      child.kill('SIGKILL');
    }
    last = input;
  }, WATCH_MS);
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output, complaints, hung }));
  }).finally(() => clearInterval(watch)) as Promise<Ended>;
}

/** What is known of a slice whose process died: the input it died of. */
function stoppedTally({ from }: Slice, input: number, what: string): FuzzTally {
  const failure = { input, sample: 'see the input', reader: 'unknown', what };
  const nothing = { reads: 0, bytes: 0, records: 0, problems: 0, intactChecks: 0 };
  const worst = { slowestCpuMs: 0, slowestInput: input, peakRssBytes: 0 };
  return { inputs: input - from, ...nothing, ...worst, failures: [failure] };
}

/** Two tallies as one. */
export function addTallies(a: FuzzTally, b: FuzzTally): FuzzTally {
  const slower = a.slowestCpuMs >= b.slowestCpuMs ? a : b;
  return {
    inputs: a.inputs + b.inputs,
    reads: a.reads + b.reads,
    bytes: a.bytes + b.bytes,
    records: a.records + b.records,
    problems: a.problems + b.problems,
    intactChecks: a.intactChecks + b.intactChecks,
    slowestCpuMs: slower.slowestCpuMs,
    slowestInput: slower.slowestInput,
    peakRssBytes: Math.max(a.peakRssBytes, b.peakRssBytes),
    failures: [...a.failures, ...b.failures],
  };
}
