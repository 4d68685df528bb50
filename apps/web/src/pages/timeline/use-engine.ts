/** The engine inside a page: opened on an element, kept in step with theme, zone and address. */
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { wallClock } from '../../app/local-time.ts';
import { usePreferences } from '../../data/preferences.ts';
import {
  type Clock,
  cachedClock,
  DARK,
  forcedPalette,
  LIGHT,
  openTimeline,
  type Palette,
  type Timeline,
} from '../../timeline/index.ts';
import type { LaneKind } from '../../timeline/url.ts';

/** What the others of a lane's sessions are. */
export const OTHER_WORDS = { user: 'on', computer: 'by', site: 'by' } as const;

const NOW_MS = 30_000;
const CLOCKS = new Map<string, Clock>();

/** The clock of a zone, as the engine wants it. */
export function engineClock(zone: string): Clock {
  let clock = CLOCKS.get(zone);
  if (clock === undefined) {
    clock = cachedClock(zone, (at) => wallClock(zone, at));
    CLOCKS.set(zone, clock);
  }
  return clock;
}

const SCHEME = 'data-mantine-color-scheme';

/** The palette of the theme that is shown; where the system forces its colours, those. */
export function usePalette(): Palette {
  const name = useSyncExternalStore(watchTheme, themeName);
  const [forced, setForced] = useState<Palette | null>(null);
  useEffect(() => setForced(name === 'forced' ? forcedPalette(document) : null), [name]);
  return forced ?? (name === 'dark' ? DARK : LIGHT);
}

function watchTheme(changed: () => void): () => void {
  const watching = new MutationObserver(changed);
  watching.observe(document.documentElement, { attributes: true, attributeFilter: [SCHEME] });
  const forced = matchMedia('(forced-colors: active)');
  forced.addEventListener('change', changed);
  return () => {
    watching.disconnect();
    forced.removeEventListener('change', changed);
  };
}

function themeName(): Palette['name'] {
  if (matchMedia('(forced-colors: active)').matches) return 'forced';
  return document.documentElement.getAttribute(SCHEME) === 'dark' ? 'dark' : 'light';
}

/** Opens the engine when its element is there; null until then. */
export function useEngine(root: RefObject<HTMLElement | null>, zone: string, by: LaneKind): Timeline | null {
  const [timeline, setTimeline] = useState<Timeline | null>(null);
  const palette = usePalette();
  const singleKeys = usePreferences((preferences) => preferences.singleKeys);
  const options = {
    clock: engineClock(zone),
    palette,
    singleKeys,
    now: () => Date.now(),
    otherWord: OTHER_WORDS[by],
  } as const;
  const first = useRef(options);
  useEffect(() => {
    const open = openTimeline(root.current!, first.current);
    setTimeline(open.timeline);
    // The now-line moves by itself.
    const ticking = setInterval(() => open.timeline.draw(), NOW_MS);
    return () => {
      clearInterval(ticking);
      setTimeline(null);
      open.close();
    };
  }, [root]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `options` is made of exactly these.
  useEffect(() => timeline?.setOptions(options), [timeline, zone, palette, singleKeys, by]);
  return timeline;
}

/** The latest news of one kind; `initially` until there is one. */
export function useNews<T>(
  timeline: Timeline | null,
  subscribe: (timeline: Timeline, hear: (value: T) => void) => () => void,
  initially: T,
): T {
  const [value, setValue] = useState(initially);
  const how = useRef(subscribe);
  useEffect(() => {
    return timeline === null ? undefined : how.current(timeline, setValue);
  }, [timeline]);
  return value;
}
