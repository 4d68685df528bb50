/** The timeline: who was where and when, as lanes, as days of one person, or as numbers at once. */
import { listSessions } from '@logonscope/protocol';
import { useMemo } from 'react';
import { useView, type View } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { ErrorPanel, PageHeader, Skeleton } from '../../ui/index.ts';
import { Workbench } from './workbench.tsx';

const DAY_MS = 86_400_000;

/** The time there is to look at: the page's range, and for all time from the first session until tomorrow. */
function useExtent({ params, query, range }: View): { from: number; to: number } | null | Error {
  const unbounded = range.fromMs === null;
  const first = useAsk(
    listSessions,
    unbounded ? { params, query: { ...query, sort: 'start', order: 'asc', limit: 1 } } : null,
  );
  const start = first.data?.rows[0]?.start;
  const failed = first.error;
  const asked = unbounded && first.data === undefined;
  return useMemo(() => {
    const now = Math.ceil(Date.now() / DAY_MS) * DAY_MS;
    const to = range.toMs ?? now + DAY_MS;
    if (!unbounded) return { from: range.fromMs!, to };
    if (failed !== null) return failed;
    return asked ? null : { from: start === undefined ? to - 7 * DAY_MS : Date.parse(start) - DAY_MS, to };
  }, [range, unbounded, start, asked, failed]);
}

export default function TimelinePage() {
  const view = useView();
  const extent = useExtent(view);
  if (extent instanceof Error) {
    return (
      <>
        <PageHeader title="Timeline" />
        <ErrorPanel error={extent} />
      </>
    );
  }
  if (extent === null) return <Skeleton rows={12} />;
  return <Workbench key={`${view.companyId} ${view.zone}`} view={view} extent={extent} />;
}
