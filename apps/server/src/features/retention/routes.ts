/** How long a company's data is kept, over HTTP. */
import { getRetention, reply, setRetention } from '@logonscope/protocol';
import type { Access } from '../../access/access.ts';
import { changeCompany } from '../../access/administration/company-change.ts';
import { companyNotFound, type Scope } from '../../access/scope.ts';
import { type Route, route } from '../../http/mount.ts';
import { heldFromOf, inForce, type RetentionDefaults } from './policy.ts';

export function retentionRoutes({ portal, acting }: Access, defaults: RetentionDefaults): Route[] {
  return [
    route(getRetention, {
      action: 'retention.read',
      handle: async ({ scope, params }) => reply(200, await read(scope, params.companyId, defaults)),
    }),
    route(setRetention, {
      action: 'retention.change',
      async handle({ caller, scope, request, params, body }) {
        const companyId = await scope.requireCompany('retention.change', params.companyId);
        const deed = {
          action: 'retention.change',
          target: `company:${companyId}`,
          companyId,
          detail: { ...body },
        };
        await changeCompany(portal, acting(caller, request), deed, async (trx) => {
          await trx
            .updateTable('companies')
            .set({
              keep_events_days: body.eventsDays,
              keep_sessions_days: body.sessionsDays,
              keep_totals_days: body.totalsDays,
              keep_audit_days: body.auditDays,
              keep_errors_days: body.errorLogDays,
            })
            .where('id', '=', companyId)
            .execute();
        });
        return reply(200, await read(scope, companyId, defaults));
      },
    }),
  ];
}

async function read(scope: Scope, companyId: number, defaults: RetentionDefaults) {
  const row = await scope
    .companyRows('retention.read')
    .selectAll('companies')
    .where('companies.id', '=', companyId)
    .executeTakeFirst();
  if (row === undefined) throw companyNotFound();
  const heldFrom = heldFromOf(row);
  return {
    own: {
      eventsDays: row.keep_events_days,
      sessionsDays: row.keep_sessions_days,
      totalsDays: row.keep_totals_days,
      auditDays: row.keep_audit_days,
      errorLogDays: row.keep_errors_days,
    },
    inForce: inForce(row, defaults),
    heldFrom: heldFrom === null ? null : new Date(heldFrom).toISOString(),
  };
}
