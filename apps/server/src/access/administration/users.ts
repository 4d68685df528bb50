/** What administrators do with people: create, edit, activate, promote, delete; each written down. */
import type { Transaction } from 'kysely';
import { AppError } from '../../app-error.ts';
import type { Tables } from '../../db/schema.ts';
import { type Acting, entryOf, type Ground } from '../acting.ts';
import { mayIn } from '../caller.ts';
import { hashPassword } from '../passwords/passwords.ts';
import {
  type NewPerson,
  newUserRow,
  requireFree,
  requireNewPassword,
  requireWellFormed,
} from '../portal/account.ts';
import { requireAllowedAddress } from '../portal/domains.ts';
import { emailParts, isUserName, nameKey } from '../portal/email.ts';
import type { Portal } from '../portal/portal.ts';
import { forgetMfa } from '../portal/second-factor.ts';
import { endSessionsOf } from '../portal/sessions.ts';
import type { CompanyRole, GlobalRole } from '../roles.ts';
import { audited } from '../trail/audit.ts';
import { nameOf, requireAnotherGlobalAdmin, type Target, targetFor } from './targets.ts';

export interface NewUser extends NewPerson {
  readonly role: GlobalRole;
  readonly active: boolean;
  /** A first company; everybody but a GlobalAdmin has to name one of his own. */
  readonly company: { readonly companyId: number; readonly role: CompanyRole } | null;
}

/**
 * Creates a person, who chooses a password of his own at the first login. Only GlobalAdmins make Admins; anyone else
 * makes people of one of his companies, so that he can go on looking after them.
 */
export async function createUser(portal: Portal, acting: Acting, wanted: NewUser): Promise<number> {
  await requireMayCreate(acting, wanted);
  await requireWellFormed(portal, wanted);
  const passwordHash = await hashPassword(wanted.password);
  const flags = { role: wanted.role, active: wanted.active, mustChangePassword: true };
  const row = newUserRow(wanted, { ...flags, passwordHash, nowMs: portal.clock() });
  const { company } = wanted;
  return audited(portal.store, async (trx) => {
    await requireFree(trx, wanted);
    await trx.insertInto('users').values(row).execute();
    if (company !== null) await insertMembership(trx, { ...company, userId: row.id, nowMs: portal.clock() });
    const deed = { action: 'user.create', target: nameOf(row), detail: { role: wanted.role, company } };
    const place = company === null ? {} : { companyId: company.companyId };
    return { result: row.id, entries: [entryOf(portal, acting.origin, { ...deed, ...place })] };
  });
}

async function requireMayCreate({ scope }: Acting, { role, company }: NewUser): Promise<void> {
  const anywhere = scope.companies('user.create') === 'all';
  if (role !== 'User' && !anywhere) {
    throw new AppError('forbidden', 'user/role-forbidden', 'Only a GlobalAdmin makes administrators.');
  }
  if (company === null) {
    if (anywhere) return;
    const fields = [{ field: 'company', expected: 'one of your companies' }];
    throw new AppError('invalid', 'user/company-needed', 'Name the company the user belongs to.', { fields });
  }
  await scope.requireCompany('user.create', company.companyId);
  if (company.role === 'CompanyAdmin' && !mayIn(scope.caller, 'member.change-role', company.companyId)) {
    throw new AppError(
      'forbidden',
      'user/role-forbidden',
      'Only administrators of the company make others so.',
    );
  }
}

/** Makes a person a member. */
export async function insertMembership(
  trx: Transaction<Tables>,
  { companyId, userId, role, nowMs }: { companyId: number; userId: number; role: CompanyRole; nowMs: number },
): Promise<void> {
  await trx
    .insertInto('memberships')
    .values({ company_id: companyId, user_id: userId, role, created_at: nowMs })
    .execute();
}

