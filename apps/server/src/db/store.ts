/** Opens a store: one address, any of the databases, the four ports. */
import { Kysely } from 'kysely';
import { append } from './append/append.ts';
import { noteLife } from './append/life.ts';
import { rebuild } from './append/rebuild.ts';
import { warmCache } from './append/warm.ts';
import { dialectOf, type OpenOptions, type StoreDialect } from './dialects/index.ts';
import { forget } from './forget/forget.ts';
import { rowLease } from './lease.ts';
import { localBus, sharedBus } from './live-bus.ts';
import { migrate } from './migrate.ts';
import type { EventStore, Lease, LiveBus, ReportStore } from './ports.ts';
import type { Tables } from './schema.ts';
import { companyTransaction } from './transaction.ts';

export interface Store {
  readonly db: Kysely<Tables>;
  readonly dialect: StoreDialect;
  readonly events: EventStore;
  readonly reports: ReportStore;
  readonly lease: Lease;
  readonly live: LiveBus;
  /**
   * The database as somebody may see it who belongs to these companies: behind its own wall where that holds for us,
   * else the database itself. For reading; narrowing a query to a company is the caller's work all the same.
   */
  inside(companies: readonly number[] | 'all'): Kysely<Tables>;
  /** Whether the database's own wall holds for us; null for databases that have none. */
  walled(): boolean | null;
  /** Brings the schema up to date; returns what was applied. */
  migrate(): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Opens the database at `url` (`sqlite:///instance.db`, `postgresql://…`, `mysql://…`, `mssql://…`); relative SQLite
 * files are taken from `folder`. Throws if the address is not understood or nobody answers there.
 */
export async function openStore(url: string, options: OpenOptions): Promise<Store> {
  const dialect = dialectOf(url);
  const opened = await dialect.open(url, options);
  const log = options.log === undefined ? {} : { log: options.log };
  const db = new Kysely<Tables>({ dialect: opened.dialect, ...log });
  const reading = opened.reader === undefined ? db : new Kysely<Tables>({ dialect: opened.reader, ...log });
  const { listen } = opened;
  const shared =
    listen === undefined || dialect.notify === undefined
      ? null
      : await sharedBus({ listen, send: (channel, message) => dialect.notify!(db, channel, message) });
  const live = shared ?? localBus();
  let walled = (await dialect.wallStands?.(db)) ?? null;
  return {
    db,
    dialect,
    events: eventStore(db, dialect, live),
    reports: reportStore(db, dialect),
    lease: rowLease(db, dialect),
    live,
    inside: (companies) =>
      walled && opened.inside !== undefined
        ? new Kysely<Tables>({ dialect: opened.inside(companies), ...log })
        : reading,
    walled: () => walled,
    async migrate() {
      const applied = await migrate(db, dialect);
      walled = (await dialect.wallStands?.(db)) ?? null;
      return applied;
    },
    async close() {
      await shared?.end();
      if (reading !== db) await reading.destroy();
      await db.destroy();
    },
  };
}

function eventStore(db: Kysely<Tables>, dialect: StoreDialect, live: LiveBus): EventStore {
  const cache = warmCache();
  return {
    async append(companyId, batch) {
      const appended = await append(db, dialect, cache, companyId, batch);
      live.publish(appended.changes);
      return appended;
    },
    async noteLife(companyId, spans, now) {
      live.publish(await noteLife(db, dialect, companyId, { spans, now }));
    },
    rebuild: (now, companyId) => rebuild(db, dialect, now, companyId),
    async forget(companyId, what) {
      const { events, sessions, changes } = await forget(db, dialect, companyId, what);
      live.publish(changes);
      return { events, sessions };
    },
  };
}

function reportStore(db: Kysely<Tables>, dialect: StoreDialect): ReportStore {
  return {
    read: (companyId, query) =>
      dialect.enterCompany === undefined ? query(db) : companyTransaction(db, dialect, companyId, query),
  };
}
