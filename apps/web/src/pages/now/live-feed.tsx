/** The live feed on screen: stops when told, catches up when told, and asks again for what a broken stream lost. */
import { listEvents } from '@logonscope/protocol';
import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { useLive, useLiveState } from '../../data/live.ts';
import { ComputerLink, PersonLink } from '../../parts/links.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { Button, EmptyState, Panel, Skeleton } from '../../ui/index.ts';
import { SignalMark } from '../events/signal-mark.tsx';
import { arrived, caughtUp, type Feed, type FeedLine, feedOf, NO_FEED } from './feed.ts';
import styles from './now.module.css';

const ASKED_EVENTS = 300;
/** Whoever cannot see the feed hears of it at most so often. */
const SPOKEN_EVERY_MS = 15_000;

function useFeed(isPaused: boolean) {
  const { companyId, params, zone } = useView();
  const asked = useAsk(
    listEvents,
    { params, query: { limit: ASKED_EVENTS, timezone: zone } },
    { freshMs: 60_000 },
  );
  const [feed, setFeed] = useState<Feed>(NO_FEED);
  const rows = asked.data?.rows;
  useEffect(() => {
    if (rows !== undefined) setFeed(feedOf(rows));
  }, [rows]);
  useLive(companyId, {
    event: (event) => setFeed((before) => arrived(before, event, isPaused)),
    reset: () => void asked.refetch(),
  });
  return { feed, catchUp: () => setFeed(caughtUp), isAsking: asked.isPending };
}

/** One sentence on what came, no more often than ears can follow. */
function useSpoken(lines: readonly FeedLine[]): string {
  const [spoken, setSpoken] = useState('');
  const newest = lines[0]?.key ?? 0;
  useEffect(() => {
    const timer = setInterval(
      () => setSpoken(newest === 0 ? '' : `${newest} events so far`),
      SPOKEN_EVERY_MS,
    );
    return () => clearInterval(timer);
  }, [newest]);
  return spoken;
}

export function LiveFeed() {
  const [isPaused, setPaused] = useState(false);
  const { feed, catchUp, isAsking } = useFeed(isPaused);
  const { state } = useLiveState();
  const spoken = useSpoken(feed.lines);
  const Icon = isPaused ? Play : Pause;
  const toggle = () => {
    if (isPaused) catchUp();
    setPaused(!isPaused);
  };
  return (
    <Panel
      title="Live feed"
      flush
      actions={
        <Button small look="quiet" icon={<Icon size={14} aria-hidden />} onClick={toggle}>
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
      }
    >
      {state === 'lost' ? (
        <p className={styles.lost} role="status">
          Live paused, reconnecting. What is missed meanwhile is fetched afterwards.
        </p>
      ) : null}
      {feed.waiting.length > 0 ? (
        <button type="button" className={styles.waiting} onClick={catchUp}>
          {feed.wasCut ? 'more than ' : ''}
          {feed.waiting.length} new, show
        </button>
      ) : null}
      {feed.lines.length === 0 && isAsking ? (
        <Skeleton rows={6} />
      ) : feed.lines.length === 0 ? (
        <EmptyState title="Nothing has happened yet">Events appear here as they are reported.</EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reachable by keyboard.
        <section className={styles.feed} aria-label="Newest events" tabIndex={0}>
          <ol>
            {feed.lines.map((line) => (
              <Line key={line.key} line={line} />
            ))}
          </ol>
        </section>
      )}
      <output className="visually-hidden">{spoken}</output>
    </Panel>
  );
}

function Line({ line: { event, times } }: { line: FeedLine }) {
  const clock = useClock();
  const at = Date.parse(event.time);
  return (
    <li>
      <time dateTime={event.time} title={clock.exact(at)}>
        {clock.second(at)}
      </time>
      <SignalMark signal={event.signal} />
      <span className={styles.who}>
        <PersonLink account={event} /> <ComputerLink name={event.computer} />
        {times > 1 ? <strong> ×{times}</strong> : null}
      </span>
    </li>
  );
}
