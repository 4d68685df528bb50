/** The person an administrator acts on: found, and checked against the rules, in the same way whether he exists or not. */
import type { Transaction } from 'kysely';
import { AppError } from '../../app-error.ts';
import type { Tables } from '../../db/schema.ts';
import type { Acting, Ground } from '../acting.ts';
import type { PersonCaller } from '../caller.ts';
import { type UserRow, userById } from '../portal/people.ts';
import type { Action, CompanyRole, GlobalRole } from '../roles.ts';
import type { Scope } from '../scope.ts';
import { isLastGlobalAdmin, mayActOn } from '../user-rules.ts';

export interface Target {
  readonly user: UserRow;
  readonly role: GlobalRole;
  readonly memberships: readonly { readonly companyId: number; readonly role: CompanyRole }[];
}

/** What is said of a person who is missing or another's. */
function userNotFound(): AppError {
  return new AppError('not-found', 'user/not-found', 'There is no such user.');
}

/** The caller as a person; keys administer nobody. */
export function personOf({ caller }: Scope): PersonCaller {
  if (caller.kind === 'person') return caller;
  throw new AppError('forbidden', 'access/person-needed', 'This is done by people who are signed in.');
}

/** How a target stands in the audit trail. */
export function nameOf({ id, username }: Pick<UserRow, 'id' | 'username'>): string {
  return `user:${id} ${username}`;
}

/** The person, if the caller may do this to him. Missing people and those of others cost the same two queries. */
export async function targetFor(
  { store }: Ground,
  { scope }: Acting,
  action: Action,
  userId: number,
): Promise<Target> {
  const user = await userById(store.db, userId);
  const rows = await store.db
    .selectFrom('memberships')
    .select(['company_id', 'role'])
    .where('user_id', '=', userId)
    .execute();
  if (user === undefined) throw userNotFound();
  const memberships = rows.map(({ company_id, role }) => ({
    companyId: company_id,
    role: role as CompanyRole,
  }));
  const role = user.role as GlobalRole;
  const companyIds = memberships.map(({ companyId }) => companyId);
  const verdict = mayActOn(personOf(scope), action, { userId: user.id, role, companyIds });
  if (verdict === 'not-found') throw userNotFound();
  if (verdict === 'forbidden') {
    throw new AppError('forbidden', 'user/forbidden', 'You may see this user, but not do this to him.');
  }
  return { user, role, memberships };
}

/**
 * Throws `user/last-global-admin` where taking this person's rights away would leave nobody to give any. Asked within
 * the change: of two GlobalAdmins who demote each other at once, the second waits here until the first is done.
 */
export async function requireAnotherGlobalAdmin(
  trx: Transaction<Tables>,
  { user, role }: Target,
): Promise<void> {
  // Writing what is there already locks these rows on every database, which `select … for update` does not.
  await trx
    .updateTable('users')
    .set({ role: 'GlobalAdmin' })
    .where('role', '=', 'GlobalAdmin')
    .where('is_active', '=', 1)
    .execute();
  const row = await trx
    .selectFrom('users')
    .select((eb) => eb.fn.countAll().as('others'))
    .where('role', '=', 'GlobalAdmin')
    .where('is_active', '=', 1)
    .where('id', '<>', user.id)
    .executeTakeFirst();
  if (!isLastGlobalAdmin({ role, active: user.is_active === 1 }, Number(row?.others ?? 0))) return;
  throw new AppError(
    'conflict',
    'user/last-global-admin',
    'This is the last GlobalAdmin; make another one first.',
  );
}
