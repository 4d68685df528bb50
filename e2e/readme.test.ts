/** What the README promises: `npm start` as it is written, and its `curl` lines run as they stand against that server. */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const CURL = spawnSync('curl', ['--version']).status === 0;
if (!CURL) console.log('skipped: curl is not installed, so the command lines of the README are not run');

/** The shell blocks of the README that send something. */
const SENDING = [...README.matchAll(/```sh\n(curl [\s\S]*?)```/g)].map(([, lines]) => lines!);
/** Where the README thinks the server is. */
const WRITTEN = '127.0.0.1:8000';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'readme-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await ended(child, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The exit status. */
function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  const closed = new Promise<number | null>((done) => child.once('close', done));
  child.kill(signal);
  return closed;
}

interface NpmStart {
  readonly child: ChildProcess;
  /** All it said until it was there. */
  readonly said: string;
  readonly address: string;
  readonly key: string | undefined;
}

/** What `npm start -- …flags` runs, in a folder of the test's own and on a free port. */
async function npmStart(...flags: string[]): Promise<NpmStart> {
  const { start } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;
  const steps = (start as string).split(' && ').map((step) => step.split(' '));
  for (const [program] of steps) expect(program).toBe('node');
  const [[, script, ...words], ...before] = steps.toReversed() as [string[], ...string[][]];
  for (const [, ...made] of before) expect(spawnSync(process.execPath, made, { cwd: ROOT }).status).toBe(0);
  const { LOGONSCOPE_CONFIG: _, HOST: __, PORT: ___, ...env } = process.env;
  const args = [join(ROOT, script!), ...words, '--port', '0', '--log-level', 'warn', ...flags];
  const child = spawn(process.execPath, args, { cwd: folder, env });
  children.push(child);
  let said = '';
  const address = await new Promise<string>((found, failed) => {
    const look = (text: Buffer) => {
      said += text;
      const match = /listens on (\S+)\n[\s\S]*\n$/.exec(said);
      if (match !== null) found(match[1]!);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('close', () => failed(new Error(`it ended: ${said}`)));
  });
  return { child, said, address, key: /API key {8}(\S+)/.exec(said)?.[1] };
}

/** Runs lines unchanged; only where the written address leads is told to curl, beside the line. */
async function runAsWritten(lines: string, { address, key }: NpmStart): Promise<unknown> {
  const { host } = new URL(address);
  writeFileSync(join(folder, '.curlrc'), `connect-to = "${WRITTEN}:${host}"\nsilent\nshow-error\n`);
  const env = { ...process.env, CURL_HOME: folder, HOME: folder, KEY: key };
  const { stdout } = await promisify(execFile)('sh', ['-c', lines], { cwd: folder, env });
  return JSON.parse(stdout);
}

describe('npm start', () => {
  it('prints a password and a key the first time, and neither the second time', async () => {
    const first = await npmStart();
    expect(first.said).toMatch(/password {7}\S{40,}\n/);
    expect(first.key).toMatch(/^usm_/);
    expect(await ended(first.child, 'SIGTERM')).toBe(0);
    const second = await npmStart();
    expect(second.said).not.toMatch(/password|usm_/);
    expect((await fetch(`${second.address}/readyz`)).status).toBe(200);
  });
});

describe.skipIf(!CURL)('the curl of the README', () => {
  it('there is one for http and one for https, both at the address a server has of itself', () => {
    expect(SENDING.map((lines) => /(https?):\/\/(\S+?)\//.exec(lines)?.slice(1))).toEqual([
      ['http', WRITTEN],
      ['https', WRITTEN],
    ]);
  });

  it('over http stores an event; the same again is known', async () => {
    const server = await npmStart();
    const stored = { status: 'success', message: 'Event logged successfully' };
    expect(await runAsWritten(SENDING[0]!, server)).toEqual(stored);
    expect(await runAsWritten(SENDING[0]!, server)).toMatchObject({ message: 'Event already recorded' });
  });

  it('over https with the generated certificate stores two events', async () => {
    const server = await npmStart('--generate-certificate');
    expect(server.address).toMatch(/^https:/);
    expect(await runAsWritten(SENDING[1]!, server)).toMatchObject({ stored: 2, known: 0, refused: 0 });
    expect(await runAsWritten(SENDING[1]!, server)).toMatchObject({ stored: 0, known: 2 });
  });

  it('over https is not taken without the certificate', async () => {
    const server = await npmStart('--generate-certificate');
    const trusting = SENDING[1]!.replace(/--cacert \S+/, '');
    await expect(runAsWritten(trusting, server)).rejects.toThrow(/certificate/);
  });
});
