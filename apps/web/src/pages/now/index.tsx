/** Now: who is signed in at this moment. */
import { listSessions } from '@logonscope/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { useLive } from '../../data/live.ts';
import { useSource } from '../../data/source.ts';
import { Answer, EmptyState, PageHeader, Panel, Table } from '../../ui/index.ts';

const ROWS_MAX = 100;

export default function NowPage() {
  const { companyId, params } = useView();
  const cache = useQueryClient();
  const { id } = useSource();
  const open = useAsk(listSessions, { params, query: { filter: 'end:open', limit: ROWS_MAX } });
  const renew = () => void cache.invalidateQueries({ queryKey: [id, listSessions.id] });
  useLive(companyId, { session: renew, 'session-removed': renew, reset: renew });
  return (
    <>
      <PageHeader title="Now" about="Who is signed in at this moment." />
      <Panel title="Signed in now" flush>
        <Answer of={open}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState title="Nobody is signed in">Sessions appear here as agents report them.</EmptyState>
            ) : (
              <Table
                label="Signed in now"
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'user', head: 'User', cell: (row) => row.user, sort: (row) => row.user, main: true },
                  {
                    id: 'computer',
                    head: 'Computer',
                    cell: (row) => row.computer,
                    sort: (row) => row.computer,
                  },
                  { id: 'start', head: 'Since', cell: (row) => row.start, sort: (row) => row.start },
                ]}
              />
            )
          }
        </Answer>
      </Panel>
    </>
  );
}
