/** Sites of a company: made, renamed, put out of use, deleted while nothing came from them. */
import type { Transaction } from 'kysely';
import { AppError } from '../../app-error.ts';
import { newId } from '../../db/ids.ts';
import type { Tables } from '../../db/schema.ts';
import type { Acting, Ground } from '../acting.ts';
import { nameKey } from '../portal/email.ts';
import { changeCompany } from './company-change.ts';

/** Stores a new site; throws `site/taken` for a name that the company has. */
export async function insertSite(
  trx: Transaction<Tables>,
  { clock }: Ground,
  { companyId, name }: { companyId: number; name: string },
): Promise<number> {
  const id = newId();
  const key = nameKey(name);
  const taken = await trx
    .selectFrom('sites')
    .select('id')
    .where('company_id', '=', companyId)
    .where('name_key', '=', key)
    .executeTakeFirst();
  if (taken !== undefined) throw new AppError('conflict', 'site/taken', 'A site of this name exists.');
  const row = {
    company_id: companyId,
    id,
    name: name.trim(),
    name_key: key,
    is_active: 1 as const,
    created_at: clock(),
  };
  await trx.insertInto('sites').values(row).execute();
  return id;
}

/** Makes a site; keys are made for it afterwards. */
export async function createSite(
  ground: Ground,
  acting: Acting,
  companyId: number,
  name: string,
): Promise<number> {
  await acting.scope.requireCompany('site.create', companyId);
  const deed = { action: 'site.create', target: `site:${name.trim()}`, companyId };
  return changeCompany(ground, acting, deed, (trx) => insertSite(trx, ground, { companyId, name }));
}

interface SiteAddress {
  readonly companyId: number;
  readonly siteId: number;
}

async function requireSite(
  { scope }: Acting,
  action: 'site.edit' | 'site.delete',
  at: SiteAddress,
): Promise<void> {
  const row = await scope
    .sites(action)
    .select('sites.id')
    .where('sites.company_id', '=', at.companyId)
    .where('sites.id', '=', at.siteId)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not-found', 'site/not-found', 'There is no such site.');
}

/** Renames a site, or puts it out of use: its keys then open nothing. */
export async function editSite(
  ground: Ground,
  acting: Acting,
  at: SiteAddress,
  { name, active }: { name?: string | undefined; active?: boolean | undefined },
): Promise<void> {
  await requireSite(acting, 'site.edit', at);
  const set = {
    ...(name === undefined ? {} : { name: name.trim(), name_key: nameKey(name) }),
    ...(active === undefined ? {} : { is_active: active ? (1 as const) : (0 as const) }),
  };
  if (Object.keys(set).length === 0) return;
  const deed = {
    action: 'site.edit',
    target: `site:${at.siteId}`,
    companyId: at.companyId,
    detail: { name, active },
  };
  await changeCompany(ground, acting, deed, async (trx) => {
    await trx
      .updateTable('sites')
      .set(set)
      .where('company_id', '=', at.companyId)
      .where('id', '=', at.siteId)
      .execute();
  });
}

/** Deletes a site with its keys; a site whose computers reported is put out of use instead, so that events keep their place. */
export async function deleteSite(ground: Ground, acting: Acting, at: SiteAddress): Promise<void> {
  await requireSite(acting, 'site.delete', at);
  const { companyId, siteId } = at;
  const deed = { action: 'site.delete', target: `site:${siteId}`, companyId };
  await changeCompany(ground, acting, deed, async (trx) => {
    await ground.store.dialect.enterCompany?.(trx, companyId);
    const used = await trx
      .selectFrom('day_totals')
      .select('site_id')
      .where('company_id', '=', companyId)
      .where('site_id', '=', siteId)
      .executeTakeFirst();
    if (used !== undefined) {
      throw new AppError(
        'conflict',
        'site/not-empty',
        'Events came from this site; put it out of use instead.',
      );
    }
    await trx
      .deleteFrom('api_keys')
      .where('company_id', '=', companyId)
      .where('site_id', '=', siteId)
      .execute();
    await trx.deleteFrom('sites').where('company_id', '=', companyId).where('id', '=', siteId).execute();
  });
}
