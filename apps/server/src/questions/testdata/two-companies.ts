/** A store with two companies for tests: the same fleet shape, other seeds, names in common, and a caller of each. */
import {
  createDecoder,
  type LifeSpan,
  type LogonSession,
  type SessionEvent,
  sessionize,
} from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import { decodeSimulated } from '@logonscope/testkit';
import { admit, type Caller } from '../../access/caller.ts';
import { Scope } from '../../access/scope.ts';
import { openStore, type Store } from '../../db/index.ts';
import type { Source } from '../source.ts';

export interface TestCompany {
  readonly id: number;
  readonly events: readonly SessionEvent[];
  /** What the core makes of them all at once. */
  readonly sessions: readonly LogonSession[];
  readonly source: Source;
  readonly caller: Caller;
}

export interface TwoCompanies {
  readonly store: Store;
  readonly own: TestCompany;
  readonly foreign: TestCompany;
}

const RECEIVED_AT = Date.UTC(2026, 0, 1);
const BATCH_EVENTS = 2_000;

/** Opens a store, in memory unless told otherwise, and appends the logs of two small fleets. */
export async function twoCompanies({
  days = 5,
  computers = 4,
  url = 'sqlite::memory:',
  folder = '.',
} = {}): Promise<TwoCompanies> {
  const store = await openStore(url, { folder });
  await store.migrate();
  const own = await company(store, { id: 11, seed: 5, days, computers });
  const foreign = await company(store, { id: 22, seed: 6, days, computers });
  return { store, own, foreign };
}

async function company(
  store: Store,
  { id, seed, days, computers }: { id: number; seed: number; days: number; computers: number },
): Promise<TestCompany> {
  const now = { is_active: 1 as const, created_at: RECEIVED_AT };
  await store.db
    .insertInto('companies')
    .values({ ...now, id, name: `Company ${id}`, name_key: `company ${id}`, mfa_policy: 'inherit' })
    .execute();
  await store.db
    .insertInto('sites')
    .values({ ...now, company_id: id, id: id * 10, name: 'Head office', name_key: 'head office' })
    .execute();
  const { events } = fleetEvents({ seed, days, computers });
  for (let i = 0; i < events.length; i += BATCH_EVENTS) {
    const batch = events.slice(i, i + BATCH_EVENTS).map((event) => ({ event, siteId: id * 10 }));
    await store.events.append(id, { events: batch, receivedAt: RECEIVED_AT });
  }
  const caller = admit({
    kind: 'person' as const,
    userId: id,
    name: `user of ${id}`,
    role: 'User' as const,
    memberships: [{ companyId: id, role: 'User' as const }],
  });
  const source = { scope: Scope.of(store, caller), limit: store.dialect.page };
  return { id, events, sessions: sessionize(events).sessions, source, caller };
}

/** Everything that a few simulated computers wrote, without the signs of life that agents do not send. */
export function fleetEvents({ seed, days, computers }: { seed: number; days: number; computers: number }): {
  readonly events: SessionEvent[];
  readonly life: LifeSpan[];
} {
  const fleet = simulateFleet({ seed, days, computers, noise: 0.3, processes: 0 });
  const events: SessionEvent[] = [];
  const life: LifeSpan[] = [];
  for (const { records } of fleet) {
    const read = decodeSimulated(records, createDecoder({ peopleOnly: false }));
    for (const event of read.events) events.push(event);
    life.push(...read.life);
  }
  return { events, life };
}
