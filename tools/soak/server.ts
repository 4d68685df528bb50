/** The long form of `e2e/server`: the same proofs at a larger size, one after the other, their results kept in docs/reliability.md. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SoakServer {
  readonly seed: number;
  /** Times the size of `npm test`. */
  readonly size: number;
  /** Names of proofs, without `.test.ts`; all of them if empty. */
  readonly only: readonly string[];
  /** The document that keeps the results. */
  readonly results: string;
}

const PROOFS_FOLDER = join('e2e', 'server');
const TEST = '.test.ts';
const VITEST = join('node_modules', 'vitest', 'vitest.mjs');
/** What stands after the table of results; rows go before it. */
const NEXT_SECTION = '\n## What a proof found';

/** The proofs there are, by name. */
const serverProofs = (): readonly string[] =>
  readdirSync(PROOFS_FOLDER)
    .filter((file) => file.endsWith(TEST))
    .map((file) => file.slice(0, -TEST.length))
    .sort();

/**
 * Runs the proofs one after the other and keeps the results of each as soon as it has passed; returns the exit status.
 * One that fails is repeated by its seed; the others run all the same.
 */
export async function soakServer({ seed, size, only, results }: SoakServer): Promise<0 | 1 | 2> {
  const all = serverProofs();
  const unknown = only.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    console.error(`soak: no proof named ${unknown.join(', ')}; there are: ${all.join(', ')}`);
    return 2;
  }
  const failed: string[] = [];
  for (const name of only.length > 0 ? only : all) {
    console.log(`\nsoak: ${name}, seed ${seed}, ${size} times the size of npm test`);
    const notes = await notesOf(name, { seed, size });
    if (notes === null) failed.push(name);
    else keep(results, notes);
  }
  for (const name of failed)
    console.error(`soak: ${name} failed  → npm run soak -- --server ${name} --size ${size} --seed ${seed}`);
  return failed.length > 0 ? 1 : 0;
}

/** Runs one proof; the rows it noted, or null if it failed. */
async function notesOf(
  name: string,
  { seed, size }: Pick<SoakServer, 'seed' | 'size'>,
): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'logonscope-soak-'));
  const notes = join(folder, 'notes');
  try {
    const status = await run(join(PROOFS_FOLDER, `${name}${TEST}`), {
      LOGONSCOPE_PROOF_SIZE: String(size),
      LOGONSCOPE_PROOF_SEED: String(seed),
      LOGONSCOPE_PROOF_NOTES: notes,
    });
    if (status !== 0) return null;
    return existsSync(notes) ? readFileSync(notes, 'utf8') : '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(proof: string, env: Readonly<Record<string, string>>): Promise<number> {
  const child = spawn(process.execPath, [VITEST, 'run', proof], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
}

function keep(results: string, rows: string): void {
  if (rows === '') return;
  const text = readFileSync(results, 'utf8');
  const at = text.indexOf(NEXT_SECTION);
  if (at < 0)
    throw new Error(`${results}: expected the heading ${NEXT_SECTION.trim()} after the server's table`);
  writeFileSync(results, text.slice(0, at) + rows + text.slice(at));
  console.log(`soak: noted in ${results}`);
}
