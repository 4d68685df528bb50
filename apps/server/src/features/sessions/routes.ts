/** Sessions over HTTP: lists, totals, one explained, who was where. */
import {
  facetSessions as facetSessionsEndpoint,
  getSession,
  listOverlaps,
  listSessions,
  reply,
  totalSessions,
  whereWas,
  whoWas,
} from '@logonscope/protocol';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import { questionOf } from '../../questions/question.ts';
import type { Reading } from '../../questions/reading.ts';
import type { Source } from '../../questions/source.ts';
import type { facetSessions } from './facets.ts';
import * as presence from './presence.ts';
import * as queries from './queries.ts';
import { explainSession } from './told.ts';

const ACTION = 'session.read';

/** Adding up reads much, so it runs where it keeps nobody waiting. */
export type SessionReading = Reading<{ facetSessions: typeof facetSessions }>;

export function sessionRoutes({ limit }: Pick<Source, 'limit'>, reading: SessionReading): Route[] {
  return [
    route(listSessions, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        return reply(200, await queries.listSessions({ scope, limit }, questionOf(companyId, query), query));
      },
    }),
    route(totalSessions, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        return reply(200, await queries.totalSessions({ scope, limit }, questionOf(companyId, query)));
      },
    }),
    route(facetSessionsEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const wish = { question: questionOf(companyId, query), values: query.values };
        return reply(200, await reading.run(caller, 'facetSessions', wish));
      },
    }),
    route(getSession, {
      action: ACTION,
      async handle({ scope, params }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const session = await explainSession({ scope, limit }, companyId, params.sessionId);
        if (session === null)
          throw new AppError('not-found', 'session/not-found', 'There is no such session.');
        return reply(200, session);
      },
    }),
    ...presenceRoutes({ limit }),
  ];
}

function presenceRoutes({ limit }: Pick<Source, 'limit'>): Route[] {
  return [
    route(whoWas, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const at = Date.parse(query.at);
        return reply(200, await presence.whoWas({ scope, limit }, { ...query, companyId, at }));
      },
    }),
    route(whereWas, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const at = Date.parse(query.at);
        return reply(200, await presence.whereWasUser({ scope, limit }, { ...query, companyId, at }));
      },
    }),
    route(listOverlaps, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const wish = {
          companyId,
          user: query.user,
          from: Date.parse(query.from),
          to: Date.parse(query.to),
          anywhere: query.anywhere === 'yes',
        };
        return reply(200, await presence.listOverlaps({ scope, limit }, wish));
      },
    }),
  ];
}
