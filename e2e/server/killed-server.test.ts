/** A server that is killed at any moment, again and again, under load: what it acknowledged is there, once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance, SIZE } from './lib/chance.ts';
import { note } from './lib/note.ts';
import { enterPortal, firstKey } from './lib/portal.ts';
import { compare, NOTHING_WRONG, rebuilt, told } from './lib/proof.ts';
import { nothingSent, send } from './lib/senders.ts';
import { type ServerProcess, startServerProcess } from './lib/server-process.ts';
import { openWire } from './lib/wire.ts';

const KILLS = 20 * SIZE;
const SENDERS = 24;
/** A third of the senders posts batches. */
const BATCH_EVENTS = 40;
const LIVES_MS_MAX = 700;

let folder: string;
let server: ServerProcess;
const wire = openWire(SENDERS);
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
  server = await startServerProcess({ folder });
});
afterAll(async () => {
  wire.close();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

test(`${KILLS} kills under load lose nothing and double nothing`, { timeout: 180_000 * SIZE }, async () => {
  const random = chance();
  const sent = nothingSent();
  const state = { killing: true };
  const sending = send(
    {
      ...{ wire, addresses: [server.address], key: firstKey(server), senders: SENDERS, random },
      ...{ givesUp: 0.02, repeats: 0.05 },
      more: () => state.killing,
      eventsOf: (sender) => (sender % 3 === 0 ? 1 + Math.floor(random() * BATCH_EVENTS) : 1),
    },
    sent,
  );
  for (let kill = 0; kill < KILLS; kill++) {
    await new Promise((resume) => setTimeout(resume, random() * LIVES_MS_MAX));
    await server.kill();
    await server.restart();
  }
  state.killing = false;
  await sending;
  note(`server killed ${KILLS} times`, told(sent));

  // Without answers that were cut the kills would have met nothing.
  expect(sent.answers.get('cut')).toBeGreaterThan(KILLS);
  expect(sent.acknowledged.size).toBeGreaterThan(10 * KILLS);
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  expect(await compare(sent, portal, company!)).toEqual(NOTHING_WRONG);
  expect(await server.stop()).toBe(0);
  const { sessions, corrected } = await rebuilt('sqlite:///logonscope.db', join(folder, 'instance'));
  expect(sessions).toBeGreaterThan(SENDERS);
  expect(corrected).toBe(0);
});
