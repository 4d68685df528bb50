/** A computer that is away from its server for a month, and an agent that carries a hundred thousand events in little memory. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { note } from '../server/lib/note.ts';
import { enterPortal, firstKey } from '../server/lib/portal.ts';
import { rebuilt } from '../server/lib/proof.ts';
import { nameOf } from '../server/lib/senders.ts';
import { type ServerProcess, startServerProcess } from '../server/lib/server-process.ts';
import { createAgent, type SimulatedAgent } from './lib.ts';

const DAYS = 30;
const EVENTS_PER_DAY = 200;
/** The computer is switched off and on as often in that month. */
const RESTARTS = 3;

let folder: string;
let server: ServerProcess;
let agent: SimulatedAgent | undefined;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-offline-'));
  server = await startServerProcess({ folder });
});
afterAll(async () => {
  await agent?.kill();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const rows = (file: string) =>
  readFileSync(join(folder, 'agent', file), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1);

test('a month without the server: each event arrives once, in order', { timeout: 180_000 }, async () => {
  agent = createAgent(join(folder, 'agent'), server.address, firstKey(server));
  await server.kill();
  for (let life = 0; life < RESTARTS; life++) {
    await agent.start();
    agent.happen((DAYS * EVENTS_PER_DAY) / RESTARTS);
    await vi.waitFor(() => expect(rows('event_log.csv')).toHaveLength(agent!.names.length), {
      timeout: 60_000,
    });
    await agent.kill();
  }
  expect(rows('event_log.csv').every((row) => row.endsWith(',0'))).toBe(true);
  await server.restart();
  await agent.start();
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  await vi.waitFor(async () => expect(await portal.events(company!.id)).toHaveLength(agent!.names.length), {
    ...{ timeout: 90_000, interval: 500 },
  });
  expect((await portal.events(company!.id)).map(nameOf).toSorted()).toEqual(agent.names.toSorted());
  await vi.waitFor(() => expect(rows('event_log.csv').every((row) => /,[12]$/.test(row))).toBe(true));
  expect(await agent.stop()).toBe(0);
  expect(await server.stop()).toBe(0);
  expect((await rebuilt('sqlite:///logonscope.db', join(folder, 'instance'))).corrected).toBe(0);
});

/** Resident memory of a process in megabytes; null where this system does not tell. */
function residentMegabytes(pid: number): number | null {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
  } catch {
    return null;
  }
}

test('a hundred thousand events: memory stays where it was after the first of them', {
  timeout: 240_000,
}, async () => {
  let taken = 0;
  const stand = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => {
      text += piece;
    });
    request.on('end', () => {
      const stored = request.url!.startsWith('/api/v1/events') ? (JSON.parse(text) as unknown[]).length : 0;
      taken += stored;
      const counts = { stored, known: 0, ignored: 0, refused: 0, knownAt: [], ignoredAt: [], problems: [] };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...counts, storedThrough: null, clockAheadMs: 0 }));
    });
  });
  await new Promise<void>((listening) => stand.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${(stand.address() as AddressInfo).port}`;
  agent = createAgent(join(folder, 'busy'), address, 'k');
  await agent.start();
  const figures: number[] = [];
  for (let part = 1; part <= 5; part++) {
    agent.happen(20_000);
    await vi.waitFor(() => expect(taken).toBe(part * 20_000), { timeout: 60_000, interval: 50 });
    figures.push(residentMegabytes(agent.pid) ?? 0);
  }
  await agent.stop();
  stand.close();
  note(
    'agent, memory after each 20,000 events',
    figures.map((megabytes) => `${megabytes.toFixed(0)} MB`).join(', '),
  );
  expect(taken).toBe(100_000);
  // What the first forty thousand took is the working set; nothing is added for what comes after.
  expect(figures[4]! - figures[1]!).toBeLessThan(40);
});
