/** Sessions in a real browser: the list and every figure as the command line has them, filters, keys, files, hostile names. */
import { readFileSync } from 'node:fs';
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
  readonly id: string;
  readonly user: string;
  readonly computer: string;
  readonly useSeconds: number;
  readonly durationSeconds: number;
  readonly end: string | null;
}

const HOSTILE = [
  '<img src=x onerror="document.title=1">',
  '=HYPERLINK("http://evil.example","x")',
  '\u202Egnp.exe',
  'x'.repeat(255),
];

describe.skipIf(CHROMIUM === null)('the sessions page', () => {
  let portal: FilledPortal;
  let sessions: readonly Session[];
  let watched: WatchedPage;
  let page: Page;
  beforeAll(async () => {
    portal = await startFilledPortal();
    const { out } = await logonscope(['sessions', ...SAMPLE_FILES, '--format', 'json']);
    sessions = JSON.parse(out);
    watched = await portal.openSignedIn();
    page = watched.page;
  }, STARTED_WITHIN_MS);
  afterAll(async () => {
    expect(watched?.troubles ?? []).toEqual([]);
    expect(watched?.strangers() ?? []).toEqual([]);
    await portal?.close();
  });

  const open = async (search = 'range=all') => {
    await page.goto(`${portal.address}${portal.company}/sessions?${search}`);
    await page
      .getByRole('grid', { name: 'Sessions' })
      .or(page.getByText(/No sessions/))
      .first()
      .waitFor();
  };
  const rowsOf = () => page.getByRole('grid', { name: 'Sessions' }).getByRole('row');
  const clock = (seconds: number) => {
    const ms = Math.round(seconds * 1_000);
    const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
    const rest = ms % 1_000 === 0 ? '' : `.${String(ms % 1_000).padStart(3, '0')}`;
    return `${Math.floor(ms / 3_600_000)}:${two((ms % 3_600_000) / 60_000)}:${two((ms % 60_000) / 1_000)}${rest}`;
  };

  it('has as many sessions as the command line finds in the same files', async () => {
    await open();
    await page.getByText(`${sessions.length} sessions`, { exact: true }).waitFor();
    expect(await rowsOf().count()).toBe(sessions.length + 1);
    const grid = page.getByRole('grid', { name: 'Sessions' });
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(sessions.length + 1));
    await screenshot(page, 'sessions');
  });

  it('explains each of them by a ledger whose last line is the use time of the command line', async () => {
    for (const { id, useSeconds, durationSeconds } of sessions) {
      await page.goto(`${portal.address}${portal.company}/sessions/${id}`);
      const ledger = page.getByRole('region', { name: 'Ledger' });
      const used = await ledger
        .getByRole('row', { name: /^Use time/ })
        .getByRole('cell')
        .textContent();
      expect(used, id).toBe(clock(useSeconds));
      const [, first] = await ledger.getByRole('row').all();
      expect(await first!.getByRole('cell').last().textContent(), id).toBe(clock(durationSeconds));
      expect(await page.getByText('do not add up').count()).toBe(0);
    }
  });

  it('is worked by keys alone: to a row, into the session, through its parts and back', async () => {
    await open();
    await rowsOf().nth(1).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press(' ');
    await page.getByText('1 session selected').waitFor();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Session' });
    await drawer.getByRole('region', { name: 'Ledger' }).waitFor();
    expect(page.url()).toMatch(/session=[0-9a-f]+/);
    expect(await barriers(page)).toEqual([]);
    await screenshot(page, 'session-drawer');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('session=');
  });

  it('leads from a line of the ledger to the record behind it', async () => {
    const away = sessions.find(({ useSeconds, durationSeconds }) => durationSeconds - useSeconds > 60)!;
    await page.goto(`${portal.address}${portal.company}/sessions?range=all&session=${away.id}`);
    const drawer = page.getByRole('dialog', { name: 'Session' });
    const evidence = drawer.getByRole('region', { name: 'Ledger' }).getByRole('button').first();
    const record = await evidence.textContent();
    await evidence.click();
    const marked = drawer.getByRole('list', { name: 'Events of this session' }).locator('[data-marked]');
    expect(await marked.first().textContent()).toContain(record!);
  });

  it('filters by chips and by text, and says where a text is not understood', async () => {
    await open();
    const line = page.getByRole('textbox', { name: 'Filter' });
    await line.fill('dur:>soon user:anna');
    const problem = page.getByRole('alert');
    await problem.waitFor();
    expect(await problem.locator('mark').textContent()).toBe('>soon');
    await line.fill('user:anna');
    await line.press('Enter');
    const anna = sessions.filter(({ user }) => user.toLowerCase() === 'anna').length;
    await page.getByText(`${anna} session`, { exact: false }).first().waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('user:anna');
    await page.getByRole('button', { name: 'Exclude user:anna' }).click();
    await page.getByText(`${sessions.length - anna} sessions`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Pause -user:anna' }).click();
    await page.getByText(`${sessions.length} sessions`, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove ~-user:anna' }).click();
    expect(new URL(page.url()).searchParams.get('q')).toBeNull();
  });

  it('narrows by a facet, with the count it promised', async () => {
    await open();
    const facet = page
      .getByRole('complementary')
      .getByRole('button', { name: /^logoff/ })
      .first();
    const promised = Number(/\d+$/.exec((await facet.textContent())!)![0]);
    await facet.click();
    await page.getByText(promised === 1 ? '1 session' : `${promised} sessions`, { exact: true }).waitFor();
    expect(await rowsOf().count()).toBe(promised + 1);
  });

  it('remembers its columns, and puts just these into a file', async () => {
    await open();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('dialog').getByLabel('SID').check();
    await page.getByRole('dialog').getByLabel('Locked').uncheck();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await page.getByRole('columnheader', { name: 'SID' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Locked' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Export' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    const file = readFileSync((await (await waiting).path())!, 'utf8').replace('\uFEFF', '');
    const [head, ...lines] = file.trim().split(/\r?\n/);
    expect(head).toContain('SID');
    expect(head).not.toContain('Locked');
    expect(lines).toHaveLength(sessions.length);
  });

  it('says why nothing is there, and offers the nearest that is', async () => {
    await open('range=2030-01-01..2030-01-02&q=user:anna');
    await page.getByText(/No sessions match 1 condition/).waitFor();
    await page.getByRole('button', { name: /^Nearest/ }).click();
    await page.getByRole('grid', { name: 'Sessions' }).waitFor();
    await open('range=2030-01-01..2030-01-02&q=user:nobody');
    await page.getByRole('button', { name: 'Without user:nobody' }).click();
    await page.getByText(/No sessions: /).waitFor();
  });

  it('fails alone and comes back when asked again', async () => {
    let broken = true;
    await page.route('**/sessions?**', (route) =>
      broken && route.request().url().includes('/api/')
        ? route.fulfill({ status: 400, contentType: 'application/problem+json', body: PROBLEM })
        : route.fallback(),
    );
    await page.goto(`${portal.address}${portal.company}/sessions?range=all`);
    await page.getByRole('alert').getByText('It is made so').waitFor();
    await page.getByText('r-4711').waitFor();
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('grid', { name: 'Sessions' }).waitFor();
    await page.unroute('**/sessions?**');
  });

  it('shows a name of 64 kB from a file, short, and stays as wide as the window', async () => {
    const rows = ['Logon', 'Logoff'].map(
      (type, hour) => `${type},${'w'.repeat(65_536)},HUGE-1,10.0.0.1,2026-06-01T0${8 + hour}:00:00Z,1`,
    );
    const csv = ['eventtype,username,hostname,ipaddress,timestamp,send_status', ...rows].join('\n');
    await portal.importFile('event_log.csv', new TextEncoder().encode(csv));
    await open('range=all&q=host:HUGE-1');
    await page.getByText('1 session', { exact: true }).waitFor();
    expect(await overflowWidth(page)).toBe(0);
    await rowsOf().nth(1).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('region', { name: 'Ledger' }).waitFor();
    expect(await overflowWidth(page)).toBe(0);
  });

  it('shows hostile names as what they are: text', async () => {
    for (const [index, UserName] of HOSTILE.entries()) {
      for (const [EventType, time] of [
        ['Logon', '08:00:00'],
        ['Logoff', '09:00:00'],
      ]) {
        const Timestamp = `2026-05-0${index + 1}T${time}Z`;
        await portal.send({ EventType: EventType!, UserName, ComputerName: `EVIL-${index}`, Timestamp });
      }
    }
    await open('range=all&q=host:EVIL-*');
    await page.getByText('4 sessions', { exact: true }).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toContain('Logonscope');
    expect(await overflowWidth(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    const file = readFileSync((await (await waiting).path())!, 'utf8');
    expect(file).not.toMatch(/(^|,|")=HYPERLINK/m);
    await screenshot(page, 'sessions-hostile');
  });

  it('becomes cards of two lines on a phone, in the dark', async () => {
    const phone = await portal.openSignedIn({ width: 320, height: 640, scheme: 'dark' });
    await phone.page.goto(`${portal.address}${portal.company}/sessions?range=all`);
    await phone.page.getByRole('grid', { name: 'Sessions' }).getByRole('row').first().waitFor();
    expect(await overflowWidth(phone.page)).toBe(0);
    expect(await barriers(phone.page)).toEqual([]);
    await screenshot(phone.page, 'sessions-phone-dark');
    expect(phone.troubles).toEqual([]);
  });
});

const PROBLEM = JSON.stringify({
  type: 'about:blank',
  title: 'It is made so',
  status: 400,
  code: 'test/made-so',
  requestId: 'r-4711',
});
