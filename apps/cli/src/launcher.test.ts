/** The real process: launcher, standard streams, exit status. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectorCsv, folderOf, OFFICE_DAYS } from './sample-logs.ts';

const launcher = fileURLToPath(new URL('../bin/logonscope.js', import.meta.url));
let files: ReturnType<typeof folderOf>;
beforeAll(() => {
  files = folderOf({ 'office.csv': collectorCsv(OFFICE_DAYS) });
});
afterAll(() => files.remove());

function launch(line: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...line], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('the process passes output and exit status on', () => {
  const line = ['sessions', files.path('office.csv'), '--timezone', 'UTC', '--format', 'ndjson'];
  const { status, stdout, stderr } = launch(line);
  expect({ status, stderr, lines: stdout.trim().split('\n').length }).toEqual({
    status: 0,
    stderr: '',
    lines: 2,
  });
  expect(launch(['sessions', files.path('gone')]).status).toBe(2);
});

test('standard input is read as any file', () => {
  const line = ['events', '-', '--timezone', 'UTC', '--format', 'ndjson'];
  const { status, stdout } = launch(line, collectorCsv(OFFICE_DAYS));
  expect(status).toBe(0);
  expect(JSON.parse(stdout.split('\n')[0]!)).toMatchObject({ source: { file: 'standard input', line: 2 } });
});

test('empty standard input is a message and 1', () => {
  expect(launch(['sessions', '-'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('standard input'),
  });
});

test('a closed pipe ends it quietly', () => {
  const command = `"${process.execPath}" "${launcher}" events "$1" --timezone UTC --format ndjson | head -1; echo "\${PIPESTATUS[0]}"`;
  const run = spawnSync('bash', ['-c', command, 'bash', files.path('office.csv')], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.stdout.trim().split('\n').at(-1)).toBe('0');
});

const OLD_NODE = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((path) => existsSync(path))
  .find(
    (path) => Number(/^v(\d+)/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout)?.[1]) < 24,
  );
if (OLD_NODE === undefined)
  console.log('skipped: no Node older than 24 on the PATH, so the change to the newer one is not run');

test.skipIf(OLD_NODE === undefined)(
  'an old Node hands over to the newer one, and its end as well',
  async () => {
    const missing = spawnSync(OLD_NODE!, [launcher, 'sessions', files.path('gone')]);
    expect(missing.status).toBe(2);
    const folder = mkdtempSync(join(tmpdir(), 'launcher-'));
    const { LOGONSCOPE_CONFIG: _, HOST: __, PORT: ___, ...env } = process.env;
    const args = [launcher, 'serve', '--port', '0', '--log-level', 'warn'];
    const server = spawn(OLD_NODE!, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    const address = await new Promise<string>((found) =>
      server.stdout.on('data', (text: Buffer) => {
        const match = /listens on (\S+)\n/.exec(text.toString());
        if (match !== null) found(match[1]!);
      }),
    );
    const ended = new Promise((done) => server.on('close', done));
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
    await expect(fetch(`${address}/livez`)).rejects.toThrow();
    rmSync(folder, { recursive: true, force: true });
  },
);
