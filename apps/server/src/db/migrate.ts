/** Brings a database to the newest schema; safe to run by several processes at once and again. */
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { StoreDialect } from './dialects/index.ts';
import { migrationsFor } from './migrations/index.ts';
import type { Tables } from './schema.ts';

/** Applies what is missing and returns the names of what it applied; throws with the migration's name on failure. */
export async function migrate(db: Kysely<Tables>, dialect: StoreDialect): Promise<string[]> {
  await dialect.mustSuit?.(db as never);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(dialect) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results.find(({ status }) => status === 'Error')?.migrationName;
    const which = failed === undefined ? '' : ` (${failed})`;
    throw new Error(`The database could not be brought up to date${which}.`, { cause: error });
  }
  return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName);
}
