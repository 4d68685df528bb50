/** A migrated store in memory with two companies, for tests that need one to stand on. */
import { newId } from '../ids.ts';
import { openStore, type Store } from '../store.ts';

export async function openTestStore(url = 'sqlite::memory:'): Promise<Store> {
  const store = await openStore(url, { folder: '.' });
  await store.migrate();
  return store;
}

/** A company with one site. */
export async function addCompany(store: Store, name: string): Promise<{ companyId: number; siteId: number }> {
  const companyId = newId();
  const siteId = newId();
  const shared = { is_active: 1 as const, created_at: 0 };
  await store.db
    .insertInto('companies')
    .values({ ...shared, id: companyId, name, name_key: name.toLowerCase(), mfa_policy: 'inherit' })
    .execute();
  await store.db
    .insertInto('sites')
    .values({ ...shared, id: siteId, company_id: companyId, name: 'HO', name_key: 'ho' })
    .execute();
  return { companyId, siteId };
}
