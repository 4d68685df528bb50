/** Agents of a company: how each is doing, and the package to install on more computers. */
import { listAgents } from '@logonscope/protocol';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { Guard } from '../../../app/guard.tsx';
import { useView } from '../../../app/view.ts';
import { useAskPages } from '../../../data/ask.ts';
import {
  Button,
  Columns,
  EmptyState,
  ErrorPanel,
  PageHeader,
  Panel,
  Row,
  Skeleton,
  Stack,
  Tile,
} from '../../../ui/index.ts';
import { AgentTable } from './agent-table.tsx';
import { stateOf } from './health.ts';
import { PackageDialog } from './package-dialog.tsx';
import { TEXT } from './text.ts';

const PAGE_ROWS = 200;

function Agents() {
  const { params } = useView();
  const asked = useAskPages(listAgents, { params, query: { limit: PAGE_ROWS } });
  const [packing, setPacking] = useState(false);
  const rows = asked.data?.pages.flatMap((page) => page.rows) ?? [];
  const nowMs = Date.now();
  const count = (state: string) => rows.filter((row) => stateOf(row, nowMs) === state).length;
  const download = (
    <Button look="primary" icon={<Download size={16} aria-hidden />} onClick={() => setPacking(true)}>
      {TEXT.download}
    </Button>
  );
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about}>
        {download}
      </PageHeader>
      <Stack>
        {rows.length === 0 ? null : (
          <Columns min="narrow">
            <Tile name={TEXT.states.well} value={count('well')} />
            <Tile
              name={TEXT.states.behind}
              value={count('behind')}
              tone={count('behind') > 0 ? 'warning' : 'plain'}
            />
            <Tile
              name={TEXT.states.silent}
              value={count('silent')}
              tone={count('silent') > 0 ? 'danger' : 'plain'}
            />
          </Columns>
        )}
        <Panel flush>
          {asked.isError ? <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} /> : null}
          {asked.isPending ? <Skeleton rows={8} /> : null}
          {asked.isSuccess && rows.length === 0 ? (
            <EmptyState title={TEXT.none} actions={download}>
              {TEXT.noneAbout}
            </EmptyState>
          ) : null}
          {rows.length === 0 ? null : <AgentTable agents={rows} />}
        </Panel>
        {asked.hasNextPage ? (
          <Row>
            <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
              More agents
            </Button>
          </Row>
        ) : null}
      </Stack>
      {packing ? <PackageDialog onClose={() => setPacking(false)} /> : null}
    </>
  );
}

export default function AgentsPage() {
  const { isCompanyAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isCompanyAdmin} needs="company administrator">
      <Agents />
    </Guard>
  );
}
