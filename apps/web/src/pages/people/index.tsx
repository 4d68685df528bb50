/** People: everybody with a session in the range, with what there is of each. */
import { listPeople } from '@logonscope/protocol';
import type { BodyOf } from '../../data/source.ts';
import { PageLink } from '../../parts/links.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { countColumn, instantColumn, lengthColumn } from '../../parts/table/figure-columns.tsx';
import { SearchList } from '../../parts/table/search-list.tsx';
import { shownName } from '../../parts/words/names.ts';
import { Badge, type Column } from '../../ui/index.ts';

type PersonRow = BodyOf<typeof listPeople>['rows'][number];

const NAME: Column<PersonRow> = {
  id: 'name',
  head: 'User',
  main: true,
  sort: (row) => row.name,
  cell: (row) => (
    <>
      <PageLink page={`people/${encodeURIComponent(row.id)}`} title={row.name.slice(0, 1_000)}>
        <bdi>{shownName(row.name)}</bdi>
      </PageLink>{' '}
      {row.openSessions === 0 ? null : <Badge tone="success">on now</Badge>}
    </>
  ),
};

export default function PeoplePage() {
  const clock = useClock();
  const columns: readonly Column<PersonRow>[] = [
    NAME,
    lengthColumn('use', 'Use time', (row) => row.useSeconds),
    countColumn('sessions', 'Sessions', (row) => row.sessions),
    countColumn('computers', 'Computers', (row) => row.computers),
    countColumn('failed', 'Failed logons', (row) => row.failedLogons),
    countColumn('elevations', 'Elevated', (row) => row.elevations),
    {
      ...instantColumn('first', 'First seen', (row: PersonRow) => row.firstSeen, clock.dayMinute),
      wideOnly: true,
    },
    instantColumn('last', 'Last seen', (row) => row.lastSeen, clock.dayMinute),
  ];
  return (
    <SearchList
      title="People"
      about="Everybody with a session in the range."
      endpoint={listPeople}
      columns={columns}
      rowKey={(row) => row.id}
      noun={['person', 'people']}
      empty="People appear here with their first session."
    />
  );
}
