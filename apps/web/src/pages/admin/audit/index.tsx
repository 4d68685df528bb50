/** The audit trail: who did what, when, from where; of one company, or of the installation. */
import { checkAudit, listAudit } from '@logonscope/protocol';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { Guard } from '../../../app/guard.tsx';
import { Time } from '../../../app/time.tsx';
import { useCompanyId } from '../../../app/view.ts';
import { useAskPages } from '../../../data/ask.ts';
import { type BodyOf, useSource } from '../../../data/source.ts';
import {
  Badge,
  Button,
  Drawer,
  EmptyState,
  ErrorPanel,
  Fact,
  Facts,
  PageHeader,
  Panel,
  Row,
  Skeleton,
  Stack,
  Table,
} from '../../../ui/index.ts';
import { TEXT } from './text.ts';

type Entry = BodyOf<typeof listAudit>['rows'][number];

function Detail({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  return (
    <Drawer open onClose={onClose} title={`${entry.action}, entry ${entry.number}`}>
      <Facts>
        <Fact name="When">
          <Time at={entry.at} />
        </Fact>
        <Fact name="Who">{entry.userName ?? TEXT.nobody}</Fact>
        <Fact name="On what">{entry.target ?? '–'}</Fact>
        <Fact name="Outcome">{entry.outcome}</Fact>
        <Fact name="From">{entry.address ?? '–'}</Fact>
        <Fact name="Request">
          <code>{entry.requestId ?? '–'}</code>
        </Fact>
        <Fact name="Hash">
          <code>{entry.hash}</code>
        </Fact>
        <Fact name="Detail">
          <pre className="wrap">{entry.detail == null ? '–' : JSON.stringify(entry.detail, null, 2)}</pre>
        </Fact>
      </Facts>
    </Drawer>
  );
}

function Entries({ rows, onOpen }: { rows: readonly Entry[]; onOpen: (entry: Entry) => void }) {
  return (
    <Table
      label={TEXT.title}
      rows={rows}
      rowKey={({ number }) => number}
      columns={[
        { id: 'at', head: 'When', cell: ({ at }) => <Time at={at} /> },
        { id: 'user', head: 'Who', cell: ({ userName }) => userName ?? TEXT.nobody },
        { id: 'action', head: 'What', main: true, cell: ({ action }) => <code>{action}</code> },
        { id: 'target', head: 'On what', cell: ({ target }) => target ?? '–' },
        {
          id: 'outcome',
          head: 'Outcome',
          cell: ({ outcome }) => (
            <Badge tone={outcome === 'done' ? 'success' : 'danger'}>
              {outcome === 'done' ? 'done' : outcome}
            </Badge>
          ),
        },
        { id: 'address', head: 'From', cell: ({ address }) => address ?? '–' },
        {
          id: 'open',
          head: <span className="visually-hidden">Actions</span>,
          cell: (entry) => (
            <Button small onClick={() => onOpen(entry)} aria-label={`Details of entry ${entry.number}`}>
              Details
            </Button>
          ),
        },
      ]}
    />
  );
}

/** Recomputes the chain of hashes; a gap or a change shows. */
function Check({ company }: { company: number }) {
  const source = useSource();
  const [found, setFound] = useState<BodyOf<typeof checkAudit> | null>(null);
  const form = useForm(async () => {
    setFound((await source.ask(checkAudit, { query: { company } })).body);
  });
  return (
    <Stack tight>
      <Row>
        <Button icon={<ShieldCheck size={16} aria-hidden />} busy={form.busy} onClick={() => form.submit()}>
          {TEXT.check}
        </Button>
      </Row>
      <FormError error={form.error} />
      {found === null ? null : (
        <output>
          {found.brokenAt === null ? (
            <>
              <Badge tone="success">Whole</Badge> {TEXT.whole(found.entries)} <code>{found.head}</code>
            </>
          ) : (
            <>
              <Badge tone="danger">Broken</Badge> {TEXT.broken(found.brokenAt)}
            </>
          )}
        </output>
      )}
    </Stack>
  );
}

function Trail({ company }: { company: number }) {
  const { isGlobalAdmin } = usePowers();
  const asked = useAskPages(listAudit, { query: { company } });
  const [open, setOpen] = useState<Entry | null>(null);
  const rows = asked.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <PageHeader title={TEXT.title} about={company === 0 ? TEXT.aboutInstallation : TEXT.aboutCompany} />
      <Stack>
        {isGlobalAdmin ? <Check key={company} company={company} /> : null}
        <Panel flush>
          {asked.isError ? <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} /> : null}
          {asked.isPending ? <Skeleton rows={10} /> : null}
          {asked.isSuccess && rows.length === 0 ? <EmptyState title={TEXT.none} /> : null}
          {rows.length === 0 ? null : <Entries rows={rows} onOpen={setOpen} />}
        </Panel>
        {asked.hasNextPage ? (
          <Row>
            <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
              Older entries
            </Button>
          </Row>
        ) : null}
      </Stack>
      {open === null ? null : <Detail entry={open} onClose={() => setOpen(null)} />}
    </>
  );
}

export default function AuditPage() {
  const companyId = useCompanyId();
  const { isGlobalAdmin, isCompanyAdmin } = usePowers();
  const isOfInstallation = companyId === null;
  return (
    <Guard
      title={TEXT.title}
      allowed={isOfInstallation ? isGlobalAdmin : isCompanyAdmin}
      needs={isOfInstallation ? 'global administrator' : 'company administrator'}
    >
      <Trail company={companyId ?? 0} />
    </Guard>
  );
}
