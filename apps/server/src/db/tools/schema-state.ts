/** Which migrations a database has had: what it lacks, and whether it is a store at all. */
import { Migrator } from 'kysely/migration';
import { migrationsFor } from '../migrations/index.ts';
import type { Store } from '../store.ts';

export interface SchemaState {
  /** Names, oldest first; empty in a database that never was a store. */
  readonly applied: readonly string[];
  readonly missing: readonly string[];
}

/** Reads only; a database without any table has everything missing. */
export async function schemaState({ db, dialect }: Pick<Store, 'db' | 'dialect'>): Promise<SchemaState> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(dialect) } });
  const migrations = await migrator.getMigrations();
  const names = (done: boolean) =>
    migrations.filter(({ executedAt }) => (executedAt !== undefined) === done).map(({ name }) => name);
  return { applied: names(true), missing: names(false) };
}
