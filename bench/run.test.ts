/** The bench runs: every part in its quick mode, and one table at the end. What the figures are is not tested here. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'run.ts'), ...args], { encoding: 'utf8' });

test('quick mode runs the main parts and closes with a table', () => {
  const { stdout, stderr, status } = run('--quick', 'accuracy', 'end-to-end');
  expect(stderr).toBe('');
  const table = stdout.slice(stdout.indexOf('=== all figures'));
  expect(table).toMatch(/16 MB: CPU against sha256sum +[\d.]+ ×/);
  expect(table).toMatch(/complete logs: error of use time, worst seed +[\d.]+ %/);
  expect(table).toMatch(/bench: \d+ figures, \d+ miss their target, 0 parts failed/);
  expect(status).toBe(0);
}, 300_000);

test('an unknown part is named, with those there are', () => {
  const { stderr, status } = run('--quick', 'no-such-part');
  expect(status).toBe(2);
  const parts = readdirSync(import.meta.dirname).filter(
    (name) => /^[\w-]+\.ts$/.test(name) && name !== 'run.ts',
  );
  for (const part of parts) expect(stderr).toContain(part.replace('.ts', ''));
});
