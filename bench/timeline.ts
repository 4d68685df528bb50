/** The timeline in a real browser: CPU of the page's main thread per frame, with a million sessions on 2,000 lanes. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CHROMIUM, NO_CHROMIUM, startBrowser } from '@logonscope/testkit';
import type { Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { tell } from './lib/figures.ts';

const QUICK = process.argv.includes('--quick');
const ENTRY = fileURLToPath(new URL('../apps/web/src/timeline/testdata/bench-page.ts', import.meta.url));
const FRAME_MS_MAX = 8;
const FIRST_PAINT_MS_MAX = 300;
const ROUNDS = QUICK ? 1 : 5;
const FRAMES = 120;

const ESTATE = {
  ...{ sessions: QUICK ? 20_000 : 1_000_000, lanes: QUICK ? 200 : 2_000, days: 365 },
  ...{ from: Date.UTC(2025, 10, 20), skew: 0, markers: 0.3, crowd: 0 },
};

interface Scenario {
  readonly what: string;
  readonly move: 'pan' | 'zoom' | 'scroll' | 'hover';
  readonly days: number;
  readonly rowPx: number;
  readonly expanded?: boolean;
}

// biome-ignore format: a table reads better in rows
const ALIKE: readonly Scenario[] = [
  { what: 'pan, year', move: 'pan', days: 365, rowPx: 22 },
  { what: 'pan, 90 days', move: 'pan', days: 90, rowPx: 22 },
  { what: 'pan, 7 days', move: 'pan', days: 7, rowPx: 22 },
  { what: 'zoom, year to minutes and back', move: 'zoom', days: 365, rowPx: 22 },
  { what: 'scroll 180 px a frame, 30 days', move: 'scroll', days: 30, rowPx: 22 },
  { what: 'pan, year, 6 px lanes', move: 'pan', days: 365, rowPx: 6 },
  { what: 'pan, year, 1 px lanes', move: 'pan', days: 365, rowPx: 1 },
  { what: 'zoom, 1 px lanes', move: 'zoom', days: 365, rowPx: 1 },
  { what: 'pan, year, overlaps on rows of their own', move: 'pan', days: 365, rowPx: 22, expanded: true },
  { what: 'hover and crosshair', move: 'hover', days: 30, rowPx: 22 },
];
// biome-ignore format: a table reads better in rows
const SKEWED: readonly Scenario[] = [
  { what: 'Zipf lanes, 144,000 marks in view: pan, year', move: 'pan', days: 365, rowPx: 22 },
  { what: 'Zipf lanes, 144,000 marks in view: pan, 90 days', move: 'pan', days: 90, rowPx: 22 },
  { what: 'Zipf lanes: zoom', move: 'zoom', days: 365, rowPx: 22 },
];
// biome-ignore format: a table reads better in rows
const CROWDED: readonly Scenario[] = [
  { what: 'terminal server of 60 at once: pan, year', move: 'pan', days: 365, rowPx: 22 },
  { what: 'terminal server of 60 at once: zoom', move: 'zoom', days: 365, rowPx: 22 },
];

if (CHROMIUM === null) {
  console.log(NO_CHROMIUM);
} else {
  const bundle = await rolldown({ input: ENTRY, platform: 'browser' });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  await bundle.close();
  const browser = await startBrowser({ width: 1_680, height: 900 });
  try {
    const page = await browser.context.newPage();
    await page.addScriptTag({ content: output[0].code });
    await measureEstate(page, ESTATE, ALIKE, `${ESTATE.sessions} sessions`);
    await measureEstate(page, { ...ESTATE, lanes: QUICK ? 40 : 400, skew: 1 }, SKEWED, 'Zipf lanes');
    await measureEstate(page, { ...ESTATE, sessions: ESTATE.sessions / 10, crowd: 60 }, CROWDED, 'a crowd');
  } finally {
    await browser.close();
  }
}

async function measureEstate(
  page: Page,
  estate: typeof ESTATE,
  scenarios: readonly Scenario[],
  name: string,
) {
  const paints: number[] = [];
  let steps = 0;
  for (let round = 0; round < Math.min(3, ROUNDS); round++) {
    const opened = await page.evaluate((asked) => bench.open(asked), estate);
    paints.push(opened.firstPaintMs);
    steps = opened.steps;
  }
  console.log(`${estate.sessions} sessions, ${steps} steps, ${estate.lanes} lanes`);
  const most = { most: FIRST_PAINT_MS_MAX };
  tell({
    part: 'timeline',
    what: `${name}: first picture, of day bins`,
    value: median(paints),
    unit: 'ms',
    ...most,
  });
  for (const { what, move, days, rowPx, expanded = false } of scenarios) {
    const perFrame: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await page.evaluate((look) => bench.look(look), { days, rowPx, expanded });
      const before = mainThreadMs();
      await page.evaluate(([name_, frames]) => bench.run(name_, frames), [move, FRAMES] as const);
      perFrame.push((mainThreadMs() - before) / FRAMES);
    }
    const value = median(perFrame);
    tell({ part: 'timeline', what: `${what}: main thread`, value, unit: 'ms a frame', most: FRAME_MS_MAX });
  }
}

/** What the page's script offers; see `bench-page.ts`. */
declare const bench: {
  open(estate: typeof ESTATE): { firstPaintMs: number; steps: number };
  look(look: { days: number; rowPx: number; expanded: boolean }): void;
  run(move: string, frames: number): Promise<void>;
};

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** CPU time of the main threads of all our renderers, as the kernel counts it: others idle while one works. */
function mainThreadMs(): number {
  let nanoseconds = 0;
  for (const pid of renderers(process.pid)) {
    const [onCpu = '0'] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
    nanoseconds += Number(onCpu);
  }
  return nanoseconds / 1e6;
}

/** Our descendants that draw pages. */
function renderers(ancestor: number): number[] {
  const parents = new Map<number, number>();
  const drawing: number[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer'))
        drawing.push(Number(name));
    } catch {
      // It ended while we looked.
    }
  }
  const descends = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
      if (at === ancestor) return true;
    return false;
  };
  return drawing.filter(descends);
}
