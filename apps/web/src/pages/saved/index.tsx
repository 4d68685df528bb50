/** Saved views: one's own and those of the company, each a page with its range, filter and options. */
import { deleteView, editView, listViews } from '@logonscope/protocol';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { usePowers } from '../../app/account.ts';
import { readSearch, useView } from '../../app/view.ts';
import { useAsk, useDeed } from '../../data/ask.ts';
import type { BodyOf } from '../../data/source.ts';
import { usePagePath } from '../../parts/links.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import {
  Answer,
  Badge,
  Button,
  type Column,
  ConfirmDialog,
  CopyButton,
  EmptyState,
  PageHeader,
  Panel,
  Row,
  Table,
  toast,
  wordsOf,
} from '../../ui/index.ts';

type SavedView = BodyOf<typeof listViews>['rows'][number];

export default function SavedPage() {
  const { params } = useView();
  const asked = useAsk(listViews, { params });
  return (
    <>
      <PageHeader
        title="Saved views"
        about="A view is a page with its range, filter and options. “Save view” on a page puts it here."
      />
      <Panel flush>
        <Answer of={asked}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState title="No saved views yet">
                Open Sessions, Events or a report, narrow it down, and press “Save view”.
              </EmptyState>
            ) : (
              <Views rows={rows} />
            )
          }
        </Answer>
      </Panel>
    </>
  );
}

/** What failed, said where people look. */
function tellTrouble(error: unknown): void {
  const { title, detail } = wordsOf(error);
  toast(`${title}. ${detail}`, 'trouble');
}

function useColumns(onDelete: (view: SavedView) => void): readonly Column<SavedView>[] {
  const clock = useClock();
  const path = usePagePath();
  const { params } = useView();
  const { isCompanyAdmin } = usePowers();
  const edit = useDeed(editView, [listViews]);
  const share = ({ id, shared }: SavedView) =>
    edit.mutateAsync({ params: { ...params, viewId: id }, body: { shared: !shared } }).catch(tellTrouble);
  return [
    {
      id: 'name',
      head: 'Name',
      main: true,
      sort: ({ name }) => name,
      cell: ({ name, page, search }) => (
        <Link to={path(page)} search={readSearch(search) as never}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { id: 'page', head: 'Page', sort: ({ page }) => page, cell: ({ page }) => (page === '' ? 'now' : page) },
    {
      id: 'shared',
      head: 'For',
      sort: ({ shared }) => Number(shared),
      cell: ({ shared }) => (shared ? <Badge tone="accent">everybody</Badge> : <Badge>only you</Badge>),
    },
    { id: 'by', head: 'By', sort: ({ by }) => by, cell: ({ by, mine }) => (mine ? 'you' : <bdi>{by}</bdi>) },
    {
      id: 'created',
      head: 'Saved',
      sort: ({ createdAt }) => createdAt,
      cell: ({ createdAt }) => clock.date(Date.parse(createdAt)),
      wideOnly: true,
    },
    {
      id: 'deeds',
      head: <span className="visually-hidden">Deeds</span>,
      cell: (view) => (
        <Row end>
          <CopyButton text={`${location.origin}${path(view.page)}${view.search}`} what="link" />
          {view.mine ? (
            <Button small onClick={() => void share(view)}>
              {view.shared ? 'Keep to myself' : 'Share'}
            </Button>
          ) : null}
          {view.mine || (view.shared && isCompanyAdmin) ? (
            <Button small aria-label={`Delete ${view.name}`} onClick={() => onDelete(view)}>
              Delete
            </Button>
          ) : null}
        </Row>
      ),
    },
  ];
}

function Views({ rows }: { rows: readonly SavedView[] }) {
  const { params } = useView();
  const [going, setGoing] = useState<SavedView | null>(null);
  const remove = useDeed(deleteView, [listViews]);
  const columns = useColumns(setGoing);
  const confirm = async () => {
    if (going === null) return;
    await remove.mutateAsync({ params: { ...params, viewId: going.id } }).catch(tellTrouble);
    setGoing(null);
  };
  return (
    <>
      <Table label="Saved views" rows={rows} columns={columns} rowKey={({ id }) => id} />
      <ConfirmDialog
        open={going !== null}
        onClose={() => setGoing(null)}
        title="Delete this view?"
        action="Delete"
        busy={remove.isPending}
        onConfirm={() => void confirm()}
      >
        “{going?.name}” is deleted{going?.shared ? ' for everybody of the company' : ''}. What it shows stays.
      </ConfirmDialog>
    </>
  );
}
