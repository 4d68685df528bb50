/** Computers over HTTP. */
import { getComputer, listComputers, reply } from '@logonscope/protocol';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import type { Source } from '../../questions/source.ts';
import { withinOf } from '../../questions/summaries.ts';
import * as queries from './queries.ts';

const ACTION = 'computer.read';

export function computerRoutes({ limit }: Pick<Source, 'limit'>): Route[] {
  return [
    route(listComputers, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        return reply(200, await queries.listComputers({ scope, limit }, withinOf(companyId, query), query));
      },
    }),
    route(getComputer, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const within = withinOf(companyId, query);
        const computer = await queries.findComputer({ scope, limit }, within, params.computer);
        if (computer === null)
          throw new AppError('not-found', 'computer/not-found', 'There is no such computer.');
        return reply(200, computer);
      },
    }),
  ];
}
