/** An agent that is killed at any moment, and a server that is too: each event of the computer is on the server, once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance, SIZE } from '../server/lib/chance.ts';
import { note } from '../server/lib/note.ts';
import { enterPortal, firstKey } from '../server/lib/portal.ts';
import { rebuilt } from '../server/lib/proof.ts';
import { eventAt, nameOf } from '../server/lib/senders.ts';
import { type ServerProcess, startServerProcess } from '../server/lib/server-process.ts';

const AGENT = fileURLToPath(new URL('../../apps/agent/src/testdata/replay-process.ts', import.meta.url));
const KILLS = 50 * SIZE;
const LIFE_MS_MAX = 400;
/** Every so many kills the server goes as well. */
const SERVER_KILL_EVERY = 10;

let folder: string;
let server: ServerProcess;
let agent: ChildProcess | null = null;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-kills-'));
  mkdirSync(join(folder, 'agent'));
  server = await startServerProcess({ folder });
  writeFileSync(
    join(folder, 'agent', 'config.ini'),
    `[API]\napi_key = ${firstKey(server)}\nserver_url = ${server.address}\nhealth_check_interval = 0\n`,
  );
  writeFileSync(join(folder, 'agent', 'computer.ndjson'), '');
});
afterAll(async () => {
  agent?.kill('SIGKILL');
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Begins an agent; resolves when it runs. */
function begin(): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    let told = '';
    const child = spawn(process.execPath, [AGENT, join(folder, 'agent'), 'PC-1'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr!.on('data', (text) => {
      told += text;
    });
    child.stdout!.once('data', () => resolve(child));
    child.once('exit', (status) => reject(new Error(`The agent ended with ${status}: ${told}`)));
  });
}

const gone = (child: ChildProcess, signal: NodeJS.Signals) =>
  new Promise<number | null>((resolve) => {
    child.once('close', resolve);
    child.kill(signal);
  });

test(`${KILLS} kills of an agent lose nothing and double nothing`, { timeout: 300_000 * SIZE }, async () => {
  const random = chance();
  const names: string[] = [];
  const happen = (count: number) => {
    let lines = '';
    for (let i = 0; i < count; i++) {
      const { word, user, time } = eventAt(1, names.length);
      names.push(nameOf({ computer: 'PC-1', time }));
      const upload = { type: word, computer: 'PC-1', user, time };
      lines += `${JSON.stringify({ time: Date.parse(time), upload, plain: { word, user } })}\n`;
    }
    appendFileSync(join(folder, 'agent', 'computer.ndjson'), lines);
  };
  for (let kill = 1; kill <= KILLS; kill++) {
    agent = await begin();
    const pauses = 1 + Math.floor(random() * 4);
    for (let i = 0; i < pauses; i++) {
      happen(Math.floor(random() * 20));
      await new Promise((resume) => setTimeout(resume, (random() * LIFE_MS_MAX) / pauses));
    }
    if (kill % SERVER_KILL_EVERY === 0) await server.kill();
    await gone(agent, 'SIGKILL');
    if (kill % SERVER_KILL_EVERY === 0) await server.restart();
  }
  happen(1);
  agent = await begin();
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  let stored: readonly string[] = [];
  while (stored.length < names.length) {
    await new Promise((resume) => setTimeout(resume, 100));
    stored = (await portal.events(company!.id)).map(nameOf);
  }
  expect(await gone(agent, 'SIGTERM')).toBe(0);
  agent = null;
  note(`agent killed ${KILLS} times`, `${names.length} events`);

  expect(names.length).toBeGreaterThan(5 * KILLS);
  expect(stored.toSorted()).toEqual(names.toSorted());
  expect(await server.stop()).toBe(0);
  expect((await rebuilt('sqlite:///logonscope.db', join(folder, 'instance'))).corrected).toBe(0);
});
