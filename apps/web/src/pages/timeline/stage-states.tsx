/** What stands over the lanes while there is nothing on them: why, and what helps. */
import { useSetSearch } from '../../app/view.ts';
import { ALL_LANES, type LaneChoice, type Timeline } from '../../timeline/index.ts';
import { Button, EmptyState, ErrorPanel } from '../../ui/index.ts';
import styles from './timeline.module.css';
import { useNews } from './use-engine.ts';
import type { Loading } from './use-loader.ts';

interface StageStatesProps {
  readonly loading: Loading;
  readonly timeline: Timeline | null;
  /** The page's filter, as the address has it. */
  readonly filter: string;
}

export function StageStates({ loading, timeline, filter }: StageStatesProps) {
  const choice = useNews<LaneChoice>(timeline, (engine, hear) => engine.news.on('choice', hear), ALL_LANES);
  const setSearch = useSetSearch();
  if (loading.error !== null) {
    return (
      <div className={styles.over}>
        <ErrorPanel error={loading.error} onRetry={loading.again} />
      </div>
    );
  }
  if (!loading.listed) return <Busy />;
  if (loading.lanes === 0) {
    return (
      <div className={styles.over}>
        {filter === '' ? (
          <EmptyState title="No sessions in this range">
            Choose a wider range above, or wait for computers to report.
          </EmptyState>
        ) : (
          <EmptyState
            title="No sessions match the filter"
            actions={<Button onClick={() => setSearch({ q: undefined })}>Remove the filter</Button>}
          >
            {filter}
          </EmptyState>
        )}
      </div>
    );
  }
  if (timeline !== null && timeline.rows.length === 0) return <NoLanes timeline={timeline} choice={choice} />;
  return loading.busy > 0 ? <Busy /> : null;
}

/** A thin bar: what is there already stays in view. */
function Busy() {
  return (
    <div className={styles.busy} role="status">
      <span className="visually-hidden">Loading</span>
    </div>
  );
}

function NoLanes({ timeline, choice }: { timeline: Timeline; choice: LaneChoice }) {
  return (
    <div className={styles.over}>
      <EmptyState
        title={choice.search === '' ? 'All lanes are hidden' : `No lane is called “${choice.search}”`}
        actions={
          <Button onClick={() => timeline.setChoice({ search: '', only: null, hidden: new Set() })}>
            Show all lanes
          </Button>
        }
      >
        The sessions are there; only the lanes are filtered.
      </EmptyState>
    </div>
  );
}
