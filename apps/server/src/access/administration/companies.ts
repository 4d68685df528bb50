/** Companies: made with a first site and key, renamed, put out of use, deleted when empty. */
import type { Transaction } from 'kysely';
import { AppError } from '../../app-error.ts';
import { newId } from '../../db/ids.ts';
import type { Tables } from '../../db/schema.ts';
import type { Acting, Ground } from '../acting.ts';
import { requireMay } from '../caller.ts';
import { insertKey, type MadeKey } from '../keys/key-deeds.ts';
import { nameKey } from '../portal/email.ts';
import { changeCompany } from './company-change.ts';
import { insertSite } from './sites.ts';

/** The site every company begins with, as in the original. */
export const FIRST_SITE = 'HO';

export interface CompanyFacts {
  readonly name: string;
  readonly description: string | null;
}

export interface MadeCompany {
  readonly companyId: number;
  readonly siteId: number;
  readonly key: MadeKey;
}

async function requireFreeName(trx: Transaction<Tables>, name: string, butId = 0): Promise<void> {
  const taken = await trx
    .selectFrom('companies')
    .select('id')
    .where('name_key', '=', nameKey(name))
    .where('id', '<>', butId)
    .executeTakeFirst();
  if (taken !== undefined) throw new AppError('conflict', 'company/taken', 'A company of this name exists.');
}

/** Makes a company with its first site and a key for it. */
export async function createCompany(
  ground: Ground,
  acting: Acting,
  facts: CompanyFacts,
): Promise<MadeCompany> {
  requireMay(acting.scope.caller, 'company.create');
  const companyId = newId();
  const name = facts.name.trim();
  const deed = { action: 'company.create', target: `company:${companyId} ${name}`, companyId };
  return changeCompany(ground, acting, deed, async (trx) => {
    await requireFreeName(trx, name);
    const row = {
      id: companyId,
      name,
      name_key: nameKey(name),
      description: facts.description,
      is_active: 1 as const,
      mfa_policy: 'inherit',
      keep_events_days: null,
      keep_sessions_days: null,
      keep_totals_days: null,
      keep_audit_days: null,
      keep_errors_days: null,
      settings: null,
      created_at: ground.clock(),
    };
    await trx.insertInto('companies').values(row).execute();
    const siteId = await insertSite(trx, ground, { companyId, name: FIRST_SITE });
    const place = {
      companyId,
      siteId,
      description: null,
      expiresAtMs: null,
      createdBy: acting.origin.userId,
    };
    return { companyId, siteId, key: await insertKey(trx, ground, place) };
  });
}

export interface CompanyChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  /** Keys of a company out of use open nothing, and its people see nothing of it. */
  readonly active?: boolean | undefined;
}

/** Renames or describes a company, or puts it out of use. */
export async function editCompany(
  ground: Ground,
  acting: Acting,
  companyId: number,
  wanted: CompanyChange,
): Promise<void> {
  await acting.scope.requireCompany('company.edit', companyId);
  const { name, description, active } = wanted;
  const set = {
    ...(name === undefined ? {} : { name: name.trim(), name_key: nameKey(name) }),
    ...(description === undefined ? {} : { description }),
    ...(active === undefined ? {} : { is_active: active ? (1 as const) : (0 as const) }),
  };
  if (Object.keys(set).length === 0) return;
  const deed = { action: 'company.edit', target: `company:${companyId}`, companyId, detail: { ...wanted } };
  await changeCompany(ground, acting, deed, async (trx) => {
    if (name !== undefined) await requireFreeName(trx, name, companyId);
    await trx.updateTable('companies').set(set).where('id', '=', companyId).execute();
  });
}

export type CompanyMfa = 'inherit' | 'required' | 'optional';

/** Says whether the people of a company need a second factor. */
export async function setCompanyMfa(
  ground: Ground,
  acting: Acting,
  companyId: number,
  policy: CompanyMfa,
): Promise<void> {
  await acting.scope.requireCompany('company.require-mfa', companyId);
  const deed = {
    action: 'company.require-mfa',
    target: `company:${companyId}`,
    companyId,
    detail: { policy },
  };
  await changeCompany(ground, acting, deed, async (trx) => {
    await trx.updateTable('companies').set({ mfa_policy: policy }).where('id', '=', companyId).execute();
  });
}

/** Tables whose rows keep a company from being deleted: what its computers wrote is not thrown away by a click. */
const EVIDENCE = ['events', 'sessions', 'imports'] as const;
/** What goes with a company; its trail stays. */
const BELONGINGS = [
  'api_key_usage',
  'api_keys',
  'agent_cursors',
  'day_totals',
  'computers',
  'memberships',
  'sites',
] as const;

/** Deletes a company that holds no evidence; retention or erasure empties it first. */
export async function deleteCompany(ground: Ground, acting: Acting, companyId: number): Promise<void> {
  await acting.scope.requireCompany('company.delete', companyId);
  const deed = { action: 'company.delete', target: `company:${companyId}`, companyId };
  await changeCompany(ground, acting, deed, async (trx) => {
    // Who has not entered it would see no evidence at all.
    await ground.store.dialect.enterCompany?.(trx, companyId);
    for (const table of EVIDENCE) {
      const row = await trx
        .selectFrom(table)
        .select('company_id')
        .where('company_id', '=', companyId)
        .executeTakeFirst();
      if (row !== undefined) {
        throw new AppError(
          'conflict',
          'company/not-empty',
          'The company still has events; put it out of use instead.',
        );
      }
    }
    for (const table of BELONGINGS) await trx.deleteFrom(table).where('company_id', '=', companyId).execute();
    await trx.deleteFrom('companies').where('id', '=', companyId).execute();
  });
}
