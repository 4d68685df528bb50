/** What the door of the server does not do: nothing is made by merely importing it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('importing the server and reading its settings makes no file, key, database or account (SV-35)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  const door = new URL('./index.ts', import.meta.url).href;
  const script = `const server = await import(${JSON.stringify(door)});
    const { ok } = server.readServerSettings({ folder: '.', argv: ['--generate-certificate'] });
    await server.loadMaintenance();
    console.log(ok);`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
  expect((await run).stdout).toBe('true\n');
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