/** Runs a change of one person and writes it down where that person belongs. */
export async function changeUser(
  ground: Ground,
  acting: Acting,
  { user, memberships }: Target,
  deed: { action: string; detail?: Readonly<Record<string, unknown>> },
  change: (trx: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  await audited(ground.store, async (trx) => {
    await change(trx);
    // Once for the installation; and in each company that loses or gains by it, for those who administer it.
    const told = [undefined, ...memberships.map(({ companyId }) => companyId)];
    const entries = told.map((companyId) =>
      entryOf(ground, acting.origin, {
        ...deed,
        target: nameOf(user),
        ...(companyId === undefined ? {} : { companyId }),
      }),
    );
    return { result: undefined, entries };
  });
}

/** Changes name and address; what is not given stays. */
export async function editUser(
  portal: Portal,
  acting: Acting,
  userId: number,
  { username, email }: { username?: string | undefined; email?: string | undefined },
): Promise<void> {
  const target = await targetFor(portal, acting, 'user.edit', userId);
  const named = { username: username ?? target.user.username, email: email ?? target.user.email };
  const fields = [
    ...(isUserName(named.username)
      ? []
      : [{ field: 'username', expected: '2 to 20 letters, digits, . _ - or spaces' }]),
    ...(emailParts(named.email) ? [] : [{ field: 'email', expected: 'an e-mail address' }]),
  ];
  if (fields.length > 0)
    throw new AppError('invalid', 'account/invalid', 'The account cannot be like this.', { fields });
  if (nameKey(named.email) !== target.user.email_key)
    await requireAllowedAddress(portal.store.db, named.email);
  const keys = { username_key: nameKey(named.username), email_key: nameKey(named.email) };
  await changeUser(portal, acting, target, { action: 'user.edit', detail: named }, async (trx) => {
    await requireFree(trx, { ...named, butId: userId });
    await trx
      .updateTable('users')
      .set({ ...named, ...keys })
      .where('id', '=', userId)
      .execute();
  });
}

/** Activates or deactivates; a deactivated person's sessions end at once. */
export async function setUserActive(
  ground: Ground,
  acting: Acting,
  userId: number,
  active: boolean,
): Promise<void> {
  const target = await targetFor(ground, acting, 'user.activate', userId);
  await changeUser(
    ground,
    acting,
    target,
    { action: active ? 'user.activate' : 'user.deactivate' },
    async (trx) => {
      if (!active) await requireAnotherGlobalAdmin(trx, target);
      await trx
        .updateTable('users')
        .set({ is_active: active ? 1 : 0 })
        .where('id', '=', userId)
        .execute();
      if (!active) await endSessionsOf(trx, userId);
    },
  );
}

/** Sets a password that the person has to replace at the next login; all sessions end. */
export async function resetPassword(
  portal: Portal,
  acting: Acting,
  userId: number,
  password: string,
): Promise<void> {
  const target = await targetFor(portal, acting, 'user.reset-password', userId);
  await requireNewPassword(portal, password, null);
  const hash = await hashPassword(password);
  const changed = {
    password_hash: hash,
    must_change_password: 1 as const,
    password_changed_at: portal.clock(),
  };
  await changeUser(portal, acting, target, { action: 'user.reset-password' }, async (trx) => {
    await trx.updateTable('users').set(changed).where('id', '=', userId).execute();
    await endSessionsOf(trx, userId);
  });
}

/** Takes a person's authenticator away, and ends the sessions that were opened with it. */
export async function resetMfa(ground: Ground, acting: Acting, userId: number): Promise<void> {
  const target = await targetFor(ground, acting, 'user.reset-mfa', userId);
  await changeUser(ground, acting, target, { action: 'user.reset-mfa' }, async (trx) => {
    await forgetMfa(trx, userId);
    await endSessionsOf(trx, userId);
  });
}

/** Requires a second factor of this person, exempts him, or (null) leaves it to companies and installation. */
export async function requireMfaOf(
  ground: Ground,
  acting: Acting,
  userId: number,
  required: boolean | null,
): Promise<void> {
  const target = await targetFor(ground, acting, 'user.require-mfa', userId);
  const mfa_required = required === null ? null : required ? (1 as const) : (0 as const);
  await changeUser(
    ground,
    acting,
    target,
    { action: 'user.require-mfa', detail: { required } },
    async (trx) => {
      await trx.updateTable('users').set({ mfa_required }).where('id', '=', userId).execute();
    },
  );
}

/** Ends all sessions of a person. */
export async function revokeSessionsOf(ground: Ground, acting: Acting, userId: number): Promise<void> {
  const target = await targetFor(ground, acting, 'user.revoke-sessions', userId);
  await changeUser(ground, acting, target, { action: 'user.revoke-sessions' }, async (trx) => {
    await endSessionsOf(trx, userId);
  });
}

/** Changes what a person is for the whole installation. */
export async function changeRole(
  ground: Ground,
  acting: Acting,
  userId: number,
  role: GlobalRole,
): Promise<void> {
  const target = await targetFor(ground, acting, 'user.change-role', userId);
  const detail = { from: target.role, to: role };
  await changeUser(ground, acting, target, { action: 'user.change-role', detail }, async (trx) => {
    if (role !== 'GlobalAdmin') await requireAnotherGlobalAdmin(trx, target);
    await trx.updateTable('users').set({ role }).where('id', '=', userId).execute();
  });
}

/** Deletes an account with its memberships and sessions. What he did stays in the audit trail, under his name. */
export async function deleteUser(ground: Ground, acting: Acting, userId: number): Promise<void> {
  const target = await targetFor(ground, acting, 'user.delete', userId);
  await changeUser(ground, acting, target, { action: 'user.delete' }, async (trx) => {
    await requireAnotherGlobalAdmin(trx, target);
    await endSessionsOf(trx, userId);
    await trx.deleteFrom('memberships').where('user_id', '=', userId).execute();
    await trx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
    await trx.deleteFrom('provider_accounts').where('user_id', '=', userId).execute();
    await trx.deleteFrom('users').where('id', '=', userId).execute();
  });
}
