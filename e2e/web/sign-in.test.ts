/** Signing in in a real browser: from the start page to who is on now, without a word from the content policy. */
import { barriers, CHROMIUM, NO_CHROMIUM, overflowWidth, screenshot } from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

describe.skipIf(CHROMIUM === null)('signing in', () => {
  let portal: WebPortal;
  beforeAll(async () => {
    portal = await startWebPortal();
    await portal.send({
      EventType: 'Logon',
      UserName: 'ana',
      ComputerName: 'PC-1',
      Timestamp: '2026-05-04T08:41:07Z',
    });
  });
  afterAll(() => portal?.close());

  it('leads a stranger to the sign-in page and, with the right password, back to where he wanted', async () => {
    const { page, troubles, strangers } = await portal.open();
    await page.goto(`${portal.address}/`);
    await page.waitForURL(/\/login/);
    expect(await barriers(page)).toEqual([]);
    await signIn(page, 'superadmin', 'wrong');
    await page.getByText('Invalid Username or Password').waitFor();
    await screenshot(page, 'sign-in-refused');
    await signIn(page, 'superadmin', portal.password);
    await page.waitForURL(/\/c\/\d+/);
    await page.getByRole('cell', { name: 'ana' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'now');
    expect(troubles).toEqual([]);
    expect(strangers()).toEqual([]);
  });

  it('fits a phone, in the dark', async () => {
    const { page, troubles } = await portal.openSignedIn({ width: 320, height: 640, scheme: 'dark' });
    await page.getByRole('cell', { name: 'ana' }).waitFor();
    expect(await overflowWidth(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'now-phone-dark');
    expect(troubles).toEqual([]);
  });
});
