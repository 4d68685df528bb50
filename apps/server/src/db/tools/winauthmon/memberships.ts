/** Who belongs to which company, and as what. */
import type { CompanyRole } from '../../../access/roles.ts';
import { numberOf, textOf } from './cells.ts';
import type { CompanyNumbers } from './companies.ts';
import type { MoveGround } from './ground.ts';
import type { OriginalRow } from './original.ts';
import type { UserNumbers } from './users.ts';

const TABLE = 'app_auth_user_companies';
const ROLES: readonly CompanyRole[] = ['CompanyAdmin', 'User'];

/** A pair that is told twice counts as told first, as in the original; a membership that is here stays as it is. */
export async function takeMemberships(
  ground: MoveGround,
  rows: readonly OriginalRow[],
  { companies, users }: { readonly companies: CompanyNumbers; readonly users: UserNumbers },
): Promise<void> {
  const { trx, report, nowMs } = ground;
  for (const row of rows) {
    const place = (field: string) => ({ table: TABLE, row: row.id, field });
    const userId = users.get(numberOf(row.user_id) ?? Number.NaN);
    const companyId = companies.get(numberOf(row.company_id) ?? Number.NaN);
    if (userId === undefined || companyId === undefined) {
      const field = userId === undefined ? 'user_id' : 'company_id';
      report.leaveOut(place(field), row[field], 'a user and a company that were taken over');
      continue;
    }
    const known = await trx
      .selectFrom('memberships')
      .select('role')
      .where('company_id', '=', companyId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    if (known !== undefined) {
      report.count(TABLE, 'known');
      continue;
    }
    const written = textOf(row.role);
    const role = ROLES.find((each) => each === written) ?? 'User';
    if (role !== written)
      report.change(place('role'), row.role, `one of ${ROLES.join(', ')}; it is User here`);
    await trx
      .insertInto('memberships')
      .values({ company_id: companyId, user_id: userId, role, created_at: nowMs })
      .execute();
    report.count(TABLE, 'added');
  }
}
