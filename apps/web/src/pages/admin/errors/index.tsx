/** The error log of the installation: by level and day, with details, and cleared by age. */
import { listErrors } from '@logonscope/protocol';
import { useState } from 'react';
import { usePowers } from '../../../app/account.ts';
import { Guard } from '../../../app/guard.tsx';
import { addDays, startOfDay } from '../../../app/local-time.ts';
import { Time } from '../../../app/time.tsx';
import { useParam, useZone } from '../../../app/view.ts';
import { useAskPages } from '../../../data/ask.ts';
import type { BodyOf } from '../../../data/source.ts';
import {
  Badge,
  Button,
  Drawer,
  EmptyState,
  ErrorPanel,
  Fact,
  Facts,
  Field,
  PageHeader,
  Panel,
  Row,
  Segments,
  Skeleton,
  Stack,
  Table,
  type Tone,
} from '../../../ui/index.ts';
import { ClearErrors } from './clear-errors.tsx';
import { TEXT } from './text.ts';

type Entry = BodyOf<typeof listErrors>['rows'][number];
type Level = keyof typeof TEXT.levels;

const LEVELS = Object.keys(TEXT.levels) as Level[];
const TONES: Readonly<Record<Level, Tone>> = {
  critical: 'danger',
  error: 'danger',
  warning: 'warning',
  info: 'accent',
  debug: 'plain',
};

function Detail({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  return (
    <Drawer open onClose={onClose} title={TEXT.levels[entry.level]} wide>
      <Facts>
        <Fact name="When">
          <Time at={entry.at} />
        </Fact>
        <Fact name="Message">{entry.message}</Fact>
        <Fact name="Logger">{entry.logger ?? '–'}</Fact>
        <Fact name="Request">
          <code>{entry.requestId ?? '–'}</code>
        </Fact>
        <Fact name="Address asked">
          {entry.method ?? ''} {entry.path ?? '–'}
        </Fact>
        <Fact name="From">{entry.address ?? '–'}</Fact>
        <Fact name="User">{entry.userId ?? '–'}</Fact>
        <Fact name="Stack">
          <pre className="wrap">{entry.stack ?? '–'}</pre>
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
      rowKey={({ id }) => id}
      columns={[
        { id: 'at', head: 'When', cell: ({ at }) => <Time at={at} /> },
        {
          id: 'level',
          head: 'Level',
          cell: ({ level }) => <Badge tone={TONES[level]}>{TEXT.levels[level]}</Badge>,
        },
        { id: 'message', head: 'Message', main: true, cell: ({ message }) => message },
        { id: 'path', head: 'Address asked', cell: ({ method, path }) => `${method ?? ''} ${path ?? '–'}` },
        {
          id: 'request',
          head: 'Request',
          wideOnly: true,
          cell: ({ requestId }) => <code>{requestId ?? '–'}</code>,
        },
        {
          id: 'open',
          head: <span className="visually-hidden">Actions</span>,
          cell: (entry) => (
            <Button small onClick={() => onOpen(entry)}>
              Details
            </Button>
          ),
        },
      ]}
    />
  );
}

function Log() {
  const zone = useZone();
  const [level, setLevel] = useParam('level', 'all');
  const [first, setFirst] = useParam('first');
  const [last, setLast] = useParam('last');
  const [open, setOpen] = useState<Entry | null>(null);
  const [clearing, setClearing] = useState(false);
  const known = LEVELS.find((one) => one === level);
  const iso = (date: string) => new Date(startOfDay(zone, date)).toISOString();
  const query = {
    ...(known === undefined ? {} : { level: known }),
    ...(first === '' ? {} : { from: iso(first) }),
    ...(last === '' ? {} : { to: iso(addDays(last, 1)) }),
  };
  const asked = useAskPages(listErrors, { query });
  const rows = asked.data?.pages.flatMap((page) => page.rows) ?? [];
  const counts: Readonly<Record<string, number>> = asked.data?.pages[0]?.counts ?? {};
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <PageHeader title={TEXT.title} about={TEXT.about}>
        <Button onClick={() => void asked.refetch()}>Refresh</Button>
        <Button onClick={() => setClearing(true)}>{TEXT.clear}…</Button>
      </PageHeader>
      <Stack>
        <Row>
          <Segments
            label="Level"
            value={known ?? 'all'}
            onChange={setLevel}
            choices={[
              { value: 'all', label: `All ${all}` },
              ...LEVELS.map((one) => ({ value: one, label: `${TEXT.levels[one]} ${counts[one] ?? 0}` })),
            ]}
          />
          <Field label="First day" type="date" value={first} onChange={setFirst} />
          <Field label="Last day" type="date" value={last} onChange={setLast} />
        </Row>
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
      {clearing ? <ClearErrors onClose={() => setClearing(false)} /> : null}
    </>
  );
}

export default function ErrorsPage() {
  const { isGlobalAdmin } = usePowers();
  return (
    <Guard title={TEXT.title} allowed={isGlobalAdmin} needs="global administrator">
      <Log />
    </Guard>
  );
}
