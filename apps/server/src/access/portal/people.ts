/** People of the portal as rows: found by name or address, with their companies and what is required of them. */
import type { Kysely, Selectable } from 'kysely';
import type { Tables, Users } from '../../db/schema.ts';
import { admit, type Membership, type PersonCaller } from '../caller.ts';
import { mfaRequired } from '../mfa/mfa-policy.ts';
import type { CompanyRole, GlobalRole } from '../roles.ts';
import { nameKey } from './email.ts';
import { readSection } from './settings.ts';

export type UserRow = Selectable<Users>;

/** The person who signs in with this name or address, in any case. Names hold no @, so one text means one person. */
export function userByLogin(db: Kysely<Tables>, login: string): Promise<UserRow | undefined> {
  const key = nameKey(login);
  return db
    .selectFrom('users')
    .selectAll()
    .where((eb) => eb.or([eb('username_key', '=', key), eb('email_key', '=', key)]))
    .executeTakeFirst();
}

export function userById(db: Kysely<Tables>, id: number): Promise<UserRow | undefined> {
  return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
}

/** A membership with what the company says about second factors. */
export interface FullMembership extends Membership {
  readonly companyName: string;
  /** Null where the company leaves it to the installation. */
  readonly mfa: boolean | null;
}

const MFA_OF_COMPANY: Readonly<Record<string, boolean | null>> = {
  required: true,
  optional: false,
  inherit: null,
};

/** The companies of a person that are in use. */
export async function membershipsOf(db: Kysely<Tables>, userId: number): Promise<FullMembership[]> {
  const rows = await db
    .selectFrom('memberships')
    .innerJoin('companies', 'companies.id', 'memberships.company_id')
    .select(['memberships.company_id', 'memberships.role', 'companies.name', 'companies.mfa_policy'])
    .where('memberships.user_id', '=', userId)
    .where('companies.is_active', '=', 1)
    .orderBy('memberships.company_id')
    .execute();
  return rows.map(({ company_id, role, name, mfa_policy }) => ({
    companyId: company_id,
    companyName: name,
    role: role as CompanyRole,
    mfa: MFA_OF_COMPANY[mfa_policy] ?? null,
  }));
}

/** The caller that a person with a complete portal session is. */
export function callerOf(user: UserRow, memberships: readonly FullMembership[]): PersonCaller {
  return admit({
    kind: 'person',
    userId: user.id,
    name: user.username,
    role: user.role as GlobalRole,
    memberships: memberships.map(({ companyId, role }) => ({ companyId, role })),
  });
}

/** Whether this person has to have a second factor, by all three policies. */
export async function isMfaRequired(
  db: Kysely<Tables>,
  user: Pick<UserRow, 'mfa_required'>,
  memberships: readonly FullMembership[],
): Promise<boolean> {
  const { everyone } = await readSection(db, 'mfa');
  const person = user.mfa_required === null ? null : user.mfa_required === 1;
  return mfaRequired({ everyone, companies: memberships.map(({ mfa }) => mfa), person });
}
