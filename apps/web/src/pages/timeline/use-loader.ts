/** Keeps a timeline fed: asks for what comes into view, and for what changes while the page is open. */
import { type LiveSession, listLanes } from '@logonscope/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { View } from '../../app/view.ts';
import { useLive } from '../../data/live.ts';
import { useSource } from '../../data/source.ts';
import type { Timeline } from '../../timeline/index.ts';
import type { LaneKind } from '../../timeline/url.ts';
import { Loader, type LoaderReport } from './loader.ts';

/** News of one lane are gathered for so long, then asked for at once. */
const GATHER_MS = 800;
const LOOK_AFTER_MS = 60;
/** A session that changes now may have begun so long ago. */
const CHANGED_SINCE_MS = 3 * 86_400_000;

const NOTHING: LoaderReport = { busy: 0, idle: false, listed: false, lanes: 0, error: null };

export interface Loading extends LoaderReport {
  /** Asks for everything anew. */
  readonly again: () => void;
}

export function useLoader(
  timeline: Timeline | null,
  view: View,
  extent: { readonly from: number; readonly to: number },
  by: LaneKind,
): Loading {
  const source = useSource();
  const [report, setReport] = useState(NOTHING);
  const [turn, setTurn] = useState(0);
  const loader = useRef<Loader | null>(null);
  const { companyId, filter, zone, params } = view;
  const { from, to } = extent;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks for everything anew.
  useEffect(() => {
    if (timeline === null) return;
    timeline.lanes.clear();
    setReport(NOTHING);
    const question = { params, filter, timezone: zone, by, from, to };
    const mine = new Loader(source, timeline, question, setReport);
    loader.current = mine;
    void mine.start();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void mine.look(), LOOK_AFTER_MS);
    };
    const stops = [timeline.news.on('view', look), timeline.news.on('legend', look)];
    return () => {
      clearTimeout(waiting);
      for (const stop of stops) stop();
      mine.close();
    };
  }, [timeline, source, params, filter, zone, by, from, to, turn]);
  const again = useCallback(() => setTurn((old) => old + 1), []);
  useChanges(timeline, loader, companyId, by, again);
  return { ...report, again };
}

/** Sessions that begin, change or end are put on their lanes without asking for the rest. */
function useChanges(
  timeline: Timeline | null,
  loader: { readonly current: Loader | null },
  companyId: number,
  by: LaneKind,
  again: () => void,
): void {
  const waiting = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const all = waiting.current;
    return () => {
      for (const timer of all.values()) clearTimeout(timer);
      all.clear();
    };
  }, []);
  const gather = (key: string, work: () => void) => {
    if (waiting.current.has(key)) return;
    const timer = setTimeout(() => {
      waiting.current.delete(key);
      work();
    }, GATHER_MS);
    waiting.current.set(key, timer);
  };
  useLive(companyId, {
    session(session) {
      if (timeline === null || by === 'site') return;
      const lane = timeline.lanes.list.find(({ name }) => name.toLowerCase() === laneName(session, by));
      // Somebody who was not there before: the list of lanes is another one.
      if (lane === undefined) gather(listLanes.id, again);
      else {
        const since = Date.parse(session.start) - CHANGED_SINCE_MS;
        gather(lane.id, () => void loader.current?.renew(lane.id, since));
      }
    },
    'session-removed': () => gather(listLanes.id, again),
    reset: () => gather(listLanes.id, again),
  });
}

function laneName({ user, computer }: LiveSession, by: LaneKind): string {
  return (by === 'computer' ? computer : user).toLowerCase();
}
