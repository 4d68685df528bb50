/** Every report of the core gives the same numbers over the store as over the log itself. */
import { ANALYTICS, REPORTS, type ReportInput, sessionize } from '@logonscope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReading } from '../../open-reading.ts';
import { type Ask, askingServer } from '../../questions/testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import { reportRoutes } from './routes.ts';

const ALL = [...REPORTS, ...ANALYTICS];
let stage: TwoCompanies;
let ask: Ask;
beforeAll(async () => {
  stage = await twoCompanies({ days: 6, computers: 5 });
  ({ ask } = await askingServer(
    stage,
    reportRoutes(openReading(stage.store, { url: 'sqlite::memory:', folder: '.' })),
  ));
});
afterAll(() => stage.store.close());

const inOrder = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row));

function wholeLog(changes: Partial<ReportInput> = {}): ReportInput {
  const { sessions, events } = stage.own;
  const { coverage } = sessionize(events);
  const times = events.map(({ time }) => time);
  const starts = sessions.map(({ start }) => start);
  return {
    sessions,
    events: events.toSorted((a, b) => a.time - b.time),
    coverage,
    from: Math.min(...starts, ...coverage.map(({ from }) => from), ...times),
    to: Math.max(...coverage.map(({ to }) => to), ...times) + 1,
    timezone: 'Europe/London',
    dayStartHour: 4,
    options: {},
    ...changes,
  };
}

describe.each(ALL.map((report) => [report.id, report] as const))('%s', (id, report) => {
  it('equals the report over the whole log', async () => {
    const { status, body } = await ask(stage.own, `reports/${id}`, {
      timezone: 'Europe/London',
      dayStart: 4,
    });
    expect(status).toBe(200);
    expect(inOrder(body.rows).sort()).toEqual(inOrder([...report.rows(wholeLog())]).sort());
    expect(body.columns.map(({ key }: { key: string }) => key)).toEqual(Object.keys(report.columns));
  });

  it('equals it over a range and for one computer', async () => {
    const { computer } = stage.own.sessions[0]!;
    const whole = wholeLog();
    const [from, to] = [whole.from + 30 * 3_600_000, whole.to - 40 * 3_600_000];
    const iso = (at: number) => new Date(at).toISOString();
    const query = {
      timezone: 'Europe/London',
      dayStart: 4,
      from: iso(from),
      to: iso(to),
      filter: `host:${computer}`,
    };
    const { body } = await ask(stage.own, `reports/${id}`, query);
    const expected = report.rows({
      ...whole,
      from,
      to,
      sessions: whole.sessions.filter(
        (one) => one.computer === computer && one.start < to && (one.end ?? one.asOf) >= from,
      ),
      events: whole.events.filter((one) => one.computer === computer && one.time >= from && one.time < to),
    });
    expect(inOrder(body.rows).sort()).toEqual(inOrder([...expected]).sort());
  });
});

it('most reports have something to say about this fleet', () => {
  const filled = ALL.filter((report) => [...report.rows(wholeLog())].length > 0);
  expect(filled.length).toBeGreaterThan(ALL.length / 2);
});

it('adds use time up by site', async () => {
  const { body } = await ask(stage.own, 'reports/time-spent', { groupBy: 'site', timezone: 'Europe/London' });
  const all = [...REPORTS.find(({ id }) => id === 'time-spent')!.rows(wholeLog())];
  const use = all.reduce((sum, { useMs }) => sum + Number(useMs), 0);
  expect(body.rows).toMatchObject([{ site: 'Head office', user: null, computer: null, useMs: use }]);
});

it('knows no report of another name, and no other company', async () => {
  expect((await ask(stage.own, 'reports/none')).body.code).toBe('report/not-found');
  expect((await ask(stage.own, `../${stage.foreign.id}/reports/daily`)).status).toBe(404);
});
