/** `npm run bench [-- --quick] [part …]`: runs the parts one after another and prints one table of ratios. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIGURES_FILE, line, meets, readFigures } from './lib/figures.ts';

const FOLDER = import.meta.dirname;

/** Every script beside this one is a part; a part may be run alone with `node bench/<part>.ts`. */
const parts = readdirSync(FOLDER)
  .filter((name) => /^[\w-]+\.ts$/.test(name) && name !== 'run.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith('--'));
const asked = args.filter((arg) => !arg.startsWith('--'));
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`bench: no part named ${unknown.join(', ')}; there are: ${parts.join(', ')}`);
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), 'logonscope-bench-'));
const figuresFile = join(scratch, 'figures.ndjson');
const broken: string[] = [];
console.log(`Node ${process.version}, ${cpus().length} CPUs (${cpus()[0]?.model ?? 'unknown'})`);
for (const part of asked.length > 0 ? asked : parts) {
  console.log(`\n--- ${part}`);
  const { status } = spawnSync(process.execPath, [join(FOLDER, `${part}.ts`), ...options], {
    stdio: 'inherit',
    env: { ...process.env, [FIGURES_FILE]: figuresFile },
  });
  if (status !== 0) broken.push(part);
}

const figures = existsSync(figuresFile) ? readFigures(figuresFile) : [];
rmSync(scratch, { recursive: true, force: true });
console.log('\n=== all figures');
for (const figure of figures) console.log(line(figure));
const missed = figures.filter((figure) => !meets(figure));
console.log(
  `\nbench: ${figures.length} figures, ${missed.length} miss their target, ${broken.length} parts failed`,
);
for (const part of broken) console.error(`bench: ${part} failed  → node bench/${part}.ts`);
// Sizes of a quick run are too small to judge by; it only shows that everything runs.
if (broken.length > 0 || (missed.length > 0 && !options.includes('--quick'))) process.exitCode = 1;
