/** The one way in: a batch of a company's events becomes rows, sessions and totals, all of it or nothing. */
import type { Kysely, Transaction } from 'kysely';
import type { StoreDialect } from '../dialects/index.ts';
import { identityHash } from '../fold/identity.ts';
import type { Appended, Batch, Outcome, StoreChange } from '../ports.ts';
import type { Tables } from '../schema.ts';
import { companyTransaction } from '../transaction.ts';
import { computerName, lockComputers, saveComputers } from './computers.ts';
import { eventKey, insertEvents, type KeyedEvent, knownKeys } from './events.ts';
import { foldTouched, type NextWarm } from './fold-touched.ts';
import { groupBy } from './group.ts';
import { addTotals, moveCursors } from './totals.ts';
import { loadWindows, type TouchedComputer, touchedComputer } from './touched.ts';
import type { Warm, WarmCache } from './warm.ts';

interface Written extends Appended {
  readonly next: readonly NextWarm[];
}

/** See `EventStore.append`. */
export async function append(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  cache: WarmCache,
  companyId: number,
  batch: Batch,
): Promise<Appended> {
  if (batch.events.length === 0 && (batch.positions?.length ?? 0) === 0) return { outcomes: [], changes: [] };
  const { outcomes, changes, next } = await companyTransaction(db, dialect, companyId, (tx) =>
    appendIn(tx, dialect, cache, companyId, batch),
  );
  // Only what is committed may be remembered.
  for (const { computerId, revision, warm } of next) cache.put(computerId, revision, warm);
  return { outcomes, changes };
}

async function appendIn(
  tx: Transaction<Tables>,
  dialect: StoreDialect,
  cache: WarmCache,
  companyId: number,
  batch: Batch,
): Promise<Written> {
  const { receivedAt, positions = [] } = batch;
  const nameOf = keptNames();
  const names = new Set<string>();
  for (const { event } of batch.events) names.add(nameOf(event));
  for (const position of positions) names.add(nameOf(position));
  const computers = await lockComputers(tx, dialect, companyId, [...names], receivedAt);
  const idOf = (named: { readonly computer: string }) => computers.get(nameOf(named))!.id;
  const keyed = batch.events.map(
    ({ event, siteId }): KeyedEvent => ({
      event,
      siteId,
      computerId: idOf(event),
      hash: identityHash(event),
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
  return { outcomes, changes: [...news, ...folded.changes], next: folded.next };
}

/** Names of computers as the store has them; a batch tells of each again and again. */
function keptNames(): (named: { readonly computer: string }) => string {
  const kept = new Map<string, string>();
  return (named) => {
    let name = kept.get(named.computer);
    if (name === undefined) {
      name = computerName(named);
      kept.set(named.computer, name);
    }
    return name;
  };
}

/** Which events are new. Those since the horizon are at hand; only for earlier ones the store is asked. */
async function tellApart(
  tx: Transaction<Tables>,
  dialect: StoreDialect,
  companyId: number,
  keyed: readonly KeyedEvent[],
  touched: readonly TouchedComputer[],
): Promise<Outcome[]> {
  const warmOf = new Map(touched.map(({ computer, warm }) => [computer.id, warm!]));
  const earlier = keyed.filter(({ computerId, event }) => event.time < sinceOf(warmOf.get(computerId)!));
  const known = await knownKeys(tx, dialect, companyId, earlier);
  // Of this batch, by computer and then by key: a sender repeats itself now and then.
  const fresh = new Map<number, Map<number, number>>();
  return keyed.map(({ computerId, event: { time }, hash }) => {
    const warm = warmOf.get(computerId)!;
    const own = fresh.get(computerId) ?? new Map<number, number>();
    const is = warm.known.get(hash) === time || own.get(hash) === time;
    if (is || (time < sinceOf(warm) && known.has(eventKey(computerId, time, hash)))) return 'known';
    own.set(hash, time);
    fresh.set(computerId, own);
    return 'stored';
  });
}

const sinceOf = ({ horizon }: Warm) => horizon?.from ?? Number.NEGATIVE_INFINITY;
