/** Two servers on a pair of PostgreSQL whose primary is killed under load: the standby has all that was acknowledged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NoServer, type PostgresPair, startPostgresPair } from '@logonscope/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance, SIZE } from './lib/chance.ts';
import { note } from './lib/note.ts';
import { enterPortal, firstKey } from './lib/portal.ts';
import { compare, NOTHING_WRONG, quantiles, rebuilt, told } from './lib/proof.ts';
import { nothingSent, send } from './lib/senders.ts';
import { type ServerProcess, startServerProcess } from './lib/server-process.ts';
import { openWire } from './lib/wire.ts';

const FAILOVERS = 2 * SIZE;
const SENDERS = 16;
const BATCH_EVENTS = 40;
/** Posts that a pair in step acknowledges before its primary dies. */
const TAKEN_BETWEEN = 60;
const LIVES_MS_MAX = 900;

let folder: string;
let pair: PostgresPair | NoServer;
const servers: ServerProcess[] = [];
const wire = openWire(SENDERS);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pair-'));
  pair = await startPostgresPair();
  if ('skipped' in pair) return;
  // One after the other, so that the first start is the first one's.
  for (let i = 0; i < 2; i++)
    servers.push(await startServerProcess({ folder, flags: ['--database', pair.url] }));
}, 120_000);
afterAll(async () => {
  wire.close();
  for (const server of servers) await server.kill();
  if (pair !== undefined && !('skipped' in pair)) await pair.stop();
  rmSync(folder, { recursive: true, force: true });
});

const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resume) => setTimeout(resume, 10));
};

test(`${FAILOVERS} times the primary dies and the standby takes its place, losing and doubling nothing`, {
  timeout: 240_000 * SIZE,
}, async ({ skip }) => {
  if ('skipped' in pair) return skip(pair.skipped);
  const random = chance();
  const sent = nothingSent();
  const state = { killing: true };
  const sending = send(
    {
      ...{ wire, addresses: servers.map(({ address }) => address), key: firstKey(servers[0]!) },
      ...{ senders: SENDERS, random, givesUp: 0.02, repeats: 0.05 },
      more: () => state.killing,
      eventsOf: (sender) => (sender % 3 === 0 ? 1 + Math.floor(random() * BATCH_EVENTS) : 1),
    },
    sent,
  );
  const stallsMs: number[] = [];
  for (let round = 0; round < FAILOVERS; round++) {
    const before = sent.tookMs.length;
    await until(() => sent.tookMs.length > before + TAKEN_BETWEEN);
    await new Promise((resume) => setTimeout(resume, random() * LIVES_MS_MAX));
    const dies = performance.now();
    await pair.failOver();
    const takenOver = sent.tookMs.length;
    await until(() => sent.tookMs.length > takenOver);
    stallsMs.push(performance.now() - dies);
    await pair.renew();
  }
  state.killing = false;
  await sending;
  note(
    `two servers on a pair of PostgreSQL: primary killed and standby promoted ${FAILOVERS} times`,
    `${told(sent)}; from the kill to the next acknowledgement p50 ${quantiles(stallsMs).p50Ms} ms, at most ${Math.round(Math.max(...stallsMs))} ms`,
  );

  // The servers themselves went through it all.
  expect(servers.filter(({ running }) => !running).map((server) => server.said())).toEqual([]);
  expect(sent.answers.get('503')).toBeGreaterThan(0);
  expect(sent.acknowledged.size).toBeGreaterThan(TAKEN_BETWEEN * FAILOVERS);
  const portal = await enterPortal(servers[1]!, servers[0]!);
  const [company] = await portal.companies();
  expect(await compare(sent, portal, company!)).toEqual(NOTHING_WRONG);
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
  const { sessions, corrected } = await rebuilt(pair.url, folder);
  expect(sessions).toBeGreaterThan(SENDERS);
  expect(corrected).toBe(0);
});
