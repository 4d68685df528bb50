/** How much each key is used: counted in memory with every request, stored every few seconds. */
import type { Transaction } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import type { Store } from '../../db/store.ts';
import type { KeyCaller } from '../caller.ts';
import { type Clock, DAY_MS } from '../clock.ts';

export interface Use {
  readonly requests?: number;
  readonly events?: number;
  readonly errors?: number;
  readonly address?: string;
}

export interface KeyUsage {
  /** Counts a use; costs no query. */
  note(key: KeyCaller, use: Use): void;
  /** Stores what was counted since the last time; what could not be stored is counted on. */
  store(): Promise<void>;
}

interface Counted {
  readonly key: KeyCaller;
  readonly day: number;
  requests: number;
  events: number;
  errors: number;
  usedAtMs: number;
  address: string | null;
}

export function keyUsage(store: Pick<Store, 'db' | 'dialect'>, clock: Clock): KeyUsage {
  let counts = new Map<string, Counted>();

  function countedOf(key: KeyCaller): Counted {
    const day = Math.floor(clock() / DAY_MS);
    const id = `${key.keyId}:${day}`;
    const known = counts.get(id);
    if (known !== undefined) return known;
    const fresh = { key, day, requests: 0, events: 0, errors: 0, usedAtMs: 0, address: null };
    counts.set(id, fresh);
    return fresh;
  }

  return {
    note(key, { requests = 0, events = 0, errors = 0, address }) {
      const counted = countedOf(key);
      counted.requests += requests;
      counted.events += events;
      counted.errors += errors;
      counted.usedAtMs = clock();
      counted.address = address ?? counted.address;
    },
    async store() {
      const taken = [...counts.values()];
      counts = new Map();
      const failures: unknown[] = [];
      for (const companyId of new Set(taken.map(({ key }) => key.companyId))) {
        const ofCompany = taken.filter(({ key }) => key.companyId === companyId);
        try {
          await storeCounts(store, companyId, ofCompany);
        } catch (error) {
          failures.push(error);
          for (const { key, requests, events, errors } of ofCompany)
            this.note(key, { requests, events, errors });
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** Usage rows and last uses of one company's keys, in one transaction. */
async function storeCounts(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  companyId: number,
  counts: readonly Counted[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await dialect.upsert(
      trx,
      'api_key_usage',
      { company_id: 'big', key_id: 'big', day: 'int', requests: 'big', events: 'big', errors: 'big' },
      counts.map(({ key, day, requests, events, errors }) => [
        companyId,
        key.keyId,
        day,
        requests,
        events,
        errors,
      ]),
      ['company_id', 'key_id', 'day'],
      { requests: 'add', events: 'add', errors: 'add' },
    );
    for (const counted of counts) await storeLastUse(trx, counted);
  });
}

async function storeLastUse(trx: Transaction<Tables>, { key, usedAtMs, address }: Counted): Promise<void> {
  await trx
    .updateTable('api_keys')
    .set({ last_used_at: usedAtMs, ...(address === null ? {} : { last_used_from: address }) })
    .where('company_id', '=', key.companyId)
    .where('id', '=', key.keyId)
    .execute();
}
