/** Events: every record understood, over time and one by one, with all it says. */
import { binEvents, exportEvents, listEvents } from '@logonscope/protocol';
import { lazy, useCallback, useMemo } from 'react';
import { rangeText } from '../../app/range.ts';
import { useParam, useSetSearch, useView } from '../../app/view.ts';
import { useAsk, useAskPages } from '../../data/ask.ts';
import { useKept, usePreferences } from '../../data/preferences.ts';
import { Histogram } from '../../parts/charts/histogram.tsx';
import { ExportMenu } from '../../parts/export-menu.tsx';
import { holdsCondition, shownChips, toggledCondition } from '../../parts/filter/chips.ts';
import { FilterBar } from '../../parts/filter/filter-bar.tsx';
import { Later } from '../../parts/later.tsx';
import { SaveView } from '../../parts/save-view.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { ColumnsButton } from '../../parts/table/columns-button.tsx';
import { VirtualTable } from '../../parts/table/virtual-table.tsx';
import { count, counted } from '../../parts/words/lengths.ts';
import { signalWord } from '../../parts/words/names.ts';
import { Answer, Button, EmptyState, ErrorPanel, PageHeader, Skeleton } from '../../ui/index.ts';
import { COLUMNS_AT_FIRST, type EventColumn, type EventRow, eventColumns } from './columns.tsx';
import styles from './events.module.css';
import { SignalMark } from './signal-mark.tsx';

const EventSheet = lazy(() => import('./event-sheet.tsx'));

const PAGE_ROWS = 200;
const BINS = 96;

export default function EventsPage() {
  const view = useView();
  const [, setFilter] = useParam('q');
  const [shown, setShown] = useKept<readonly string[]>('events.columns', COLUMNS_AT_FIRST);
  const [order, setOrder] = useParam('order', 'desc');
  const columns = eventColumns(useClock());
  const asked = useAskPages(listEvents, {
    params: view.params,
    query: { ...view.query, order: order === 'asc' ? 'asc' : 'desc', limit: PAGE_ROWS },
  });
  return (
    <>
      <PageHeader title="Events" about={view.range.label}>
        <SaveView name="Events" />
        <ColumnsButton choices={columns} shown={shown} initially={COLUMNS_AT_FIRST} onChange={setShown} />
        <ExportMenu
          endpoint={exportEvents}
          name="events"
          input={{ params: view.params, query: { ...view.query, columns: shown.join(',') } }}
        />
      </PageHeader>
      <FilterBar
        text={view.filter}
        onChange={setFilter}
        subject="event"
        ignored={asked.data?.pages[0]?.ignored}
      />
      <OverTime onFilter={setFilter} />
      <EventList
        asked={asked}
        columns={columns.filter(({ id }) => shown.includes(id))}
        order={order}
        onOrder={setOrder}
        onFilter={setFilter}
      />
    </>
  );
}

/** Both ends of the page's range; all time begins with the first event there is. */
function useBounds(): { from: string; to: string } | null {
  const { params, query } = useView();
  const { from, to, timezone } = query;
  const first = useAsk(
    listEvents,
    from === undefined ? { params, query: { timezone, filter: '', order: 'asc', limit: 1 } } : null,
  );
  const begin = from ?? first.data?.rows[0]?.time;
  const hour = Math.floor(Date.now() / 3_600_000) + 1;
  return begin === undefined ? null : { from: begin, to: to ?? new Date(hour * 3_600_000).toISOString() };
}

