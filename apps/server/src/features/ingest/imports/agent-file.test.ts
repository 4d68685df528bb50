/** An agent's own event_log.csv beside what the agent has sent: only what never arrived is new (C-22). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedSessions } from '../../../db/testdata/conformance.ts';
import { openTestPortal, type TestCompany, type TestPortal } from '../../../http/testdata/portal.ts';
import { openIngest } from '../open.ts';
import { importLocal } from './import-local.ts';

const FILE = join(import.meta.dirname, '../../../../../../samples/csv/agent_event_log.csv');
const [, ...LINES] = readFileSync(FILE, 'utf8').trim().split(/\r?\n/);
const ROWS = LINES.map((line) => {
  const [EventType, UserName, ComputerName, LocalIP, Timestamp, status] = line.split(',');
  return { EventType, UserName, ComputerName, LocalIP, Timestamp, status };
});
const NOW = Date.UTC(2025, 11, 1);

let portal: TestPortal;
beforeAll(async () => {
  portal = await openTestPortal({
    now: () => NOW,
    limits: { api: { limit: 10_000, periodSeconds: 60 } },
    routes: ({ store, folder }) =>
      openIngest({ store, now: () => NOW, uploadFolder: folder, assumedTimezone: 'UTC' }).routes,
  });
});
afterAll(() => portal.close());

const giveFile = (company: TestCompany, path = FILE) =>
  importLocal(portal.store, {
    ...{ companyId: company.companyId, siteId: company.siteId, path, bytes: 1 },
    ...{ timezone: null, assumedTimezone: 'UTC', now: () => NOW },
  });

test('rows that were sent are known, rows that were not are stored, and a second time nothing is new', async () => {
  const [posted, imported] = [await portal.addCompany('posted'), await portal.addCompany('imported')];
  for (const { status, ...payload } of ROWS) {
    if (status === '0') continue;
    const headers = { 'x-api-key': posted.key };
    const answer = await portal.app.inject({ method: 'POST', url: '/api/log_event', headers, payload });
    expect([200, 201], answer.body).toContain(answer.statusCode);
  }
  const unsent = ROWS.filter(({ status }) => status === '0').length;
  expect(unsent).toBeGreaterThan(0);
  expect((await giveFile(posted)).eventsStored).toBe(unsent);
  expect((await giveFile(posted)).eventsStored).toBe(0);
  // In the end it is as if the file alone had been given.
  await giveFile(imported);
  const facts = async ({ companyId }: TestCompany) =>
    (await storedSessions(portal.store, companyId)).map(({ id, start, end, useMs }) => [
      id,
      start,
      end,
      useMs,
    ]);
  expect(await facts(posted)).toEqual(await facts(imported));
});

test('a file that was cut into parts by rotation gives what the whole gives', async () => {
  const [whole, parts] = [await portal.addCompany('whole'), await portal.addCompany('parts')];
  await giveFile(whole);
  const header = readFileSync(FILE, 'utf8').split(/\r?\n/, 1)[0]!;
  for (const [name, lines] of [
    ['late.csv', LINES.slice(20)],
    ['early.csv', LINES.slice(0, 25)],
  ] as const) {
    const path = join(portal.folder, name);
    writeFileSync(path, [header, ...lines, ''].join('\n'));
    await giveFile(parts, path);
  }
  const facts = async ({ companyId }: TestCompany) =>
    (await storedSessions(portal.store, companyId)).map(({ id, start, end, useMs }) => [
      id,
      start,
      end,
      useMs,
    ]);
  expect(await facts(parts)).toEqual(await facts(whole));
});
