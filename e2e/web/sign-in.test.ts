/** Signing in in a real browser: from the start page to who is on now, without a word from the content policy. */
import { barriers, CHROMIUM, NO_CHROMIUM, overflowWidth, screenshot } from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

describe.skipIf(CHROMIUM === null)('signing in', { timeout: 120_000 }, () => {
  let portal: WebPortal;
  beforeAll(async () => {
    portal = await startWebPortal();
    await portal.send({
      EventType: 'Logon',
      UserName: 'ana',
      ComputerName: 'PC-1',
      Timestamp: new Date().toISOString(),
    });
  });
  afterAll(() => portal?.close());

  it('leads a stranger to the sign-in page and, with the right password, back to where he wanted', async () => {
    const { page, troubles, strangers } = await portal.open();
    await page.goto(`${portal.address}/`);
    await page.waitForURL(/\/login/);
    // The address changes first; the page is there with its heading.
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await signIn(page, 'superadmin', 'wrong');
    await page.getByText('Invalid Username or Password').waitFor();
    await screenshot(page, 'sign-in-refused');
    await signIn(page, 'superadmin', portal.password);
    await page.waitForURL(/\/c\/\d+/);
    await page
      .getByText(/\bana\b/)
      .first()
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'now');
    expect(troubles).toEqual([]);
    expect(strangers()).toEqual([]);
  });

  it('is done by keyboard alone: sign in, skip the navigation, open a menu, find a page, sign out', async () => {
    const { page, troubles } = await portal.open();
    await page.goto(`${portal.address}/login`);
    // The field of the name has the focus already.
    await page.getByLabel('User name or e-mail address').waitFor();
    await page.keyboard.type('superadmin');
    await page.keyboard.press('Tab');
    await page.keyboard.type(portal.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
    await page.getByRole('link', { name: 'Skip to the page' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('page');

    const menu = page.getByRole('button', { name: 'Account of superadmin' });
    await menu.focus();
    await page.keyboard.press('ArrowDown');
    const focused = () => page.evaluate('document.activeElement.textContent');
    await expect.poll(focused).toBe('My account');
    await page.keyboard.press('End');
    expect(await focused()).toBe('Sign out');
    await page.keyboard.press('h');
    expect(await focused()).toBe('Help');
    await page.keyboard.press('Escape');
    expect(await menu.evaluate('document.activeElement.getAttribute("aria-label")')).toBe(
      'Account of superadmin',
    );

    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Search pages/ }).waitFor();
    await page.keyboard.type('my acc');
    await page.getByRole('option', { name: /My account/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor();
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/login/);
    expect(troubles).toEqual([]);
  });

  it('fits a phone, in the dark', async () => {
    const { page, troubles } = await portal.openSignedIn({ width: 320, height: 640, scheme: 'dark' });
    await page
      .getByText(/\bana\b/)
      .first()
      .waitFor();
    expect(await overflowWidth(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'now-phone-dark');
    expect(troubles).toEqual([]);
  });
});
