/** Now: who is on at this moment, what just happened, how today compares, and what needs a look. */
import { binEvents, listEvents, listSessions, totalEvents } from '@logonscope/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { useLive } from '../../data/live.ts';
import { useSource } from '../../data/source.ts';
import { PageLink } from '../../parts/links.tsx';
import type { SessionRow } from '../../parts/session/marks.tsx';
import { count } from '../../parts/words/lengths.ts';
import { Answer, Boundary, Columns, PageHeader, Panel, Stack, Tile } from '../../ui/index.ts';
import { Attention } from './attention.tsx';
import { failedNow } from './failed-hours.ts';
import { LiveFeed } from './live-feed.tsx';
import styles from './now.module.css';
import { LEAVING, presentOf } from './present.ts';
import { TodayChart } from './today-chart.tsx';
import { WhoIsOn } from './who-is-on.tsx';

const OPEN_MAX = 1_000;
const SIGNS_MAX = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** The clock of the page: ages need no more. */
const TICK_MS = 30_000;
/** Changes are gathered for so long before the list is asked for anew. */
const GATHER_MS = 800;
const FAILED_DAYS = 28;

function useNow(): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}

/** Open sessions, asked for anew when the stream tells of a change. */
function useOpen() {
  const { companyId, params, zone } = useView();
  const cache = useQueryClient();
  const { id } = useSource();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const renew = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      for (const asked of [listSessions, listEvents])
        void cache.invalidateQueries({ queryKey: [id, asked.id] });
    }, GATHER_MS);
  };
  useLive(companyId, { session: renew, 'session-removed': renew, reset: renew });
  return useAsk(listSessions, {
    params,
    query: { filter: 'end:open type:console,remote,unknown', timezone: zone, limit: OPEN_MAX },
  });
}

export default function NowPage() {
  const nowMs = useNow();
  const open = useOpen();
  return (
    <>
      <PageHeader title="Now" about="Who is on at this moment, and what needs a look." />
      <Answer of={open}>
        {({ rows, next }) => <Board rows={rows} isCut={next !== null} nowMs={nowMs} />}
      </Answer>
    </>
  );
}

/** The newest signs of leaving: a lock that is the last word of its computer has no length yet, but says who is away. */
function useLeaving() {
  const { params, zone } = useView();
  const filter = `event:${Object.keys(LEAVING).join(',')}`;
  const asked = useAsk(listEvents, { params, query: { filter, timezone: zone, limit: SIGNS_MAX } });
  return asked.data?.rows ?? [];
}

function Board({ rows, isCut, nowMs }: { rows: readonly SessionRow[]; isCut: boolean; nowMs: number }) {
  const { here, silent } = presentOf(rows, nowMs, useLeaving());
  return (
    <Stack>
      <Tiles here={here} isCut={isCut} nowMs={nowMs} />
      <div className={styles.board}>
        <Stack>
          <Panel title="In use today">
            <Boundary>
              <TodayChart />
            </Boundary>
          </Panel>
          <WhoIsOn here={here} silent={silent.length} nowMs={nowMs} />
        </Stack>
        <Stack>
          <Boundary>
            <LiveFeed />
          </Boundary>
          <Boundary>
            <Attention open={here.map(({ row }) => row)} nowMs={nowMs} />
          </Boundary>
        </Stack>
      </div>
    </Stack>
  );
}

function Tiles({
  here,
  isCut,
  nowMs,
}: {
  here: ReturnType<typeof presentOf>['here'];
  isCut: boolean;
  nowMs: number;
}) {
  const of = (...states: string[]) => here.filter(({ state }) => states.includes(state)).length;
  const people = new Set(here.map(({ row }) => row.sid ?? `${row.domain}\\${row.user}`.toLowerCase())).size;
  const elevated = here.filter(({ row }) => row.elevated).length;
  return (
    <Columns min="narrow">
      <Tile
        name="On now"
        value={count(here.length)}
        note={isCut ? `of the newest ${OPEN_MAX}` : `${count(people)} people`}
      />
      <Tile name="In use" value={count(of('active'))} note={`${count(of('idle'))} idle`} />
      <Tile name="Locked" value={count(of('locked'))} />
      <Tile
        name="Disconnected"
        value={count(of('disconnected'))}
        note={`${count(of('asleep', 'paused'))} asleep or paused`}
      />
      <FailedTile nowMs={nowMs} />
      <Tile
        name="Elevated"
        value={count(elevated)}
        note={
          <PageLink page="sessions" search={{ q: 'end:open elevated:yes', range: 'all' }}>
            show
          </PageLink>
        }
      />
    </Columns>
  );
}

/** Failed logons by hour: the weeks before are asked for once an hour, the last hour every minute. */
function useFailedHours(nowMs: number): readonly number[] | null {
  const { params, zone } = useView();
  const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const minuteMs = Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS;
  const bins = FAILED_DAYS * 24 - 1;
  const question = (fromMs: number, toMs: number) => ({
    filter: 'event:logonFailed',
    timezone: zone,
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  });
  const before = useAsk(
    binEvents,
    { params, query: { ...question(hourMs - bins * HOUR_MS, hourMs), bins } },
    { freshMs: HOUR_MS },
  );
  const last = useAsk(totalEvents, { params, query: question(minuteMs - HOUR_MS, minuteMs) });
  if (before.data === undefined || last.data === undefined) return null;
  const none = Array.from({ length: bins }, () => 0);
  return [...(before.data.bySignal.logonFailed ?? none), last.data.events];
}

function FailedTile({ nowMs }: { nowMs: number }) {
  const hours = useFailedHours(nowMs);
  const { lastHour, usualMost, isSpike } = failedNow(hours ?? []);
  return (
    <Tile
      name="Failed logons, last hour"
      value={hours === null ? '…' : count(lastHour)}
      tone={isSpike ? 'danger' : 'plain'}
      note={
        <>
          {isSpike ? 'unusually many, ' : ''}
          {usualMost === null ? '' : `usual up to ${count(Math.ceil(usualMost))}, `}
          <PageLink page="events" search={{ q: 'event:logonFailed', range: '48h' }}>
            show
          </PageLink>
        </>
      }
    />
  );
}
