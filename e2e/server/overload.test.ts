/** More than the server takes at once: it sheds with 503, keeps its memory, loses nothing and is itself again after. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance, SIZE } from './lib/chance.ts';
import { note } from './lib/note.ts';
import { enterPortal, firstKey } from './lib/portal.ts';
import { peakMegabytes } from './lib/process-figures.ts';
import { compare, NOTHING_WRONG, quantiles, rebuilt, told } from './lib/proof.ts';
import { eventAt, legacyPost, nothingSent, send } from './lib/senders.ts';
import { type ServerProcess, startServerProcess } from './lib/server-process.ts';
import { openWire } from './lib/wire.ts';

/** Together three times what may wait for a commit. */
const SENDERS = 24;
const BATCH_EVENTS = 2_500;
const DELIVERIES = SIZE;
/** A fast machine may take the first wave in its stride; it is sent more until it sheds, up to this. */
const DELIVERIES_MAX = DELIVERIES + 20;
/** How long the server stands still at first, so that everybody's post is there at once when it goes on. */
const STANDS_STILL_MS = 1_500;
const MEMORY_MB_MAX = 600;

let folder: string;
let server: ServerProcess;
const wire = openWire(SENDERS);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'overload-'));
  server = await startServerProcess({ folder });
});
afterAll(async () => {
  wire.close();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

test('overload is shed and loses nothing', { timeout: 240_000 * SIZE }, async () => {
  const sent = nothingSent();
  const load = {
    ...{ wire, addresses: [server.address], key: firstKey(server), senders: SENDERS, random: chance() },
    ...{ pauseMs: 200, eventsOf: () => BATCH_EVENTS },
    more: (_: number, delivery: number) =>
      delivery < DELIVERIES || (delivery < DELIVERIES_MAX && !sent.answers.has('503')),
  };
  // Connections are made first: a server takes only one new one a turn, which would space the posts out.
  await send({ ...load, eventsOf: () => 1, more: (_: number, delivery: number) => delivery === 0 }, sent);
  process.kill(server.pid, 'SIGSTOP');
  const goesOn = setTimeout(() => process.kill(server.pid, 'SIGCONT'), STANDS_STILL_MS);
  await send(load, sent).finally(() => clearTimeout(goesOn));
  const peak = peakMegabytes(server.pid);
  const { p50Ms, p99Ms } = quantiles(sent.tookMs);
  note(
    `overload by ${SENDERS} senders of ${BATCH_EVENTS} events a post`,
    `${told(sent)}; taken posts p50 ${p50Ms} ms, p99 ${p99Ms} ms; peak memory ${peak} MB`,
  );

  expect(sent.answers.get('503') ?? 0).toBeGreaterThan(0);
  expect(sent.acknowledged.size).toBe(sent.offered.size);
  expect(sent.offered.size).toBeGreaterThanOrEqual(SENDERS * BATCH_EVENTS * DELIVERIES);
  if (peak !== null) expect(peak).toBeLessThan(MEMORY_MB_MAX);
  const last = eventAt(SENDERS, 0);
  sent.offered.add(`${last.computer} ${last.time}`);
  const answer = await wire.post(server.address, '/api/log_event', firstKey(server), legacyPost(last));
  expect(answer?.status).toBe(201);
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  expect(await compare(sent, portal, company!)).toEqual(NOTHING_WRONG);
  expect(await server.stop()).toBe(0);
  expect((await rebuilt('sqlite:///logonscope.db', join(folder, 'instance'))).corrected).toBe(0);
});
