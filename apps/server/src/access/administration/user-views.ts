/** People as administrators see them: the caller's companies only, whatever else they belong to. */
import type { Kysely } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import type { Acting, Ground } from '../acting.ts';
import type { Companies } from '../caller.ts';
import type { CompanyRole, GlobalRole } from '../roles.ts';
import { targetFor } from './targets.ts';

/** A person as administrators see him; only companies the caller may know of. */
export interface UserView {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly role: GlobalRole;
  readonly active: boolean;
  readonly mfaEnabled: boolean;
  /** Null inherits. */
  readonly mfaRequired: boolean | null;
  readonly lastLoginAtMs: number | null;
  readonly createdAtMs: number;
  readonly companies: readonly { readonly companyId: number; readonly role: CompanyRole }[];
}

type UserColumns = Pick<
  Tables['users'],
  | 'id'
  | 'username'
  | 'email'
  | 'role'
  | 'is_active'
  | 'mfa_enabled'
  | 'mfa_required'
  | 'last_login_at'
  | 'created_at'
>;

/** The people whom the caller may see with `user.read`, by name: all, or those who share a company with him. */
export async function listUsers({ store }: Ground, { scope }: Acting): Promise<UserView[]> {
  const companies = scope.companies('user.read');
  if (companies !== 'all' && companies.length === 0) return [];
  const memberships = await membershipRows(store.db, companies);
  const byUser = new Map<number, { companyId: number; role: CompanyRole }[]>();
  for (const { user_id, company_id, role } of memberships) {
    const list = byUser.get(user_id) ?? [];
    byUser.set(user_id, [...list, { companyId: company_id, role: role as CompanyRole }]);
  }
  let query = store.db
    .selectFrom('users')
    .select([
      'id',
      'username',
      'email',
      'role',
      'is_active',
      'mfa_enabled',
      'mfa_required',
      'last_login_at',
      'created_at',
    ])
    .orderBy('username_key');
  if (companies !== 'all') {
    query = query
      .where((eb) =>
        eb('id', 'in', eb.selectFrom('memberships').select('user_id').where('company_id', 'in', companies)),
      )
      .where('role', '<>', 'GlobalAdmin');
  }
  return (await query.execute()).map((row) => viewOf(row, byUser.get(row.id) ?? []));
}

function membershipRows(db: Kysely<Tables>, companies: Companies) {
  const query = db.selectFrom('memberships').select(['user_id', 'company_id', 'role']).orderBy('company_id');
  return (companies === 'all' ? query : query.where('company_id', 'in', companies)).execute();
}

function viewOf(row: UserColumns, companies: UserView['companies']): UserView {
  return {
    id: row.id,
    username: row.username,
    email: row.email,
    role: row.role as GlobalRole,
    active: row.is_active === 1,
    mfaEnabled: row.mfa_enabled === 1,
    mfaRequired: row.mfa_required === null ? null : row.mfa_required === 1,
    lastLoginAtMs: row.last_login_at,
    createdAtMs: row.created_at,
    companies,
  };
}

/** One person as the caller may see him. */
export async function readUser(ground: Ground, acting: Acting, userId: number): Promise<UserView> {
  const { user, memberships } = await targetFor(ground, acting, 'user.read', userId);
  const companies = acting.scope.companies('user.read');
  return viewOf(
    user,
    memberships.filter(({ companyId }) => companies === 'all' || companies.includes(companyId)),
  );
}
