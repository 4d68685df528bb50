/** The one way in: a batch of a company's events becomes rows, sessions and totals, all of it or nothing. */
import type { Kysely, Transaction } from 'kysely';
import type { StoreDialect } from '../dialects/index.ts';
import { identityHash } from '../fold/identity.ts';
import type { Appended, Batch, Outcome, StoreChange } from '../ports.ts';
import type { Tables } from '../schema.ts';
import { companyTransaction } from '../transaction.ts';
import { computerName, lockComputers, saveComputers } from './computers.ts';
import { eventKey, insertEvents, type KeyedEvent, knownKeys } from './events.ts';
import { foldTouched, type NextWindow } from './fold-touched.ts';
import { groupBy } from './group.ts';
import { addTotals, moveCursors } from './totals.ts';
import { loadWindows, type TouchedComputer, touchedComputer } from './touched.ts';
import type { WindowCache } from './window.ts';

interface Written extends Appended {
  readonly windows: readonly NextWindow[];
}

/** See `EventStore.append`. */
export async function append(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  cache: WindowCache,
  companyId: number,
  batch: Batch,
): Promise<Appended> {
  if (batch.events.length === 0 && (batch.positions?.length ?? 0) === 0) return { outcomes: [], changes: [] };
  const { outcomes, changes, windows } = await companyTransaction(db, dialect, companyId, (tx) =>
    appendIn(tx, dialect, cache, companyId, batch),
  );
  // Only what is committed may be remembered.
  for (const { computerId, revision, window } of windows) cache.put(computerId, revision, window);
  return { outcomes, changes };
}

async function appendIn(
  tx: Transaction<Tables>,
  dialect: StoreDialect,
  cache: WindowCache,
  companyId: number,
  batch: Batch,
): Promise<Written> {
  const { receivedAt, positions = [] } = batch;
  const names = new Set([...batch.events.map(({ event }) => event), ...positions].map(computerName));
  const computers = await lockComputers(tx, dialect, companyId, [...names], receivedAt);
  const idOf = (named: { readonly computer: string }) => computers.get(computerName(named))!.id;
  const keyed = batch.events.map(
    (arrived): KeyedEvent => ({
      ...arrived,
      computerId: idOf(arrived.event),
      hash: identityHash(arrived.event),
    }),
  );
  const arrivedAt = groupBy(keyed, ({ computerId }) => computerId);
  const touched = [...computers.values()].map((computer) =>
    touchedComputer(computer, arrivedAt.get(computer.id) ?? [], cache),
  );
  await loadWindows(tx, dialect, companyId, touched);
  const outcomes = await tellApart(tx, dialect, companyId, keyed, touched);
  const fresh = keyed.filter((_, i) => outcomes[i] === 'stored');
  await insertEvents(tx, dialect, companyId, receivedAt, fresh);
  const folded = await foldTouched(tx, dialect, companyId, touched, fresh, receivedAt);
  await saveComputers(tx, dialect, folded.computers);
  const placed = positions.map((position) => ({ ...position, computerId: idOf(position) }));
  await moveCursors(tx, dialect, companyId, placed, receivedAt);
  // Last, since every batch of the company meets here.
  await addTotals(tx, dialect, companyId, fresh);
  const news = fresh.map(
    ({ event, siteId, computerId, hash }): StoreChange => ({
      is: 'event',
      companyId,
      siteId,
      computerId,
      hash,
      event,
    }),
  );
  return { outcomes, changes: [...news, ...folded.changes], windows: folded.windows };
}

/** Which events are new. Those since the horizon are at hand; only for earlier ones the store is asked. */
async function tellApart(
  tx: Transaction<Tables>,
  dialect: StoreDialect,
  companyId: number,
  keyed: readonly KeyedEvent[],
  touched: readonly TouchedComputer[],
): Promise<Outcome[]> {
  const from = new Map(touched.map(({ computer, horizon }) => [computer.id, horizon?.from ?? null]));
  const earlier = keyed.filter(
    ({ computerId, event }) => event.time < (from.get(computerId) ?? Number.NEGATIVE_INFINITY),
  );
  const known = await knownKeys(tx, dialect, companyId, earlier);
  for (const { computer, window } of touched)
    for (const { time, hash } of window.events) known.add(eventKey(computer.id, time, hash));
  return keyed.map(({ computerId, event, hash }) => {
    const key = eventKey(computerId, event.time, hash);
    if (known.has(key)) return 'known';
    known.add(key);
    return 'stored';
  });
}
