/** Folds the computers that have new events and writes the sessions that differ. */
import type { Kysely } from 'kysely';
import type { StoreDialect } from '../dialects/index.ts';
import { type Horizon, reachesBehind } from '../fold/horizon.ts';
import { refold } from '../fold/refold.ts';
import { newId } from '../ids.ts';
import type { StoreChange } from '../ports.ts';
import type { Tables } from '../schema.ts';
import { type LockedComputer, seen } from './computers.ts';
import type { KeyedEvent } from './events.ts';
import { groupBy } from './group.ts';
import { type FoldedComputer, replaceSessions } from './sessions.ts';
import { readWindows, type TouchedComputer } from './touched.ts';
import type { FoldState, Window, WindowEvent } from './window.ts';

/** What a computer's next events are folded with, once this transaction is committed. */
export interface NextWindow {
  readonly computerId: number;
  readonly revision: number;
  readonly window: Window;
}

export interface FoldedBatch {
  readonly computers: LockedComputer[];
  readonly changes: StoreChange[];
  readonly windows: NextWindow[];
}

export async function foldTouched(
  tx: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  touched: readonly TouchedComputer[],
  fresh: readonly KeyedEvent[],
  now: number,
): Promise<FoldedBatch> {
  const freshOf = groupBy(fresh, ({ computerId }) => computerId);
  const late = touched.filter(({ computer, horizon }) => isLate(horizon, freshOf.get(computer.id) ?? []));
  const everything = late.map(({ computer }) => ({ computerId: computer.id, from: null }));
  const whole = await readWindows(tx, dialect, companyId, everything);
  const computers: LockedComputer[] = [];
  const folded: FoldedComputer[] = [];
  const next: { computerId: number; state: FoldState; events: readonly WindowEvent[] }[] = [];
  for (const { computer, horizon, arrived, window } of touched) {
    const { id } = computer;
    const told = seen(computer, arrived, now);
    const news = freshOf.get(id);
    if (news === undefined) {
      computers.push(told);
      continue;
    }
    const all = whole.get(id);
    // Read after the insert, a whole log has the new events already.
    const events = all?.events ?? [...window.events, ...news.map(windowEvent)];
    const before = all === undefined ? horizon : null;
    const done = refold(
      computer.name,
      before,
      events.map(({ event }) => event),
    );
    const state: FoldState = { revision: newId(), horizon: done.horizon };
    const stored = (all ?? window).sessions;
    const owner = { companyId, computerId: id, siteId: told.site_id };
    folded.push({ ...owner, keptUntil: told.kept_until, sessions: done.sessions, stored });
    computers.push({ ...told, as_of: done.asOf, fold_state: JSON.stringify(state) });
    next.push({ computerId: id, state, events });
  }
  const { changes, written } = await replaceSessions(tx, dialect, companyId, folded, now);
  const windows = next.map(({ computerId, state, events }, i): NextWindow => {
    const from = state.horizon.from ?? Number.NEGATIVE_INFINITY;
    return {
      computerId,
      revision: state.revision,
      window: {
        events: events.filter(({ time }) => time >= from),
        sessions: written[i]!.filter(({ start_at }) => start_at >= from),
      },
    };
  });
  return { computers, changes, windows };
}

const windowEvent = ({ event, hash }: KeyedEvent): WindowEvent => ({ time: event.time, hash, event });

const isLate = (horizon: Horizon | null, fresh: readonly KeyedEvent[]) =>
  horizon !== null &&
  reachesBehind(
    horizon,
    fresh.map(({ event }) => event),
  );
