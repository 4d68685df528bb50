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
import type { Reading } from '../../questions/reading.ts';
import type { Source } from '../../questions/source.ts';
import type { binEvents } from './bins.ts';
import * as queries from './queries.ts';

/** Adding up reads much, so it runs where it keeps nobody waiting. */
export type EventReading = Reading<{ binEvents: typeof binEvents }>;

export function eventRoutes({ limit }: Pick<Source, 'limit'>, reading: EventReading): Route[] {
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
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany('event.read', params.companyId);
        const wish = { question: boundQuestion(companyId, query), bins: query.bins };
        return reply(200, await reading.run(caller, 'binEvents', wish));
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
