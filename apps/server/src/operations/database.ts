/** The database of a server that starts: up to date, opened with the role that serves, and what is to be said of it. */
import { withoutCredentials } from '@logonscope/settings';
import { openStore, type Store, schemaState } from '../db/index.ts';
import type { ServerSettings } from '../settings.ts';

type Place = Pick<ServerSettings, 'databaseUrl' | 'databaseAdminUrl' | 'instanceFolder'>;

/**
 * Brings the schema up to date. With DATABASE_ADMIN_URL its role does that and owns the tables, and the role of
 * DATABASE_URL is let in behind the database's own wall; otherwise the one role does both.
 */
export async function migrateDatabase({ databaseUrl, databaseAdminUrl, instanceFolder }: Place) {
  const store = await openStore(databaseAdminUrl ?? databaseUrl, { folder: instanceFolder });
  try {
    const applied = await store.migrate();
    if (databaseAdminUrl !== null) await store.dialect.admitRole?.(store.db, databaseUrl);
    return applied;
  } finally {
    await store.close();
  }
}

/** Opens the store of a server, migrated; rejects when the database does not answer or lacks what nobody may add. */
export async function openMigrated(place: Place): Promise<Store> {
  const { databaseUrl, databaseAdminUrl, instanceFolder } = place;
  if (databaseAdminUrl !== null) await migrateDatabase(place);
  const store = await openStore(databaseUrl, { folder: instanceFolder });
  try {
    // A role behind the wall owns no tables: what is missing is for their owner to add.
    if (!store.walled()) await store.migrate();
    else await requireCurrent(store, databaseUrl);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function requireCurrent(store: Store, databaseUrl: string): Promise<void> {
  const { missing } = await schemaState(store);
  if (missing.length === 0) return;
  throw new Error(
    `${withoutCredentials(databaseUrl)} lacks ${missing.join(', ')}; run: logonscope db migrate, with DATABASE_ADMIN_URL`,
  );
}

/** What an operator should know of the role that serves. */
export function wallNotes(store: Pick<Store, 'walled'>): string[] {
  if (store.walled() !== false) return [];
  return [
    "The role of DATABASE_URL owns the tables, so PostgreSQL's own wall between companies is down; with DATABASE_ADMIN_URL it stands (docs/guides/install.md).",
  ];
}
