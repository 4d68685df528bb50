/** On whom a person may act: the permission table says where, these rules say against whom. */
import { companiesFor, type PersonCaller } from './caller.ts';
import type { Action, GlobalRole } from './roles.ts';

/** The person acted on. */
export interface TargetUser {
  readonly userId: number;
  readonly role: GlobalRole;
  readonly companyIds: readonly number[];
}

/** `not-found` for people the caller may not know of; `forbidden` for people he sees but may not touch. */
export type Verdict = 'yes' | 'forbidden' | 'not-found';

/** Actions after which the caller could sign in as the person, or that reach into every company of his. */
const WHOLE_ACCOUNT: ReadonlySet<Action> = new Set<Action>([
  'user.edit',
  'user.activate',
  'user.delete',
  'user.reset-password',
  'user.reset-mfa',
]);

/** Actions nobody may do to himself: they would lock him out or lift him up. */
const NOT_ONESELF: ReadonlySet<Action> = new Set<Action>([
  'user.delete',
  'user.change-role',
  'user.activate',
]);

/**
 * Whether `caller` may do `action` to `target`.
 *
 * Anyone but a GlobalAdmin sees only people who share a company with him. Administrators of the installation are
 * touched by GlobalAdmins alone. What gives power over the whole account needs every company of that person to be
 * among the caller's: with less, the administrator of one company could sign in to another through a person who
 * belongs to both.
 */
export function mayActOn(caller: PersonCaller, action: Action, target: TargetUser): Verdict {
  const companies = companiesFor(caller, action);
  const oneself = caller.userId === target.userId;
  if (companies === 'all') return oneself && NOT_ONESELF.has(action) ? 'forbidden' : 'yes';
  const shared = target.companyIds.filter((id) => companies.includes(id));
  if (target.role === 'GlobalAdmin' || shared.length === 0) return 'not-found';
  if (action === 'user.read') return 'yes';
  if (target.role === 'Admin' || oneself) return 'forbidden';
  if (WHOLE_ACCOUNT.has(action) && shared.length < target.companyIds.length) return 'forbidden';
  return 'yes';
}

/**
 * Whether taking this GlobalAdmin's role, activity or account away would leave the installation without any.
 *
 * @param others active GlobalAdmins besides the one concerned
 */
export function isLastGlobalAdmin(target: { role: GlobalRole; active: boolean }, others: number): boolean {
  return target.role === 'GlobalAdmin' && target.active && others === 0;
}
