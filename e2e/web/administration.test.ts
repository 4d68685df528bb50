/** Administration as a person does it, in a real browser: keys, people, second factor, files, settings. */
import { readFileSync } from 'node:fs';
import { barriers, CHROMIUM, NO_CHROMIUM, screenshot, type WatchedPage } from '@logonscope/testkit';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totp } from './lib/totp.ts';
import { signIn, startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

const FIRST_PASSWORD = 'First-password-1!';
const OWN_PASSWORD = 'My-own-password-2!';
const COLLECTOR = new URL('../../samples/csv/sessionsentry_collector_enUS_ps51.csv', import.meta.url);
const LIMIT = { timeout: 180_000 };

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
/** A picture of what is open, and no barriers in it. */
async function look(page: Page, name: string): Promise<void> {
  await screenshot(page, name);
  expect(await barriers(page)).toEqual([]);
}

const dialog = (page: Page) => page.getByRole('dialog');

/** Of the only company; known once somebody has signed in. */
let company = '';

async function open(page: Page, address: string): Promise<void> {
  await page.goto(new URL(page.url()).origin + address.replace(/^\/c/, company));
  await page.getByRole('heading', { level: 1 }).waitFor();
}

describe.skipIf(CHROMIUM === null)('an administrator', () => {
  let portal: WebPortal;
  let admin: WatchedPage;
  beforeAll(async () => {
    portal = await startWebPortal();
    admin = await portal.openSignedIn();
    company = /\/c\/\d+/.exec(admin.page.url())![0];
  });
  afterAll(() => portal?.close());

  const send = (key: string) =>
    fetch(`${portal.address}/api/health`, { method: 'POST', headers: { 'x-api-key': key } }).then(
      ({ status }) => status,
    );

  it('makes a site and a key that is shown once, disables and replaces it', LIMIT, async () => {
    const { page } = admin;
    await open(page, '/c/admin/sites');
    await button(page, 'New site').click();
    await page.getByLabel('Name of the site').fill('Leeds');
    await button(page, 'Make site').click();
    const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Leeds' }) });
    await panel.getByRole('button', { name: 'New key' }).click();
    await dialog(page).getByLabel('Description').fill('front desk');
    await button(page, 'Make key').click();
    const key = (await dialog(page).locator('code').first().textContent())!;
    await look(page, 'key-shown-once');
    expect(await send(key)).toBe(200);
    // Escape must not lose a key that nobody has kept.
    await page.keyboard.press('Escape');
    await page.getByLabel('I have kept the key').check();
    await button(page, 'Done').click();
    await panel.getByRole('cell', { name: 'front desk' }).waitFor();
    expect(await page.content()).not.toContain(key);

    await panel.getByRole('button', { name: /^More for key/ }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await panel.getByText('Disabled', { exact: true }).waitFor();
    expect(await send(key)).toBe(401);
    await panel.getByRole('button', { name: /^More for key/ }).click();
    await page.getByRole('menuitem', { name: 'Enable' }).click();
    await panel.getByText('Works', { exact: true }).waitFor();
    await panel.getByRole('button', { name: /^More for key/ }).click();
    await page.getByRole('menuitem', { name: 'Replace by a new key…' }).click();
    await page.getByLabel('The old key works on for').fill('0');
    await button(page, 'Make the new key').click();
    const next = (await dialog(page).locator('code').first().textContent())!;
    expect([await send(next), await send(key)]).toEqual([200, 401]);
    await page.getByLabel('I have kept the key').check();
    await button(page, 'Done').click();
    expect(admin.troubles).toEqual([]);
  });

  it(
    'makes a person, who chooses a password, sees no administration and is told what is missing',
    LIMIT,
    async () => {
      const { page } = admin;
      await open(page, '/c/admin/members');
      await button(page, 'New person').click();
      await page.getByLabel('User name').fill('ana');
      await page.getByLabel('E-mail address').fill('ana@nowhere');
      await page.getByLabel(/^First password/).fill(FIRST_PASSWORD);
      await button(page, 'Make account').click();
      await page.getByText('Expected: an e-mail address').waitFor();
      await page.getByLabel('E-mail address').fill('ana@example.org');
      await button(page, 'Make account').click();
      await page.getByRole('cell', { name: 'ana@example.org' }).waitFor();

      const ana = await portal.open();
      await ana.page.goto(`${portal.address}/login`);
      await signIn(ana.page, 'ana', FIRST_PASSWORD);
      await ana.page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
      await ana.page.getByLabel('New password').fill(OWN_PASSWORD);
      await button(ana.page, 'Change password').click();
      await ana.page.waitForURL(/\/c\/\d+/);
      const pages = ana.page.getByRole('navigation', { name: 'Pages' });
      await pages.getByRole('link', { name: 'Now' }).waitFor();
      expect(await pages.getByRole('link', { name: 'Sites and keys' }).count()).toBe(0);
      for (const [address, role] of [
        ['/c/admin/sites', 'company administrator'],
        ['/admin/users', 'administrator'],
        ['/admin/settings', 'global administrator'],
      ] as const) {
        await open(ana.page, address);
        await ana.page.getByText(`This needs the role ${role}.`).waitFor();
      }
      expect(ana.troubles).toEqual([]);
    },
  );

  it(
    'asks for a second factor: set up by the secret, asked for at the next sign-in, replaced by a recovery code',
    LIMIT,
    async () => {
      const ana = await portal.open();
      const { page } = ana;
      await page.goto(`${portal.address}/login?next=/account`);
      await signIn(page, 'ana', OWN_PASSWORD);
      await button(page, 'Set up an authenticator').click();
      await dialog(page)
        .getByLabel(/^Your password/)
        .fill('wrong');
      await button(page, 'Continue').click();
      await dialog(page).getByText('Expected: your current password').waitFor();
      await dialog(page)
        .getByLabel(/^Your password/)
        .fill(OWN_PASSWORD);
      await button(page, 'Continue').click();
      await page.getByAltText('QR code for your authenticator app').waitFor();
      await look(page, 'authenticator');
      const secret = (await dialog(page).locator('code').textContent())!;
      await page.getByLabel(/^First code/).fill(totp(secret, Date.now()));
      await button(page, 'Confirm').click();
      await page.getByLabel('I have kept these codes').waitFor();
      const codes = await page
        .getByRole('list', { name: 'Recovery codes' })
        .getByRole('listitem')
        .allTextContents();
      expect(codes).toHaveLength(10);
      await page.getByLabel('I have kept these codes').check();
      await button(page, 'Done').click();
      await page.getByText('An authenticator is set up.').waitFor();

      await button(page, 'Account of ana').click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForURL(/\/login/);
      await signIn(page, 'ana', OWN_PASSWORD);
      await page.getByLabel(/^Code of your authenticator/).fill('000000');
      await button(page, 'Sign in').click();
      await page.getByText('Invalid MFA code').waitFor();
      await button(page, 'Use a recovery code instead').click();
      await page.getByLabel(/^Recovery code/).fill(codes[0]!);
      await button(page, 'Sign in').click();
      await page.waitForURL(/\/c\/\d+/);
      expect(ana.troubles).toEqual([]);
    },
  );

  it('signs somebody out everywhere, who signs in again in place and loses nothing', LIMIT, async () => {
    const second = await portal.openSignedIn();
    const { page } = second;
    await open(page, '/c/admin/sites');
    await button(page, 'New site').click();
    await page.getByLabel('Name of the site').fill('York');
    await open(admin.page, '/account');
    await admin.page.getByText('this browser', { exact: true }).waitFor();
    // The other browsers in which this person is signed in.
    while ((await button(admin.page, 'Sign out').count()) > 0) {
      const left = await button(admin.page, 'Sign out').count();
      await button(admin.page, 'Sign out').first().click();
      await expect.poll(() => button(admin.page, 'Sign out').count()).toBeLessThan(left);
    }
    await button(page, 'Make site').click();
    await page.getByRole('heading', { name: 'Sign in again' }).waitFor();
    await look(page, 'sign-in-again');
    await dialog(page)
      .getByLabel(/^Password/)
      .fill(portal.password);
    await button(page, 'Sign in').click();
    await page.getByRole('heading', { name: 'York' }).waitFor();
    expect(second.troubles).toEqual([]);
  });

  it('gives the server a file and reads which rows could not be', LIMIT, async () => {
    const { page } = admin;
    await open(page, '/c/admin/imports');
    const good = readFileSync(COLLECTOR);
    const head = good.toString().split('\n')[0]!;
    await page
      .getByLabel('Choose files')
      .first()
      .setInputFiles([
        { name: 'good.csv', mimeType: 'text/csv', buffer: good },
        { name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from(`${head}\nno,such,row\n`) },
      ]);
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('good.csv').getByText('Read', { exact: true }).waitFor();
    await row('bad.csv')
      .getByRole('button', { name: /problems of bad.csv/ })
      .click();
    await dialog(page)
      .getByText(/line 2/)
      .waitFor();
    await look(page, 'import-problems');
    expect(admin.troubles).toEqual([]);
  });

  it('saves one card of the settings and no other, and working hours that last', LIMIT, async () => {
    const { page } = admin;
    await open(page, '/admin/settings');
    await page.getByLabel('People may register themselves').check();
    await page.getByLabel('Least length').fill('12');
    await button(page, 'Save Passwords').click();
    await page.getByText('Passwords saved.').waitFor();
    await page.reload();
    await page.getByLabel('Least length').waitFor();
    expect(await page.getByLabel('Least length').inputValue()).toBe('12');
    expect(await page.getByLabel('People may register themselves').isChecked()).toBe(false);
    await page.getByLabel('Least length').fill('3');
    await button(page, 'Save Passwords').click();
    await page.getByText(/^Expected:/).waitFor();

    await open(page, '/c/admin/working-hours');
    await page.getByLabel('Saturday').check();
    await button(page, 'Save').click();
    await page.getByText('Working hours saved.').waitFor();
    await page.reload();
    await page.getByLabel('Saturday').waitFor();
    expect(await page.getByLabel('Saturday').isChecked()).toBe(true);
    expect(admin.troubles).toEqual([]);
  });

  it('finds pages by keyboard alone, and every deed in the trail', LIMIT, async () => {
    const { page } = admin;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Search pages/ }).waitFor();
    await page.keyboard.type('audit');
    await page
      .getByRole('option', { name: /Audit trail/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Audit trail' }).waitFor();
    for (const action of ['site.create', 'key.create', 'key.rotate', 'working-hours.change']) {
      await page.getByRole('cell', { name: action }).first().waitFor();
    }
    await open(page, '/admin/audit');
    await button(page, 'Check that nothing was changed').click();
    await page.getByText('Whole', { exact: true }).waitFor();
    expect(admin.troubles).toEqual([]);
  });
});
