/** Files over HTTP, sent while they are written. */
import {
  exportEvents as exportEventsEndpoint,
  exportReport as exportReportEndpoint,
  exportSessions as exportSessionsEndpoint,
  reply,
} from '@logonscope/protocol';
import { findWriter } from '@logonscope/writers';
import { type Route, route } from '../../http/mount.ts';
import { questionOf } from '../../questions/question.ts';
import type { Reading } from '../../questions/reading.ts';
import { reportWish } from '../../questions/report-fields.ts';
import { reportOf } from '../../questions/report-input.ts';
import { streamed } from '../../questions/streamed.ts';
import type { exportEvents, exportReport, exportSessions } from './write.ts';

const ACTION = 'export.read';

export type ExportReading = Reading<{
  exportSessions: typeof exportSessions;
  exportEvents: typeof exportEvents;
  exportReport: typeof exportReport;
}>;

/** What a browser needs to save the file under a name. */
function fileHeaders(name: string, format: string): Record<string, string> {
  const { mediaType = 'application/octet-stream', extension = '' } = findWriter(format) ?? {};
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${name}${extension}"`,
  };
}

export function exportRoutes(reading: ExportReading): Route[] {
  return [
    route(exportSessionsEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const { format, columns } = query;
        const wish = { question: questionOf(companyId, query), format, columns };
        const file = await streamed((sink) => reading.run(caller, 'exportSessions', wish, sink));
        return reply(200, file, fileHeaders('sessions', format));
      },
    }),
    route(exportEventsEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const { format, columns } = query;
        const wish = { question: questionOf(companyId, query), format, columns };
        const file = await streamed((sink) => reading.run(caller, 'exportEvents', wish, sink));
        return reply(200, file, fileHeaders('events', format));
      },
    }),
    route(exportReportEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const { format, columns } = query;
        const wish = { ...reportWish(companyId, params.report, query), file: { format, columns } };
        const file = await streamed((sink) => reading.run(caller, 'exportReport', wish, sink));
        return reply(200, file, fileHeaders(reportOf(params.report).id, format));
      },
    }),
  ];
}
