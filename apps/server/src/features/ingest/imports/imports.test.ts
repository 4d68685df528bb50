/** Files of any format through the door: read in the background, problems told row by row, nobody's but the company's. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportStatus } from '@logonscope/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importLog } from '../../../db/index.ts';
import {
  openTestPortal,
  type TestCompany,
  type TestPerson,
  type TestPortal,
} from '../../../http/testdata/portal.ts';
import { type Ingest, openIngest } from '../open.ts';
import { shownName } from './upload.ts';

const SAMPLES = join(import.meta.dirname, '../../../../../../samples/csv');
const COLLECTOR = readFileSync(join(SAMPLES, 'sessionsentry_collector_enUS_ps51.csv'));

let portal: TestPortal;
let ingest: Ingest;
let address: string;
let acme: TestCompany;
let admin: TestPerson;

beforeAll(async () => {
  portal = await openTestPortal({
    routes: ({ store, folder }) => {
      ingest = openIngest({
        store,
        now: Date.now,
        uploadFolder: join(folder, 'uploads'),
        assumedTimezone: 'UTC',
      });
      return ingest.routes;
    },
  });
  acme = await portal.addCompany('Acme');
  admin = await portal.addPerson('admin', 'User', { [acme.companyId]: 'CompanyAdmin' });
  address = await portal.listen();
});
afterAll(async () => {
  await ingest.close();
  await portal.close();
});

async function upload(query: string, body: FormData | Uint8Array, who = admin) {
  const headers = {
    ...who.headers,
    ...(body instanceof FormData ? {} : { 'content-type': 'application/octet-stream' }),
  };
  const answer = await fetch(`${address}/api/v1/imports?${query}`, {
    method: 'POST',
    headers,
    body: body as FormData,
  });
  return { status: answer.status, told: (await answer.json()) as ImportStatus & { code: string } };
}

async function statusOf(id: number, who = admin) {
  const answer = await fetch(`${address}/api/v1/imports/${id}`, { headers: who.headers });
  return { status: answer.status, told: (await answer.json()) as ImportStatus & { code: string } };
}

async function finished(id: number): Promise<ImportStatus> {
  for (;;) {
    const { told } = await statusOf(id);
    if (told.state === 'done' || told.state === 'failed') return told;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function form(bytes: Uint8Array, name: string): FormData {
  const data = new FormData();
  data.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
  return data;
}

test('a form’s file becomes events and sessions; given again, all of it is known', async () => {
  const query = `company=${acme.companyId}&site=${acme.siteId}&timezone=Europe/London`;
  const { status, told } = await upload(query, form(COLLECTOR, 'activity.csv'));
  expect([status, told.state, told.fileName, told.bytes]).toEqual([
    202,
    'waiting',
    'activity.csv',
    COLLECTOR.length,
  ]);
  const done = await finished(told.id);
  expect(done).toMatchObject({ state: 'done', eventsKnown: 0 });
  expect(done.eventsStored).toBeGreaterThan(5);
  expect(await portal.store.db.selectFrom('sessions').select('id').execute()).not.toHaveLength(0);

  const again = await upload(`${query}&name=again.csv`, new Uint8Array(COLLECTOR));
  expect(again.told.fileName).toBe('again.csv');
  expect(await finished(again.told.id)).toMatchObject({ eventsStored: 0, eventsKnown: done.eventsStored });
  expect(readdirSync(join(portal.folder, 'uploads'))).toEqual([]);
});

test('each row that cannot be read is told with its line and field; the others are stored', async () => {
  const lines = COLLECTOR.toString('utf8').split('\n');
  const broken = [...lines.slice(0, 3), lines[2]!.replace(/\d+:\d+/, 'noonish'), ...lines.slice(3)].join(
    '\n',
  );
  const { told } = await upload(
    `company=${acme.companyId}&timezone=Europe/London`,
    form(Buffer.from(broken), 'broken.csv'),
  );
  const done = await finished(told.id);
  expect(done.problemCount).toBe(1);
  expect(done.problems[0]).toMatchObject({ file: 'broken.csv', line: 4 });
  expect(done.eventsRead).toBeGreaterThan(5);
});

test('a file of no known format is read to its end and says so', async () => {
  const { told } = await upload(
    `company=${acme.companyId}`,
    form(Buffer.from('just a letter\n'), '../../etc/passwd'),
  );
  expect(told.fileName).toBe('passwd');
  const done = await finished(told.id);
  expect(done).toMatchObject({ state: 'done', eventsRead: 0, problems: [{ code: 'file/unknown-format' }] });
});

test('only who administers the company may give it files, and foreign imports are not there', async () => {
  const other = await portal.addCompany('Other');
  const stranger = await portal.addPerson('stranger', 'User', { [other.companyId]: 'CompanyAdmin' });
  const member = await portal.addPerson('member', 'User', { [acme.companyId]: 'User' });
  const { told } = await upload(`company=${acme.companyId}`, form(COLLECTOR, 'a.csv'));
  const foreign = await upload(`company=${acme.companyId}`, form(COLLECTOR, 'a.csv'), stranger);
  const missing = await upload('company=12345', form(COLLECTOR, 'a.csv'), stranger);
  expect([foreign.status, foreign.told.code]).toEqual([404, 'company/not-found']);
  expect([missing.status, missing.told.code]).toEqual([404, 'company/not-found']);
  expect((await upload(`company=${acme.companyId}`, form(COLLECTOR, 'a.csv'), member)).status).toBe(403);
  expect(
    (await upload(`company=${acme.companyId}&site=${other.siteId}`, form(COLLECTOR, 'a.csv'))).status,
  ).toBe(404);
  expect((await statusOf(told.id, stranger)).status).toBe(404);
  expect((await statusOf(99, stranger)).status).toBe(404);
  await finished(told.id);
});

test('a zone that nobody knows, and a form without a file, are the sender’s mistakes', async () => {
  const zone = await upload(`company=${acme.companyId}&timezone=Moon/Base`, form(COLLECTOR, 'a.csv'));
  expect([zone.status, zone.told.code]).toEqual([400, 'import/bad-zone']);
  const empty = new FormData();
  empty.set('note', 'hello');
  const none = await upload(`company=${acme.companyId}`, empty);
  expect([none.status, none.told.code]).toEqual([400, 'import/no-file']);
});

test('the list has the newest first, page by page, and problems only with the single file', async () => {
  const list = async (query: string, who = admin) => {
    const url = `${address}/api/v1/companies/${acme.companyId}/imports${query}`;
    const answer = await fetch(url, { headers: who.headers });
    return {
      status: answer.status,
      told: (await answer.json()) as { rows: ImportStatus[]; next: string | null },
    };
  };
  const bad = new TextEncoder().encode(`${COLLECTOR.toString().split('\n')[0]}\nno,such,row\n`);
  const { told: given } = await upload(`company=${acme.companyId}&name=bad.csv`, bad);
  expect((await finished(given.id)).problems).not.toEqual([]);
  const { told: all } = await list('');
  expect(all.rows[0]).toMatchObject({ id: given.id, fileName: 'bad.csv', problems: [] });
  expect(all.rows[0]!.problemCount).toBeGreaterThan(0);
  const paged: number[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: { rows: ImportStatus[]; next: string | null } = (
      await list(`?limit=1${next && `&cursor=${next}`}`)
    ).told;
    paged.push(...page.rows.map(({ id }) => id));
    next = page.next;
  }
  expect(paged).toEqual(all.rows.map(({ id }) => id));
  const stranger = await portal.addPerson('passer-by', 'User', {});
  expect((await list('', stranger)).status).toBe(403);
});

test('shown names hold no folders and nothing that acts', () => {
  expect(shownName('C:\\logs\\Security.evtx')).toBe('Security.evtx');
  expect(shownName('a\u0000b\nc')).toBe('abc');
  expect(shownName('..//')).toBe('upload');
  expect(shownName(undefined)).toBe('upload');
});

test('imports that a killed server left behind are given up when it starts again, and their copies removed', async () => {
  const { store, folder } = portal;
  const uploads = join(folder, 'uploads');
  const row = {
    company_id: acme.companyId,
    id: 77,
    site_id: null,
    user_id: null,
    file_name: 'a.csv',
    bytes: 1,
  };
  await importLog(store.db).begin({ ...row, created_at: 0 });
  writeFileSync(join(uploads, randomUUID()), 'x');
  writeFileSync(join(uploads, 'somebody else’s'), 'x');
  openIngest({ store, now: Date.now, uploadFolder: uploads, assumedTimezone: 'UTC' });
  expect(await finished(77)).toMatchObject({ state: 'failed', finishedAt: expect.any(String) });
  await expect.poll(() => readdirSync(uploads)).toEqual(['somebody else’s']);
});
