/** The timeline over HTTP: lanes as JSON, what is on them as bytes. */
import {
  drawDays as drawDaysEndpoint,
  drawMarkers as drawMarkersEndpoint,
  drawMinimap as drawMinimapEndpoint,
  drawSegments as drawSegmentsEndpoint,
  drawSessions as drawSessionsEndpoint,
  listLanes as listLanesEndpoint,
  reply,
} from '@logonscope/protocol';
import { type Route, route } from '../../http/mount.ts';
import { type BoundQuestion, boundQuestion } from '../../questions/question.ts';
import { bytesOf, type Reading, type Sink } from '../../questions/reading.ts';
import type { Source } from '../../questions/source.ts';
import type { MarkerWish } from './draw-markers.ts';
import { knownRanges } from './known-range.ts';
import { type DrawWish, listAnyLanes } from './lane-sessions.ts';

const ACTION = 'session.read';

type Task<W> = (
  source: Source,
  input: { readonly question: BoundQuestion; readonly wish: W },
  sink: Sink,
) => Promise<void>;

export type TimelineReading = Reading<{
  drawDays: Task<DrawWish & { readonly dayStart: number }>;
  drawSegments: Task<DrawWish>;
  drawSessions: Task<DrawWish>;
  drawMarkers: Task<MarkerWish>;
  drawMinimap: Task<{ readonly bins: number }>;
}>;

export function timelineRoutes({ limit }: Pick<Source, 'limit'>, reading: TimelineReading): Route[] {
  return [
    lanesRoute({ limit }),
    route(drawDaysEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const input = { question: boundQuestion(companyId, query), wish: query };
        return reply(200, await bytesOf((sink) => reading.run(caller, 'drawDays', input, sink)));
      },
    }),
    route(drawSegmentsEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const input = { question: boundQuestion(companyId, query), wish: query };
        return reply(200, await bytesOf((sink) => reading.run(caller, 'drawSegments', input, sink)));
      },
    }),
    route(drawSessionsEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const input = { question: boundQuestion(companyId, query), wish: query };
        return reply(200, await bytesOf((sink) => reading.run(caller, 'drawSessions', input, sink)));
      },
    }),
    route(drawMarkersEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const input = { question: boundQuestion(companyId, query), wish: query };
        return reply(200, await bytesOf((sink) => reading.run(caller, 'drawMarkers', input, sink)));
      },
    }),
    route(drawMinimapEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const input = { question: boundQuestion(companyId, query), wish: query };
        return reply(200, await bytesOf((sink) => reading.run(caller, 'drawMinimap', input, sink)));
      },
    }),
  ];
}

function lanesRoute({ limit }: Pick<Source, 'limit'>): Route {
  return route(listLanesEndpoint, {
    action: ACTION,
    async handle({ scope, params, query }) {
      const companyId = await scope.requireCompany(ACTION, params.companyId);
      const question = boundQuestion(companyId, query);
      const { lanes, next, ignored } = await listAnyLanes({ scope, limit }, question, query);
      const names = query.by === 'computer' ? lanes.map(({ id }) => id) : [];
      const known = await knownRanges({ scope, limit }, companyId, names);
      const iso = (at: number | null | undefined) => (at == null ? null : new Date(at).toISOString());
      const rows = lanes.map(({ useMs, firstStart, ...lane }) => ({
        ...lane,
        useSeconds: useMs / 1000,
        firstStart: new Date(firstStart).toISOString(),
        knownFrom: iso(known.get(lane.id)?.from),
        knownTo: iso(known.get(lane.id)?.to),
      }));
      return reply(200, { rows, next, ignored });
    },
  });
}
