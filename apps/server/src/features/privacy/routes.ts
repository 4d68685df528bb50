/** Export and erasure of one person's data over HTTP. */
import { erasePerson as eraseEndpoint, exportPerson, reply } from '@logonscope/protocol';
import type { Access } from '../../access/access.ts';
import { entryOf } from '../../access/acting.ts';
import { writeAudit } from '../../access/trail/audit.ts';
import { AppError } from '../../app-error.ts';
import type { Store } from '../../db/index.ts';
import { type Route, route } from '../../http/mount.ts';
import { erasePerson, personMark } from './erase-person.ts';
import { exportOf } from './export-person.ts';

export function privacyRoutes({ portal, acting }: Access, store: Store): Route[] {
  const ground = { store, clock: portal.clock };
  return [
    route(exportPerson, {
      action: 'person.export',
      async handle({ caller, scope, request, params }) {
        const companyId = await scope.requireCompany('person.export', params.companyId);
        const { origin } = acting(caller, request);
        const deed = {
          action: 'person.export',
          target: personMark(companyId, params.personId),
          companyId,
        };
        const file = await exportOf(scope, companyId, params.personId, (counts) =>
          writeAudit(store, entryOf(ground, origin, { ...deed, detail: { ...counts } })),
        );
        if (file === null) throw new AppError('not-found', 'person/not-found', 'There is no such person.');
        return reply(200, file, {
          'content-disposition': 'attachment; filename="person.ndjson"',
          'cache-control': 'no-store',
        });
      },
    }),
    route(eraseEndpoint, {
      action: 'person.erase',
      handle: async ({ caller, request, params }) =>
        reply(200, await erasePerson(ground, acting(caller, request), params.companyId, params.personId)),
    }),
  ];
}
