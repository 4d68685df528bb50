/** One row per task that only one process may do; whoever's compare succeeds holds it. */
import { type Kysely, sql } from 'kysely';
import type { StoreDialect } from './dialects/index.ts';
import type { Lease } from './ports.ts';
import type { Tables } from './schema.ts';

const COLUMNS = { name: 'text', owner: 'text', until: 'big' } as const;

export function rowLease(db: Kysely<Tables>, dialect: StoreDialect): Lease {
  return {
    async take(name, owner, now, forMs) {
      await dialect.insertAbsent(db, 'leases', COLUMNS, [[name, owner, now + forMs]], ['name']);
      const { numUpdatedRows } = await db
        .updateTable('leases')
        .set({ owner, until: now + forMs })
        .where('name', '=', name)
        .where((is) => is.or([is('owner', '=', owner), is('until', '<', now)]))
        .executeTakeFirst();
      if (numUpdatedRows > 0n) return true;
      // MySQL counts rows that changed, not rows that matched: the insert may just have written the same.
      const row = await db.selectFrom('leases').selectAll().where('name', '=', name).executeTakeFirst();
      return row?.owner === owner && row.until > now;
    },
    async release(name, owner) {
      await sql`delete from leases where name = ${name} and owner = ${owner}`.execute(db);
    },
  };
}
