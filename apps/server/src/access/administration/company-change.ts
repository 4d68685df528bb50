/** Changes of a company and what belongs to it, each with its entry in the trail. */
import type { Transaction } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import { type Acting, type Deed, entryOf, type Ground } from '../acting.ts';
import { audited } from '../trail/audit.ts';

/** Runs a change and writes it down in the company's trail; deeds on the company itself stand in the installation's too. */
export function changeCompany<T>(
  ground: Ground,
  acting: Acting,
  deed: Deed & { companyId: number },
  work: (trx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return audited(ground.store, async (trx) => {
    const result = await work(trx);
    const { companyId: _, ...forAll } = deed;
    const entries = [entryOf(ground, acting.origin, deed)];
    if (deed.action.startsWith('company.')) entries.push(entryOf(ground, acting.origin, forAll));
    return { result, entries };
  });
}
