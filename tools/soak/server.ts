/** The long form of `e2e/server`: the same proofs at ten times the size, their results kept in docs/reliability.md. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE = 10;
const VITEST = join('node_modules', 'vitest', 'vitest.mjs');
/** What stands after the table of results; rows go before it. */
const NEXT_SECTION = '\n## Damaged inputs';

/** Runs the proofs one after the other; returns the exit status. Results are kept only of a run without failures. */
export async function soakServer(results: string, seed: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'logonscope-soak-'));
  const notes = join(folder, 'notes');
  try {
    console.log(`soak: the server, seed ${seed}, ${SIZE} times the size of npm test`);
    const status = await run({
      LOGONSCOPE_PROOF_SIZE: String(SIZE),
      LOGONSCOPE_PROOF_SEED: String(seed),
      LOGONSCOPE_PROOF_NOTES: notes,
    });
    if (status === 0 && existsSync(notes)) keep(results, readFileSync(notes, 'utf8'));
    return status;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(env: Readonly<Record<string, string>>): Promise<number> {
  const line = [VITEST, 'run', 'e2e/server', '--maxWorkers=1'];
  const child = spawn(process.execPath, line, { env: { ...process.env, ...env }, stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
}

function keep(results: string, rows: string): void {
  const text = readFileSync(results, 'utf8');
  const at = text.indexOf(NEXT_SECTION);
  if (at < 0)
    throw new Error(`${results}: expected the heading ${NEXT_SECTION.trim()} after the server's table`);
  writeFileSync(results, text.slice(0, at) + rows + text.slice(at));
  console.log(`soak: noted in ${results}`);
}
