/** Figures of the range selected: how long, in which states, whose sessions; and what can be done with it. */
import { exportSessions, totalSessions } from '@logonscope/protocol';
import { useEffect, useState } from 'react';
import { instantOfLocal } from '../../app/local-time.ts';
import { rangeText } from '../../app/range.ts';
import { useSetSearch, type View } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { ExportMenu } from '../../parts/export-menu.tsx';
import { counted, lengthText, shareText } from '../../parts/words/lengths.ts';
import {
  CLASSES,
  localOf,
  type RangeStats,
  type Span,
  STATE_WORDS,
  type Timeline,
} from '../../timeline/index.ts';
import { Button } from '../../ui/index.ts';
import { copyLink } from './copy-link.ts';
import styles from './timeline.module.css';

interface SelectionBarProps {
  readonly timeline: Timeline | null;
  readonly view: View;
  readonly brush: Span;
  /** What a lane's sessions have besides the lane. */
  readonly otherWord: 'users' | 'computers';
}

export default function SelectionBar({ timeline, view, brush, otherWord }: SelectionBarProps) {
  const stats = useStats(timeline, brush);
  if (timeline === null || stats === null) return null;
  return (
    <section className={styles.selection} aria-label="Selection">
      <Ends timeline={timeline} brush={brush} />
      <Figures stats={stats} otherWord={otherWord} />
      {stats.missing > 0 ? <FromServer view={view} brush={brush} /> : null}
      <Deeds timeline={timeline} brush={brush} view={view} />
    </section>
  );
}

/** Computed anew as the selection or what is known changes; at most once a frame. */
function useStats(timeline: Timeline | null, brush: Span): RangeStats | null {
  const [stats, setStats] = useState<RangeStats | null>(null);
  useEffect(() => {
    if (timeline === null) return setStats(null);
    const compute = () => setStats(timeline.stats(brush));
    const frame = requestAnimationFrame(compute);
    const stops = [timeline.news.on('content', compute), timeline.news.on('choice', compute)];
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [timeline, brush]);
  return stats;
}

/** The ends as fields: nobody has to drag. */
function Ends({ timeline, brush }: { timeline: Timeline; brush: Span }) {
  const { clock } = timeline.options;
  const text = (at: number) => new Date(localOf(clock, at)).toISOString().slice(0, 19);
  const set = (end: keyof Span) => (value: string) => {
    const at = instantOfLocal(clock.zone, value);
    const next = { ...brush, [end]: at };
    if (Number.isFinite(at) && next.to > next.from) timeline.setBrush(next);
  };
  return (
    <div className={styles.ends}>
      {(['from', 'to'] as const).map((end) => (
        <label key={end}>
          <span>{end === 'from' ? 'From' : 'To'}</span>
          <input
            type="datetime-local"
            step={1}
            value={text(brush[end])}
            onChange={({ currentTarget }) => set(end)(currentTarget.value)}
          />
        </label>
      ))}
      <strong>{lengthText(brush.to - brush.from)}</strong>
    </div>
  );
}

function Figures({ stats, otherWord }: { stats: RangeStats; otherWord: 'users' | 'computers' }) {
  const total = stats.classMs.reduce((sum, ms) => sum + ms, 0);
  const lanesWord = otherWord === 'users' ? 'computer' : 'user';
  const other = otherWord === 'users' ? 'user' : 'computer';
  return (
    <>
      <ul className={styles.figures}>
        {CLASSES.map((name, i) =>
          stats.classMs[i] === 0 ? null : (
            <li key={name}>
              <span className={styles.swatch} data-state={name} aria-hidden />
              {STATE_WORDS[name]} {lengthText(stats.classMs[i]!)}{' '}
              <span className="muted">{shareText(stats.classMs[i]! / total)}</span>
            </li>
          ),
        )}
      </ul>
      <ul className={styles.figures}>
        <li>
          {counted(stats.sessions, 'session')}
          <span className="muted">
            {' '}
            ({stats.started} started, {stats.ended} ended, {stats.spanning} throughout)
          </span>
        </li>
        <li>{counted(stats.lanes, lanesWord)}</li>
        <li>{counted(stats.others, other)}</li>
        <li>{stats.failed} failed logons</li>
        <li>{counted(stats.elevations, 'elevation')}</li>
      </ul>
    </>
  );
}

/** Where not all sessions of the range have come, the server's own figures stand beside ours. */
function FromServer({ view, brush }: { view: View; brush: Span }) {
  const iso = (at: number) => new Date(at).toISOString();
  const query = { ...view.query, from: iso(brush.from), to: iso(brush.to) };
  const { data } = useAsk(totalSessions, { params: view.params, query });
  return (
    <p className="muted" role="status">
      {data === undefined
        ? 'Not all sessions of this range have been loaded; asking for the totals …'
        : `Not all lanes are loaded. In all: ${counted(data.sessions, 'session')}, ${lengthText(data.useSeconds * 1000)} in use.`}
    </p>
  );
}

function Deeds({ timeline, brush, view }: { timeline: Timeline; brush: Span; view: View }) {
  const setSearch = useSetSearch();
  const iso = (at: number) => new Date(at).toISOString();
  const query = { ...view.query, from: iso(brush.from), to: iso(brush.to) };
  const zoom = () => {
    timeline.commit(brush);
    timeline.setBrush(null);
  };
  const filterAll = () => {
    timeline.setBrush(null);
    setSearch(
      { range: rangeText(Math.floor(brush.from), Math.ceil(brush.to)), view: undefined, sel: undefined },
      true,
    );
  };
  return (
    <div className={styles.group}>
      <Button small look="primary" onClick={zoom}>
        Zoom
      </Button>
      <Button small onClick={filterAll}>
        Filter all pages
      </Button>
      <ExportMenu endpoint={exportSessions} input={{ params: view.params, query }} name="sessions" />
      <Button small onClick={() => void copyLink()}>
        Copy link
      </Button>
      <Button small look="quiet" onClick={() => timeline.setBrush(null)}>
        Clear
      </Button>
    </div>
  );
}
