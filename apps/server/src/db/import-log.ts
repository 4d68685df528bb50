/** The table of imports: what was given, how far it was read, what could not be. */
import type { Kysely } from 'kysely';
import type { Imports, Tables } from './schema.ts';

export type NewImport = Pick<
  Imports,
  'company_id' | 'id' | 'site_id' | 'user_id' | 'file_name' | 'bytes' | 'created_at'
>;
/** What becomes known while a file is read. */
export type ImportProgress = Partial<
  Pick<
    Imports,
    'state' | 'events_read' | 'events_stored' | 'events_known' | 'problem_count' | 'problems' | 'finished_at'
  >
>;

export interface ImportLog {
  begin(row: NewImport): Promise<Imports>;
  note(companyId: number, id: number, progress: ImportProgress): Promise<void>;
  /** Imports that a process left behind when it died: nobody reads them any more. Only for a store of one process. */
  abandonUnfinished(now: number): Promise<void>;
}

export function importLog(db: Kysely<Tables>): ImportLog {
  return {
    async begin(row) {
      const begun: Imports = {
        ...row,
        state: 'waiting',
        events_read: 0,
        events_stored: 0,
        events_known: 0,
        problem_count: 0,
        problems: null,
        finished_at: null,
      };
      await db.insertInto('imports').values(begun).execute();
      return begun;
    },
    async note(companyId, id, progress) {
      await db
        .updateTable('imports')
        .set(progress)
        .where('company_id', '=', companyId)
        .where('id', '=', id)
        .execute();
    },
    async abandonUnfinished(now) {
      const companies = await db.selectFrom('companies').select('id').execute();
      for (const { id } of companies) {
        await db
          .updateTable('imports')
          .set({ state: 'failed', finished_at: now })
          .where('company_id', '=', id)
          .where('state', 'in', ['waiting', 'running'])
          .where('created_at', '<', now)
          .execute();
      }
    },
  };
}
