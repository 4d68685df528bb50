/** `logonscope serve` as a service manager runs it: flags, a start, an end by signal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_SETTINGS } from '@logonscope/server';
import type { Setting } from '@logonscope/settings';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { record } from '../recorded-terminal.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A started process, with what it has said so far and how it ended. */
function serve(...flags: string[]) {
  const { LOGONSCOPE_CONFIG: _, HOST: __, PORT: ___, ...env } = process.env;
  const started = spawn(process.execPath, [MAIN, 'serve', ...flags], { cwd: folder, env });
  children.push(started);
  let out = '';
  let error = '';
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const ended = new Promise<number | null>((done) => started.on('close', done));
  const said = (words: RegExp) =>
    new Promise<RegExpExecArray>((found, failed) => {
      const look = () => {
        const match = words.exec(out);
        if (match !== null) found(match);
      };
      started.stdout.on('data', look);
      ended.then((status) => failed(new Error(`ended with ${status} before ${words}: ${out}${error}`)));
      look();
    });
  return { started, said, ended, out: () => out, error: () => error };
}

test('the help shows every flag of the settings', async () => {
  const { out } = await record(['serve', '--help']);
  const flags = Object.values<Setting>(SERVER_SETTINGS.settings).flatMap(({ flag }) => flag ?? []);
  expect(flags.length).toBeGreaterThan(10);
  expect(flags.filter((flag) => !out.includes(`  ${flag} `))).toEqual([]);
});

test('a flag of nobody is refused with a guess', async () => {
  const { status, error } = await record(['serve', '--hots', 'x']);
  expect(status).toBe(2);
  expect(error).toContain('--hots: unknown option (did you mean --host?)');
});

test('it starts, answers, and ends in order by SIGTERM', async () => {
  const { started, said, ended, error } = serve('--port', '0', '--log-level', 'warn');
  const [, address] = await said(/listens on (\S+)\n/);
  expect((await fetch(`${address}/livez`)).status).toBe(200);
  started.kill('SIGTERM');
  expect([await ended, error()]).toEqual([0, '']);
});

test('all wrong settings are listed, and the status says that it could not run', async () => {
  const { ended, error } = serve('--port', 'eighty', '--timezone', 'Mars/Base');
  expect(await ended).toBe(2);
  expect(error()).toContain('--port: expected a whole number from 0 to 65535, not "eighty"');
  expect(error()).toContain('--timezone: expected a time zone');
});

test('of two that start at once on one new database one does the first start', async () => {
  const both = [serve('--port', '0'), serve('--port', '0')];
  await Promise.all(both.map(({ said }) => said(/listens on (\S+)\n/)));
  for (const { started } of both) started.kill('SIGTERM');
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(both.filter(({ out }) => out().includes('This is the first start'))).toHaveLength(1);
});
