/** The computers of a batch with what they are to be folded with. */
import type { Kysely } from 'kysely';
import type { StoreDialect } from '../dialects/index.ts';
import type { Horizon } from '../fold/horizon.ts';
import type { Tables } from '../schema.ts';
import type { LockedComputer } from './computers.ts';
import { type KeyedEvent, readEvents, type Since } from './events.ts';
import { readSessions } from './sessions.ts';
import { type FoldState, NO_WINDOW, type Window, type WindowCache } from './window.ts';

export interface TouchedComputer {
  readonly computer: LockedComputer;
  readonly horizon: Horizon | null;
  readonly arrived: readonly KeyedEvent[];
  /** False until the window was read. */
  loaded: boolean;
  window: Window;
}

export function touchedComputer(
  computer: LockedComputer,
  arrived: readonly KeyedEvent[],
  cache: WindowCache,
): TouchedComputer {
  const state = computer.fold_state === null ? null : (JSON.parse(computer.fold_state) as FoldState);
  const cached = state === null ? null : cache.take(computer.id, state.revision);
  // A computer without events and one that the batch only names have nothing to read.
  const nothing = computer.first_event_at === null || arrived.length === 0;
  return {
    computer,
    horizon: state?.horizon ?? null,
    arrived,
    loaded: nothing || cached !== null,
    window: cached ?? NO_WINDOW,
  };
}

/** Reads the windows that this process does not have. */
export async function loadWindows(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  companyId: number,
  touched: readonly TouchedComputer[],
): Promise<void> {
  const missing = touched.filter(({ loaded }) => !loaded);
  const since = missing.map(
    ({ computer, horizon }): Since => ({ computerId: computer.id, from: horizon?.from ?? null }),
  );
  const windows = await readWindows(db, dialect, companyId, since);
  for (const one of missing) {
    one.window = windows.get(one.computer.id) ?? NO_WINDOW;
    one.loaded = true;
  }
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
