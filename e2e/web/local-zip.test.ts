/** The page for files as one file, opened from the disk without any server: it reads a log, and asks nobody for anything. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openSources } from '@logonscope/readers';
import { CHROMIUM, NO_CHROMIUM, openPage, screenshot, startBrowser } from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logonscope } from '../lib/command-line.ts';
import { SAMPLE_FILES } from './lib/filled-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

const BUILD = fileURLToPath(new URL('../../apps/web/build-local.ts', import.meta.url));
const ZIP = fileURLToPath(new URL('../../dist/logonscope-local.zip', import.meta.url));
/** Building takes its time on a busy machine; nothing is measured. */
const BUILT_WITHIN_MS = 240_000;

/** The files of a zip, by name. */
async function unpacked(path: string): Promise<Map<string, Buffer>> {
  const bytes = readFileSync(path);
  let at = 0;
  const source = {
    name: 'zip',
    sizeBytes: bytes.length,
    read(into: Uint8Array) {
      const count = bytes.copy(into, 0, at);
      at += count;
      return count;
    },
  };
  const files = new Map<string, Buffer>();
  const sink = { record() {}, problem: ({ message }: { message: string }) => expect(message).toBe('') };
  for await (const member of openSources(source, sink)) {
    const pieces: Buffer[] = [];
    for (;;) {
      const piece = new Uint8Array(65_536);
      const count = await member.read(piece);
      if (count === 0) break;
      pieces.push(Buffer.from(piece.subarray(0, count)));
    }
    files.set(member.name.split('!').at(-1)!, Buffer.concat(pieces));
  }
  return files;
}

describe.skipIf(CHROMIUM === null)('the page as one file', () => {
  let folder: string;
  let address: string;
  beforeAll(async () => {
    execFileSync(process.execPath, [BUILD], { stdio: ['ignore', 'ignore', 'inherit'] });
    const files = await unpacked(ZIP);
    expect([...files.keys()]).toEqual(['index.html']);
    folder = mkdtempSync(join(tmpdir(), 'local-zip-'));
    const path = join(folder, 'index.html');
    writeFileSync(path, files.get('index.html')!);
    address = pathToFileURL(path).href;
  }, BUILT_WITHIN_MS);
  afterAll(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('reads logs from the disk, shows them on its pages and loads nothing but itself', async () => {
    const sessions = JSON.parse((await logonscope(['sessions', ...SAMPLE_FILES, '--format', 'json'])).out);
    const browser = await startBrowser();
    try {
      const watched = await openPage(browser.context, address);
      const { page } = watched;
      await page.goto(address);
      await page.getByLabel('Files to read').setInputFiles([...SAMPLE_FILES]);
      await page.getByText(`${sessions.length} sessions found`).waitFor();
      await page
        .getByRole('navigation', { name: 'What was found' })
        .getByRole('link', { name: 'Sessions' })
        .click();
      const grid = page.getByRole('grid', { name: 'Sessions' });
      await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(sessions.length + 1));
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Timeline' }).click();
      await page.getByTestId('timeline').waitFor();
      await screenshot(page, 'local-zip-timeline');
      const policy = page.locator('meta[http-equiv="content-security-policy"]');
      expect(await policy.getAttribute('content')).toContain("connect-src 'none'");
      expect(watched.troubles).toEqual([]);
      const own = (asked: string) => asked.split('#')[0] === address || /^(blob|data):/.test(asked);
      expect(watched.requests.filter((asked) => !own(asked))).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
