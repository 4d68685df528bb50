/** What a person or computer did, day by day: the actogram, hours per day, and the sessions they are drawn from. */
import { listSessions } from '@logonscope/protocol';
import { useMemo } from 'react';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { Answer, EmptyState, Panel, Stack } from '../../ui/index.ts';
import { Actogram } from '../charts/actogram.tsx';
import { DayBars } from '../charts/day-bars.tsx';
import { type LocalDay, localDays, sumsByDay } from '../charts/days.ts';
import { PageLink } from '../links.tsx';
import { SegmentLegend } from '../segments/segment-bar.tsx';
import { drawnSession, type Segment, segmentsOf } from '../segments/segments.ts';
import type { SessionRow } from '../session/marks.tsx';
import { SessionList } from './session-list.tsx';

/** Lines of an actogram: more fit no screen. */
const DAYS_MAX = 62;
/** As many as one page of the list holds; a person with more in two months is a computer. */
const SESSIONS_MAX = 1_000;
const DAY_MS = 86_400_000;

/** The last days of the range for which there is room. */
function useDays(): readonly LocalDay[] {
  const { range, zone } = useView();
  const hour = Math.floor(Date.now() / 3_600_000);
  return useMemo(() => {
    const toMs = Math.min(range.toMs ?? Number.POSITIVE_INFINITY, (hour + 1) * 3_600_000);
    const fromMs = Math.max(range.fromMs ?? 0, toMs - DAYS_MAX * DAY_MS);
    return localDays({ zone, fromMs, toMs: Math.max(toMs, fromMs + 1) });
  }, [range, zone, hour]);
}

function segmentsWithin(rows: readonly SessionRow[], days: readonly LocalDay[]): Segment[] {
  if (days.length === 0) return [];
  return segmentsOf(rows.map(drawnSession), { from: days[0]!.fromMs, to: days.at(-1)!.toMs });
}

export interface PresenceProps {
  /** Of whom or what, in the filter language. */
  readonly filter: string;
  readonly of: string;
  /** Which name of a session says something new here. */
  readonly show: 'computer' | 'user';
}

export function Presence({ filter, of, show }: PresenceProps) {
  const { params, query } = useView();
  const days = useDays();
  const asked = useAsk(listSessions, {
    params,
    query: {
      timezone: query.timezone,
      filter,
      from: new Date(days[0]?.fromMs ?? 0).toISOString(),
      to: new Date(days.at(-1)?.toMs ?? 0).toISOString(),
      limit: SESSIONS_MAX,
    },
  });
  return (
    <Answer of={asked} rows={10}>
      {({ rows, next }) => {
        if (rows.length === 0) {
          return (
            <Panel>
              <EmptyState title="No sessions in this range">Choose a longer range above.</EmptyState>
            </Panel>
          );
        }
        const segments = segmentsWithin(rows, days);
        return (
          <Stack>
            {next === null ? null : (
              <p role="status">Only the newest {SESSIONS_MAX} sessions are drawn: choose a shorter range.</p>
            )}
            <Panel title="Hours per day">
              <DayBars label={`Hours per day of ${of}`} days={days} sums={sumsByDay(segments, days)} />
            </Panel>
            <Panel title="Day by day">
              <Stack tight>
                <SegmentLegend />
                <Actogram label={`Days of ${of}`} days={days} segments={segments} />
              </Stack>
            </Panel>
            <Panel
              title="Latest sessions"
              flush
              actions={
                <PageLink page="sessions" search={{ q: filter }}>
                  All sessions
                </PageLink>
              }
            >
              <SessionList rows={rows.slice(0, 10)} show={show} />
            </Panel>
          </Stack>
        );
      }}
    </Answer>
  );
}
