/** Events, people, computers and who was on, in a real browser: what they show is what the command line says of the same files. */
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
import { type FilledPortal, SAMPLE_FILES, startFilledPortal } from './lib/filled-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

/** Building the app, starting a server and reading files take their time on a busy machine; nothing is measured. */
const STARTED_WITHIN_MS = 240_000;

interface Session {
  readonly user: string;
  readonly domain: string | null;
  readonly sid: string | null;
  readonly computer: string;
  readonly start: string;
  readonly end: string | null;
}

describe.skipIf(CHROMIUM === null)('pages about events, people and computers', () => {
  let portal: FilledPortal;
  let sessions: readonly Session[];
  let watched: WatchedPage;
  let page: Page;
  beforeAll(async () => {
    portal = await startFilledPortal();
    sessions = JSON.parse((await logonscope(['sessions', ...SAMPLE_FILES, '--format', 'json'])).out);
    watched = await portal.openSignedIn();
    page = watched.page;
  }, STARTED_WITHIN_MS);
  afterAll(async () => {
    expect(watched?.troubles ?? []).toEqual([]);
    expect(watched?.strangers() ?? []).toEqual([]);
    await portal?.close();
  });

  const go = (address: string) => page.goto(`${portal.address}${portal.company}/${address}`);

  it('list every event, and one of them with all its record says', async () => {
    const { out } = await logonscope(['events', ...SAMPLE_FILES, '--include', 'all', '--format', 'json']);
    const events = JSON.parse(out) as { recordId: number; signal: string }[];
    await go('events?range=all');
    await page.getByText(`${events.length.toLocaleString('en-GB')} events`, { exact: true }).waitFor();
    await page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(1).focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Event' });
    const json = JSON.parse((await drawer.getByRole('region', { name: 'The event as JSON' }).textContent())!);
    expect(events.some((one) => one.recordId === json.recordId && one.signal === json.signal)).toBe(true);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('choose a range by the keys of the histogram', async () => {
    await go('events?range=all');
    const slider = page.getByRole('slider', { name: 'Choose a range of time' });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await slider.getAttribute('aria-valuetext')).toContain(' to ');
    await page.keyboard.press('Enter');
    await page.waitForURL(/range=\d{4}-/);
  });

  it('choose a range by dragging over it', async () => {
    await go('events?range=all');
    const drawing = page.getByRole('slider').locator('svg');
    const box = (await drawing.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/range=\d{4}-/);
    const [from, to] = new URL(page.url()).searchParams
      .get('range')!
      .split('..')
      .map((text) => Date.parse(text));
    expect(to! - from!).toBeGreaterThan(0);
  });

  it('narrow events by a press on what they say', async () => {
    await go('events?range=all');
    const chip = page.getByRole('button', { name: /^logon \d/ }).first();
    const promised = /[\d,]+$/.exec((await chip.textContent())!)![0];
    await chip.click();
    await page.getByText(new RegExp(`^${promised} events?$`)).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('event:logon');
  });

  it('list everybody with sessions, and show a person day by day', async () => {
    const people = new Set(sessions.map(({ sid, user }) => sid ?? user)).size;
    await go('people?range=all');
    await page.getByText(people === 1 ? '1 person' : `${people} people`, { exact: true }).waitFor();
    await page.getByRole('searchbox').or(page.getByLabel('Search people')).first().fill('anna');
    await page.getByRole('link', { name: 'CONTOSO\\anna' }).click();
    await page.getByRole('heading', { name: 'CONTOSO\\anna' }).waitFor();
    const from = sessions.find(({ user }) => user === 'anna')!.start.slice(0, 10);
    await go(
      `people/${sessions.find(({ user }) => user === 'anna')!.sid}?range=${from}..${nextWeek(from)}&tz=UTC`,
    );
    await page.getByRole('table', { name: /^Days of/ }).waitFor();
    expect(
      await page
        .getByRole('table', { name: /^Days of/ })
        .getByRole('row')
        .count(),
    ).toBe(8);
    await page.getByRole('button', { name: 'Show as a table' }).click();
    await page
      .getByRole('region', { name: /^Hours per day of/ })
      .getByRole('row')
      .nth(7)
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'person', true);
  });

  it('show a computer with the people seen there', async () => {
    const { computer, start } = sessions[0]!;
    await go(`computers/${computer}?range=${start.slice(0, 10)}..${nextWeek(start.slice(0, 10))}`);
    await page.getByRole('list', { name: 'People seen' }).getByRole('listitem').first().waitFor();
    const seen = new Set(sessions.filter((one) => one.computer === computer).map(({ user }) => user));
    expect(await page.getByRole('list', { name: 'People seen' }).getByRole('listitem').count()).toBe(
      seen.size,
    );
    expect(await barriers(page)).toEqual([]);
  });

  it('say who was on at a moment, as the command line does, and how sure that is', async () => {
    const { computer, start, user } = sessions.find(({ end }) => end !== null)!;
    const at = new Date(Date.parse(start) + 60_000).toISOString();
    const { out } = await logonscope(['who', computer, '--at', at, ...SAMPLE_FILES, '--format', 'json']);
    const told = JSON.parse(out) as unknown[];
    await go(`who?computer=${computer}&at=${at}`);
    const table = page.getByRole('region', { name: /^Sessions at/ });
    await table.getByText('surely').first().waitFor();
    expect(await table.getByRole('row').count()).toBe(told.length + 1);
    await go(`who?ask=user&user=${user}&at=${at}`);
    await table.getByRole('link', { name: computer }).first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await go(`who?computer=NOWHERE-1&at=${at}`);
    await page.getByText(/^Nobody was on NOWHERE-1/).waitFor();
    await go(`who?ask=overlaps&user=${user}&range=all&anywhere=yes`);
    await page
      .getByRole('region', { name: 'Sessions at the same time' })
      .or(page.getByText(/^Nobody else/))
      .waitFor();
  });

  it('are saved as a view under a name, found again, shared and deleted', async () => {
    await go('sessions?range=all&q=user:anna');
    await page.getByRole('button', { name: 'Save view' }).click();
    const name = '<b>Anna</b> & =co';
    await page.getByRole('dialog').getByLabel('Name').fill(name);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await go('saved');
    await page.getByRole('link', { name }).click();
    await page.getByRole('grid', { name: 'Sessions' }).waitFor();
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('q'), searchParams.get('range')]).toEqual(['user:anna', 'all']);
    await go('saved');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByText('everybody', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'saved');
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No saved views yet').waitFor();
  });

  it.each([
    { scheme: 'dark', width: 1_440, height: 900 },
    { scheme: 'light', width: 320, height: 640 },
  ] as const)(
    'have no barriers and fit: $scheme, $width px',
    async (look) => {
      const other = await portal.openSignedIn(look);
      const person = sessions.find(({ sid }) => sid !== null)!.sid!;
      const addresses = [
        'events',
        'people',
        `people/${person}`,
        'computers',
        `computers/${sessions[0]!.computer}`,
        'who',
      ];
      for (const address of addresses) {
        await other.page.goto(`${portal.address}${portal.company}/${address}?range=all`);
        await other.page.getByRole('heading', { level: 1 }).first().waitFor();
        await other.page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
        expect(await barriers(other.page), address).toEqual([]);
        expect(await overflowWidth(other.page), address).toBe(0);
        await screenshot(other.page, `${address.split('/')[0]}-${look.scheme}-${look.width}`);
      }
      expect(other.troubles).toEqual([]);
    },
    120_000,
  );
});

/** The date a week later. */
function nextWeek(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 7 * 86_400_000).toISOString().slice(0, 10);
}
