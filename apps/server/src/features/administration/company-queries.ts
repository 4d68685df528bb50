/** Lists of companies, sites, keys and their use; all through the scope of the caller. */
import { DAY_MS } from '../../access/clock.ts';
import type { Scope } from '../../access/scope.ts';
import { AppError } from '../../app-error.ts';

const iso = (atMs: number) => new Date(atMs).toISOString();
const isoOrNull = (atMs: number | null) => (atMs === null ? null : iso(atMs));

export async function listCompanies(scope: Scope) {
  const rows = await scope.companyRows().selectAll().orderBy('companies.name_key').execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    active: row.is_active === 1,
    mfaPolicy: row.mfa_policy as 'inherit' | 'required' | 'optional',
    createdAt: iso(row.created_at),
  }));
}

export async function listSites(scope: Scope, companyId: number) {
  await scope.requireCompany('company.read', companyId);
  const rows = await scope
    .sites()
    .select(['sites.id', 'sites.name', 'sites.is_active', 'sites.created_at'])
    .where('sites.company_id', '=', companyId)
    .orderBy('sites.name_key')
    .execute();
  return rows.map(({ id, name, is_active, created_at }) => ({
    id,
    name,
    active: is_active === 1,
    createdAt: iso(created_at),
  }));
}

export async function listKeys(scope: Scope, companyId: number) {
  await scope.requireCompany('key.read', companyId);
  const rows = await scope
    .apiKeys()
    .selectAll()
    .where('api_keys.company_id', '=', companyId)
    .orderBy('api_keys.created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    siteId: row.site_id,
    prefix: row.prefix,
    description: row.description,
    active: row.is_active === 1,
    createdAt: iso(row.created_at),
    expiresAt: isoOrNull(row.expires_at),
    lastUsedAt: isoOrNull(row.last_used_at),
    lastUsedFrom: row.last_used_from,
  }));
}

/** Use by day of a key; throws `key/not-found` for one that is missing or another's. */
export async function listUsage(scope: Scope, { companyId, keyId }: { companyId: number; keyId: number }) {
  const key = await scope
    .apiKeys()
    .select('api_keys.id')
    .where('api_keys.company_id', '=', companyId)
    .where('api_keys.id', '=', keyId)
    .executeTakeFirst();
  if (key === undefined) throw new AppError('not-found', 'key/not-found', 'There is no such key.');
  const rows = await scope
    .apiKeyUsage()
    .select(['api_key_usage.day', 'api_key_usage.requests', 'api_key_usage.events', 'api_key_usage.errors'])
    .where('api_key_usage.company_id', '=', companyId)
    .where('api_key_usage.key_id', '=', keyId)
    .orderBy('api_key_usage.day')
    .execute();
  return rows.map(({ day, ...counts }) => ({ day: iso(day * DAY_MS).slice(0, 10), ...counts }));
}
