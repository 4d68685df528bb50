/** Every page of the app in a real browser: no barriers in light and dark, nothing wider than a phone, nothing blocked, nobody asked. */
import { barriers, CHROMIUM, NO_CHROMIUM, overflowWidth, screenshot } from '@logonscope/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

/** Address and the heading that says the page is there; `/c` stands for the first company. */
const PAGES: readonly (readonly [address: string, heading: string])[] = [
  ['/c', 'Now'],
  ['/c/admin/sites', 'Sites and keys'],
  ['/c/admin/agents', 'Agents'],
  ['/c/admin/imports', 'Imports'],
  ['/c/admin/members', 'Members'],
  ['/c/admin/working-hours', 'Working hours'],
  ['/c/admin/retention', 'Retention'],
  ['/c/admin/audit', 'Audit trail'],
  ['/admin/companies', 'Companies'],
  ['/admin/users', 'Users'],
  ['/admin/settings', 'Settings'],
  ['/admin/audit', 'Audit trail'],
  ['/admin/errors', 'Error log'],
  ['/account', 'My account'],
  ['/setup', 'First steps'],
  ['/help', 'Help'],
  ['/c/nowhere', 'There is nothing here'],
];

/** Goes on inside the app, as a link does: one load of the program serves all pages. */
async function follow(page: Page, address: string, heading: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
}

/** Changes what the system prefers, and waits until the page has followed. */
async function prefer(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

const WIDE = { width: 1_440, height: 900 };
const NARROW = { width: 320, height: 640 };

describe.skipIf(CHROMIUM === null)('every page', () => {
  let portal: WebPortal;
  beforeAll(async () => {
    portal = await startWebPortal();
    for (const [second, type] of ['Logon', 'Lock', 'Unlock'].entries()) {
      const Timestamp = `2026-05-04T08:41:0${second}Z`;
      await portal.send({ EventType: type, UserName: 'ana', ComputerName: 'PC-1', Timestamp });
    }
  });
  afterAll(() => portal?.close());

  it('has no barriers in light and dark, and fits a phone', { timeout: 300_000 }, async () => {
    const { page, troubles, strangers } = await portal.openSignedIn(WIDE);
    const company = /\/c\/\d+/.exec(page.url())![0];
    const found: string[] = [];
    for (const [address, heading] of PAGES) {
      const name = address.slice(1).replaceAll('/', '-');
      await follow(page, address.replace(/^\/c/, company), heading);
      for (const barrier of await barriers(page)) found.push(`${address}: ${barrier}`);
      await screenshot(page, `${name}-light`);
      await prefer(page, 'dark');
      for (const barrier of await barriers(page, ['color-contrast']))
        found.push(`dark ${address}: ${barrier}`);
      await screenshot(page, `${name}-dark`);
      await page.setViewportSize(NARROW);
      const overflow = await overflowWidth(page);
      if (overflow > 0) found.push(`${address}: ${overflow} px wider than a phone`);
      await screenshot(page, `${name}-phone`, true);
      await page.setViewportSize(WIDE);
      await prefer(page, 'light');
    }
    expect(found).toEqual([]);
    expect(troubles).toEqual([]);
    expect(strangers()).toEqual([]);
  });

  it('shows with colours that the system forces, and without an account where that is enough', async () => {
    const { page, troubles } = await portal.openSignedIn({ forcedColors: true });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'forced-colours');
    expect(troubles).toEqual([]);
    const stranger = await portal.open();
    await stranger.page.goto(`${portal.address}/help`);
    await stranger.page.getByRole('heading', { name: 'How a duration is computed' }).waitFor();
    expect(stranger.troubles).toEqual([]);
  });
});
