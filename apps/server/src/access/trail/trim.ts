/** Old entries of the audit trail, deleted by rule: what is left still proves itself, from a noted place on. */
import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import type { Store } from '../../db/store.ts';

/** The last entry that was deleted, and its hash, which the first one left names as its predecessor. */
interface TrimmedTo {
  readonly seq: number;
  readonly hash: string;
}

const nameOf = (companyId: number) => `audit-trimmed:${companyId}`;

/** Up to where a company's trail was deleted by rule; null if it never was. */
export async function trimmedTo(db: Kysely<Tables>, companyId: number): Promise<TrimmedTo | null> {
  const row = await db
    .selectFrom('app_settings')
    .select('value')
    .where('name', '=', nameOf(companyId))
    .executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.value) as TrimmedTo);
}

const SLICE_ROWS = 500;

/** Deletes a company's entries from before `cut`, slice by slice, but never the newest one; tells how many. */
export async function trimTrail(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  companyId: number,
  cut: number,
): Promise<number> {
  for (let deleted = 0; ; ) {
    const slice = await trimSlice(db, companyId, cut, dialect.page(SLICE_ROWS + 1));
    deleted += slice;
    if (slice < SLICE_ROWS) return deleted;
  }
}

function trimSlice(
  db: Kysely<Tables>,
  companyId: number,
  cut: number,
  page: RawBuilder<unknown>,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('audit_trail')
      .select(['seq', 'hash', 'at'])
      .where('company_id', '=', companyId)
      .orderBy('seq')
      .modifyEnd(page)
      .execute();
    // Its place in the chain decides: a clock that was set back makes no holes.
    const kept = rows.findIndex(({ at }) => at >= cut);
    const old = rows.slice(0, kept < 0 ? Math.max(0, rows.length - 1) : kept);
    const last = old.at(-1);
    if (last === undefined) return 0;
    const value = JSON.stringify({ seq: last.seq, hash: last.hash } satisfies TrimmedTo);
    await trx.deleteFrom('app_settings').where('name', '=', nameOf(companyId)).execute();
    await trx
      .insertInto('app_settings')
      .values({ name: nameOf(companyId), value, updated_at: last.at })
      .execute();
    await trx
      .deleteFrom('audit_trail')
      .where('company_id', '=', companyId)
      .where('seq', '<=', last.seq)
      .execute();
    return old.length;
  });
}
