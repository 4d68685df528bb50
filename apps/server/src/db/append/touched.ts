/** The computers of a batch with what they are to be folded with. */
import type { Kysely } from 'kysely';
import type { StoreDialect } from '../dialects/index.ts';
import type { Tables } from '../schema.ts';
import type { LockedComputer } from './computers.ts';
import { type KeyedEvent, readEvents, type Since } from './events.ts';
import { readSessions } from './sessions.ts';
import { newWarm, revisionOf, type Warm, type WarmCache } from './warm.ts';
import { type FoldState, NO_WINDOW, type Window } from './window.ts';

export interface TouchedComputer {
  readonly computer: LockedComputer;
  readonly arrived: readonly KeyedEvent[];
  /** Null until it was read. */
  warm: Warm | null;
}

const NEW_STATE = { horizon: null };

export function touchedComputer(
  computer: LockedComputer,
  arrived: readonly KeyedEvent[],
  cache: WarmCache,
): TouchedComputer {
  const { fold_state: state } = computer;
  // A computer without events and one that the batch only names have nothing to read.
  if (computer.first_event_at === null || arrived.length === 0)
    return { computer, arrived, warm: newWarm(horizonOf(state), NO_WINDOW) };
  return { computer, arrived, warm: state === null ? null : cache.take(computer.id, revisionOf(state)) };
}

const horizonOf = (state: string | null) =>
  (state === null ? NEW_STATE : (JSON.parse(state) as FoldState)).horizon;

/** Reads what this process does not have. */
export async function loadWindows(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  touched: readonly TouchedComputer[],
): Promise<void> {
  const missing = touched
    .filter(({ warm }) => warm === null)
    .map((one) => ({ one, horizon: horizonOf(one.computer.fold_state) }));
  const since = missing.map(
    ({ one, horizon }): Since => ({ computerId: one.computer.id, from: horizon?.from ?? null }),
  );
  const windows = await readWindows(db, dialect, companyId, since);
  for (const { one, horizon } of missing)
    one.warm = newWarm(horizon, windows.get(one.computer.id) ?? NO_WINDOW);
}

export async function readWindows(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  since: readonly Since[],
): Promise<Map<number, Window>> {
  const events = await readEvents(db, dialect, companyId, since);
  const sessions = await readSessions(db, dialect, companyId, since);
  return new Map(
    since.map(({ computerId }) => [
      computerId,
      { events: events.get(computerId) ?? [], sessions: sessions.get(computerId) ?? [] },
    ]),
  );
}
