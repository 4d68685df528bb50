/** A server on a disk of a few megabytes that fills up under load: it asks to come again, loses nothing, and goes on. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance } from './lib/chance.ts';
import { note } from './lib/note.ts';
import { enterPortal, firstKey } from './lib/portal.ts';
import { compare, NOTHING_WRONG, rebuilt, told } from './lib/proof.ts';
import { nothingSent, send } from './lib/senders.ts';
import { type ServerProcess, startServerProcess } from './lib/server-process.ts';
import { openWire } from './lib/wire.ts';

const DISK_MB = 28;
const BALLAST_BYTES = 14 * 2 ** 20;
const SENDERS = 12;
const BATCH_EVENTS = 150;
const REFUSALS = 40;

let folder: string;
let server: ServerProcess;
const wire = openWire(SENDERS);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'full-'));
  mkdirSync(join(folder, 'instance'));
});
afterAll(async () => {
  wire.close();
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A command line that runs what follows with a small disk of its own, which is gone with the process. */
function withSmallDisk(): readonly string[] | null {
  const mounted = ['sh', '-c', `mount -t tmpfs -o size=${DISK_MB}m tmpfs "$0" && exec "$@"`];
  const line = (flags: string) => ['unshare', flags, ...mounted, join(folder, 'instance')];
  const works = (flags: string) => {
    const [program, ...words] = [...line(flags), 'true'];
    return spawnSync(program!, words).status === 0;
  };
  const flags = ['-m', '-rm'].find(works);
  return flags === undefined ? null : line(flags);
}

const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resume) => setTimeout(resume, 20));
};

test('a full disk loses nothing that was acknowledged', { timeout: 120_000 }, async ({ skip }) => {
  const within = withSmallDisk();
  if (within === null) return skip('a disk of its own cannot be mounted here');
  server = await startServerProcess({ folder, within });
  // The server's own view of its folder: nobody else sees that disk.
  const instance = `/proc/${server.pid}/root${join(folder, 'instance')}`;
  writeFileSync(join(instance, 'ballast'), Buffer.alloc(BALLAST_BYTES, 1));
  const sent = nothingSent();
  const state = { sending: true };
  const sending = send(
    {
      ...{ wire, addresses: [server.address], key: firstKey(server), senders: SENDERS, random: chance() },
      more: () => state.sending,
      eventsOf: (sender) => (sender % 4 === 0 ? 1 : BATCH_EVENTS),
    },
    sent,
  );
  await until(() => (sent.answers.get('503') ?? 0) >= REFUSALS);
  const kept = sent.acknowledged.size;
  const { bavail, bsize } = statfsSync(instance);
  note(`disk full, ${(bavail * bsize) / 1024} kB left`, told(sent));
  expect(kept).toBeGreaterThan(0);
  rmSync(join(instance, 'ballast'));
  await until(() => sent.acknowledged.size > kept + SENDERS * BATCH_EVENTS);
  state.sending = false;
  await sending;
  note('the same disk with room again', told(sent));

  expect(server.running).toBe(true);
  const portal = await enterPortal(server);
  const [company] = await portal.companies();
  expect(await compare(sent, portal, company!)).toEqual(NOTHING_WRONG);
  for (const file of ['logonscope.db', 'logonscope.db-wal'])
    copyFileSync(join(instance, file), join(folder, file));
  expect((await rebuilt('sqlite:///logonscope.db', folder)).corrected).toBe(0);
  expect(await server.stop()).toBe(0);
});
