/** All migrations, oldest first; a released one is never changed. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { StoreDialect } from '../dialects/index.ts';
import { addColumns, createTable, type TableDef } from '../table-def.ts';
import { FIRST_TABLES } from './0001-first-tables.ts';
import { addOwnClasses, SECOND_COLUMNS, SECOND_TABLES } from './0002-own-classes.ts';
import { layInOrder } from './0003-sessions-in-order.ts';
import { tellNumbers, widenOrder } from './0004-year-at-hand.ts';
import { SIXTH_COLUMNS } from './0006-life-until.ts';

/** What computers sent and what follows from it: the database itself may keep companies apart here. */
const WALLED = ['computers', 'agent_cursors', 'events', 'sessions', 'day_totals'];

/** Every table as the newest migration leaves it. */
export const TABLES: readonly TableDef[] = [
  ...FIRST_TABLES.map((table) => ({
    ...table,
    columns: { ...table.columns, ...SECOND_COLUMNS[table.name], ...SIXTH_COLUMNS[table.name] },
  })),
  ...SECOND_TABLES,
];

export function migrationsFor(dialect: StoreDialect): Record<string, Migration> {
  return {
    '0001-first-tables': {
      async up(db: Kysely<never>) {
        for (const table of FIRST_TABLES) await createTable(db, dialect.types, table);
        await dialect.raiseWall?.(db, WALLED);
      },
    },
    '0002-own-classes': {
      async up(db: Kysely<never>) {
        await addOwnClasses(db, dialect.types);
        await dialect.raiseWall?.(db, ['life_spans']);
      },
    },
    '0003-sessions-in-order': {
      async up(db: Kysely<never>) {
        const sessions = TABLES.find(({ name }) => name === 'sessions')!;
        if (dialect.name === 'sqlite') await layInOrder(db, dialect.types, sessions);
      },
    },
    '0004-year-at-hand': {
      async up(db: Kysely<never>) {
        if (dialect.name !== 'sqlite') return;
        await widenOrder(db);
        await tellNumbers(db);
      },
    },
    // The wall opens for several companies at once, or for all: who reads may belong to more than one.
    '0005-wall-for-several': {
      async up(db: Kysely<never>) {
        await dialect.raiseWall?.(db, [...WALLED, 'life_spans']);
      },
    },
    '0006-life-until': {
      async up(db: Kysely<never>) {
        for (const [table, columns] of Object.entries(SIXTH_COLUMNS))
          await addColumns(db, dialect.types, table, columns);
      },
    },
  };
}
