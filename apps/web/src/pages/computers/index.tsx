/** Computers: everything that ever reported, with what there is of each in the range. */
import { listComputers } from '@logonscope/protocol';
import type { BodyOf } from '../../data/source.ts';
import { PageLink } from '../../parts/links.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { countColumn, instantColumn, lengthColumn } from '../../parts/table/figure-columns.tsx';
import { SearchList } from '../../parts/table/search-list.tsx';
import { agoText } from '../../parts/words/clock.ts';
import { count } from '../../parts/words/lengths.ts';
import { shownName } from '../../parts/words/names.ts';
import { Badge, type Column } from '../../ui/index.ts';

type ComputerRow = BodyOf<typeof listComputers>['rows'][number];

const NAME: Column<ComputerRow> = {
  id: 'name',
  head: 'Computer',
  main: true,
  sort: (row) => row.name,
  cell: (row) => (
    <>
      <PageLink
        page={`computers/${encodeURIComponent(row.name)}`}
        title={(row.fqdn ?? row.name).slice(0, 1_000)}
      >
        <bdi>{shownName(row.name)}</bdi>
      </PageLink>{' '}
      {row.openSessions === 0 ? null : <Badge tone="success">{count(row.openSessions)} on now</Badge>}
    </>
  ),
};

const SITE: Column<ComputerRow> = {
  id: 'site',
  head: 'Site',
  sort: (row) => row.site ?? '',
  cell: (row) => row.site ?? <span className="muted">–</span>,
};

export default function ComputersPage() {
  const clock = useClock();
  const nowMs = Date.now();
  const columns: readonly Column<ComputerRow>[] = [
    NAME,
    SITE,
    lengthColumn('use', 'Use time', (row) => row.useSeconds),
    countColumn('sessions', 'Sessions', (row) => row.sessions),
    countColumn('people', 'People', (row) => row.people),
    countColumn('failed', 'Failed logons', (row) => row.failedLogons),
    {
      ...instantColumn('last', 'Last seen', (row: ComputerRow) => row.lastSeen, clock.dayMinute),
      wideOnly: true,
    },
    instantColumn(
      'reported',
      'Last report',
      (row) => row.reportedAt,
      (at) => agoText(at, nowMs),
    ),
  ];
  return (
    <SearchList
      title="Computers"
      about="Every computer that reported, with its sessions in the range."
      endpoint={listComputers}
      columns={columns}
      rowKey={(row) => row.id}
      noun={['computer', 'computers']}
      empty="Computers appear here when their agent reports for the first time."
    />
  );
}
