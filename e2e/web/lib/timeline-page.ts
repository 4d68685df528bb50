/** A timeline in a browser for tests: what it shows, and where on the screen a moment of a lane lies. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What the engine says it shows. */
export interface Shows {
  readonly from: number;
  readonly to: number;
  readonly brush: { readonly from: number; readonly to: number } | null;
  readonly focus: { readonly row: number; readonly session: number };
  readonly selected: { readonly laneId: string; readonly sessionId: string } | null;
  readonly detail: 'days' | 'pixels' | 'bars';
  readonly rows: number;
  readonly marks: number;
  readonly rowPx: number;
  readonly scrollPx: number;
  readonly expanded: boolean;
  readonly search: string;
  readonly only: string | null;
  readonly pinned: readonly string[];
  readonly hidden: readonly string[];
  readonly lane: string | null;
}

const GUTTER_PX = 176;
const NARROW_GUTTER_PX = 88;
const MINIMAP_PX = 44;
const AXIS_PX = 40;
const NARROW_PX = 640;

export class TimelinePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page with a search part, and waits until the lanes in view are drawn from their sessions. */
  async open(address: string, search: string): Promise<void> {
    const company = new URL(this.page.url()).pathname.split('/')[2];
    await this.page.goto(`${address}/c/${company}/timeline?${search}`);
    await this.settled();
  }

  /** Everything asked for has come. */
  async settled(): Promise<void> {
    await this.page.waitForSelector('[data-testid="timeline"][data-shows*="lane"]', { state: 'attached' });
    await this.page.waitForFunction(
      () => document.querySelector('[data-loading]')?.getAttribute('data-loading') === 'done',
    );
  }

  /** Nothing more has been asked for in half a second. */
  async quiet(): Promise<void> {
    await this.page.waitForFunction(() => {
      const page = globalThis as { quietSince?: number | undefined };
      const done = document.querySelector('[data-loading]')?.getAttribute('data-loading') === 'done';
      page.quietSince = done ? (page.quietSince ?? performance.now()) : undefined;
      return page.quietSince !== undefined && performance.now() - page.quietSince > 500;
    });
    await this.page.evaluate(() => delete (globalThis as { quietSince?: number }).quietSince);
  }

  async shows(): Promise<Shows> {
    return JSON.parse((await this.root.getAttribute('data-shows')) ?? '{}') as Shows;
  }

  get root() {
    return this.page.getByTestId('timeline');
  }

  /** Waits until what is shown passes. */
  async until(passes: (shows: Shows) => boolean, what = ''): Promise<Shows> {
    let last = await this.shows();
    await expect
      .poll(async () => passes((last = await this.shows())), { timeout: 15_000, message: what })
      .toBe(true);
    return last;
  }

  /** The screen's point of an instant in the middle of a row. */
  async point(at: number, row: number): Promise<{ x: number; y: number }> {
    const [{ from, to, rowPx, scrollPx }, box] = [await this.shows(), await this.box()];
    const share = (at - from) / (to - from);
    return {
      x: box.left + share * box.width,
      y: box.top + AXIS_PX + (row + 0.5) * rowPx - scrollPx,
    };
  }

  /** The screen's point of a share of the width: on the overview, the axis, or so far down the lanes. */
  async place(share: number, where: 'minimap' | 'axis' | number): Promise<{ x: number; y: number }> {
    const box = await this.box();
    const y = where === 'minimap' ? -MINIMAP_PX / 2 : where === 'axis' ? AXIS_PX * 0.75 : AXIS_PX + where;
    return { x: box.left + share * box.width, y: box.top + y };
  }

  /** Where the axis begins, and how wide time is drawn. */
  private async box(): Promise<{ left: number; top: number; width: number }> {
    const { x, y, width } = (await this.root.boundingBox())!;
    // The root's own border lies around the canvases.
    const gutter = width < NARROW_PX ? NARROW_GUTTER_PX : GUTTER_PX;
    return { left: x + gutter, top: y + MINIMAP_PX, width: width - gutter };
  }

  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await mouse.move(to.x, to.y, { steps: 3 });
    await mouse.up();
  }
}
