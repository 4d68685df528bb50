/** What lies under the mouse: who and where, the state and its length, the whole session, and how sure its end is. */
import { useEffect, useState } from 'react';
import type { Timeline } from '../../timeline/index.ts';
import { type HitWords, wordsOfHit } from './session-words.ts';
import styles from './timeline.module.css';

interface Shown extends HitWords {
  readonly clientX: number;
  readonly clientY: number;
}

const CARD_PX = { width: 320, height: 150 };
const BESIDE_PX = 14;

export function HoverCard({ timeline, otherWord }: { timeline: Timeline | null; otherWord: string }) {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(
    () =>
      timeline?.news.on('hover', (hover) => {
        if (hover === null || (hover.hit.session < 0 && hover.hit.marker < 0)) return setShown(null);
        const { hit, clientX, clientY } = hover;
        const { lanes, options } = timeline;
        const lane = { name: lanes.list[hit.lane]!.name, otherWord };
        const about = { content: lanes.content(hit.lane), markers: lanes.markers(hit.lane) };
        setShown({ ...wordsOfHit(options.clock, lane, about, hit), clientX, clientY });
      }),
    [timeline, otherWord],
  );
  useEffect(() => {
    if (shown === null) return;
    const hide = (event: KeyboardEvent) => event.key === 'Escape' && setShown(null);
    window.addEventListener('keydown', hide);
    return () => window.removeEventListener('keydown', hide);
  }, [shown]);
  return shown === null ? null : <Card shown={shown} />;
}

export function Card({ shown }: { shown: Shown }) {
  const left = Math.min(shown.clientX + BESIDE_PX, innerWidth - CARD_PX.width - 8);
  const below = shown.clientY + BESIDE_PX + CARD_PX.height < innerHeight;
  const top = below ? shown.clientY + BESIDE_PX : shown.clientY - BESIDE_PX - CARD_PX.height;
  return (
    <div
      className={styles.card}
      style={{ left: Math.max(8, left), top }}
      role="tooltip"
      data-testid="timeline-card"
    >
      <strong>
        <bdi>{shown.title}</bdi>
      </strong>
      {shown.state === '' ? null : <div>{shown.state}</div>}
      {shown.session === '' ? null : <div className="muted">{shown.session}</div>}
      {shown.certainty === '' ? null : <div className="muted">{shown.certainty}</div>}
      {shown.others === '' ? null : <div>{shown.others}</div>}
      {shown.marker === '' ? null : <div className={styles.cardMarker}>{shown.marker}</div>}
    </div>
  );
}
