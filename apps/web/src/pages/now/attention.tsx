/** Needs a look: silent computers, missing evidence, failed logons in numbers, crashes, cleared logs. Each leads on. */
import { listComputers, runReport, totalEvents, totalSessions } from '@logonscope/protocol';
import type { ReactNode } from 'react';
import { useView } from '../../app/view.ts';
import { useAsk } from '../../data/ask.ts';
import { condition } from '../../parts/filter/chips.ts';
import { ComputerLink, PageLink } from '../../parts/links.tsx';
import type { SessionRow } from '../../parts/session/marks.tsx';
import { agoText } from '../../parts/words/clock.ts';
import { counted } from '../../parts/words/lengths.ts';
import { shownName, signalWord } from '../../parts/words/names.ts';
import { Panel } from '../../ui/index.ts';
import styles from './now.module.css';

const HOUR_MS = 3_600_000;
/** An agent tells of itself every few minutes; three hours are no lunch break of a computer that was switched off. */
const SILENT_AFTER_MS = 3 * HOUR_MS;
/** Not heard of for a month: put away, not silent. */
const GONE_AFTER_MS = 30 * 24 * HOUR_MS;
const ATTEMPTS_WORTH_A_LOOK = 10;
const SHOWN = 4;

interface Item {
  readonly key: string;
  readonly tone: 'warning' | 'danger';
  readonly text: ReactNode;
}

/** Null while it is not known yet: silence must not look like peace. */
type Items = readonly Item[] | null;

function useSilent(nowMs: number): Items {
  const { params } = useView();
  const computers = useAsk(listComputers, { params, query: { limit: 1_000 } }, { everyMs: 60_000 });
  if (computers.data === undefined) return null;
  const silent = computers.data.rows
    .map(({ name, reportedAt }) => ({ name, at: Date.parse(reportedAt) }))
    .filter(({ at }) => nowMs - at > SILENT_AFTER_MS && nowMs - at < GONE_AFTER_MS)
    .sort((a, b) => a.at - b.at);
  return silent.slice(0, SHOWN).map(({ name, at }, i) => ({
    key: `silent ${name}`,
    tone: 'warning',
    text: (
      <>
        <ComputerLink name={name} /> silent, last heard of {agoText(at, nowMs)}
        {i === SHOWN - 1 && silent.length > SHOWN ? ` (and ${silent.length - SHOWN} more)` : ''}
      </>
    ),
  }));
}

function useFailing(from: string, to: string): Items {
  const { params, zone } = useView();
  const query = { from, to, timezone: zone, filter: 'event:logonFailed' };
  const report = useAsk(
    runReport,
    { params: { ...params, report: 'failed-logons' }, query },
    { freshMs: 60_000 },
  );
  if (report.data === undefined) return null;
  return report.data.rows
    .filter(({ attempts }) => Number(attempts) >= ATTEMPTS_WORTH_A_LOOK)
    .slice(0, SHOWN)
    .map((row, i) => ({
      key: `failed ${i}`,
      tone: 'danger',
      text: (
        <>
          <bdi>{shownName(String(row.user))}</bdi> failed {String(row.attempts)}×
          {row.address === null ? '' : ` from ${row.address}`}: {shownName(String(row.reason))}{' '}
          <PageLink
            page="events"
            search={{ q: `event:logonFailed ${condition('user', String(row.user))}`, range: '48h' }}
          >
            show
          </PageLink>
        </>
      ),
    }));
}

const LOG_SIGNALS = ['logCleared', 'eventsLost', 'auditChanged'] as const;

function useLogs(from: string, to: string): Items {
  const { params, zone } = useView();
  const filter = `event:${LOG_SIGNALS.join(',')}`;
  const totals = useAsk(
    totalEvents,
    { params, query: { from, to, timezone: zone, filter } },
    { freshMs: 60_000 },
  );
  if (totals.data === undefined) return null;
  const { bySignal } = totals.data;
  return LOG_SIGNALS.flatMap((signal) => {
    const events = bySignal[signal] ?? 0;
    if (events === 0) return [];
    return [
      {
        key: signal,
        tone: 'danger' as const,
        text: (
          <>
            {signalWord(signal).word} {events}× in a week{' '}
            <PageLink page="events" search={{ q: `event:${signal}`, range: '7d' }}>
              show
            </PageLink>
          </>
        ),
      },
    ];
  });
}

function useCrashes(from: string, to: string): Items {
  const { params, zone } = useView();
  const totals = useAsk(
    totalSessions,
    { params, query: { from, to, timezone: zone, filter: 'end:crash' } },
    { freshMs: 60_000 },
  );
  if (totals.data === undefined) return null;
  const { sessions } = totals.data;
  if (sessions === 0) return [];
  return [
    {
      key: 'crash',
      tone: 'warning',
      text: (
        <>
          {counted(sessions, 'session')} ended in a crash in two days{' '}
          <PageLink page="sessions" search={{ q: 'end:crash', range: '48h' }}>
            show
          </PageLink>
        </>
      ),
    },
  ];
}

function withoutLocks(rows: readonly SessionRow[]): Item[] {
  const computers = [
    ...new Set(rows.filter(({ coverage }) => !coverage.lockData).map(({ computer }) => computer)),
  ];
  return computers.slice(0, SHOWN).map((name) => ({
    key: `locks ${name}`,
    tone: 'warning',
    text: (
      <>
        <ComputerLink name={name} /> never tells of locks: its figures are session time, not use time
      </>
    ),
  }));
}

export function Attention({ open, nowMs }: { open: readonly SessionRow[]; nowMs: number }) {
  const hour = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const iso = (ms: number) => new Date(ms).toISOString();
  const to = iso(hour + HOUR_MS);
  const found = [
    useFailing(iso(hour - 24 * HOUR_MS), to),
    useLogs(iso(hour - 7 * 24 * HOUR_MS), to),
    useSilent(nowMs),
    useCrashes(iso(hour - 48 * HOUR_MS), to),
    withoutLocks(open),
  ];
  const items = found.flatMap((some) => some ?? []);
  const isLooking = found.includes(null);
  return (
    <Panel title="Needs a look">
      {items.length === 0 ? (
        <p className="muted">{isLooking ? 'Looking…' : 'Nothing stands out.'}</p>
      ) : (
        <ul className={styles.attention}>
          {items.map(({ key, tone, text }) => (
            <li key={key} data-tone={tone}>
              {text}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