function OverTime({ onFilter }: { onFilter: (text: string) => void }) {
  const { params, query, filter } = useView();
  const set = useSetSearch();
  const bounds = useBounds();
  const asked = useAsk(
    binEvents,
    bounds === null ? null : { params, query: { ...query, ...bounds, bins: BINS } },
  );
  if (bounds === null) return null;
  return (
    <Answer of={asked} rows={4}>
      {({ from, binSeconds, bySignal, complete }) => {
        const start = Date.parse(from);
        const signals = Object.entries(bySignal).map(
          ([signal, bins]) => [signal, bins.reduce((sum, one) => sum + one, 0)] as const,
        );
        const total = signals.reduce((sum, [, one]) => sum + one, 0);
        const bins = Array.from({ length: BINS }, (_, i) => ({
          fromMs: start + i * binSeconds * 1_000,
          total: Object.values(bySignal).reduce((sum, one) => sum + (one[i] ?? 0), 0),
          failed: bySignal.logonFailed?.[i] ?? 0,
        }));
        return (
          <>
            <Histogram
              label={`${counted(total, 'event')} over time`}
              bins={bins}
              binMs={binSeconds * 1_000}
              onRange={(fromMs, toMs) => set({ range: rangeText(fromMs, toMs) }, true)}
            />
            <p className={styles.totals}>
              <strong>
                {complete ? '' : 'at least '}
                {counted(total, 'event')}
              </strong>
              {[...signals]
                .sort(([, a], [, b]) => b - a)
                .map(([signal, events]) => (
                  <button
                    key={signal}
                    type="button"
                    aria-pressed={holdsCondition(filter, 'event', signal)}
                    onClick={() => onFilter(toggledCondition(filter, 'event', signal))}
                  >
                    {signalWord(signal).word} {count(events)}
                  </button>
                ))}
            </p>
          </>
        );
      }}
    </Answer>
  );
}

function EventList({
  asked,
  columns,
  order,
  onOrder,
  onFilter,
}: {
  asked: ReturnType<typeof useAskPages<typeof listEvents>>;
  columns: readonly EventColumn[];
  order: string;
  onOrder: (order: string) => void;
  onFilter: (text: string) => void;
}) {
  const { filter, range } = useView();
  const compact = usePreferences(({ density }) => density === 'compact');
  const [openId, setOpenId] = useParam('event');
  const rows = useMemo(() => asked.data?.pages.flatMap((page) => page.rows) ?? [], [asked.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (asked.isError && rows.length === 0) return <ErrorPanel error={asked.error} onRetry={asked.refetch} />;
  if (asked.isPending || (rows.length === 0 && hasNextPage)) return <Skeleton rows={14} />;
  if (rows.length === 0) {
    const { chips } = shownChips(filter);
    return (
      <EmptyState
        title={chips.length === 0 ? `No events: ${range.label}` : `No events match: ${range.label}`}
        actions={
          chips.length === 0 ? undefined : <Button onClick={() => onFilter('')}>Remove all conditions</Button>
        }
      >
        Choose a longer range above{chips.length === 0 ? '' : ', or ask for less'}.
      </EmptyState>
    );
  }
  return (
    <div className={styles.table}>
      <VirtualTable
        label="Events"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        sort={{ id: 'time', down: order !== 'asc' }}
        onSort={() => onOrder(order === 'asc' ? 'desc' : 'asc')}
        onEnd={onEnd}
        onOpen={(row) => setOpenId(row.id)}
        openKey={openId}
        compact={compact}
        card={(row) => <EventCard row={row} />}
      />
      <p className={styles.foot}>{count(rows.length)} loaded. Enter opens an event.</p>
      <Later open={openId !== ''}>
        <EventSheet eventId={openId} open={openId !== ''} onClose={() => setOpenId('')} />
      </Later>
    </div>
  );
}

function EventCard({ row }: { row: EventRow }) {
  const clock = useClock();
  return (
    <>
      <div className={styles.card}>
        <SignalMark signal={row.signal} />
        <span>
          <bdi>{row.user ?? '–'}</bdi> · <bdi>{row.computer}</bdi>
        </span>
      </div>
      <div className={`${styles.card} ${styles.foot}`}>
        <span>{clock.full(Date.parse(row.time))}</span>
        <span>{row.recordId === null ? '' : `${row.channel}:${row.recordId}`}</span>
      </div>
    </>
  );
}
