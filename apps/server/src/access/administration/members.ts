/** Who belongs to a company and as what: listed, added, promoted, removed. */
import { AppError } from '../../app-error.ts';
import { type Acting, entryOf, type Ground } from '../acting.ts';
import { mayIn } from '../caller.ts';
import type { Action, CompanyRole, GlobalRole } from '../roles.ts';
import { audited } from '../trail/audit.ts';
import { nameOf, type Target, targetFor } from './targets.ts';
import { insertMembership } from './users.ts';

export interface MemberView {
  readonly userId: number;
  readonly username: string;
  readonly email: string;
  readonly role: CompanyRole;
  readonly globalRole: GlobalRole;
  readonly active: boolean;
  readonly mfaEnabled: boolean;
}

interface Place {
  readonly companyId: number;
  readonly userId: number;
}

/** The members of a company, by name. */
export async function listMembers(
  { store }: Ground,
  { scope }: Acting,
  companyId: number,
): Promise<MemberView[]> {
  await scope.requireCompany('member.read', companyId);
  const rows = await store.db
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select([
      'users.id',
      'users.username',
      'users.email',
      'users.role',
      'users.is_active',
      'users.mfa_enabled',
    ])
    .select('memberships.role as company_role')
    .where('memberships.company_id', '=', companyId)
    .orderBy('users.username_key')
    .execute();
  return rows.map((row) => ({
    userId: row.id,
    username: row.username,
    email: row.email,
    role: row.company_role as CompanyRole,
    globalRole: row.role as GlobalRole,
    active: row.is_active === 1,
    mfaEnabled: row.mfa_enabled === 1,
  }));
}

/** Writes down in the company's own trail what was done to one of its members. */
async function change(
  ground: Ground,
  acting: Acting,
  {
    companyId,
    target,
    action,
    detail,
  }: { companyId: number; target: Target; action: Action; detail: Record<string, unknown> },
  work: (trx: Parameters<typeof insertMembership>[0]) => Promise<void>,
): Promise<void> {
  await audited(ground.store, async (trx) => {
    await work(trx);
    const deed = { action, companyId, target: nameOf(target.user), detail };
    return { result: undefined, entries: [entryOf(ground, acting.origin, deed)] };
  });
}

/**
 * Makes someone who exists a member. Everybody but a GlobalAdmin can only add people who share a company with him
 * already: otherwise an administrator could pull anyone to himself and then reset his password.
 */
export async function addMember(
  ground: Ground,
  acting: Acting,
  { companyId, userId }: Place,
  role: CompanyRole,
): Promise<void> {
  await acting.scope.requireCompany('member.add', companyId);
  const target = await targetFor(ground, acting, 'member.add', userId);
  if (role === 'CompanyAdmin' && !mayIn(acting.scope.caller, 'member.change-role', companyId)) {
    throw new AppError(
      'forbidden',
      'user/role-forbidden',
      'Only administrators of the company make others so.',
    );
  }
  if (target.memberships.some((one) => one.companyId === companyId)) {
    throw new AppError('conflict', 'member/already', 'He is a member already.');
  }
  await change(ground, acting, { companyId, target, action: 'member.add', detail: { role } }, (trx) =>
    insertMembership(trx, { companyId, userId, role, nowMs: ground.clock() }),
  );
}

/** The member, if the caller may do this to him in this company. */
async function memberFor(
  ground: Ground,
  acting: Acting,
  action: Action,
  { companyId, userId }: Place,
): Promise<Target> {
  await acting.scope.requireCompany(action, companyId);
  const target = await targetFor(ground, acting, action, userId);
  if (target.memberships.some((one) => one.companyId === companyId)) return target;
  throw new AppError('not-found', 'user/not-found', 'There is no such user.');
}

/** Changes what a member is in the company. */
export async function changeMemberRole(
  ground: Ground,
  acting: Acting,
  at: Place,
  role: CompanyRole,
): Promise<void> {
  const target = await memberFor(ground, acting, 'member.change-role', at);
  await change(
    ground,
    acting,
    { ...at, target, action: 'member.change-role', detail: { role } },
    async (trx) => {
      await trx
        .updateTable('memberships')
        .set({ role })
        .where('company_id', '=', at.companyId)
        .where('user_id', '=', at.userId)
        .execute();
    },
  );
}

/** Ends a membership; the account stays. */
export async function removeMember(ground: Ground, acting: Acting, at: Place): Promise<void> {
  const target = await memberFor(ground, acting, 'member.remove', at);
  await change(ground, acting, { ...at, target, action: 'member.remove', detail: {} }, async (trx) => {
    await trx
      .deleteFrom('memberships')
      .where('company_id', '=', at.companyId)
      .where('user_id', '=', at.userId)
      .execute();
  });
}
