/**
 * The timeline's contract in a real browser, row by row: what the key help lists is done here with mouse, keys, wheel
 * and fingers, on a server with a simulated fleet. A row of the help without a proof here fails.
 */
import { barriers, CHROMIUM, NO_CHROMIUM, overflowWidth, type WatchedPage } from '@logonscope/testkit';
import type { CDPSession } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadFleet } from './lib/simulated-fleet.ts';
import { type Shows, TimelinePage } from './lib/timeline-page.ts';
import { startWebPortal, type WebPortal } from './lib/web-portal.ts';

if (CHROMIUM === null) console.log(NO_CHROMIUM);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Two weeks of a small fleet, around the night in which the clocks go forward in London. */
const FLEET = { seed: 7, computers: 9, days: 14, firstDay: '2026-03-23' };
const RANGE = 'range=2026-03-23..2026-04-05&tz=Europe/London';
const WEEK = `${RANGE}&view=2026-03-25T00:00:00Z..2026-03-28T00:00:00Z`;

const length = ({ from, to }: { from: number; to: number }) => to - from;
const middle = ({ from, to }: { from: number; to: number }) => (from + to) / 2;
/** Within a few pixels of a view that is about 1,200 wide. */
const near = (a: number, b: number, { from, to }: Shows) => Math.abs(a - b) < (to - from) / 100;

