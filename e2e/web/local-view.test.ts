/** `logonscope view` with a real browser: the files are on screen, nobody else gets them, Ctrl+C ends it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CHROMIUM, NO_CHROMIUM, openPage, startBrowser } from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logonscope } from '../lib/command-line.ts';
import { SAMPLE_FILES } from './lib/filled-portal.ts';
import { buildWeb } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
/** Building the app takes its time on a busy machine; nothing is measured. */
const STARTED_WITHIN_MS = 240_000;

describe('logonscope view', () => {
  let child: ChildProcess;
  let address: URL;
  let ended: Promise<number | null>;
  beforeAll(async () => {
    buildWeb();
    child = spawn(process.execPath, [MAIN, 'view', '--no-open', ...SAMPLE_FILES], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    ended = new Promise((resolve) => child.on('close', resolve));
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout!.setEncoding('utf8').once('data', resolve);
      void ended.then((status) => reject(new Error(`It ended with ${status} before it told its address.`)));
    });
    address = new URL(line.trim());
  }, STARTED_WITHIN_MS);
  afterAll(() => child?.kill('SIGKILL'));

  it('gives files to nobody without the secret part, nor under another name', async () => {
    expect(address.hostname).toBe('127.0.0.1');
    const token = address.hash.slice('#given='.length);
    const status = async (path: string) => (await fetch(new URL(path, address))).status;
    expect(await status(`/given/${token}/`)).toBe(200);
    expect(await status(`/given/${token}/0`)).toBe(200);
    expect(await status(`/given/${token}/999`)).toBe(404);
    expect(await status(`/given/${token.slice(1)}x/0`)).toBe(404);
    expect(await status('/given/')).toBe(404);
    expect(await status('/etc/passwd')).toBe(404);
  });

  it.skipIf(CHROMIUM === null)('shows what the command line finds in them', async () => {
    const sessions = JSON.parse((await logonscope(['sessions', ...SAMPLE_FILES, '--format', 'json'])).out);
    const browser = await startBrowser();
    try {
      const watched = await openPage(browser.context, address.origin);
      await watched.page.goto(address.href);
      await watched.page.getByText(`${sessions.length} sessions found`).waitFor();
      expect(watched.troubles).toEqual([]);
      expect(watched.strangers()).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('ends with Ctrl+C', async () => {
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('says what is missing', async () => {
    const { status, error } = await logonscope(['view', '--no-open', 'nowhere.evtx']);
    expect([status, error]).toEqual([2, expect.stringContaining('nowhere.evtx')]);
  });
});
