/** A fleet that comes back after an outage, each agent with a backlog: all of it arrives, once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance, SIZE } from './lib/chance.ts';
import { note } from './lib/note.ts';
import { enterPortal, firstKey } from './lib/portal.ts';
import { cpuSeconds } from './lib/process-figures.ts';
import { compare, NOTHING_WRONG, quantiles, rebuilt, told } from './lib/proof.ts';
import { nothingSent, send } from './lib/senders.ts';
import { type ServerProcess, startServerProcess } from './lib/server-process.ts';
import { openWire } from './lib/wire.ts';

const AGENTS = 100 * SIZE;
const CONNECTIONS = 100;
const BATCH_EVENTS = 50;
const BATCHES = 4;
const OUTAGE_MS = 500;

let folder: string;
let server: ServerProcess;
const wire = openWire(CONNECTIONS);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-'));
  server = await startServerProcess({ folder });
});
afterAll(async () => {
  wire.close();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

test(`${AGENTS} agents with a backlog each lose nothing and double nothing`, {
  timeout: 120_000 * SIZE,
}, async () => {
  const sent = nothingSent();
  await server.kill();
  const sending = send(
    {
      ...{ wire, addresses: [server.address], key: firstKey(server), senders: AGENTS, random: chance() },
      ...{ repeats: 0.05, pauseMs: OUTAGE_MS },
      // The last delivery of a backlog is what happens just then.
      more: (_, delivery) => delivery <= BATCHES,
      eventsOf: (_, delivery) => (delivery < BATCHES ? BATCH_EVENTS : 1),
    },
    sent,
  );
  await new Promise((resume) => setTimeout(resume, OUTAGE_MS));
  const back = performance.now();
  await server.restart();
  await sending;
  const seconds = (performance.now() - back) / 1000;
  const { p50Ms, p99Ms } = quantiles(sent.tookMs);
  const rate = Math.round(sent.acknowledged.size / seconds);
  note(
    `${AGENTS} agents come back with ${BATCHES * BATCH_EVENTS} events each over ${CONNECTIONS} connections`,
    `${told(sent)}; ${rate} events/s from the server's start on with ${cpuSeconds(server.pid)} s of its CPU, posts p50 ${p50Ms} ms, p99 ${p99Ms} ms`,
  );

  expect(sent.answers.get('cut')).toBeGreaterThan(0);
  expect(sent.acknowledged.size).toBe(AGENTS * (BATCHES * BATCH_EVENTS + 1));
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  expect(await compare(sent, portal, company!)).toEqual(NOTHING_WRONG);
  expect(await server.stop()).toBe(0);
  const { sessions, corrected } = await rebuilt('sqlite:///logonscope.db', join(folder, 'instance'));
  expect(sessions).toBeGreaterThan(AGENTS);
  expect(corrected).toBe(0);
});
