/** What goes with the timeline's lanes: selections used, addresses opened, other views, news, and pictures that were kept. */
import { barriers, CHROMIUM, NO_CHROMIUM, screenshot, type WatchedPage } from '@logonscope/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DIFFERENT_MAX, differenceFromGolden } from './lib/golden.ts';
import { loadFleet } from './lib/simulated-fleet.ts';
import { type Shows, TimelinePage } from './lib/timeline-page.ts';
import { startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FLEET = { seed: 7, computers: 9, days: 14, firstDay: '2026-03-23' };
const RANGE = 'range=2026-03-23..2026-04-05&tz=Europe/London';
const WEEK = `${RANGE}&view=2026-03-25T00:00:00Z..2026-03-28T00:00:00Z`;

const length = ({ from, to }: { from: number; to: number }) => to - from;
const middle = ({ from, to }: { from: number; to: number }) => (from + to) / 2;
const near = (a: number, b: number, { from, to }: Shows) => Math.abs(a - b) < (to - from) / 100;

describe.skipIf(CHROMIUM === null)('the timeline', () => {
  let portal: WebPortal;
  let watched: WatchedPage;
  let timeline: TimelinePage;

  beforeAll(async () => {
    portal = await startWebPortal();
    await loadFleet(portal, FLEET);
    watched = await portal.openSignedIn();
    timeline = new TimelinePage(watched.page);
  }, 120_000);
  afterAll(() => portal?.close());
  afterEach(() => expect(watched.troubles).toEqual([]));

  describe('a selection', () => {
    beforeEach(() => timeline.open(portal.address, WEEK));

    it('that is zoomed into, and the way back is kept', async () => {
      const { page } = watched;
      const before = await timeline.shows();
      await timeline.drag(await timeline.place(0.4, 'axis'), await timeline.place(0.6, 'axis'));
      await page.getByRole('button', { name: 'Zoom', exact: true }).click();
      const inside = await timeline.until(
        (shows) => shows.brush === null && length(shows) < length(before) / 4,
      );
      expect(near(middle(inside), middle(before), before)).toBe(true);
      await page.getByRole('navigation', { name: 'Ranges and marks' }).getByRole('button').first().click();
      await timeline.until(
        (shows) => near(shows.from, before.from, before) && near(shows.to, before.to, before),
      );
    });

    it('that becomes the range of all pages', async () => {
      await timeline.drag(await timeline.place(0.4, 'axis'), await timeline.place(0.6, 'axis'));
      const { brush } = await timeline.until((shows) => shows.brush !== null);
      await watched.page.getByRole('button', { name: 'Filter all pages' }).click();
      await watched.page.waitForURL(
        (url) =>
          url.searchParams.get('range')?.includes('..') === true && !url.search.includes('2026-03-23..2026'),
      );
      const [from] = new URL(watched.page.url()).searchParams.get('range')!.split('..');
      expect(Math.abs(Date.parse(from!) - brush!.from)).toBeLessThan(1_001);
    });

    it('that is saved as a file', async () => {
      await timeline.drag(await timeline.place(0.4, 'axis'), await timeline.place(0.6, 'axis'));
      const download = watched.page.waitForEvent('download');
      await watched.page.getByRole('button', { name: 'Export' }).click();
      await watched.page.getByRole('menuitem', { name: /^CSV/ }).click();
      expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    });
  });

  it('shows the session that an address names', async () => {
    await timeline.open(portal.address, WEEK);
    await timeline.root.focus();
    for (const key of ['ArrowDown', '.', 'Enter']) await watched.page.keyboard.press(key);
    const { selected } = await timeline.until((shows) => shows.selected !== null);
    // The answer about it comes when all else has come to rest, and the address has been written anew.
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await watched.page.route(`**/sessions/${selected!.sessionId}`, async (route) => {
      await held;
      await route.continue();
    });
    const company = new URL(watched.page.url()).pathname.split('/')[2];
    const search = `${RANGE}&session=${selected!.sessionId}`;
    await watched.page.goto(`${portal.address}/c/${company}/timeline?${search}`);
    await timeline.settled();
    await timeline.quiet();
    letGo();
    await timeline.until((shows) => shows.selected?.sessionId === selected!.sessionId);
    const details = watched.page.getByRole('complementary', { name: 'Session' });
    await details.getByText('Use time').first().waitFor();
    expect(await barriers(watched.page)).toEqual([]);
  });

  it('shows the same as a table, as days of one person, and as numbers at once', async () => {
    const { page } = watched;
    await timeline.open(portal.address, WEEK);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const table = page.getByTestId('timeline-table');
    await table.getByText(/\d+ sessions in view/).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.getByRole('radio', { name: 'Actogram' }).click();
    await page.getByTestId('actogram').waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('mode')).toBe('actogram');
    await page.getByRole('radio', { name: 'Concurrency' }).click();
    await timeline.until(({ rowPx, rows }) => rowPx > 50 && rows > 0);
    expect(await barriers(page)).toEqual([]);
  });

  it('shows what a live event changes, without being asked again', async () => {
    const { page } = watched;
    const now = new Date();
    const day = now.toISOString().slice(0, 10);
    const send = (EventType: string, at: number) =>
      portal.send({
        EventType,
        UserName: 'live.lee',
        ComputerName: 'PC-LIVE',
        Timestamp: `${new Date(at).toISOString().slice(0, 19)}Z`,
      });
    await send('Logon', now.getTime() - 3 * HOUR);
    await timeline.open(
      portal.address,
      `range=${new Date(now.getTime() - 2 * DAY).toISOString().slice(0, 10)}..${day}T23:59&tz=UTC&find=live.lee`,
    );
    await timeline.until(({ rows }) => rows === 1);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const table = page.getByTestId('timeline-table');
    await table.getByText('end open', { exact: false }).first().waitFor();
    await send('Logoff', now.getTime() - HOUR);
    await table.getByText('end exact', { exact: false }).first().waitFor();
  });

  describe.each(['light', 'dark'] as const)('looks as it was kept, %s', (scheme) => {
    let shown: WatchedPage;
    let lanes: TimelinePage;
    beforeAll(async () => {
      shown = await portal.openSignedIn({ scheme });
      lanes = new TimelinePage(shown.page);
    });

    // Lanes alone and too low for labels: these pictures hold no text, which every machine draws in its own way.
    it.each([
      ['days', 'range=2026-02-18..2026-04-05', '0'],
      ['pixels', `${RANGE}&rows=6`, '0'],
      ['bars', `${RANGE}&rows=15&marked=logonFailed,elevated,lock`, '3'],
      ['computers', `${RANGE}&rows=15&by=computer`, '4'],
      ['concurrency', `${RANGE}&mode=concurrency`, '0'],
    ])('%s', async (name, search, key) => {
      await lanes.open(portal.address, `${search}&tz=Europe/London`);
      await screenshot(shown.page, `timeline-${name}-${scheme}`);
      await lanes.root.evaluate((root) => {
        Object.assign(root.style, { flex: 'none', width: '700px', height: '320px' });
      });
      const canvas = lanes.root.locator('canvas[data-layer="lanes"]');
      await expect.poll(() => canvas.getAttribute('width')).toBe('524');
      await lanes.root.focus();
      await shown.page.keyboard.press(key);
      await lanes.quiet();
      // The last lanes may still be on their way: the picture is right when it has become right.
      await expect
        .poll(() => differenceFromGolden(canvas, `timeline-${name}-${scheme}`), { timeout: 20_000 })
        .toBeLessThanOrEqual(DIFFERENT_MAX);
      expect(shown.troubles).toEqual([]);
    });
  });
});