describe.skipIf(CHROMIUM === null)('the timeline', () => {
  let portal: WebPortal;
  let watched: WatchedPage;
  let timeline: TimelinePage;
  /** Inputs of the contract that a test has gone through: `action: words`. */
  const proved = new Set<string>();
  const prove = (action: string, ...inputs: string[]) => {
    for (const words of inputs) proved.add(`${action}: ${words}`);
  };
  const press = async (key: string) => {
    await timeline.root.focus();
    await watched.page.keyboard.press(key);
  };

  beforeAll(async () => {
    portal = await startWebPortal();
    await loadFleet(portal, FLEET);
    watched = await portal.openSignedIn();
    timeline = new TimelinePage(watched.page);
  }, 120_000);
  afterAll(() => portal?.close());
  beforeEach(() => timeline.open(portal.address, WEEK));
  afterEach(() => expect(watched.troubles).toEqual([]));

  describe('moves', () => {
    it('with the lanes that are dragged', async () => {
      const before = await timeline.shows();
      await timeline.drag(await timeline.place(0.6, 150), await timeline.place(0.35, 100));
      const after = await timeline.until(({ from }) => from > before.from);
      expect(near(after.from - before.from, length(before) / 4, before)).toBe(true);
      expect(near(length(after), length(before), before)).toBe(true);
      prove('pan', 'drag the lanes');
    });

    it('by wheel: down the lanes, with Shift or sideways through time', async () => {
      const { page } = watched;
      await press(']');
      await press(']');
      await press(']');
      const before = await timeline.until(({ rowPx }) => rowPx > 30);
      const { x, y } = await timeline.place(0.5, 150);
      await page.mouse.move(x, y);
      await page.mouse.wheel(0, 60);
      await timeline.until(({ scrollPx }) => scrollPx > before.scrollPx, 'scrolled');
      await page.mouse.wheel(120, 0);
      const sideways = await timeline.until(({ from }) => from > before.from, 'sideways');
      await page.keyboard.down('Shift');
      await page.mouse.wheel(0, 120);
      await page.keyboard.up('Shift');
      await timeline.until(({ from }) => from > sideways.from, 'with Shift');
      prove('scroll-lanes', 'wheel');
      prove('pan-time', 'Shift + wheel', 'wheel sideways');
    });

    it.each([
      ['pan-right', 'ArrowRight', '→', 0.15],
      ['pan-right', 'd', 'D', 0.15],
      ['pan-left', 'ArrowLeft', '←', -0.15],
      ['pan-left', 'a', 'A', -0.15],
      ['screen-right', 'Shift+ArrowRight', 'Shift + →', 1],
      ['screen-left', 'Shift+ArrowLeft', 'Shift + ←', -1],
    ])('%s by %s', async (action, key, words, part) => {
      const before = await timeline.shows();
      await press(key);
      const after = await timeline.until(({ from }) => from !== before.from);
      expect(near(after.from - before.from, part * length(before), before)).toBe(true);
      prove(action, words);
    });

    it('to now and to a date', async () => {
      const before = await timeline.shows();
      await press('g');
      await watched.page.getByLabel(/^Local time/).fill('2026-03-31T12:00');
      await watched.page.getByRole('button', { name: 'Go', exact: true }).click();
      const there = await timeline.until((shows) =>
        near(middle(shows), Date.parse('2026-03-31T11:00Z'), shows),
      );
      expect(near(length(there), length(before), before)).toBe(true);
      prove('go-to-date', 'G');
      await press('t');
      // Now lies after all the time there is: as near as the range allows.
      await timeline.until(({ to }) => to > there.to);
      prove('show-now', 'T');
    });
  });

  describe('zooms', () => {
    it('at the pointer with Ctrl and the wheel', async () => {
      const before = await timeline.shows();
      const { x, y } = await timeline.place(0.25, 150);
      await watched.page.mouse.move(x, y);
      await watched.page.keyboard.down('Control');
      await watched.page.mouse.wheel(0, -100);
      await watched.page.keyboard.up('Control');
      const after = await timeline.until((shows) => length(shows) < 0.8 * length(before));
      const under = (shows: Shows) => shows.from + 0.25 * length(shows);
      expect(near(under(after), under(before), before)).toBe(true);
      prove('zoom', 'Ctrl or ⌘ + wheel');
    });

    it('by an edge of the view on the overview', async () => {
      const before = await timeline.shows();
      const extent = { from: Date.parse('2026-03-23T00:00Z'), to: Date.parse('2026-04-04T23:00Z') };
      const share = (at: number) => (at - extent.from) / length(extent);
      await timeline.drag(
        await timeline.place(share(before.to), 'minimap'),
        await timeline.place(0.9, 'minimap'),
      );
      const after = await timeline.until(({ to }) => to > before.to + DAY);
      expect(near(after.from, before.from, after)).toBe(true);
      expect(near(after.to, extent.from + 0.9 * length(extent), after)).toBe(true);
      prove('zoom', 'drag an edge on the overview');
    });

    it.each([
      ['zoom-in', '+', '+', 0.7],
      ['zoom-in', '=', '=', 0.7],
      ['zoom-in', 'w', 'W', 0.7],
      ['zoom-out', '-', '-', 1 / 0.7],
      ['zoom-out', 's', 'S', 1 / 0.7],
    ])('%s by %s, around the middle', async (action, key, words, factor) => {
      const before = await timeline.shows();
      await press(key);
      const after = await timeline.until((shows) => length(shows) !== length(before));
      expect(near(length(after), factor * length(before), after)).toBe(true);
      expect(near(middle(after), middle(before), after)).toBe(true);
      prove(action, words);
    });

    it.each([
      ['show-hour', '1', HOUR],
      ['show-half-day', '2', 12 * HOUR],
      ['show-day', '3', DAY],
      ['show-week', '4', 7 * DAY],
    ])('%s by %s', async (action, key, wanted) => {
      await press(key);
      await timeline.until((shows) => near(length(shows), wanted, shows));
      prove(action, key);
    });

    it.each([
      ['show-month', '5', 30 * DAY],
      ['show-quarter', '6', 91 * DAY],
      ['show-year', '7', 365 * DAY],
    ])('%s by %s, as far as there is time', async (action, key, wanted) => {
      const before = await timeline.shows();
      await press(key);
      const after = await timeline.until((shows) => length(shows) > length(before));
      expect(length(after)).toBeLessThanOrEqual(Math.min(wanted, 14 * DAY * 1.2));
      prove(action, key);
    });

    it('out to everything by 0', async () => {
      await press('0');
      const all = await timeline.until((shows) => length(shows) > 12.9 * DAY);
      expect(near(all.from, Date.parse('2026-03-23T00:00Z'), all)).toBe(true);
      prove('show-all', '0');
    });
  });

  describe('selects a range', () => {
    it('dragged on the axis, on the overview, or with Shift anywhere; with figures that fields can change', async () => {
      const { page } = watched;
      const before = await timeline.shows();
      await timeline.drag(await timeline.place(0.25, 'axis'), await timeline.place(0.5, 'axis'));
      const axis = await timeline.until(({ brush }) => brush !== null);
      expect(near(length(axis.brush!), length(before) / 4, before)).toBe(true);
      await page
        .getByRole('region', { name: 'Selection' })
        .getByText(/\d+ sessions?/)
        .waitFor();
      await timeline.drag(await timeline.place(0.55, 'minimap'), await timeline.place(0.75, 'minimap'));
      await timeline.until(({ brush }) => brush !== null && length(brush) > 2 * DAY);
      await page.keyboard.down('Shift');
      await timeline.drag(await timeline.place(0.5, 120), await timeline.place(0.75, 160));
      await page.keyboard.up('Shift');
      const shifted = await timeline.until(({ brush }) => brush !== null && length(brush) < 2 * DAY);
      expect(near(shifted.brush!.from, before.from + length(before) / 2, before)).toBe(true);
      await page.getByLabel('From', { exact: true }).fill('2026-03-26T09:00:00');
      await timeline.until(({ brush }) => brush?.from === Date.parse('2026-03-26T09:00:00Z'));
      prove('brush', 'drag on the axis', 'drag on the overview', 'Shift + drag');
    });

    it('by B and the arrow keys', async () => {
      await press('b');
      const first = await timeline.until(({ brush }) => brush !== null);
      await press('ArrowRight');
      const grown = await timeline.until(({ brush }) => brush!.to > first.brush!.to);
      expect(grown.brush!.from).toBe(first.brush!.from);
      expect(grown.from).toBe(first.from);
      prove('brush-keys', 'B');
    });
  });

  describe('goes from lane to lane and session to session', () => {
    it('by arrow keys, full stop and comma, N and P; says what it came to; Enter opens, Escape clears', async () => {
      const { page } = watched;
      await press('ArrowDown');
      const second = await timeline.until(({ focus }) => focus.row === 1);
      await press('ArrowUp');
      await timeline.until(({ focus }) => focus.row === 0);
      await press('ArrowDown');
      prove('lane-down', '↓');
      prove('lane-up', '↑');
      await press('.');
      const first = await timeline.until(({ focus }) => focus.session >= 0);
      const says = page.getByTestId('timeline-says');
      expect(await says.textContent()).toMatch(new RegExp(`^${second.lane} on .+, .+ in use, .+`));
      await press('n');
      await timeline.until(({ focus }) => focus.session === first.focus.session + 1);
      await press('p');
      await timeline.until(({ focus }) => focus.session === first.focus.session);
      await press('.');
      await press(',');
      await timeline.until(({ focus }) => focus.session === first.focus.session);
      prove('next-session', '.', 'N');
      prove('previous-session', ',', 'P');
      await press('Enter');
      await timeline.until(({ selected }) => selected !== null);
      const details = page.getByRole('complementary', { name: 'Session' });
      await details.getByText(/end (exact|inferred|bounded|open)/).waitFor();
      await details.getByText('Use time').first().waitFor();
      prove('open', 'Enter');
      await press('Escape');
      await timeline.until(({ selected }) => selected === null);
      await details.waitFor({ state: 'detached' });
      prove('clear', 'Esc');
    });

    it('in a list of the lane’s sessions for those who do not see it', async () => {
      await press('ArrowDown');
      const list = timeline.root.getByRole('list', { name: /^Sessions of .+ in view$/ });
      await expect.poll(() => list.getByRole('button').count()).toBeGreaterThan(0);
      expect(await list.getByRole('button').count()).toBeLessThanOrEqual(200);
      expect(await list.locator('button[tabindex="0"]').count()).toBe(1);
      await list.getByRole('button').first().focus();
      await timeline.until(({ focus }) => focus.session >= 0);
      await watched.page.keyboard.press('Enter');
      await timeline.until(({ selected }) => selected !== null);
    });
  });

  describe('a session', () => {
    /** The longest session of the fleet's first person that begins in view. */
    async function aSession() {
      const { page } = watched;
      await press('ArrowDown');
      await press('.');
      await press('.');
      const { focus, selected } = await timeline.until((shows) => shows.focus.session >= 0);
      await press('Enter');
      const chosen = await timeline.until((shows) => shows.selected !== null);
      expect(selected).toBeNull();
      const company = new URL(page.url()).pathname.split('/')[2];
      const body = await page.evaluate(
        async (path) => (await fetch(path)).json(),
        `/api/v1/companies/${company}/sessions/${chosen.selected!.sessionId}`,
      );
      await press('Escape');
      await timeline.until((shows) => shows.selected === null);
      return {
        row: focus.row,
        id: chosen.selected!.sessionId,
        start: Date.parse(body.start),
        end: Date.parse(body.end ?? body.asOf),
      };
    }

    it('is opened by a click, is fitted by a double click and by F, then its day', async () => {
      const { row, id, start, end } = await aSession();
      const { page } = watched;
      const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+/, '');
      await timeline.open(
        portal.address,
        `${RANGE}&view=${iso(start - 2 * HOUR)}..${iso(start + 10 * HOUR)}`,
      );
      const at = start + Math.min(20 * 60_000, (end - start) / 2);
      const point = await timeline.point(at, row);
      await page.mouse.move(point.x, point.y);
      await page
        .getByTestId('timeline-card')
        .getByText(/end (exact|inferred|bounded|open)/)
        .waitFor();
      await page.mouse.click(point.x, point.y);
      await timeline.until(({ selected }) => selected?.sessionId === id);
      await expect.poll(() => new URL(page.url()).searchParams.get('session')).toBe(id);
      prove('open', 'click');
      await press('Escape');
      const again = await timeline.point(at, row);
      await page.mouse.dblclick(again.x, again.y);
      const room = Math.max(60_000, (end - start) / 10);
      const fitted = await timeline.until(
        (shows) => near(shows.from, start - room, shows) && near(shows.to, end + room, shows),
      );
      prove('fit', 'double-click');
      await press('f');
      const day = await timeline.until((shows) => shows.from !== fitted.from);
      expect(day.from <= start && near(length(day), DAY, day)).toBe(true);
      await press('f');
      await timeline.until((shows) => near(shows.from, start - room, shows));
      prove('fit', 'F');
    });
  });

  describe('lanes', () => {
    it('are filtered by / and the palette is the page’s own', async () => {
      const { page } = watched;
      const before = await timeline.shows();
      await press('/');
      await page.keyboard.type('an');
      const some = await timeline.until(({ search }) => search === 'an');
      expect(some.rows).toBeGreaterThan(0);
      expect(some.rows).toBeLessThan(before.rows);
      await page.keyboard.press('Enter');
      await press('Escape');
      await timeline.until(({ search, rows }) => search === '' && rows === before.rows);
      prove('filter-lanes', '/');
      await press('Control+k');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      prove('palette', 'Ctrl/⌘ + K');
    });

    it('are lower by [, higher by ], and overlaps lie on rows of their own by X', async () => {
      const before = await timeline.shows();
      await press('[');
      await timeline.until(({ rowPx }) => rowPx < before.rowPx);
      await press(']');
      await timeline.until(({ rowPx }) => rowPx === before.rowPx);
      prove('rows-lower', '[');
      prove('rows-higher', ']');
      await press('x');
      await timeline.until(({ expanded, rows }) => expanded && rows > before.rows);
      await press('x');
      await timeline.until(({ expanded, rows }) => !expanded && rows === before.rows);
      prove('expand', 'X');
    });

    it('have a menu by right click and Shift+F10: only this one, pin, hide, raw events', async () => {
      const { page } = watched;
      const before = await timeline.shows();
      const point = await timeline.place(0.5, 60);
      const choose = async (name: RegExp) => {
        await page.mouse.click(point.x, point.y, { button: 'right' });
        await page.getByRole('menu', { name: 'Lane' }).getByRole('menuitem', { name }).click();
      };
      await choose(/^Only /);
      await timeline.until(({ only, rows }) => only !== null && rows === 1);
      await press('Escape');
      await timeline.until(({ only }) => only === null);
      await choose(/^Pin /);
      await timeline.until(({ pinned }) => pinned.length === 1);
      await choose(/^Hide /);
      await timeline.until(({ hidden, rows }) => hidden.length === 1 && rows === before.rows - 1);
      prove('menu', 'right-click');
      await press('Shift+F10');
      const menu = page.getByRole('menu', { name: 'Lane' });
      await menu.getByRole('menuitem').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'detached' });
      prove('menu', 'Shift + F10');
      await press('ContextMenu');
      await menu.getByRole('menuitem', { name: 'Raw events around this moment' }).click();
      await page.waitForURL(/\/events\?/);
      prove('menu', 'Menu key');
    });
  });

  describe('marks', () => {
    it('are set for the visit by M, and kept with a name by Shift+M', async () => {
      const { page } = watched;
      await press('m');
      await timeline.until(({ marks }) => marks === 1);
      prove('mark', 'M');
      await press('Shift+M');
      await page.getByLabel('Name').fill('clocks go forward');
      await page.getByRole('button', { name: 'Keep', exact: true }).click();
      await timeline.until(({ marks }) => marks === 2);
      await timeline.open(portal.address, RANGE);
      const kept = page.getByRole('button', { name: 'clocks go forward', exact: true });
      await kept.waitFor();
      await page.getByRole('button', { name: 'Forget the mark clocks go forward' }).click();
      await kept.waitFor({ state: 'detached' });
      prove('keep-mark', 'Shift + M');
    });
  });

  describe('by fingers', () => {
    let touching: WatchedPage;
    let fingers: CDPSession;
    let onPhone: TimelinePage;
    beforeAll(async () => {
      touching = await portal.openSignedIn({ width: 390, height: 844, touch: true });
      fingers = await touching.page.context().newCDPSession(touching.page);
      onPhone = new TimelinePage(touching.page);
    });
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number }[]) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map((point, id) => ({ ...point, id })),
      });

    it('one pans, two zoom, a long press brings the menu; nothing is wider than a phone', async () => {
      await onPhone.open(portal.address, WEEK);
      const before = await onPhone.shows();
      const [left, right] = [await onPhone.place(0.2, 80), await onPhone.place(0.8, 80)];
      await touch('touchStart', right);
      await touch('touchMove', { x: right.x - 40, y: right.y });
      await touch('touchMove', left);
      await touch('touchEnd');
      const panned = await onPhone.until(({ from }) => from > before.from + 0.5 * length(before));
      prove('pan', 'one finger');
      const [a, b] = [await onPhone.place(0.45, 80), await onPhone.place(0.55, 80)];
      await touch('touchStart', a, b);
      await touch('touchMove', await onPhone.place(0.35, 80), await onPhone.place(0.65, 80));
      await touch('touchMove', left, right);
      await touch('touchEnd');
      await onPhone.until((shows) => length(shows) < length(panned) / 3);
      prove('zoom', 'pinch');
      await touch('touchStart', a);
      await touching.page.getByRole('menu', { name: 'Lane' }).waitFor();
      await touch('touchEnd');
      await touching.page.keyboard.press('Escape');
      prove('menu', 'long press');
      expect(await overflowWidth(touching.page)).toBe(0);
      expect(await barriers(touching.page)).toEqual([]);
      expect(touching.troubles).toEqual([]);
    });
  });

  it('has a proof here for every row and every input of its contract', async () => {
    await press('?');
    const dialog = watched.page.getByRole('dialog');
    await dialog.getByText('Input', { exact: true }).waitFor();
    prove('help', '?');
    const listed = await dialog
      .locator('tr[data-action]')
      .evaluateAll((rows) =>
        rows.flatMap((row) =>
          [...row.querySelectorAll('kbd')].map(
            (kbd) => `${row.getAttribute('data-action')}: ${kbd.textContent}`,
          ),
        ),
      );
    expect([...proved].sort()).toEqual([...listed].sort());
  });
});
