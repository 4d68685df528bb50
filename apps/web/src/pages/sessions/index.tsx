/** Sessions: every logon session of the range, filtered, sorted, added up, opened beside the list. */
import { exportSessions, listSessions } from '@logonscope/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ListFilter, RefreshCw } from 'lucide-react';
import { lazy, useCallback, useMemo, useState } from 'react';
import { useParam, useView } from '../../app/view.ts';
import { useAskPages } from '../../data/ask.ts';
import { useLive } from '../../data/live.ts';
import { useKept, usePreferences } from '../../data/preferences.ts';
import { useSource } from '../../data/source.ts';
import { ExportMenu } from '../../parts/export-menu.tsx';
import { Facets } from '../../parts/filter/facets.tsx';
import { FilterBar } from '../../parts/filter/filter-bar.tsx';
import { Later } from '../../parts/later.tsx';
import { useCarried, usePagePath } from '../../parts/links.tsx';
import { SaveView } from '../../parts/save-view.tsx';
import { SegmentBar, SegmentLegend } from '../../parts/segments/segment-bar.tsx';
import { EndMark, type SessionRow, UseTime, useClock } from '../../parts/session/marks.tsx';
import { ColumnsButton } from '../../parts/table/columns-button.tsx';
import { VirtualTable } from '../../parts/table/virtual-table.tsx';
import { count, counted } from '../../parts/words/lengths.ts';
import { Button, ErrorPanel, PageHeader, Skeleton } from '../../ui/index.ts';
import { SessionDrawer } from '../session/session-drawer.tsx';
import { COLUMNS_AT_FIRST, sessionColumns } from './columns.tsx';
import { NoSessions } from './empty.tsx';
import styles from './sessions.module.css';
import { SelectionLine, TotalsLine, useTotals } from './totals.tsx';

const NarrowDrawer = lazy(() => import('./narrow-drawer.tsx'));

const PAGE_ROWS = 200;
const SORTS = ['start', 'use', 'duration'] as const;
type Sort = (typeof SORTS)[number];

/** `-start` is newest first, as in the address. */
function readSort(text: string): { id: Sort; down: boolean } {
  const id = SORTS.find((one) => one === text.replace(/^-/, '')) ?? 'start';
  return { id, down: text.startsWith('-') };
}

function useSessions() {
  const { params, query } = useView();
  const [text, setText] = useParam('sort', '-start');
  const sort = readSort(text);
  const asked = useAskPages(listSessions, {
    params,
    query: { ...query, sort: sort.id, order: sort.down ? 'desc' : 'asc', limit: PAGE_ROWS },
  });
  const rows = useMemo(() => asked.data?.pages.flatMap((page) => page.rows) ?? [], [asked.data]);
  const onSort = (id: string) => setText(sort.id === id && sort.down ? id : `-${id}`);
  return { asked, rows, sort, onSort, ignored: asked.data?.pages[0]?.ignored };
}

/** How many sessions changed since the list was asked for; the list itself stays as it is until told. */
function useChanges() {
  const { companyId } = useView();
  const { id } = useSource();
  const cache = useQueryClient();
  const [changed, setChanged] = useState(0);
  const note = () => setChanged((before) => before + 1);
  useLive(companyId, { session: note, 'session-removed': note, reset: note });
  const renew = () => {
    setChanged(0);
    void cache.invalidateQueries({ queryKey: [id] });
  };
  return { changed, renew };
}

