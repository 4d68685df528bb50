/** The timeline with all that stands around it: what to show above, details beside, figures of a selection below. */
import { getSession } from '@logonscope/protocol';
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import type { View } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import {
  ALL_LANES,
  type MenuPlace,
  type SessionPlace,
  type Span,
  type Timeline,
} from '../../timeline/index.ts';
import type { LaneKind } from '../../timeline/url.ts';
import { Boundary, Skeleton } from '../../ui/index.ts';
import type { AskedDialog } from './dialogs.tsx';
import { HoverCard } from './hover-card.tsx';
import { laneIdOf } from './lane-id.ts';
import { LegendBar } from './legend-bar.tsx';
import { StageStates } from './stage-states.tsx';
import styles from './timeline.module.css';
import { Toolbar } from './toolbar.tsx';
import { Trail } from './trail.tsx';
import { OTHER_WORDS, useEngine, useNews } from './use-engine.ts';
import { useKeptMarks } from './use-kept-marks.ts';
import { useLoader } from './use-loader.ts';
import { type SharedChoice, useShared } from './use-shared.ts';

// What is not there at first is loaded when it is.
const SessionsTable = lazy(() => import('./sessions-table.tsx'));
const ActogramView = lazy(() => import('./actogram-view.tsx'));
const ContextMenu = lazy(() => import('./context-menu.tsx'));
const Details = lazy(() => import('./details.tsx'));
const Dialogs = lazy(() => import('./dialogs.tsx'));
const SelectionBar = lazy(() => import('./selection-bar.tsx'));

interface WorkbenchProps {
  readonly view: View;
  readonly extent: { readonly from: number; readonly to: number };
}

export function Workbench({ view, extent }: WorkbenchProps) {
  const root = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [by, setKnownBy] = useState<'user' | 'computer' | 'site'>('user');
  const timeline = useEngine(root, view.zone, by);
  // Before the address is applied, which tells of a selection in it.
  const brush = useNews<Span | null>(timeline, (engine, hear) => engine.news.on('brush', hear), null);
  const shared = useShared(timeline, extent);
  useEffect(() => setKnownBy(shared.by), [shared.by]);
  const loading = useLoader(timeline, view, extent, shared.by);
  const [table, setTable] = useState(false);
  const [dialog, setDialog] = useState<AskedDialog | null>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const selected = useNews<SessionPlace | null>(
    timeline,
    (engine, hear) => engine.news.on('select', hear),
    null,
  );
  useKeptMarks(timeline, view.companyId);
  useWishes(timeline, search, setDialog);
  useEffect(() => timeline?.news.on('menu', setMenu), [timeline]);
  useSessionOfAddress(timeline, view, shared.session, loading.listed, shared.by);
  return (
    <div className={styles.page} data-details={selected !== null || undefined}>
      <title>Timeline · Logonscope</title>
      <Toolbar {...{ timeline, shared, search, table, setTable }} onAsk={setDialog} />
      <LegendBar timeline={timeline} />
      <Trail timeline={timeline} />
      <div className={styles.body}>
        <div className={styles.stageWrap} data-loading={loading.idle ? 'done' : 'busy'}>
          <StageElement root={root} hidden={table || shared.mode === 'actogram'} />
          <Boundary>
            <OtherViews {...{ timeline, table, shared }} />
          </Boundary>
          <StageStates loading={loading} timeline={timeline} filter={view.filter} />
        </div>
        {selected === null || timeline === null ? null : (
          <Boundary>
            <Suspense fallback={null}>
              <Details key={selected.sessionId} timeline={timeline} place={selected} />
            </Suspense>
          </Boundary>
        )}
      </div>
      <Announcer timeline={timeline} />
      <Boundary>
        <Openings {...{ timeline, view, brush, dialog, menu, setMenu, setDialog, root }} by={shared.by} />
      </Boundary>
    </div>
  );
}

interface OpeningsProps {
  readonly timeline: Timeline | null;
  readonly view: View;
  readonly brush: Span | null;
  readonly dialog: AskedDialog | null;
  readonly menu: MenuPlace | null;
  readonly by: LaneKind;
  readonly setMenu: (menu: null) => void;
  readonly setDialog: (dialog: null) => void;
  readonly root: RefObject<HTMLDivElement | null>;
}

