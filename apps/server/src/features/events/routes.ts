/** Events over HTTP. */
import {
  binEvents as binEventsEndpoint,
  getEvent,
  listEvents,
  reply,
  totalEvents,
} from '@logonscope/protocol';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import { boundQuestion, questionOf } from '../../questions/question.ts';
import type { Source } from '../../questions/source.ts';
import { binEvents } from './bins.ts';
import * as queries from './queries.ts';

export function eventRoutes({ limit }: Pick<Source, 'limit'>): Route[] {
  return [
    route(listEvents, {
      action: 'event.read',
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany('event.read', params.companyId);
        const question = questionOf(companyId, query);
        return reply(200, await queries.listEvents({ scope, limit }, question, query));
      },
    }),
    route(totalEvents, {
      action: 'event.read',
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany('event.read', params.companyId);
        return reply(200, await queries.totalEvents({ scope, limit }, questionOf(companyId, query)));
      },
    }),
    route(binEventsEndpoint, {
      action: 'event.read',
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany('event.read', params.companyId);
        const question = boundQuestion(companyId, query);
        return reply(200, await binEvents({ scope, limit }, question, query.bins));
      },
    }),
    route(getEvent, {
      action: 'event.read',
      async handle({ scope, params }) {
        const companyId = await scope.requireCompany('event.read', params.companyId);
        const event = await queries.findEvent({ scope, limit }, companyId, params.eventId);
        if (event === null) throw new AppError('not-found', 'event/not-found', 'There is no such event.');
        return reply(200, event);
      },
    }),
  ];
}