export default function SessionsPage() {
  const view = useView();
  const [, setFilter] = useParam('q');
  const [shown, setShown] = useKept<readonly string[]>('sessions.columns', COLUMNS_AT_FIRST);
  const [narrowing, setNarrowing] = useState(false);
  const zone = useClock().zoneName(Date.now());
  const columns = sessionColumns(zone);
  const inFile = columns.filter(({ id, onPageOnly }) => shown.includes(id) && !onPageOnly);
  const found = useSessions();
  const { changed, renew } = useChanges();
  const facets = { params: view.params, query: view.query, onFilter: setFilter };
  return (
    <>
      <PageHeader title="Sessions" about={view.range.label}>
        {changed === 0 ? null : (
          <Button look="quiet" icon={<RefreshCw size={16} aria-hidden />} onClick={renew}>
            {counted(changed, 'change')}, show
          </Button>
        )}
        <SaveView name="Sessions" />
        <ColumnsButton choices={columns} shown={shown} initially={COLUMNS_AT_FIRST} onChange={setShown} />
        <ExportMenu
          endpoint={exportSessions}
          name="sessions"
          input={{
            params: view.params,
            query: { ...view.query, columns: inFile.map(({ id }) => id).join(',') },
          }}
        />
      </PageHeader>
      <FilterBar text={view.filter} onChange={setFilter} subject="session" ignored={found.ignored}>
        <span className={styles.narrow}>
          <Button small icon={<ListFilter size={14} aria-hidden />} onClick={() => setNarrowing(true)}>
            Narrow
          </Button>
        </span>
      </FilterBar>
      <Later open={narrowing}>
        <NarrowDrawer {...facets} open={narrowing} onClose={() => setNarrowing(false)} />
      </Later>
      <div className={styles.body} data-facets>
        <div className={styles.beside}>
          <Facets {...facets} />
        </div>
        <SessionList
          found={found}
          columns={columns.filter(({ id }) => shown.includes(id))}
          onFilter={setFilter}
        />
      </div>
    </>
  );
}

/** Rows by key, kept while the list grows. */
function useSelection() {
  const [selected, setSelected] = useState<ReadonlyMap<string, SessionRow>>(new Map());
  const toggle = (row: SessionRow) => {
    const next = new Map(selected);
    if (!next.delete(row.id)) next.set(row.id, row);
    setSelected(next);
  };
  return { selected, toggle, clear: () => setSelected(new Map()) };
}

function SessionList({
  found: { asked, rows, sort, onSort },
  columns,
  onFilter,
}: {
  found: ReturnType<typeof useSessions>;
  columns: ReturnType<typeof sessionColumns>;
  onFilter: (text: string) => void;
}) {
  const compact = usePreferences(({ density }) => density === 'compact');
  const totals = useTotals();
  const [openId, setOpenId] = useParam('session');
  const selection = useSelection();
  const showOnTimeline = useTimeline();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = asked;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const onOpen = (row: SessionRow, beside: boolean) => (beside ? showOnTimeline(row) : setOpenId(row.id));
  if (asked.isError && rows.length === 0) return <ErrorPanel error={asked.error} onRetry={asked.refetch} />;
  if (asked.isPending || (rows.length === 0 && hasNextPage)) return <Skeleton rows={14} />;
  return (
    <div>
      <TotalsLine asked={totals} />
      <SelectionLine rows={[...selection.selected.values()]} onClear={selection.clear} />
      {rows.length === 0 ? (
        <NoSessions onFilter={onFilter} />
      ) : (
        <VirtualTable
          label="Sessions"
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          total={totals.data?.complete ? totals.data.sessions : undefined}
          sort={sort}
          onSort={onSort}
          onEnd={onEnd}
          onOpen={onOpen}
          selected={new Set(selection.selected.keys())}
          onSelect={selection.toggle}
          openKey={openId}
          compact={compact}
          card={(row) => <SessionCard row={row} />}
        />
      )}
      <div className={styles.count}>
        <span>
          {count(rows.length)} loaded{asked.isFetchingNextPage ? ', loading more…' : ''}. Enter opens, Space
          selects, Shift+Enter shows on the timeline.
        </span>
        <SegmentLegend />
      </div>
      <SessionDrawer rows={rows} openId={openId} onOpen={setOpenId} />
    </div>
  );
}

/** Leads to the timeline around a session, its lane filtered. */
function useTimeline(): (row: SessionRow) => void {
  const navigate = useNavigate();
  const path = usePagePath();
  const carried = useCarried();
  return ({ id }) => void navigate({ to: path('timeline'), search: { ...carried, session: id } as never });
}

/** Two lines for a phone: who, where, how long; when, how it ended, what happened. */
function SessionCard({ row }: { row: SessionRow }) {
  const clock = useClock();
  const [start, end] = [Date.parse(row.start), row.end === null ? null : Date.parse(row.end)];
  return (
    <>
      <div className={styles.cardHead}>
        <strong>
          <bdi>{row.user}</bdi> · <bdi>{row.computer}</bdi>
        </strong>
        <UseTime session={row} plain />
      </div>
      <div className={styles.cardFoot}>
        <span>
          {clock.dayMinute(start)}–{end === null ? '' : clock.minute(end)} <EndMark session={row} />
        </span>
        <span className={styles.cardBar}>
          <SegmentBar session={row} />
        </span>
      </div>
    </>
  );
}
