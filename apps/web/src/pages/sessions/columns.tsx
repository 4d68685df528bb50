/** The columns of the sessions' table. Their names are those of the files, so that an export holds what is visible. */

import { ComputerLink, PersonLink } from '../../parts/links.tsx';
import { SegmentBar } from '../../parts/segments/segment-bar.tsx';
import { EndMark, EndTime, type SessionRow, StartTime, UseTime } from '../../parts/session/marks.tsx';
import type { VirtualColumn } from '../../parts/table/virtual-table.tsx';
import { lengthText } from '../../parts/words/lengths.ts';
import { KINDS, wordOf } from '../../parts/words/names.ts';
import { Badge } from '../../ui/index.ts';

export interface SessionColumn extends VirtualColumn<SessionRow> {
  readonly title: string;
  /** Not in files: drawn from what the others say. */
  readonly onPageOnly?: boolean;
}

const text = (value: string | number | null) =>
  value === null || value === '' ? (
    <span className="muted">–</span>
  ) : (
    <bdi title={String(value)}>{value}</bdi>
  );

const length = (seconds: number) =>
  seconds === 0 ? <span className="muted">–</span> : lengthText(seconds * 1_000);

type Away = keyof SessionRow['awaySeconds'];
const awayColumn = (id: string, title: string, of: Away): SessionColumn => ({
  ...{ id, title, head: title, minPx: 82, grow: 0.4, numeric: true },
  cell: ({ awaySeconds }) => length(awaySeconds[of]),
});

/** In the order of the table. `zone` stands in the head of times. */
export function sessionColumns(zone: string): readonly SessionColumn[] {
  const column = (
    id: string,
    title: string,
    cell: SessionColumn['cell'],
    more: Partial<SessionColumn> = {},
  ): SessionColumn => ({ id, title, head: title, minPx: 100, cell, ...more });
  return [
    column('user', 'User', (row) => <PersonLink account={row} />, { minPx: 90, grow: 1.2 }),
    column('computer', 'Computer', (row) => <ComputerLink name={row.computer} />, { minPx: 90 }),
    column('start', 'Logon', (row) => <StartTime session={row} />, {
      head: `Logon (${zone})`,
      minPx: 152,
      sortable: true,
    }),
    column('end', 'End', (row) => <EndTime session={row} />, { minPx: 152 }),
    column('segments', 'Course', (row) => <SegmentBar session={row} />, {
      minPx: 110,
      grow: 2.4,
      onPageOnly: true,
    }),
    column('duration', 'Length', (row) => lengthText(row.durationSeconds * 1_000), {
      minPx: 82,
      grow: 0.5,
      numeric: true,
      sortable: true,
    }),
    column('use', 'Use time', (row) => <UseTime session={row} plain />, {
      minPx: 94,
      grow: 0.5,
      numeric: true,
      sortable: true,
    }),
    awayColumn('locked', 'Locked', 'locked'),
    awayColumn('screensaver', 'Idle', 'screensaver'),
    { ...awayColumn('disconnected', 'Disconnected', 'disconnected'), minPx: 100 },
    awayColumn('asleep', 'Asleep', 'asleep'),
    awayColumn('away', 'Away in all', 'total'),
    column('endBy', 'How it ended', (row) => <EndMark session={row} />, { minPx: 128 }),
    column('kind', 'Kind', (row) => wordOf(KINDS, row.kind).word, { minPx: 84, grow: 0.5 }),
    column('elevated', 'Elevated', (row) => (row.elevated ? <Badge>elevated</Badge> : text(null)), {
      minPx: 92,
      grow: 0.4,
    }),
    column('sourceAddress', 'From address', (row) => text(row.sourceAddress), { minPx: 120 }),
    column('clientName', 'Client', (row) => text(row.clientName), { minPx: 110 }),
    column('findings', 'Findings', (row) => text(row.findings.join(', ')), { minPx: 130 }),
    column(
      'lockData',
      'Lock data',
      (row) => (row.coverage.lockData ? 'yes' : <Badge tone="warning">none</Badge>),
      { minPx: 84, grow: 0.4 },
    ),
    column('domain', 'Domain', (row) => text(row.domain), { minPx: 90 }),
    column('sid', 'SID', (row) => text(row.sid), { minPx: 220 }),
    column('logonIds', 'Logon IDs', (row) => text(row.logonIds.join(' ')), { minPx: 140 }),
    column('events', 'Events', (row) => text(row.events), { minPx: 74, grow: 0.3, numeric: true }),
  ];
}

/** Shown until somebody chooses otherwise; the rest is a press away. */
export const COLUMNS_AT_FIRST = [
  'user',
  'computer',
  'start',
  'end',
  'segments',
  'duration',
  'use',
  'locked',
  'endBy',
] as const;
