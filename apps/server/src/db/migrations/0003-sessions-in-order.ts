/**
 * On SQLite sessions lie in the order in which they came, not by computer: what a day adds to all computers stands
 * together, a session that grows stays in its place, and its ledger needs no page of its own.
 */
import { type Kysely, sql } from 'kysely';
import type { ColumnTypes } from '../dialects/dialect.ts';
import { createIndex, createTable, type TableDef } from '../table-def.ts';

const MADE_AS = 'sessions_in_order';

export async function layInOrder(db: Kysely<never>, types: ColumnTypes, sessions: TableDef): Promise<void> {
  const { indexes = [], columns } = sessions;
  await createTable(db, types, { ...sessions, name: MADE_AS, indexes: [], clustered: false });
  const all = sql.join(Object.keys(columns).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(MADE_AS)} (${all}) select ${all} from sessions order by start_at`.execute(
    db,
  );
  await db.schema.dropTable(sessions.name).execute();
  await db.schema.alterTable(MADE_AS).renameTo(sessions.name).execute();
  for (const index of indexes) await createIndex(db, sessions.name, index);
}
