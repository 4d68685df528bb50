/** A short list of sessions on a page about something else; a press opens one beside it. */
import { useState } from 'react';
import { SessionDrawer } from '../../pages/session/session-drawer.tsx';
import { type Column, Table } from '../../ui/index.ts';
import { ComputerLink, PersonLink } from '../links.tsx';
import { SegmentBar } from '../segments/segment-bar.tsx';
import { EndMark, EndTime, type SessionRow, StartTime, UseTime } from '../session/marks.tsx';
import styles from './presence.module.css';

export function SessionList({
  rows,
  show,
}: {
  rows: readonly SessionRow[];
  show: 'computer' | 'user' | 'both';
}) {
  const [openId, setOpenId] = useState('');
  const user: Column<SessionRow> = {
    id: 'user',
    head: 'User',
    cell: (row) => <PersonLink account={row} />,
    main: true,
  };
  const computer: Column<SessionRow> = {
    id: 'computer',
    head: 'Computer',
    cell: (row) => <ComputerLink name={row.computer} />,
    main: show === 'computer',
  };
  const columns: Column<SessionRow>[] = [
    ...(show === 'computer' ? [] : [user]),
    ...(show === 'user' ? [] : [computer]),
    { id: 'start', head: 'Logon', cell: (row) => <StartTime session={row} /> },
    { id: 'end', head: 'End', cell: (row) => <EndTime session={row} /> },
    {
      id: 'bar',
      head: 'What happened',
      cell: (row) => (
        <span className={styles.bar}>
          <SegmentBar session={row} />
        </span>
      ),
    },
    { id: 'use', head: 'Use time', numeric: true, cell: (row) => <UseTime session={row} plain /> },
    { id: 'endBy', head: 'How it ended', cell: (row) => <EndMark session={row} />, wideOnly: true },
    {
      id: 'open',
      head: <span className="visually-hidden">Explained</span>,
      cell: (row) => (
        <button type="button" className={styles.why} onClick={() => setOpenId(row.id)}>
          Why?
        </button>
      ),
    },
  ];
  return (
    <>
      <Table label="Sessions" rows={rows} columns={columns} rowKey={({ id }) => id} />
      <SessionDrawer rows={rows} openId={openId} onOpen={setOpenId} />
    </>
  );
}
