/** Reports over HTTP: which there are, and one of them as JSON. */
import { listReports, reply, runReport as runReportEndpoint } from '@logonscope/protocol';
import { type Route, route } from '../../http/mount.ts';
import type { Reading } from '../../questions/reading.ts';
import { reportWish } from '../../questions/report-fields.ts';
import { REPORT_LIST } from '../../questions/report-input.ts';
import type { runReport } from './run.ts';

const ACTION = 'report.read';

export function reportRoutes(reading: Reading<{ runReport: typeof runReport }>): Route[] {
  return [
    route(listReports, { action: ACTION, handle: () => reply(200, { rows: REPORT_LIST }) }),
    route(runReportEndpoint, {
      action: ACTION,
      async handle({ caller, scope, params, query }) {
        const companyId = await scope.requireCompany(ACTION, params.companyId);
        const wish = reportWish(companyId, params.report, query);
        return reply(200, await reading.run(caller, 'runReport', wish));
      },
    }),
  ];
}
