/** Who is on now: the open sessions with what they are doing, those in use first. */
import { useState } from 'react';
import { ComputerLink, PageLink, PersonLink } from '../../parts/links.tsx';
import { SegmentBar } from '../../parts/segments/segment-bar.tsx';
import { UseTime, useClock } from '../../parts/session/marks.tsx';
import { agoText } from '../../parts/words/clock.ts';
import { counted } from '../../parts/words/lengths.ts';
import { Badge, type Column, EmptyState, Panel, Table, type Tone } from '../../ui/index.ts';
import { SessionDrawer } from '../session/session-drawer.tsx';
import styles from './now.module.css';
import type { NowState, Present } from './present.ts';

const SHOWN = 12;

export const NOW_WORDS: Readonly<Record<NowState, { readonly word: string; readonly tone: Tone }>> = {
  active: { word: 'in use', tone: 'success' },
  idle: { word: 'idle', tone: 'accent' },
  locked: { word: 'locked', tone: 'warning' },
  disconnected: { word: 'disconnected', tone: 'plain' },
  asleep: { word: 'asleep', tone: 'plain' },
  paused: { word: 'paused', tone: 'plain' },
  loggingOff: { word: 'logging off', tone: 'plain' },
};

function useColumns(nowMs: number): readonly Column<Present>[] {
  const clock = useClock();
  return [
    { id: 'user', head: 'User', main: true, cell: ({ row }) => <PersonLink account={row} /> },
    { id: 'computer', head: 'Computer', cell: ({ row }) => <ComputerLink name={row.computer} /> },
    {
      id: 'state',
      head: 'State',
      cell: ({ state, sinceMs }) => (
        <span title={`Since ${clock.exact(sinceMs)}`}>
          <Badge tone={NOW_WORDS[state].tone}>{NOW_WORDS[state].word}</Badge>{' '}
          <span className="muted">{agoText(sinceMs, nowMs).replace(' ago', '')}</span>
        </span>
      ),
    },
    {
      id: 'bar',
      head: 'What happened',
      wideOnly: true,
      cell: ({ row }) => (
        <span className={styles.bar}>
          <SegmentBar session={row} />
        </span>
      ),
    },
    { id: 'since', head: 'Logon', cell: ({ row }) => clock.dayMinute(Date.parse(row.start)) },
    { id: 'use', head: 'Use time', numeric: true, cell: ({ row }) => <UseTime session={row} plain /> },
  ];
}

export function WhoIsOn({
  here,
  silent,
  nowMs,
}: {
  here: readonly Present[];
  silent: number;
  nowMs: number;
}) {
  const [openId, setOpenId] = useState('');
  const columns = useColumns(nowMs);
  return (
    <Panel
      title={`On now (${here.length})`}
      flush
      actions={
        <PageLink page="sessions" search={{ q: 'end:open', range: 'all' }}>
          See all
        </PageLink>
      }
    >
      {here.length === 0 ? (
        <EmptyState title="Nobody is signed in">Sessions appear here as agents report them.</EmptyState>
      ) : (
        <Table
          label="On now"
          rows={here.slice(0, SHOWN)}
          columns={columns}
          rowKey={({ row }) => row.id}
          onRowClick={({ row }) => setOpenId(row.id)}
        />
      )}
      {silent === 0 ? null : (
        <p className={styles.silent}>
          {counted(silent, 'more session')} {silent === 1 ? 'has' : 'have'} no end, but nothing was heard of{' '}
          {silent === 1 ? 'its computer' : 'their computers'} for a day: not counted as on now.
        </p>
      )}
      <SessionDrawer rows={here.map(({ row }) => row)} openId={openId} onOpen={setOpenId} />
    </Panel>
  );
}
