/** An agent that is killed at any moment, and a server that is too: each event of the computer is on the server, once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance, SIZE } from '../server/lib/chance.ts';
import { note } from '../server/lib/note.ts';
import { enterPortal, firstKey } from '../server/lib/portal.ts';
import { rebuilt } from '../server/lib/proof.ts';
import { nameOf } from '../server/lib/senders.ts';
import { type ServerProcess, startServerProcess } from '../server/lib/server-process.ts';
import { createAgent, type SimulatedAgent } from './lib.ts';

const KILLS = 50 * SIZE;
const LIFE_MS_MAX = 400;
/** Every so many kills the server goes as well. */
const SERVER_KILL_EVERY = 10;

let folder: string;
let server: ServerProcess;
let agent: SimulatedAgent;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-kills-'));
  server = await startServerProcess({ folder });
  agent = createAgent(join(folder, 'agent'), server.address, firstKey(server));
});
afterAll(async () => {
  await agent?.kill();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

test(`${KILLS} kills of an agent lose nothing and double nothing`, { timeout: 300_000 * SIZE }, async () => {
  const random = chance();
  const { names } = agent;
  for (let kill = 1; kill <= KILLS; kill++) {
    await agent.start();
    const pauses = 1 + Math.floor(random() * 4);
    for (let i = 0; i < pauses; i++) {
      agent.happen(Math.floor(random() * 20));
      await new Promise((resume) => setTimeout(resume, (random() * LIFE_MS_MAX) / pauses));
    }
    if (kill % SERVER_KILL_EVERY === 0) await server.kill();
    await agent.kill();
    if (kill % SERVER_KILL_EVERY === 0) await server.restart();
  }
  agent.happen(1);
  await agent.start();
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  let stored: readonly string[] = [];
  while (stored.length < names.length) {
    await new Promise((resume) => setTimeout(resume, 100));
    stored = (await portal.events(company!.id)).map(nameOf);
  }
  expect(await agent.stop()).toBe(0);
  note(`agent killed ${KILLS} times`, `${names.length} events`);

  expect(names.length).toBeGreaterThan(5 * KILLS);
  expect(stored.toSorted()).toEqual(names.toSorted());
  expect(await server.stop()).toBe(0);
  expect((await rebuilt('sqlite:///logonscope.db', join(folder, 'instance'))).corrected).toBe(0);
});
