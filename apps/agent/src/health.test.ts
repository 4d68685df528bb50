// Health checks: at the start, every so many minutes, after a change of settings; 0 switches the repetition off.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openAgent } from './agent.ts';
import type { Clock } from './clock.ts';
import { settingsOf } from './settings.ts';

let folder: string;
let address: string;
let checks = 0;
const server = createServer((_request, response) => {
  checks++;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ clockAheadMs: 0 }));
});
const stop = new AbortController();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'health-'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  stop.abort();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

it('the clock tells when', async () => {
  /** Waits that are under way, with their lengths; the test lets them end. */
  const waits: { readonly minutes: number; readonly end: () => void }[] = [];
  const clock: Clock = {
    now: () => 0,
    wait: (delayMs, signal) =>
      new Promise((resolve) => {
        waits.push({ minutes: delayMs / 60_000, end: resolve });
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  };
  let minutes = 30;
  const settings = () => {
    const ini = `[API]\napi_key = k\nserver_url = ${address}\nhealth_check_interval = ${minutes}\n`;
    const loaded = settingsOf(ini, 'config.ini', folder);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.wrong));
    return loaded.values;
  };
  const agent = openAgent({ folder, computer: 'PC-1', settings, sources: [], clock });
  const ended = agent.run(stop.signal);
  await vi.waitFor(() => expect([checks, waits.length]).toEqual([1, 1]));
  expect(waits[0]!.minutes).toBe(30);
  waits[0]!.end();
  await vi.waitFor(() => expect([checks, waits.length]).toEqual([2, 2]));

  minutes = 0;
  agent.reconfigure();
  await vi.waitFor(() => expect([checks, waits.length]).toEqual([3, 3]));
  // As good as never.
  expect(waits[2]!.minutes).toBeGreaterThan(24 * 60);
  stop.abort();
  await ended;
});
