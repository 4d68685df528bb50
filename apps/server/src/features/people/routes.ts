/** People over HTTP. */
import { getPerson, listPeople, reply } from '@logonscope/protocol';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import type { Source } from '../../questions/source.ts';
import { withinOf } from '../../questions/summaries.ts';
import * as queries from './queries.ts';

const ACTION = 'person.read';

export function peopleRoutes({ limit }: Pick<Source, 'limit'>): Route[] {
  return [
    route(listPeople, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        return reply(200, await queries.listPeople({ scope, limit }, withinOf(companyId, query), query));
      },
    }),
    route(getPerson, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const within = withinOf(companyId, query);
        const person = await queries.findPerson({ scope, limit }, within, params.personId);
        if (person === null) throw new AppError('not-found', 'person/not-found', 'There is no such person.');
        return reply(200, person);
      },
    }),
  ];
}
