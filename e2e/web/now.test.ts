/** The Now page in a real browser: what an agent sends is on screen without a reload, and stays where it is while paused. */
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
import { startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

/** Building the app, starting a server and reading files take their time on a busy machine; nothing is measured. */
const STARTED_WITHIN_MS = 240_000;

describe.skipIf(CHROMIUM === null)('the Now page', () => {
  let portal: WebPortal;
  let watched: WatchedPage;
  let page: Page;
  beforeAll(async () => {
    portal = await startWebPortal();
    watched = await portal.openSignedIn();
    page = watched.page;
  }, STARTED_WITHIN_MS);
  afterAll(async () => {
    expect(watched?.troubles ?? []).toEqual([]);
    expect(watched?.strangers() ?? []).toEqual([]);
    await portal?.close();
  });

  /** An agent tells of something that happened so many seconds ago. */
  const tell = (EventType: string, UserName: string, secondsAgo: number, ComputerName = 'PC-1') =>
    portal.send({
      ...{ EventType, UserName, ComputerName },
      Timestamp: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
    });
  const feed = () => page.getByRole('region', { name: 'Newest events' });
  const onNow = (user: string) =>
    page.getByRole('region', { name: 'On now' }).getByRole('row').filter({ hasText: user });

  it('of an empty installation says so, without barriers', async () => {
    await page.getByText('Nobody is signed in').waitFor();
    await page.getByText('Nothing has happened yet').waitFor();
    await page.getByText('nothing to compare with yet').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it('shows a logon as it is reported, in the feed and among those who are on', async () => {
    await page.getByText('Live', { exact: true }).waitFor();
    await tell('Logon', 'ana', 120);
    await feed().getByText('ana').waitFor();
    await onNow('ana').getByText('in use').waitFor();
    await tell('Lock', 'ana', 60);
    await onNow('ana').getByText('locked').waitFor();
    await screenshot(page, 'now-live');
  });

  it('keeps still while it is paused, and catches up in order', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await tell('Logon', 'bo', 40, 'PC-2');
    await tell('Logon', 'chen', 30, 'PC-3');
    await page.getByRole('button', { name: '2 new, show' }).waitFor();
    expect(await feed().getByText('chen').count()).toBe(0);
    await page.getByRole('button', { name: '2 new, show' }).click();
    await feed().getByText('chen').waitFor();
    const [first, second] = await feed().getByRole('listitem').allInnerTexts();
    expect([first, second].map((line) => /ana|bo|chen/.exec(line!)![0])).toEqual(['chen', 'bo']);
    await page.getByRole('button', { name: 'Resume' }).click();
  });

  it('fills the gap when the stream was cut', async () => {
    await page.context().setOffline(true);
    await tell('Logon', 'dara', 20, 'PC-4');
    await page.context().setOffline(false);
    await feed().getByText('dara').waitFor();
    watched.forgive();
  });

  it('tells the same failure several times in a row once', async () => {
    for (const second of [9, 8, 7]) await tell('LoginFailed', 'eve', second, 'PC-5');
    await feed().getByText('×3').waitFor();
  });

  it('opens a session from the list, and fits a phone in the dark', async () => {
    await onNow('chen').getByText('in use').click();
    await page.getByRole('dialog', { name: 'Session' }).getByRole('region', { name: 'Ledger' }).waitFor();
    await page.keyboard.press('Escape');
    const phone = await portal.openSignedIn({ width: 320, height: 640, scheme: 'dark' });
    await phone.page.getByText('chen').first().waitFor();
    expect(await overflowWidth(phone.page)).toBe(0);
    expect(await barriers(phone.page)).toEqual([]);
    await screenshot(phone.page, 'now-phone-dark', true);
    expect(phone.troubles).toEqual([]);
  });
});