/** What opens below and above the lanes. */
function Openings({ timeline, view, brush, dialog, menu, by, setMenu, setDialog, root }: OpeningsProps) {
  return (
    <Suspense fallback={null}>
      {brush === null ? null : (
        <SelectionBar {...{ timeline, view, brush }} otherWord={by === 'computer' ? 'users' : 'computers'} />
      )}
      {dialog === null ? null : (
        <Dialogs {...{ timeline, dialog }} onClose={() => closeDialog(setDialog, root)} />
      )}
      {menu === null || timeline === null ? null : (
        <ContextMenu {...{ timeline, menu, by }} onClose={() => closeDialog(setMenu, root)} />
      )}
    </Suspense>
  );
}

/** Where the engine draws. */
function StageElement({ root, hidden }: { root: RefObject<HTMLDivElement | null>; hidden: boolean }) {
  return (
    <div
      ref={root}
      className={styles.stage}
      hidden={hidden}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys, so it takes the focus.
      tabIndex={0}
      role="application"
      aria-roledescription="zoomable timeline of sessions"
      aria-label="Timeline. Arrow keys move, plus and minus zoom, full stop and comma go from session to session, Enter opens one, question mark lists all keys."
      data-testid="timeline"
    />
  );
}

interface OtherViewsProps {
  readonly timeline: Timeline | null;
  readonly table: boolean;
  readonly shared: SharedChoice;
}

/** What stands in for the lanes, or goes with them: the table, the days, the card under the mouse. */
function OtherViews({ timeline, table, shared }: OtherViewsProps) {
  if (table) {
    return (
      <Suspense fallback={<Skeleton rows={10} />}>
        <SessionsTable timeline={timeline} by={shared.by} />
      </Suspense>
    );
  }
  if (shared.mode === 'actogram') {
    return (
      <Suspense fallback={<Skeleton rows={10} />}>
        <ActogramView timeline={timeline} by={shared.by} />
      </Suspense>
    );
  }
  return <HoverCard timeline={timeline} otherWord={OTHER_WORDS[shared.by]} />;
}

/** The focus goes back to where keys act. */
function closeDialog(close: (nothing: null) => void, root: { readonly current: HTMLElement | null }): void {
  close(null);
  setTimeout(() => root.current?.focus({ preventScroll: true }));
}

/** What the engine asks of its page. */
function useWishes(
  timeline: Timeline | null,
  search: { readonly current: HTMLInputElement | null },
  onAsk: (dialog: AskedDialog) => void,
): void {
  useEffect(
    () =>
      timeline?.news.on('wish', (wish) => {
        if (wish === 'filter-lanes') search.current?.focus();
        else if (wish !== 'palette') onAsk(wish);
      }),
    [timeline, search, onAsk],
  );
}

/** A session named by the address alone: its lane is looked up, it is selected and brought into view. */
function useSessionOfAddress(
  timeline: Timeline | null,
  { params }: View,
  sessionId: string | null,
  listed: boolean,
  by: 'user' | 'computer' | 'site',
): void {
  const done = useRef(false);
  const wanted = sessionId !== null && !done.current && listed;
  const { data } = useAsk(getSession, wanted ? { params: { ...params, sessionId } } : null);
  useEffect(() => {
    if (listed && sessionId === null) done.current = true;
    if (timeline === null || data === undefined || done.current || data.id !== sessionId) return;
    done.current = true;
    const laneId = laneIdOf(data, by, timeline.lanes.list);
    if (laneId === null) return;
    const [from, to] = [Date.parse(data.start), Date.parse(data.end ?? data.asOf)];
    timeline.setChoice({ ...ALL_LANES, counting: timeline.choice.counting });
    timeline.select({ laneId, sessionId });
    timeline.focusRow(timeline.rows.findIndex(({ lane }) => timeline.lanes.list[lane]?.id === laneId));
    const { range } = timeline;
    if (from < range.from || to > range.to || (to - from) * 20 < range.to - range.from) {
      const room = Math.max(3_600_000, to - from);
      timeline.show({ from: from - room, to: to + room });
    }
  }, [timeline, data, listed, sessionId, by]);
}

/** What the focus has come to, for those who hear it. */
function Announcer({ timeline }: { timeline: Timeline | null }) {
  const words = useNews(timeline, (engine, hear: (words: string) => void) => engine.news.on('say', hear), '');
  return (
    <div className="visually-hidden" aria-live="polite" data-testid="timeline-says">
      {words}
    </div>
  );
}
