/** Files in a real browser, without any account: what is found equals the command line, and nothing is asked of anybody. */
import {
  barriers,
  CHROMIUM,
  NO_CHROMIUM,
  overflowWidth,
  screenshot,
  type WatchedPage,
} from '@logonscope/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logonscope } from '../lib/command-line.ts';
import { SAMPLE_FILES } from './lib/filled-portal.ts';
import { startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

/** Building the app, starting a server and reading files take their time on a busy machine; nothing is measured. */
const STARTED_WITHIN_MS = 240_000;

describe.skipIf(CHROMIUM === null)('files in the browser', () => {
  let portal: WebPortal;
  let watched: WatchedPage;
  let page: Page;
  let sessions: readonly { readonly id: string; readonly useSeconds: number }[];
  let before: number;
  beforeAll(async () => {
    portal = await startWebPortal();
    sessions = JSON.parse((await logonscope(['sessions', ...SAMPLE_FILES, '--format', 'json'])).out);
    watched = await portal.open();
    page = watched.page;
    await page.goto(`${portal.address}/local`);
    before = 0;
    await page.getByLabel('Files to read').setInputFiles([...SAMPLE_FILES]);
    await page.getByTestId('found').waitFor();
  }, STARTED_WITHIN_MS);
  afterAll(async () => {
    expect(watched?.troubles ?? []).toEqual([]);
    expect(watched?.strangers() ?? []).toEqual([]);
    await portal?.close();
  });

  it('finds as many sessions as the command line', async () => {
    await page.getByText(`${sessions.length} sessions found`).waitFor();
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'local-found');
  });

  it('shows them on the pages of the portal, and asks nobody for anything but its own scripts', async () => {
    for (const place of ['Timeline', 'Sessions', 'Events', 'People', 'Computers', 'Reports']) {
      await page
        .getByRole('link', { name: 'Files in this browser' })
        .or(page.getByTestId('found'))
        .first()
        .waitFor();
      const nav = page.getByRole('navigation', { name: before++ === 0 ? 'What was found' : 'Pages' });
      await nav.getByRole('link', { name: place }).click();
      await page.getByRole('heading', { name: place, level: 1 }).waitFor();
      await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null);
      await screenshot(page, `local-${place.toLowerCase()}`);
      expect(await page.getByText(/went wrong|not available/).count(), place).toBe(0);
    }
    const asked = watched.requests.filter(
      (address) =>
        !/\/(local|assets\/[\w.-]+|icon\.svg|first\.js|favicon\.ico)$/.test(new URL(address).pathname),
    );
    expect(asked.filter((address) => !/^(blob|data):/.test(address))).toEqual([]);
  });

  it('has as many rows in the list as there are sessions', async () => {
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Sessions' }).click();
    const grid = page.getByRole('grid', { name: 'Sessions' });
    await grid.waitFor();
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(sessions.length + 1));
  });

  it('is forbidden to connect, page and worker alike', async () => {
    // A page of its own: what is provoked here is told on the console whenever the browser comes to it.
    const own = await portal.open();
    await own.page.goto(`${portal.address}/local`);
    await own.page.getByLabel('Files to read').setInputFiles([SAMPLE_FILES[0]!]);
    await own.page.getByTestId('found').waitFor();
    const isRefused = () =>
      fetch('/livez').then(
        () => false,
        () => true,
      );
    expect(await own.page.evaluate(isRefused)).toBe(true);
    await expect.poll(() => own.troubles.some((text) => text.includes('connect-src'))).toBe(true);
    const [worker] = own.page.workers();
    expect(await worker!.evaluate(isRefused)).toBe(true);
  });

  it('asks for the zone where a file has none, and tells of each problem where it is', async () => {
    await page.goto(`${portal.address}/local`);
    const input = page.getByLabel('Files to read');
    await input.setInputFiles(['samples/csv/collector_enUS_utf8_bom_readme14cols.csv']);
    await page.getByRole('heading', { name: 'In which zone were these written?' }).waitFor();
    expect(await page.getByRole('button', { name: 'Read the files' }).isDisabled()).toBe(true);
    expect(await page.getByTestId('found').count()).toBe(0);
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Lisbon');
    await page.getByRole('option', { name: 'Europe/Lisbon' }).click();
    await page.getByRole('button', { name: 'Read the files' }).click();
    await page.getByTestId('found').waitFor();
    await input.setInputFiles([
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a log') },
    ]);
    await page.getByRole('heading', { name: 'notes.txt: 1 problem' }).waitFor();
    await page.getByText('The file begins with "not a log".').waitFor();
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'local-problems');
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowWidth(page)).toBe(0);
    await screenshot(page, 'local-phone');
  });
});
