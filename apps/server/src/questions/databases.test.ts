/** Every question has the same answer on every database that is at hand, and any filter is judged as the core does. */
import { accountKey, parseFilter, sessionMatcher } from '@logonscope/core';
import {
  type NoServer,
  startAnyPostgres,
  startMariadb,
  startSqlServer,
  type TestServer,
} from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scope } from '../access/scope.ts';
import { computerRoutes } from '../features/computers/routes.ts';
import { eventRoutes } from '../features/events/routes.ts';
import { exportRoutes } from '../features/exports/routes.ts';
import { peopleRoutes } from '../features/people/routes.ts';
import { reportRoutes } from '../features/reports/routes.ts';
import { sessionRoutes } from '../features/sessions/routes.ts';
import { timelineRoutes } from '../features/timeline/routes.ts';
import { READ_TASKS } from '../read-tasks.ts';
import { readingHere } from './reading.ts';
import { type Ask, askingServer } from './testdata/asking-server.ts';
import { type TwoCompanies, twoCompanies } from './testdata/two-companies.ts';

const FLEET = { days: 3, computers: 3 };

interface Asked {
  readonly stage: TwoCompanies;
  readonly ask: Ask;
}

async function asked(url?: string): Promise<Asked> {
  const stage = await twoCompanies({ ...FLEET, ...(url !== undefined && { url }) });
  const source = { limit: stage.store.dialect.page };
  const reading = readingHere(READ_TASKS, (caller) => ({
    ...source,
    scope: Scope.of(stage.store, caller),
  }));
  const { ask } = await askingServer(stage, [
    ...eventRoutes(source, reading),
    ...sessionRoutes(source, reading),
    ...peopleRoutes(source),
    ...computerRoutes(source),
    ...timelineRoutes(source, reading),
    ...reportRoutes(reading),
    ...exportRoutes(reading),
  ]);
  return { stage, ask };
}

const FILTERS = [
  '',
  'user:*a*',
  'user:100%',
  'host:*1',
  'host:*.example',
  'a -user:*b*',
  'type:rdp,console',
  'ip:10.0.0.0/8',
  'site:head*',
  'dur:>30m',
  'cert:<exact',
  'cert:exact -elevated:yes',
  'end:shutdown,logoff',
  'state:locked>5m',
  'finding:log-gap,late-logoff',
  '-finding:log-gap',
  'hours:outside',
  'event:lock,unlock',
];

/** Every kind of question once, with the keys of answers that name a company's own numbers taken out. */
function questions({ own }: TwoCompanies): [path: string, query: Record<string, string | number>][] {
  const iso = (at: number) => new Date(at).toISOString();
  const times = own.events.map(({ time }) => time).sort((a, b) => a - b);
  const [session] = own.sessions;
  const at = iso(session!.start + 60_000);
  const range = { from: iso(times[Math.floor(times.length / 4)]!), to: iso(times.at(-1)! + 1) };
  const filtered = FILTERS.flatMap((filter): [string, Record<string, string | number>][] => [
    ['events', { filter, limit: 50 }],
    ['events/totals', { filter, ...range }],
    ['events/bins', { filter, ...range, bins: 7 }],
    ['sessions', { filter, limit: 50, ...range }],
    ['sessions', { filter, limit: 20, sort: 'use', order: 'asc' }],
    ['sessions/totals', { filter }],
    ['sessions/facets', { filter, values: 3 }],
    ['timeline/lanes', { filter, limit: 3, ...range }],
  ]);
  return [
    ...filtered,
    [`sessions/${session!.id}`, {}],
    ['who', { computer: session!.computer, at }],
    ['where', { user: session!.user, at }],
    ['overlaps', { user: session!.user, ...range }],
    ['people', { limit: 3, ...range }],
    ['people', { search: 'a' }],
    [`people/${encodeURIComponent(accountKey(session!))}`, {}],
    ['computers', { limit: 2, ...range }],
    [`computers/${session!.computer}`, {}],
    ['timeline/days', { ...range, timezone: 'Europe/London' }],
    ['timeline/segments', { ...range, by: 'computer' }],
    ['timeline/lanes', { ...range, by: 'site', limit: 5 }],
    ['timeline/sessions', { ...range, by: 'user' }],
    ['timeline/markers', { ...range, by: 'user', signals: 'lock,logonFailed', everySeconds: 900 }],
    ['timeline/markers', { ...range, by: 'computer' }],
    ['timeline/minimap', range],
    ['reports/daily', { timezone: 'Europe/London' }],
    ['reports/failed-logons', range],
    ['reports/coverage', {}],
    ['exports/sessions', { format: 'csv' }],
    ['exports/events', { format: 'ndjson', filter: 'event:logon' }],
  ];
}

/** Numbers of computers are drawn anew in each store. */
const comparable = (text: string) =>
  text.replace(/"id":(\d+|"\d+\.-?\d+\.\d+")/g, '"id":"*"').replace(/"next":"[^"]+"/g, '"next":"*"');

const SERVERS: readonly (readonly [string, () => Promise<TestServer | NoServer>])[] = [
  ['PostgreSQL', startAnyPostgres],
  ['MariaDB', startMariadb],
  ['SQL Server (stand-in)', startSqlServer],
];

for (const [name, start] of SERVERS) {
  const server = await start();
  if ('skipped' in server) {
    test(name, ({ skip }) => skip(server.skipped));
    continue;
  }
  describe(name, () => {
    let here: Asked;
    let there: Asked;
    beforeAll(async () => {
      here = await asked();
      there = await asked(server.url);
    });
    afterAll(async () => {
      await here.stage.store.close();
      await there.stage.store.close();
      await server.stop();
    });

    test('answers every question as SQLite does', async () => {
      for (const [path, query] of questions(here.stage)) {
        const one = await here.ask(here.stage.own, path, query);
        const other = await there.ask(there.stage.own, path, query);
        const what = `${path} ${JSON.stringify(query)}`;
        expect(one.status, what).toBe(200);
        expect(other.status, `${what}: ${other.bytes.toString()}`).toBe(200);
        expect(comparable(other.bytes.toString('latin1')), what).toBe(
          comparable(one.bytes.toString('latin1')),
        );
      }
    });

    test('judges filters as the core does', async () => {
      for (const text of FILTERS) {
        const fits = sessionMatcher(parseFilter(text).filter, { siteOf: () => 'Head office' });
        const expected = there.stage.own.sessions.filter(fits).map(({ id }) => id);
        const { body } = await there.ask(there.stage.own, 'sessions', {
          filter: text,
          limit: 1_000,
          order: 'asc',
        });
        expect(
          body.rows.map(({ id }: { id: string }) => id),
          text,
        ).toEqual(expected);
      }
    });
  });
}
