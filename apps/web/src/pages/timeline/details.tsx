/** The session chosen, beside the timeline: its summary at once, its whole explanation when that has come. */
import { ChevronLeft, ChevronRight, Maximize2, X } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { PageLink } from '../../parts/links.tsx';
import { indexOfSession, perform, type SessionPlace, type Timeline } from '../../timeline/index.ts';
import { Button, IconButton, Skeleton } from '../../ui/index.ts';
import { certaintyWords, spanWords } from './session-words.ts';
import styles from './timeline.module.css';

const SessionDetail = lazy(() =>
  import('../session/session-detail.tsx').then((module) => ({ default: module.SessionDetail })),
);

export default function Details({ timeline, place }: { timeline: Timeline; place: SessionPlace }) {
  const lane = timeline.lanes.indexOf(place.laneId);
  const name = timeline.lanes.list[lane]?.name ?? '';
  const content = timeline.lanes.content(lane);
  const index = indexOfSession(content.sessions, place.sessionId);
  const { clock, otherWord } = timeline.options;
  const other = index < 0 ? '' : (content.names[content.sessions.other[index]!] ?? '');
  const go = (by: 1 | -1) => () => {
    const next = index + by;
    if (index < 0 || next < 0 || next >= content.sessions.start.length) return;
    timeline.focusSession(next);
    timeline.select(timeline.placeOf(lane, next));
  };
  return (
    <aside className={styles.details} aria-label="Session">
      <header className={styles.detailsHead}>
        <h2>
          <bdi>{name}</bdi> <span className="muted">{otherWord}</span> <bdi>{other}</bdi>
        </h2>
        <IconButton label="Session before" onClick={go(-1)}>
          <ChevronLeft size={16} aria-hidden />
        </IconButton>
        <IconButton label="Session after" onClick={go(1)}>
          <ChevronRight size={16} aria-hidden />
        </IconButton>
        <IconButton label="Close" onClick={() => timeline.select(null)}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {index < 0 ? null : (
        <p className={styles.summary}>
          {spanWords(clock, content.sessions.start[index]!, content.sessions.end[index]!)}
          <br />
          <span className="muted">{certaintyWords(content, index)}</span>
        </p>
      )}
      <div className={styles.group}>
        <Button small icon={<Maximize2 size={14} aria-hidden />} onClick={() => perform(timeline, 'fit')}>
          Fit
        </Button>
        <PageLink page={`sessions/${place.sessionId}`}>Open as a page</PageLink>
      </div>
      <Suspense fallback={<Skeleton rows={8} />}>
        <SessionDetail sessionId={place.sessionId} />
      </Suspense>
    </aside>
  );
}
