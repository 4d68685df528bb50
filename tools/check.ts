/** `npm run check`: types, lint, boundaries, dead code, tidiness, the web app's size. A failing step ends with its cure. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cure: string;
}

/** Steps under way at once; the TypeScript compiler uses several threads itself. */
const PARALLEL = 2;
const BIN = resolve('node_modules/.bin');

/** One compiler run per tsconfig: the root one for tools and bench, and one or two per workspace. */
function typeSteps(): Step[] {
  const configs = ['tsconfig.json', 'e2e/tsconfig.json'];
  for (const shelf of ['packages', 'apps']) {
    for (const folder of readdirSync(shelf).sort()) {
      for (const config of ['tsconfig.json', 'tsconfig.test.json']) {
        const path = `${shelf}/${folder}/${config}`;
        if (existsSync(path)) configs.push(path);
      }
    }
  }
  return configs.map((config) => ({
    name: `types ${config.replace(/\/?tsconfig\.json$/, '') || 'tools, bench'}`,
    command: 'tsc',
    args: ['-p', config],
    cure: 'correct the types where the compiler points',
  }));
}

const STEPS: readonly Step[] = [
  { name: 'lint', command: 'biome', args: ['check', '--error-on-warnings', '.'], cure: 'npm run fix' },
  ...typeSteps(),
  {
    name: 'boundaries',
    command: 'depcruise',
    args: [
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'err-long',
      'packages',
      'apps',
      'tools',
      'bench',
      'e2e',
    ],
    cure: 'import what boundaries.mjs allows, through src/index.ts',
  },
  {
    name: 'dead code',
    command: 'knip',
    args: ['--no-progress', '--no-config-hints'],
    cure: 'delete it, or use it: an export that only its own file needs is no export',
  },
  { name: 'tidy', command: 'node', args: ['tools/tidy.ts'], cure: 'each line above ends with its cure' },
  {
    name: 'web app: build and size',
    command: 'node',
    args: ['tools/web-size.ts'],
    cure: 'load what is needed late by import(); `node tools/web-size.ts --all` lists everything',
  },
];

interface Outcome {
  readonly step: Step;
  readonly ok: boolean;
  readonly output: string;
  readonly wallMs: number;
}

/** Runs one step to its end and keeps what it said; a tool that cannot be started is a failed step. */
function run(step: Step): Promise<Outcome> {
  const began = performance.now();
  return new Promise((done) => {
    const child = spawn(step.command, step.args, {
      env: { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const keep = (chunk: Buffer) => void (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const finish = (ok: boolean) => done({ step, ok, output, wallMs: performance.now() - began });
    child.on('error', (error) => {
      output += String(error);
      finish(false);
    });
    child.on('close', (status) => finish(status === 0));
  });
}

function report({ step, ok, output, wallMs }: Outcome): void {
  const took = `${(wallMs / 1000).toFixed(1)} s`.padStart(7);
  if (ok) console.log(`  ok    ${took}  ${step.name}`);
  else console.error(`${output.trimEnd()}\n  FAIL  ${took}  ${step.name}\n  → ${step.cure}\n`);
}

const began = performance.now();
const waiting = [...STEPS];
const failed: string[] = [];
async function work(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const outcome = await run(step);
    report(outcome);
    if (!outcome.ok) failed.push(step.name);
  }
}
await Promise.all(Array.from({ length: PARALLEL }, work));

const seconds = ((performance.now() - began) / 1000).toFixed(1);
if (failed.length > 0) {
  console.error(
    `check: ${failed.length} of ${STEPS.length} steps failed in ${seconds} s: ${failed.join(', ')}`,
  );
  process.exitCode = 1;
} else {
  console.log(`check: all ${STEPS.length} steps passed in ${seconds} s`);
}
