/** How many events per second of CPU the store takes: once each, on the disk, sessions and totals in the same commit. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDecoder, type SessionEvent } from '@logonscope/core';
import { loadInside } from '@logonscope/server';
import { simulateFleet } from '@logonscope/simulator';
import { decodeSimulated } from '@logonscope/testkit';
import { tell } from './lib/figures.ts';

const QUICK = process.argv.includes('--quick');
const FLEET = QUICK ? { computers: 20, days: 10 } : { computers: 60, days: 15 };
const BATCH_EVENTS = 5_000;
const EVENTS_PER_CPU_SECOND_MIN = 60_000;
const COMPANY = 1;

function fleetEvents(): SessionEvent[] {
  const events: SessionEvent[] = [];
  for (const { records } of simulateFleet({ seed: 1, ...FLEET, noise: 0.2 })) {
    for (const event of decodeSimulated(records, createDecoder({ peopleOnly: true })).events)
      events.push(event);
  }
  return events;
}

function batchesOf(events: readonly SessionEvent[]): SessionEvent[][] {
  const batches: SessionEvent[][] = [];
  for (let i = 0; i < events.length; i += BATCH_EVENTS) batches.push(events.slice(i, i + BATCH_EVENTS));
  return batches;
}

/** Sends all batches to a new store; returns CPU seconds, that of writing to the disk included. */
async function cpuOfAppends(batches: readonly SessionEvent[][], repeat: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'logonscope-bench-store-'));
  const { openStore } = await loadInside();
  const store = await openStore('sqlite:///store.db', { folder });
  await store.migrate();
  const send = async () => {
    for (const events of batches) {
      const arrived = events.map((event) => ({ event, siteId: 1 }));
      await store.events.append(COMPANY, { events: arrived, receivedAt: 0 });
    }
  };
  if (repeat) await send();
  const before = process.cpuUsage();
  const started = performance.now();
  await send();
  const { user, system } = process.cpuUsage(before);
  const wallSeconds = (performance.now() - started) / 1000;
  const { corrected } = await store.events.rebuild(0, COMPANY);
  if (corrected !== 0) throw new Error(`a rebuild corrected ${corrected} sessions`);
  await store.close();
  rmSync(folder, { recursive: true });
  return { cpuSeconds: (user + system) / 1e6, wallSeconds };
}

const events = fleetEvents();
const inTime = batchesOf(events.toSorted((a, b) => a.time - b.time));
const byComputer = batchesOf(events);
console.log(`${events.length} events of ${FLEET.computers} computers, ${BATCH_EVENTS} a batch, SQLite FULL`);
const CASES = [
  { what: 'a whole fleet as it happens', batches: inTime, repeat: false },
  { what: 'backlogs, one computer after another', batches: byComputer, repeat: false },
  { what: 'the same again: all known', batches: inTime, repeat: true },
];
for (const { what, batches, repeat } of CASES) {
  const { cpuSeconds, wallSeconds } = await cpuOfAppends(batches, repeat);
  console.log(`${what}: ${cpuSeconds.toFixed(1)} s of CPU, ${wallSeconds.toFixed(1)} s`);
  tell({
    part: 'store',
    what: `${what}: events per second of CPU`,
    value: events.length / cpuSeconds / 1000,
    unit: 'k events / s',
    least: EVENTS_PER_CPU_SECOND_MIN / 1000,
  });
}
