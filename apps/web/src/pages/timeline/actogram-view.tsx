/** One lane day by day: the actogram with its choice of whose. */
import { useEffect, useRef, useState } from 'react';
import { Actogram, FIRST_LEGEND, type Legend, NO_ACTOGRAM, type Timeline } from '../../timeline/index.ts';
import type { LaneKind } from '../../timeline/url.ts';
import { Select } from '../../ui/index.ts';
import { Card } from './hover-card.tsx';
import { type HitWords, wordsOfHit } from './session-words.ts';
import styles from './timeline.module.css';
import { OTHER_WORDS, useNews, usePalette } from './use-engine.ts';

export default function ActogramView({ timeline, by }: { timeline: Timeline | null; by: LaneKind }) {
  const root = useRef<HTMLDivElement>(null);
  const [actogram, setActogram] = useState<Actogram | null>(null);
  const laneId = useLane(timeline);
  useEffect(() => {
    const made = new Actogram(root.current!);
    setActogram(made);
    return () => made.close();
  }, []);
  const card = useShown(actogram, timeline, laneId, by);
  const list = timeline?.lanes.list ?? [];
  return (
    <div className={styles.actogramFrame}>
      <Select
        label="Whose days"
        search
        value={laneId ?? ''}
        choices={list.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => timeline?.setChoice({ only: id })}
      />
      <div
        ref={root}
        className={styles.actogram}
        role="img"
        aria-label="Days of one lane, newest first; the table has the same sessions."
        data-testid="actogram"
      />
      {card === null ? null : <Card shown={card} />}
    </div>
  );
}

type ShownCard = HitWords & { readonly clientX: number; readonly clientY: number };

/** Shows a lane's days, opens what is clicked, and gives what lies under the mouse. */
function useShown(
  actogram: Actogram | null,
  timeline: Timeline | null,
  laneId: string | null,
  by: LaneKind,
): ShownCard | null {
  const [card, setCard] = useState<ShownCard | null>(null);
  const turn = useTurns(timeline);
  const legend = useNews<Legend>(
    timeline,
    (engine, hear) => engine.news.on('legend', hear),
    timeline?.legend ?? FIRST_LEGEND,
  );
  const palette = usePalette();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` tells that there is more to show.
  useEffect(() => {
    if (actogram === null || timeline === null) return;
    const lane = timeline.lanes.indexOf(laneId ?? '');
    const { clock } = timeline.options;
    const about =
      lane < 0
        ? NO_ACTOGRAM
        : { content: timeline.lanes.content(lane), markers: timeline.lanes.markers(lane) };
    actogram.show({ ...about, boundaries: timeline.lanes.boundaries, legend, palette, clock });
    const name = { name: timeline.lanes.list[lane]?.name ?? '', otherWord: OTHER_WORDS[by] };
    const stops = [
      actogram.news.on('open', (index) => timeline.select(timeline.placeOf(lane, index))),
      actogram.news.on('hover', (hover) => {
        const empty = hover === null || (hover.hit.session < 0 && hover.hit.marker < 0);
        setCard(
          empty
            ? null
            : {
                ...wordsOfHit(clock, name, about, hover.hit),
                clientX: hover.clientX,
                clientY: hover.clientY,
              },
        );
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [actogram, timeline, laneId, legend, palette, by, turn]);
  return card;
}

/** The lane chosen alone, else the one with the focus; it is made the only one, so that its sessions are asked for. */
function useLane(timeline: Timeline | null): string | null {
  const only = useNews<string | null>(
    timeline,
    (engine, hear) => engine.news.on('choice', (choice) => hear(choice.only)),
    timeline?.choice.only ?? null,
  );
  const turn = useTurns(timeline);
  // biome-ignore lint/correctness/useExhaustiveDependencies: lanes may have come since.
  useEffect(() => {
    if (timeline === null || timeline.choice.only !== null) return;
    const row = timeline.rows[timeline.focus.row] ?? timeline.rows[0];
    const id = timeline.lanes.list[row?.lane ?? -1]?.id;
    if (id !== undefined) timeline.setChoice({ only: id });
    timeline.show(timeline.extent);
  }, [timeline, turn]);
  return only;
}

/** Counts up whenever something has come. */
function useTurns(timeline: Timeline | null): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (timeline === null) return;
    const next = () => setTurn((old) => old + 1);
    const stops = [timeline.news.on('content', next), timeline.news.on('view', next)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [timeline]);
  return turn;
}
