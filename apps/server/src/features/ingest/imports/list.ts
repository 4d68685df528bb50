/** The files that were given to a company, newest first. */
import { encodeCursor, listImports, reply } from '@logonscope/protocol';
import { type Route, route } from '../../../http/mount.ts';
import { cursorKeys } from '../../../questions/scan.ts';
import type { Source } from '../../../questions/source.ts';
import { statusOf } from './status.ts';

export function importListRoute({ limit }: Pick<Source, 'limit'>): Route {
  return route(listImports, {
    action: 'import.read',
    async handle({ scope, params, query }) {
      const companyId = await scope.requireCompany('import.read', params.companyId);
      const after = cursorKeys(query.cursor, ['number', 'number']);
      let imports = scope.imports().selectAll().where('imports.company_id', '=', companyId);
      if (after !== null) {
        const [createdAt, id] = after as readonly [number, number];
        imports = imports.where((eb) =>
          eb.or([
            eb('imports.created_at', '<', createdAt),
            eb.and([eb('imports.created_at', '=', createdAt), eb('imports.id', '<', id)]),
          ]),
        );
      }
      const rows = await imports
        .orderBy('imports.created_at', 'desc')
        .orderBy('imports.id', 'desc')
        .modifyEnd(limit(query.limit + 1))
        .execute();
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      const next = rows.length > query.limit && last ? encodeCursor([last.created_at, last.id]) : null;
      // A file may have thousands of bad rows: whoever wants to read them asks for that file.
      return reply(200, { rows: shown.map((row) => ({ ...statusOf(row), problems: [] })), next });
    },
  });
}
