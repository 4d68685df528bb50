/** The timeline over HTTP: lanes as JSON, what is on them as bytes. */
import {
  drawDays as drawDaysEndpoint,
  drawMinimap as drawMinimapEndpoint,
  drawSegments as drawSegmentsEndpoint,
  listLanes as listLanesEndpoint,
  reply,
} from '@logonscope/protocol';
import { AppError } from '../../app-error.ts';
import { type Route, route } from '../../http/mount.ts';
import { type AskedFields, questionOf } from '../../questions/question.ts';
import { bytesOf, type Reading, type Sink } from '../../questions/reading.ts';
import type { Source } from '../../questions/source.ts';
import type { BoundQuestion, DrawWish } from './draw.ts';
import { listLanes } from './lanes.ts';

const ACTION = 'session.read';
/** Two centuries of days; more is a slip of the finger, and the calendar of it would fill the memory. */
const RANGE_MAX_MS = 200 * 366 * 86_400_000;

type Task<W> = (
  source: Source,
  input: { readonly question: BoundQuestion; readonly wish: W },
  sink: Sink,
) => Promise<void>;

export type TimelineReading = Reading<{
  drawDays: Task<DrawWish & { readonly dayStart: number }>;
  drawSegments: Task<DrawWish>;
  drawMinimap: Task<{ readonly bins: number }>;
}>;

function boundQuestion(companyId: number, fields: AskedFields): BoundQuestion {
  const question = questionOf(companyId, fields);
  const [from, to] = [question.from!, question.to!];
  if (to >= from && to - from <= RANGE_MAX_MS) return { ...question, from, to };
  throw new AppError('invalid', 'http/invalid-query', 'The range is not understood.', {
    fields: [{ field: 'to', expected: 'a time after `from`, at most 200 years later' }],
  });
}

export function timelineRoutes({ limit }: Pick<Source, 'limit'>, reading: TimelineReading): Route[] {
  return [
    route(listLanesEndpoint, {
      action: ACTION,
      async handle({ scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const question = boundQuestion(companyId, query);
        const { lanes, next, ignored } = await listLanes({ scope, limit }, question, query);
        const rows = lanes.map(({ useMs, firstStart, ...lane }) => ({
          ...lane,
          useSeconds: useMs / 1000,
          firstStart: new Date(firstStart).toISOString(),
        }));
        return reply(200, { rows, next, ignored });
      },
    }),
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
