/** Saved views as rows of the settings, one each, so that saving one never touches another. */

import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Tables } from '../../db/schema.ts';
import type { Store } from '../../db/store.ts';

const stored = z.object({
  name: z.string(),
  page: z.string(),
  search: z.string(),
  shared: z.boolean(),
  ownerId: z.number(),
  by: z.string(),
  createdAt: z.number(),
});
export type StoredView = z.output<typeof stored>;
export type SavedView = StoredView & { readonly id: number };

const keyOf = (companyId: number, id: number) => `view:${companyId}:${id}`;

/** Null for a row that is not understood any more: it is left alone. */
function read(row: { readonly name: string; readonly value: string }): SavedView | null {
  const parsed = stored.safeParse(JSON.parse(row.value));
  return parsed.success ? { ...parsed.data, id: Number(row.name.split(':')[2]) } : null;
}

/** All views of a company, whoever's they are; at most so many. */
export async function viewsOf(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  companyId: number,
  most: number,
): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('app_settings')
    .select(['name', 'value'])
    .where('name', '>=', `view:${companyId}:`)
    // The semicolon follows the colon.
    .where('name', '<', `view:${companyId};`)
    .orderBy('name')
    .modifyEnd(dialect.page(most))
    .execute();
  return rows.flatMap((row) => read(row) ?? []);
}

export async function viewOf(db: Kysely<Tables>, companyId: number, id: number): Promise<SavedView | null> {
  const row = await db
    .selectFrom('app_settings')
    .select(['name', 'value'])
    .where('name', '=', keyOf(companyId, id))
    .executeTakeFirst();
  return row === undefined ? null : read(row);
}

export async function insertView(
  db: Kysely<Tables>,
  companyId: number,
  { id, ...view }: SavedView,
): Promise<void> {
  const row = { name: keyOf(companyId, id), value: JSON.stringify(view), updated_at: view.createdAt };
  await db.insertInto('app_settings').values(row).execute();
}

export async function changeView(
  db: Kysely<Tables>,
  companyId: number,
  { id, ...view }: SavedView,
  nowMs: number,
): Promise<void> {
  await db
    .updateTable('app_settings')
    .set({ value: JSON.stringify(view), updated_at: nowMs })
    .where('name', '=', keyOf(companyId, id))
    .execute();
}

export async function removeView(db: Kysely<Tables>, companyId: number, id: number): Promise<void> {
  await db.deleteFrom('app_settings').where('name', '=', keyOf(companyId, id)).execute();
}
