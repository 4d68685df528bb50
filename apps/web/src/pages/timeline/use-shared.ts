/** The address and the engine in step: what the address says is shown, and what is shown stands in the address. */
import { useEffect, useRef } from 'react';
import { useSearchTexts, useSetSearch } from '../../app/view.ts';
import { ALL_LANES, type Timeline } from '../../timeline/index.ts';
import {
  type LaneKind,
  type Mode,
  readSharedView,
  type SharedView,
  writeSharedView,
} from '../../timeline/url.ts';

/** The address is written when things have come to rest. */
const WRITE_AFTER_MS = 250;

export interface SharedChoice {
  readonly by: LaneKind;
  readonly mode: Mode;
  readonly setBy: (by: LaneKind) => void;
  readonly setMode: (mode: Mode) => void;
  /** The session that the address names. */
  readonly session: string | null;
}

export function useShared(timeline: Timeline | null, extent: { from: number; to: number }): SharedChoice {
  const texts = useSearchTexts();
  const setSearch = useSetSearch();
  const shared = readSharedView(texts);
  const latest = useRef({ shared, setSearch });
  latest.current = { shared, setSearch };
  const { from, to } = extent;
  useEffect(() => {
    if (timeline === null) return;
    apply(timeline, latest.current.shared, { from, to });
    let waiting: ReturnType<typeof setTimeout> | undefined;
    // Until a session has been chosen or let go, the one that the address names is still being looked for.
    let chosen = false;
    const write = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const { by, mode, session } = latest.current.shared;
        const { selected } = timeline;
        const now = sharedOf(timeline, {
          by,
          mode,
          session: chosen ? (selected?.sessionId ?? null) : session,
        });
        latest.current.setSearch(writeSharedView(now));
      }, WRITE_AFTER_MS);
    };
    const kinds = ['view', 'choice', 'legend', 'rowPx', 'brush', 'marks', 'trail', 'select'] as const;
    const stops = kinds.map((kind) => timeline.news.on(kind, write));
    stops.push(
      timeline.news.on('select', () => {
        chosen = true;
      }),
    );
    return () => {
      clearTimeout(waiting);
      for (const stop of stops) stop();
    };
  }, [timeline, from, to]);
  return {
    by: shared.by,
    mode: shared.mode,
    session: shared.session,
    setBy(by) {
      // What was chosen among the old lanes says nothing of the new ones.
      timeline?.select(null);
      timeline?.setChoice({ ...ALL_LANES, counting: shared.mode === 'concurrency' });
      setSearch({ by: by === 'user' ? undefined : by, session: undefined });
    },
    setMode(mode) {
      timeline?.setChoice({ counting: mode === 'concurrency' });
      setSearch({ mode: mode === 'lanes' ? undefined : mode });
    },
  };
}

function apply(timeline: Timeline, shared: SharedView, extent: { from: number; to: number }): void {
  timeline.setExtent(extent, shared.view ?? extent);
  timeline.setChoice({ ...shared.choice, counting: shared.mode === 'concurrency' });
  timeline.setLegend(shared.legend);
  if (shared.rowPx !== null) timeline.setRowPx(shared.rowPx);
  if (shared.brush !== null) timeline.setBrush(shared.brush);
  timeline.trail = shared.trail;
  timeline.setMarks(shared.marks);
}

function sharedOf(timeline: Timeline, rest: Pick<SharedView, 'by' | 'mode' | 'session'>): SharedView {
  const { range, extent, stage, view, choice, legend, brush, marks, trail } = timeline;
  const all = Math.abs(range.from - extent.from) + Math.abs(range.to - extent.to) < 4 * view.msPerPx;
  const usual = choice.counting ? 56 : 24;
  const { scale } = stage.size;
  return {
    ...{ ...rest, choice, legend, brush, trail },
    view: all ? null : range,
    marks: marks.filter(({ kept }) => kept !== true),
    rowPx: Math.round(view.rowPx / scale) === usual ? null : view.rowPx / scale,
  };
}
