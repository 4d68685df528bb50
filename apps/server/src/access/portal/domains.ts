/** The domains whose addresses may have accounts, where the installation restricts them. */
import type { Kysely } from 'kysely';
import { AppError } from '../../app-error.ts';
import type { Tables } from '../../db/schema.ts';
import { type Acting, entryOf, type Ground } from '../acting.ts';
import { requireMay } from '../caller.ts';
import { audited } from '../trail/audit.ts';
import { domainOf, isAllowedAddress } from './email.ts';
import { readSection } from './settings.ts';

/** All allowed domains, sorted. */
export async function allowedDomains(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('allowed_domains').select('domain').orderBy('domain').execute();
  return rows.map(({ domain }) => domain);
}

/** Allows a domain (`@Foo.ORG` is foo.org); one that is allowed already stays so. Returns it as stored. */
export async function addDomain(ground: Ground, { scope, origin }: Acting, text: string): Promise<string> {
  requireMay(scope.caller, 'settings.change');
  const domain = domainOf(text);
  if (domain === null) {
    const fields = [{ field: 'domain', expected: 'a domain such as example.com' }];
    throw new AppError('invalid', 'settings/bad-domain', 'This is no domain.', { fields });
  }
  return audited(ground.store, async (trx) => {
    const known = await trx
      .selectFrom('allowed_domains')
      .select('domain')
      .where('domain', '=', domain)
      .executeTakeFirst();
    if (known !== undefined) return { result: domain, entries: [] };
    await trx.insertInto('allowed_domains').values({ domain, created_at: ground.clock() }).execute();
    return {
      result: domain,
      entries: [entryOf(ground, origin, { action: 'domain.add', target: `domain:${domain}` })],
    };
  });
}

/** Takes a domain off the list; accounts that exist stay. */
export async function removeDomain(ground: Ground, { scope, origin }: Acting, text: string): Promise<void> {
  requireMay(scope.caller, 'settings.change');
  const domain = domainOf(text) ?? '';
  await audited(ground.store, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('allowed_domains')
      .where('domain', '=', domain)
      .executeTakeFirst();
    if (Number(numDeletedRows) === 0) {
      throw new AppError('not-found', 'domain/not-found', 'This domain is not in the list.');
    }
    const deed = { action: 'domain.remove', target: `domain:${domain}` };
    return { result: undefined, entries: [entryOf(ground, origin, deed)] };
  });
}

/** Throws `account/domain-not-allowed` for an address outside the list, where the list counts. All create forms ask. */
export async function requireAllowedAddress(db: Kysely<Tables>, email: string): Promise<void> {
  const { restrictDomains } = await readSection(db, 'registration');
  const domains = restrictDomains ? await allowedDomains(db) : [];
  if (isAllowedAddress(email, { restrictDomains, domains })) return;
  const fields = [
    { field: 'email', expected: restrictDomains ? 'an address of an allowed domain' : 'an e-mail address' },
  ];
  throw new AppError('invalid', 'account/address-not-allowed', 'This address cannot have an account here.', {
    fields,
  });
}
