/** Working hours of a company over HTTP. */
import { zoneProblem } from '@logonscope/core';
import { getWorkingHours, reply, setWorkingHours } from '@logonscope/protocol';
import type { Access } from '../../access/access.ts';
import { changeCompany } from '../../access/administration/company-change.ts';
import type { Action } from '../../access/roles.ts';
import { companyNotFound, type Scope } from '../../access/scope.ts';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import { hoursIn, withHours } from './hours.ts';

export function workingHoursRoutes({ portal, acting }: Access, { timezone }: { timezone: string }): Route[] {
  return [
    route(getWorkingHours, {
      action: 'company.read',
      async handle({ scope, params }) {
        const settings = await settingsOf(scope, 'company.read', params.companyId);
        return reply(200, hoursIn(settings, timezone));
      },
    }),
    route(setWorkingHours, {
      action: 'working-hours.change',
      async handle({ caller, scope, request, params, body: { own } }) {
        const companyId = await scope.requireCompany('working-hours.change', params.companyId);
        const wrong = own === null ? null : zoneProblem(own.timezone);
        if (wrong !== null) {
          const fields = [{ field: 'own.timezone', expected: 'an IANA zone such as Europe/London' }];
          throw new AppError('invalid', 'working-hours/bad-zone', wrong, { fields });
        }
        const settings = withHours(await settingsOf(scope, 'working-hours.change', companyId), own);
        const deed = {
          ...{ action: 'working-hours.change', target: `company:${companyId}` },
          ...{ companyId, detail: { ...own } },
        };
        await changeCompany(portal, acting(caller, request), deed, async (trx) => {
          await trx.updateTable('companies').set({ settings }).where('id', '=', companyId).execute();
        });
        return reply(200, hoursIn(settings, timezone));
      },
    }),
  ];
}

async function settingsOf(scope: Scope, action: Action, companyId: number): Promise<string | null> {
  const row = await scope
    .companyRows(action)
    .select('companies.settings')
    .where('companies.id', '=', companyId)
    .executeTakeFirst();
  if (row === undefined) throw companyNotFound();
  return row.settings;
}
