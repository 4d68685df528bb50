/** All migrations, oldest first; a released one is never changed. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { StoreDialect } from '../dialects/index.ts';
import { createTable } from '../table-def.ts';
import { FIRST_TABLES } from './0001-first-tables.ts';

/** What computers sent and what follows from it: the database itself may keep companies apart here. */
const WALLED = ['computers', 'agent_cursors', 'events', 'sessions', 'day_totals'];

export function migrationsFor(dialect: StoreDialect): Record<string, Migration> {
  return {
    '0001-first-tables': {
      async up(db: Kysely<never>) {
        for (const table of FIRST_TABLES) await createTable(db, dialect.types, table);
        await dialect.raiseWall?.(db, WALLED);
      },
    },
  };
}
