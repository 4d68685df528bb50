/** The columns of the events' table. Their names are those of the files, so that an export holds what is visible. */
import type { listEvents } from '@logonscope/protocol';
import type { BodyOf } from '../../data/source.ts';
import { ComputerLink, PersonLink } from '../../parts/links.tsx';
import { placeText } from '../../parts/session/told-events.tsx';
import type { VirtualColumn } from '../../parts/table/virtual-table.tsx';
import type { Clock } from '../../parts/words/clock.ts';
import { SignalMark } from './signal-mark.tsx';

export type EventRow = BodyOf<typeof listEvents>['rows'][number];

export interface EventColumn extends VirtualColumn<EventRow> {
  readonly title: string;
}

const text = (value: string | number | null) =>
  value === null || value === '' ? (
    <span className="muted">–</span>
  ) : (
    <bdi title={String(value).slice(0, 1_000)}>{value}</bdi>
  );

/** In the order of the table. */
export function eventColumns(clock: Clock): readonly EventColumn[] {
  const column = (
    id: string,
    title: string,
    cell: EventColumn['cell'],
    more: Partial<EventColumn> = {},
  ): EventColumn => ({ id, title, head: title, minPx: 100, cell, ...more });
  const plain = (id: keyof EventRow & string, title: string, more: Partial<EventColumn> = {}) =>
    column(id, title, (row) => text(row[id] as string | number | null), more);
  return [
    column(
      'time',
      'Time',
      (row) => (
        <time dateTime={row.time} title={clock.exact(Date.parse(row.time))}>
          {clock.full(Date.parse(row.time))}
        </time>
      ),
      { head: `Time (${clock.zoneName(Date.now())})`, minPx: 178, grow: 1.4, sortable: true },
    ),
    column('signal', 'What', (row) => <SignalMark signal={row.signal} />, { minPx: 130 }),
    column('user', 'User', (row) => <PersonLink account={row} />, { minPx: 100 }),
    column('computer', 'Computer', (row) => <ComputerLink name={row.computer} />, { minPx: 100 }),
    plain('eventId', 'Event ID', { minPx: 84, grow: 0.3, numeric: true }),
    plain('logonType', 'Logon type', { minPx: 98, grow: 0.3, numeric: true }),
    plain('logonId', 'Logon ID', { minPx: 100 }),
    plain('linkedLogonId', 'Linked logon ID', { minPx: 120 }),
    plain('sourceAddress', 'From address', { minPx: 112 }),
    plain('workstation', 'Workstation', { minPx: 110 }),
    plain('clientName', 'Client', { minPx: 110 }),
    plain('failureReason', 'Reason of failure', { minPx: 130 }),
    column('elevated', 'Elevated', (row) => text(row.elevated === true ? 'yes' : null), {
      minPx: 76,
      grow: 0.3,
    }),
    plain('recordId', 'Record', { minPx: 80, grow: 0.4, numeric: true }),
    column('source', 'Source', (row) => text(placeText(row)), { minPx: 150, grow: 1.4 }),
    plain('channel', 'Channel', { minPx: 100 }),
    plain('provider', 'Provider', { minPx: 200 }),
    plain('domain', 'Domain', { minPx: 90 }),
    plain('sid', 'SID', { minPx: 200 }),
    plain('sessionName', 'Session name', { minPx: 110 }),
    plain('terminalSessionId', 'Terminal session', { minPx: 110, numeric: true }),
    plain('authPackage', 'Authentication', { minPx: 110 }),
    plain('logonProcess', 'Logon process', { minPx: 110 }),
  ];
}

/** Shown until somebody chooses otherwise. */
export const COLUMNS_AT_FIRST = [
  'time',
  'signal',
  'user',
  'computer',
  'eventId',
  'logonType',
  'logonId',
  'sourceAddress',
  'recordId',
] as const;
