/** `npm run lighthouse`: how the first page does in Lighthouse, over a server with the app as it is in the sources now. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readServerSettings, startServer, wrongSettingsText } from '@logonscope/server';
import { CHROMIUM, NO_CHROMIUM } from '@logonscope/testkit';
import lighthouse from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';

const BUILD = fileURLToPath(new URL('../apps/web/build.ts', import.meta.url));
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--remote-debugging-port=0'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

/** A browser to be driven from outside, and the port it listens on. */
async function startChromium(program: string, profile: string) {
  const child = spawn(program, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (found !== null) resolve(Number(found[1]));
    });
    child.on('exit', () => reject(new Error(`Chromium ended: ${said}`)));
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return {
    port,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

if (CHROMIUM === null) throw new Error(NO_CHROMIUM);
execFileSync(process.execPath, [BUILD, '--if-needed'], { stdio: 'inherit' });
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
const settings = readServerSettings({ argv: ['--port', '0', '--log-level', 'error'], folder });
if (!settings.ok) throw new Error(wrongSettingsText(settings.wrong));
const server = await startServer(settings.values, { say: () => {}, logTo: { write: () => {} } });
const browser = await startChromium(CHROMIUM, join(folder, 'profile'));
try {
  const run = await lighthouse(
    `${server.address}/login`,
    { port: browser.port, onlyCategories: CATEGORIES, logLevel: 'error' },
    desktop,
  );
  const { categories, audits } = run!.lhr;
  for (const name of CATEGORIES) {
    console.log(`${String(Math.round((categories[name]?.score ?? 0) * 100)).padStart(4)}  ${name}`);
  }
  for (const name of [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'total-byte-weight',
  ]) {
    console.log(`      ${name}: ${audits[name]?.displayValue ?? '?'}`);
  }
  const failed = Object.values(audits).filter(
    ({ score, scoreDisplayMode }) => scoreDisplayMode === 'binary' && score === 0,
  );
  for (const { id, title } of failed) console.log(`      failed: ${id}: ${title}`);
} finally {
  await browser.stop();
  await server.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
