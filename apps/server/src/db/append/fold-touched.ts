/** Folds the computers that have new events and writes the sessions that differ. */
import { goOn, runningAsOf } from '@logonscope/core';
import type { Kysely } from 'kysely';
import type { StoreDialect } from '../dialects/index.ts';
import { type Horizon, reachesBehind } from '../fold/horizon.ts';
import { refold } from '../fold/refold.ts';
import type { StoreChange } from '../ports.ts';
import type { Tables } from '../schema.ts';
import { type LockedComputer, seen } from './computers.ts';
import type { KeyedEvent } from './events.ts';
import { groupBy } from './group.ts';
import { readLife } from './life.ts';
import { allNews, type FoldedComputer, type SessionNews, writeSessions } from './sessions.ts';
import { readWindows, type TouchedComputer } from './touched.ts';
import { newRevision, newWarm, revisionOf, stateText, type Warm } from './warm.ts';
import type { Window, WindowEvent } from './window.ts';

/** What a computer's next events are folded with, once this transaction is committed. */
export interface NextWarm {
  readonly computerId: number;
  readonly revision: number;
  readonly warm: Warm;
}

export interface FoldedBatch {
  readonly computers: LockedComputer[];
  readonly changes: StoreChange[];
  readonly next: NextWarm[];
}

/** What became of one computer. */
interface Folded {
  readonly news: SessionNews;
  readonly asOf: number | null;
  readonly horizon: Horizon;
  readonly warm: Warm;
}

type Owner = Pick<FoldedComputer, 'companyId' | 'computerId' | 'siteId' | 'keptUntil'>;

export async function foldTouched(
  tx: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  touched: readonly TouchedComputer[],
  fresh: readonly KeyedEvent[],
  now: number,
): Promise<FoldedBatch> {
  const freshOf = groupBy(fresh, ({ computerId }) => computerId);
  const late = touched.filter(({ computer, warm }) => isLate(warm, freshOf.get(computer.id)));
  const everything = late.map(({ computer }) => ({ computerId: computer.id, from: null }));
  const whole = await readWindows(tx, dialect, companyId, everything);
  const computers: LockedComputer[] = [];
  const news: SessionNews[] = [];
  const next: NextWarm[] = [];
  for (const { computer, arrived, warm } of touched) {
    const { id } = computer;
    const told = seen(computer, arrived, now);
    const own = freshOf.get(id)?.map(windowEvent);
    if (own === undefined || warm === null) {
      computers.push(told);
      // It is where it was, for whoever comes next.
      if (warm !== null && computer.fold_state !== null && arrived.length > 0)
        next.push({ computerId: id, revision: revisionOf(computer.fold_state), warm });
      continue;
    }
    const owner = { companyId, computerId: id, siteId: told.site_id, keptUntil: told.kept_until };
    const all = whole.get(id);
    const folded =
      (all === undefined ? foldOn(owner, warm, own) : null) ??
      (await foldAnew(tx, owner, computer, { warm, own, all: all ?? null }));
    const revision = newRevision();
    news.push(folded.news);
    computers.push({ ...told, as_of: folded.asOf, fold_state: stateText(revision, folded.horizon) });
    next.push({ computerId: id, revision, warm: folded.warm });
  }
  const changes = await writeSessions(tx, dialect, companyId, news, now);
  for (const { warm } of next) dropSettled(warm);
  return { computers, changes, next };
}

const windowEvent = ({ event, hash }: KeyedEvent): WindowEvent => ({ time: event.time, hash, event });

function isLate(warm: Warm | null, fresh: readonly KeyedEvent[] | undefined): boolean {
  const horizon = warm?.horizon ?? null;
  if (horizon === null || fresh === undefined) return false;
  return reachesBehind(
    horizon,
    fresh.map(({ event }) => event),
  );
}

/** The horizon is moved when so many events have come since: then the fold begins there anew. */
const mayGrow = ({ events, eventsAtCut }: Warm, by: number) => events.length + by <= 2 * eventsAtCut + 40;

/** Feeds events to the fold where it stands; null where they do not simply follow. */
function foldOn(owner: Owner, warm: Warm, own: readonly WindowEvent[]): Folded | null {
  const { running, horizon, sessions: stored } = warm;
  if (running === null || horizon === null || !mayGrow(warm, own.length)) return null;
  // If it does not work out it is half done, and of no use to anybody.
  warm.running = null;
  const changes = goOn(
    running,
    own.map(({ event }) => event),
  );
  if (changes === null) return null;
  const from = horizon.from ?? Number.NEGATIVE_INFINITY;
  const sessions = changes.finished.filter(({ start }) => start >= from);
  // Beside sessions that are kept only some are shown; which, is asked of the store.
  if (owner.keptUntil !== null && sessions.some(({ start }) => start < owner.keptUntil!)) return null;
  warm.running = running;
  for (const event of own) {
    warm.events.push(event);
    warm.known.set(event.hash, event.time);
  }
  const news = { ...owner, sessions, removed: changes.removed, stored };
  return { news, asOf: runningAsOf(running), horizon, warm };
}

interface Evidence {
  readonly warm: Warm;
  readonly own: readonly WindowEvent[];
  /** All there is of the computer, the new events included, where those reach behind the horizon. */
  readonly all: Window | null;
}

/** Folds all events since the horizon and moves that. */
async function foldAnew(
  tx: Kysely<Tables>,
  owner: Owner,
  computer: LockedComputer,
  { warm, own, all }: Evidence,
): Promise<Folded> {
  const events = all?.events ?? [...warm.events, ...own];
  const before = all === null ? warm.horizon : null;
  const { sessions, horizon, asOf, running } = refold(
    computer.name,
    before,
    events.map(({ event }) => event),
    await readLife(tx, owner.companyId, computer, before?.from ?? null),
  );
  const stored = all === null ? warm.sessions : new Map(all.sessions.map((row) => [row.id, row]));
  const news = await allNews(tx, owner.companyId, { ...owner, sessions }, stored);
  const from = horizon.from ?? Number.NEGATIVE_INFINITY;
  const open = { events: events.filter(({ time }) => time >= from), sessions: [] };
  return { news, asOf, horizon, warm: { ...newWarm(horizon, open), sessions: stored, running } };
}

/** Forgets sessions before the horizon: nothing new says anything of them. */
function dropSettled({ horizon, events, eventsAtCut, sessions }: Warm): void {
  const from = horizon?.from ?? null;
  if (from === null || events.length > eventsAtCut) return;
  for (const { id, start_at } of sessions.values()) if (start_at < from) sessions.delete(id);
}
