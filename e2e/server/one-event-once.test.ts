/** One event that arrives many times at once is one row; the same event of two companies is two. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enterPortal, firstKey, type Portal } from './lib/portal.ts';
import { eventAt, legacyPost, namedPost } from './lib/senders.ts';
import { type ServerProcess, startServerProcess } from './lib/server-process.ts';
import { openWire } from './lib/wire.ts';

const TIMES = 50;
let folder: string;
let server: ServerProcess;
let portal: Portal;
const wire = openWire(TIMES);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'once-'));
  server = await startServerProcess({ folder });
  portal = await enterPortal(server);
});
afterAll(async () => {
  wire.close();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const atOnce = (key: string, body: unknown, path: string) =>
  Promise.all(Array.from({ length: TIMES }, () => wire.post(server.address, path, key, body)));

const counted = <T>(values: readonly T[]) =>
  Object.fromEntries(
    [...new Set(values)].map((value) => [value, values.filter((one) => one === value).length]),
  );

test('fifty posts of one event make one row, and one of them is told that it is new', async () => {
  const answers = await atOnce(firstKey(server), legacyPost(eventAt(1, 0)), '/api/log_event');
  expect(counted(answers.map((answer) => answer?.status))).toEqual({ 200: TIMES - 1, 201: 1 });
  const [company] = await portal.companies();
  expect(await portal.events(company!.id)).toHaveLength(1);
});

test('fifty posts of one batch store each of its events once, also where it names one twice', async () => {
  const batch = [0, 1, 2, 2].map((n) => namedPost(eventAt(2, n)));
  const answers = await atOnce(firstKey(server), batch, '/api/v1/events');
  const results = answers.map((answer) => JSON.parse(answer!.body) as { stored: number; known: number });
  expect(results.reduce((sum, { stored }) => sum + stored, 0)).toBe(3);
  expect(results.every(({ stored, known }) => stored + known === batch.length)).toBe(true);
  const [company] = await portal.companies();
  const times = (await portal.events(company!.id)).filter(({ computer }) => computer === 'PC-2');
  expect(new Set(times.map(({ time }) => time)).size).toBe(3);
  expect(times).toHaveLength(3);
});

test('the same event of two companies is an event of each', async () => {
  const mine = firstKey(server);
  const { id, key: theirs } = await portal.createCompany('Theirs');
  const [company] = await portal.companies();
  const before = (await portal.events(company!.id)).length;
  const event = legacyPost(eventAt(3, 0));
  const [own, foreign] = await Promise.all([
    atOnce(mine, event, '/api/log_event'),
    atOnce(theirs, event, '/api/log_event'),
  ]);
  for (const answers of [own, foreign])
    expect(counted(answers.map((answer) => answer?.status))).toEqual({ 200: TIMES - 1, 201: 1 });
  expect(await portal.events(company!.id)).toHaveLength(before + 1);
  expect((await portal.events(id)).map(({ computer }) => computer)).toEqual(['PC-3']);
});
