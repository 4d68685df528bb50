/** Who is asking: a person at the portal, an agent with its key, or nobody yet; and where that reaches. */
import { AppError } from '../app-error.ts';
import { type Action, type CompanyRole, type GlobalRole, type Reach, reach } from './roles.ts';

export interface Membership {
  readonly companyId: number;
  readonly role: CompanyRole;
}

/** A person whose portal session is complete: password and, where required, second factor. */
export interface PersonCaller {
  readonly kind: 'person';
  readonly userId: number;
  readonly name: string;
  readonly role: GlobalRole;
  readonly memberships: readonly Membership[];
}

/** An agent that sent a valid key. */
export interface KeyCaller {
  readonly kind: 'key';
  readonly keyId: number;
  readonly companyId: number;
  readonly siteId: number;
}

export interface AnonymousCaller {
  readonly kind: 'anonymous';
}

export type Caller = PersonCaller | KeyCaller | AnonymousCaller;
/** Callers made by `admit`; weak, so that the list never grows. */
const admitted = new WeakSet<Caller>();

/** Marks a caller as one whose session or key was checked. Only `access` (and tests) call this. */
export function admit<C extends Caller>(caller: C): C {
  admitted.add(caller);
  return caller;
}

/** Whether the caller came through `admit` and was not made up elsewhere. */
export function wasAdmitted(caller: Caller): boolean {
  return admitted.has(caller);
}

export const ANONYMOUS: AnonymousCaller = admit({ kind: 'anonymous' });

/** Companies as a list, or all there are. */
export type Companies = readonly number[] | 'all';

/** The reach of the caller's own role, membership aside. */
function roleReach(caller: Caller, action: Action): Reach {
  if (caller.kind === 'anonymous') return reach(action, 'Anonymous');
  return reach(action, caller.kind === 'key' ? 'ApiKey' : caller.role);
}

/** Whether the caller may do this anywhere at all, be it only to himself. */
export function may(caller: Caller, action: Action): boolean {
  return roleReach(caller, action) === 'self' || companiesFor(caller, action).length > 0;
}

/** The companies in which the caller may do this; empty if none, or if it only concerns himself. */
export function companiesFor(caller: Caller, action: Action): Companies {
  const own = roleReach(caller, action);
  if (own === 'all') return 'all';
  if (caller.kind === 'key') return own === 'own-site' ? [caller.companyId] : [];
  if (caller.kind === 'anonymous') return [];
  const asCompanyAdmin = reach(action, 'CompanyAdmin').startsWith('own-') || own === 'own-company-admin';
  return caller.memberships
    .filter(({ role }) => own === 'own-companies' || (asCompanyAdmin && role === 'CompanyAdmin'))
    .map(({ companyId }) => companyId);
}

/** Whether the caller may do this in one company. */
export function mayIn(caller: Caller, action: Action, companyId: number): boolean {
  const companies = companiesFor(caller, action);
  return companies === 'all' || companies.includes(companyId);
}

/** Throws `access/forbidden` unless the caller may do this somewhere. */
export function requireMay(caller: Caller, action: Action): void {
  if (may(caller, action)) return;
  throw new AppError('forbidden', 'access/forbidden', 'Your role does not allow this.');
}
