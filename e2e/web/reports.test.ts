/** Reports in a real browser: every figure is that of the command line, options reach the server, files and paper come out. */
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

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** As pages show a length to the last digit. */
function exact(seconds: number): string {
  const ms = Math.round(seconds * 1_000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const rest = ms % 1_000 === 0 ? '' : `.${String(ms % 1_000).padStart(3, '0')}`;
  return `${Math.floor(ms / 3_600_000)}:${two((ms % 3_600_000) / 60_000)}:${two((ms % 60_000) / 1_000)}${rest}`;
}

/** What the command line says, with the columns of lengths by their titles in the page. */
async function told(...line: string[]): Promise<readonly Row[]> {
  const { out } = await logonscope(['report', ...line, '--format', 'json', '--timezone', 'Europe/London']);
  return JSON.parse(out) as Row[];
}

const LENGTHS: Readonly<Record<string, string>> = {
  useSeconds: 'Use time',
  useMinSeconds: 'At least',
  useMaxSeconds: 'At most',
  useUnionSeconds: 'Use time, once',
  sessionSeconds: 'Session time',
  lockedSeconds: 'Locked',
  disconnectedSeconds: 'Disconnected',
  useOutsideSeconds: 'Use out of hours',
  lengthSeconds: 'Length',
};

/** One of each kind: with a heat map, with bars, with a map of its own. All stand in the same frame. */
const LOOKED_AT = [
  '/time-spent',
  '/failed-logons',
  '/logon-frequency',
  '/coverage',
  '/CAR-2013-02-012',
  '/car-coverage',
];

describe.skipIf(CHROMIUM === null)('reports', () => {
  let portal: FilledPortal;
  let watched: WatchedPage;
  let page: Page;
  beforeAll(async () => {
    portal = await startFilledPortal();
    watched = await portal.openSignedIn({ width: 2_400, height: 1_400 });
    page = watched.page;
  }, STARTED_WITHIN_MS);
  afterAll(async () => {
    expect(watched?.troubles ?? []).toEqual([]);
    expect(watched?.strangers() ?? []).toEqual([]);
    await portal?.close();
  });

  const open = async (report: string, search = '') => {
    await page.goto(
      `${portal.address}${portal.company}/reports/${report}?range=all&tz=Europe/London${search}`,
    );
    await page.getByRole('grid').or(page.getByText('Nothing to report')).first().waitFor();
  };

  /** The cells of the page's table by head, each as it tells itself to a pointer, which is to the last digit. */
  async function shown(): Promise<Record<string, string>[]> {
    const heads = await page.getByRole('grid').getByRole('columnheader').allInnerTexts();
    const rows = await page.getByRole('grid').locator('[role=row][data-index]').all();
    return Promise.all(
      rows.map(async (row) => {
        const cells = await row.getByRole('gridcell').all();
        const texts = await Promise.all(
          cells.map(async (cell) => {
            const exactly = cell.locator('[title]').first();
            return (await exactly.count()) > 0 ? ((await exactly.getAttribute('title')) ?? '') : '';
          }),
        );
        return Object.fromEntries(heads.map((head, i) => [head.trim(), texts[i] ?? '']));
      }),
    );
  }

  it.each([
    ['time-spent', []],
    ['time-spent', ['--group-by', 'user-computer']],
    ['daily', []],
    ['daily', ['--day-start', '4']],
    ['out-of-hours', []],
    ['concurrent', []],
  ] as const)('%s %j equals the command line to the millisecond', async (report, options) => {
    const search =
      options.length === 0 ? '' : `&${options[0] === '--day-start' ? 'dayStart' : 'groupBy'}=${options[1]}`;
    await open(report, search);
    const expected = await told(report, ...SAMPLE_FILES, ...options);
    const found = await shown();
    expect(expected.length).toBeGreaterThan(0);
    expect(found).toHaveLength(expected.length);
    for (const [i, row] of expected.entries()) {
      const page_ = found[i]!;
      if (row.user !== null && row.user !== undefined) expect(page_.User).toBe(row.user);
      for (const [key, title] of Object.entries(LENGTHS)) {
        if (typeof row[key] !== 'number' || page_[title] === undefined) continue;
        expect(page_[title], `${report} ${row.user} ${title}`).toBe(exact(row[key]));
      }
    }
  });

  it('adds its first figure up from the very same numbers', async () => {
    await open('time-spent');
    const rows = await told('time-spent', ...SAMPLE_FILES);
    const seconds = rows.reduce((sum, { useSeconds }) => sum + Number(useSeconds), 0);
    const hours = Math.floor(seconds / 3_600);
    const text =
      hours >= 100
        ? `${hours}h`
        : `${hours}h ${String(Math.floor((seconds % 3_600) / 60)).padStart(2, '0')}m`;
    await page.getByText(text, { exact: true }).first().waitFor();
    await screenshot(page, 'report-time-spent', true);
  });

  it('leads from a cell of the heat map to the sessions behind it', async () => {
    await open('daily');
    const map = page.getByRole('region', { name: 'Use time by person and day' });
    await map.getByRole('button').first().click();
    await page.getByRole('grid', { name: 'Sessions' }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toMatch(/^user:/);
  });

  it('gives the same figures as a chart and as a table', async () => {
    await open('logon-frequency');
    const map = page.getByRole('region', { name: 'Logons by user and hour of the day' });
    const [total] = (await told('logon-frequency', ...SAMPLE_FILES)).filter(({ date }) => date === null);
    const row = map.getByRole('row').filter({ hasText: String(total!.user) });
    const counts = (await row.getByRole('cell').allTextContents()).map((text) =>
      Number(/\d+/.exec(text)?.[0] ?? 0),
    );
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(total!.logons);
  });

  it('sorts by its columns, by keys too', async () => {
    await open('time-spent');
    await page.getByRole('columnheader', { name: 'Use time', exact: true }).getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.locator('[role=columnheader][aria-sort=descending]').waitFor();
    const lengths = (await shown()).map((row) => row['Use time']!);
    const ms = lengths.map((text) =>
      text.split(/[:.]/).reduce((sum, part, i) => sum + Number(part) * [3_600_000, 60_000, 1_000, 1][i]!, 0),
    );
    expect(ms).toEqual(ms.toSorted((a, b) => b - a));
  });

  it('goes to files in every format, and to paper with all its rows', async () => {
    await open('time-spent');
    for (const [format, begins] of [
      ['XLSX', 'PK'],
      ['PDF', '%PDF'],
      ['CSV', 'User'],
    ] as const) {
      await page.getByRole('button', { name: 'Export' }).click();
      const waiting = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: new RegExp(format) }).click();
      const stream = await (await waiting).createReadStream();
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      expect(
        Buffer.concat(chunks).toString('latin1').replace('\u00EF\u00BB\u00BF', '').slice(0, begins.length),
      ).toBe(begins);
    }
    const expected = await told('time-spent', ...SAMPLE_FILES);
    await page.emulateMedia({ media: 'print' });
    const printed = page.locator('table:has(thead th:text-is("Use time"))');
    await printed.waitFor();
    expect(await printed.locator('tbody tr').count()).toBe(expected.length);
    expect((await page.pdf({ tagged: true })).subarray(0, 4).toString()).toBe('%PDF');
    await page.emulateMedia({ media: null });
  });

  it('knows every report of the core, each without barriers', async () => {
    await page.goto(`${portal.address}${portal.company}/reports`);
    await page.getByRole('link', { name: 'Time spent' }).waitFor();
    const links = await page.getByRole('main').getByRole('link').all();
    const addresses = await Promise.all(links.map((link) => link.getAttribute('href')));
    expect(addresses.length).toBeGreaterThanOrEqual(17);
    for (const address of addresses) {
      await page.goto(`${portal.address}${address}${address!.includes('?') ? '&' : '?'}range=all`);
      await page
        .getByText(/What the numbers mean|Coverage of the CAR data model/)
        .first()
        .waitFor();
      if (LOOKED_AT.some((one) => address!.endsWith(one))) expect(await barriers(page), address!).toEqual([]);
    }
  }, 180_000);

  it('fits a phone in the dark', async () => {
    const phone = await portal.openSignedIn({ width: 320, height: 640, scheme: 'dark' });
    for (const report of ['time-spent', 'failed-logons', 'logon-frequency']) {
      await phone.page.goto(`${portal.address}${portal.company}/reports/${report}?range=all`);
      await phone.page.getByText('What the numbers mean').waitFor();
      expect(await overflowWidth(phone.page), report).toBe(0);
      expect(await barriers(phone.page), report).toEqual([]);
    }
    await screenshot(phone.page, 'report-phone-dark');
    expect(phone.troubles).toEqual([]);
  });
});
