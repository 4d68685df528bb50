/** The table twin: exactly the sessions in view, in words and figures. */
import { useEffect, useState } from 'react';
import { useZone } from '../../app/view.ts';
import { type VirtualColumn, VirtualTable } from '../../parts/table/virtual-table.tsx';
import { counted, lengthText } from '../../parts/words/lengths.ts';
import {
  type Clock,
  eachSessionWithin,
  formatInstant,
  sessionIdAt,
  type Timeline,
} from '../../timeline/index.ts';
import type { LaneKind } from '../../timeline/url.ts';
import { certaintyWords } from './session-words.ts';
import styles from './timeline.module.css';
import { engineClock } from './use-engine.ts';

interface TableRow {
  readonly laneId: string;
  readonly id: string;
  readonly lane: string;
  readonly other: string;
  readonly start: number;
  readonly end: number;
  readonly certainty: string;
}

function rowsInView(timeline: Timeline): TableRow[] {
  const { from, to } = timeline.range;
  const rows: TableRow[] = [];
  for (const lane of timeline.chosen) {
    const content = timeline.lanes.content(lane);
    const { sessions, names } = content;
    const { id: laneId, name } = timeline.lanes.list[lane]!;
    eachSessionWithin(sessions, from, to, (i) =>
      rows.push({
        laneId,
        id: sessionIdAt(sessions, i),
        lane: name,
        other: names[sessions.other[i]!] ?? '',
        start: sessions.start[i]!,
        end: sessions.end[i]!,
        certainty: certaintyWords(content, i),
      }),
    );
  }
  return rows;
}

function columnsFor(clock: Clock, by: LaneKind): readonly VirtualColumn<TableRow>[] {
  return [
    {
      id: 'lane',
      head: by === 'computer' ? 'Computer' : by === 'site' ? 'Site' : 'User',
      cell: ({ lane }) => <bdi>{lane}</bdi>,
      minPx: 140,
      grow: 1,
    },
    {
      id: 'other',
      head: by === 'computer' ? 'User' : 'Computer',
      cell: ({ other }) => <bdi>{other}</bdi>,
      minPx: 140,
      grow: 1,
    },
    { id: 'start', head: 'Start', cell: ({ start }) => formatInstant(clock, start, 'second'), minPx: 170 },
    { id: 'end', head: 'End', cell: ({ end }) => formatInstant(clock, end, 'second'), minPx: 170 },
    {
      id: 'length',
      head: 'Length',
      cell: ({ start, end }) => lengthText(end - start),
      minPx: 90,
      numeric: true,
    },
    { id: 'certainty', head: 'How sure', cell: ({ certainty }) => certainty, minPx: 240, grow: 2 },
  ];
}

export default function SessionsTable({ timeline, by }: { timeline: Timeline | null; by: LaneKind }) {
  const [rows, setRows] = useState<readonly TableRow[]>([]);
  const clock = engineClock(useZone());
  useEffect(() => {
    if (timeline === null) return;
    const renew = () => setRows(rowsInView(timeline));
    renew();
    const stops = (['view', 'content', 'choice'] as const).map((kind) => timeline.news.on(kind, renew));
    return () => {
      for (const stop of stops) stop();
    };
  }, [timeline]);
  const columns = columnsFor(clock, by);
  const open = ({ laneId, id }: TableRow) => timeline?.select({ laneId, sessionId: id });
  return (
    <div className={styles.table} data-testid="timeline-table">
      <p className="muted">{counted(rows.length, 'session')} in view</p>
      <VirtualTable
        label="Sessions in view"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        total={rows.length}
        onOpen={open}
        card={({ lane, other, start, end }) => (
          <>
            <strong>
              {lane} · {other}
            </strong>
            <br />
            {formatInstant(clock, start)} · {lengthText(end - start)}
          </>
        )}
      />
    </div>
  );
}
