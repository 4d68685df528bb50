/** A list found by part of a name, page by page, with cards on phones: people, computers. */
import type { Endpoint } from '@logonscope/protocol';
import { Search } from 'lucide-react';
import { type ReactNode, useDeferredValue } from 'react';
import { useParam, useView } from '../../app/view.ts';
import { useAskPages } from '../../data/ask.ts';
import {
  Button,
  type Column,
  EmptyState,
  ErrorPanel,
  Field,
  PageHeader,
  Panel,
  Row,
  Skeleton,
  Table,
} from '../../ui/index.ts';
import { counted } from '../words/lengths.ts';

const PAGE_ROWS = 100;

export interface SearchListProps<R> {
  readonly title: string;
  readonly about: string;
  readonly endpoint: Endpoint;
  readonly columns: readonly Column<R>[];
  readonly rowKey: (row: R) => string | number;
  readonly noun: readonly [one: string, many: string];
  readonly empty: ReactNode;
}

export function SearchList<R>({ title, about, endpoint, columns, rowKey, noun, empty }: SearchListProps<R>) {
  const { params, query, range } = useView();
  const [search, setSearch] = useParam('search');
  const wanted = useDeferredValue(search);
  const { from, to } = query;
  const asked = useAskPages(endpoint, {
    params,
    query: { search: wanted, limit: PAGE_ROWS, ...(from && { from }), ...(to && { to }) },
  } as never);
  const rows = (asked.data?.pages ?? []).flatMap((page) => (page as { rows: readonly R[] }).rows);
  return (
    <>
      <PageHeader title={title} about={`${about} ${range.label}.`}>
        <Field
          label={`Search ${noun[1]}`}
          hideLabel
          type="search"
          placeholder="Part of the name"
          value={search}
          onChange={setSearch}
          icon={<Search size={16} aria-hidden />}
          maxLength={255}
        />
      </PageHeader>
      {asked.isError && rows.length === 0 ? (
        <ErrorPanel error={asked.error} onRetry={asked.refetch} />
      ) : asked.isPending ? (
        <Skeleton rows={12} />
      ) : (
        <Panel flush>
          {rows.length === 0 ? (
            <EmptyState
              title={search === '' ? `No ${noun[1]}` : `No ${noun[1]} are called “${search.slice(0, 60)}”`}
              actions={
                search === '' ? undefined : <Button onClick={() => setSearch('')}>Clear the search</Button>
              }
            >
              {search === '' ? empty : null}
            </EmptyState>
          ) : (
            <Table label={title} rows={rows} columns={columns} rowKey={rowKey} />
          )}
        </Panel>
      )}
      <Row>
        <p className="muted">
          {counted(rows.length, noun[0], noun[1])}
          {asked.hasNextPage ? ', and more' : ''}
        </p>
        {asked.hasNextPage ? (
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            Show more
          </Button>
        ) : null}
      </Row>
    </>
  );
}
