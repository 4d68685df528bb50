/** No sessions to show: why, what would bring some back, and where the nearest ones are. */
import { listSessions } from '@logonscope/protocol';
import { rangeText } from '../../app/range.ts';
import { useSetSearch, useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { shownChips, withoutChip } from '../../parts/filter/chips.ts';
import { PageLink } from '../../parts/links.tsx';
import { useClock } from '../../parts/session/marks.tsx';
import { counted } from '../../parts/words/lengths.ts';
import { Button, EmptyState, Skeleton } from '../../ui/index.ts';

const DAY_MS = 86_400_000;

/** The session before and the one after the range, under the same filter. */
function useNearest() {
  const { params, query } = useView();
  const { filter, timezone, from, to } = query;
  const one = { filter, timezone, limit: 1, sort: 'start' as const };
  const before = useAsk(
    listSessions,
    from === undefined ? null : { params, query: { ...one, to: from, order: 'desc' } },
  );
  const after = useAsk(
    listSessions,
    to === undefined ? null : { params, query: { ...one, from: to, order: 'asc' } },
  );
  return {
    asking: (from !== undefined && before.isPending) || (to !== undefined && after.isPending),
    before: before.data?.rows[0],
    after: after.data?.rows[0],
  };
}

export function NoSessions({ onFilter }: { onFilter: (text: string) => void }) {
  const { filter, range } = useView();
  const set = useSetSearch();
  const clock = useClock();
  const { asking, before, after } = useNearest();
  const { chips } = shownChips(filter);
  if (asking) return <Skeleton rows={3} />;
  if (chips.length === 0 && before === undefined && after === undefined) return <FirstRun />;
  const goTo = (start: string) => {
    const at = Date.parse(start);
    set({ range: rangeText(at - DAY_MS, at + DAY_MS) });
  };
  return (
    <EmptyState
      title={
        chips.length === 0
          ? `No sessions: ${range.label}`
          : `No sessions match ${counted(chips.length, 'condition')}: ${range.label}`
      }
      actions={
        <>
          {chips.map(({ text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place.
            <Button key={index} small onClick={() => onFilter(withoutChip(filter, index))}>
              Without {text}
            </Button>
          ))}
          {[before, after].map((session) =>
            session === undefined ? null : (
              <Button key={session.id} small look="primary" onClick={() => goTo(session.start)}>
                Nearest: {clock.date(Date.parse(session.start))}
              </Button>
            ),
          )}
        </>
      }
    >
      {before === undefined && after === undefined
        ? 'There are none at any other time either.'
        : 'There are some at other times.'}
    </EmptyState>
  );
}

/** Nothing was ever received: the three ways to get data. */
function FirstRun() {
  return (
    <EmptyState
      title="No sessions yet"
      actions={
        <>
          <PageLink page="admin/agents">Install the agent</PageLink>
          <PageLink page="admin/imports">Upload log files</PageLink>
          <a href="/local">Look at files in this browser</a>
        </>
      }
    >
      Sessions appear here as agents report them, or when log files are uploaded.
    </EmptyState>
  );
}
