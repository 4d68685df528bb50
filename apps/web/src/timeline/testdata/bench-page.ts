/** What the bench's page runs: the engine alone on an invented estate, moved frame by frame. */
import { dayBins } from '../data/shares.ts';
import { LIGHT, openTimeline, perform, type Timeline } from '../index.ts';
import { panned, zoomed } from '../view.ts';
import { crowdOf, type Estate, laneOf, markersOf, sizesOf } from './made-up.ts';

const DAY = 86_400_000;

/** What is done with each frame, by name. */
const MOVES: Readonly<Record<string, (timeline: Timeline, frame: number) => void>> = {
  pan: (timeline, frame) =>
    timeline.setView(panned(timeline.view, frame % 120 < 60 ? 9 : -9, 0, timeline.frame)),
  scroll: (timeline, frame) =>
    timeline.setView(panned(timeline.view, 0, frame % 120 < 60 ? 180 : -180, timeline.frame)),
  zoom: (timeline, frame) =>
    timeline.setView(zoomed(timeline.view, frame % 120 < 60 ? 0.82 : 1 / 0.82, 700, timeline.frame)),
  hover: (timeline, frame) => {
    timeline.crossX = 200 + ((frame * 7) % 1000);
    timeline.hit = timeline.pick(timeline.crossX, 100 + ((frame * 13) % 500));
    timeline.drawOver();
  },
};

interface Look {
  readonly days: number;
  readonly rowPx: number;
  readonly expanded: boolean;
}

let timeline: Timeline | null = null;

const bench = {
  /** Opens the estate; answers how long its first picture took, in milliseconds of the main thread. */
  open(estate: Estate & { readonly crowd: number }): { firstPaintMs: number; steps: number } {
    document.body.replaceChildren();
    const root = document.createElement('div');
    root.style.cssText = 'position:relative;width:1644px;height:864px';
    document.body.append(root);
    const clock = { zone: 'UTC', offsetAt: () => 0 };
    timeline = openTimeline(root, {
      ...{ clock, palette: LIGHT, singleKeys: true, otherWord: 'on' },
      now: () => estate.from,
    }).timeline;
    const sizes = sizesOf(estate);
    const lanes = sizes.map((sessions, i) => ({
      id: `L${i}`,
      name: `user.${i}`,
      sessions,
      useMs: 0,
      known: null,
    }));
    const contents = sizes.map((count, i) => laneOf(estate, count, i + 1));
    if (estate.crowd > 0) contents[0] = crowdOf(estate, estate.crowd, 7);
    const marks = sizes.map((count, i) => markersOf(estate, count, i + 9));
    const days = Float64Array.from({ length: estate.days + 1 }, (_, i) => estate.from + i * DAY);
    // So many sessions do not come at once: the first picture is of day bins, as the server sends them.
    const bins = contents.map(({ steps }) => dayBins(steps, days));
    const began = performance.now();
    timeline.setLanes(lanes);
    timeline.setDays(days);
    for (const [i, some] of bins.entries()) timeline.setDayBins(`L${i}`, some);
    timeline.setExtent({ from: days[0]!, to: days.at(-1)! });
    timeline.paint();
    const firstPaintMs = performance.now() - began;
    for (const [i, content] of contents.entries()) {
      timeline.setContent(`L${i}`, content);
      timeline.setMarkers(`L${i}`, marks[i]!);
    }
    timeline.paint();
    return { firstPaintMs, steps: contents.reduce((sum, { sessions }) => sum + sessions.stepAt.length, 0) };
  },

  /** Brings a span and height of lanes into view. */
  look({ days, rowPx, expanded }: Look): void {
    const middle = (timeline!.extent.from + timeline!.extent.to) / 2;
    timeline!.setRowPx(rowPx);
    timeline!.setChoice({ expanded });
    timeline!.show({ from: middle - (days / 2) * DAY, to: middle + (days / 2) * DAY });
    timeline!.paint();
  },

  /** Moves so many frames on; resolves when the last is drawn. */
  run(move: string, frames: number): Promise<void> {
    return new Promise((done) => {
      let frame = 0;
      const next = () => {
        if (frame === frames) return done();
        MOVES[move]!(timeline!, frame++);
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    });
  },

  all: () => perform(timeline!, 'show-all'),
};
export type Bench = typeof bench;

(globalThis as unknown as { bench: Bench }).bench = bench;
