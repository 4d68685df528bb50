/** Two servers on one database, all three killed in turn under load: what either acknowledged is there, once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@logonscope/server';
import { type NoServer, startMariadb, startPostgres, type TestServer } from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chance, SIZE } from './lib/chance.ts';
import { note } from './lib/note.ts';
import { enterPortal, firstKey } from './lib/portal.ts';
import { compare, NOTHING_WRONG, rebuilt, told } from './lib/proof.ts';
import { nothingSent, send } from './lib/senders.ts';
import { type ServerProcess, startServerProcess } from './lib/server-process.ts';
import { openWire } from './lib/wire.ts';

const ROUNDS = 8 * SIZE;
const SENDERS = 16;
const BATCH_EVENTS = 40;
const LIVES_MS_MAX = 900;

/** What dies in a round; servers that live on have to get over the loss of the database by themselves. */
const ROUND_KINDS = ['a server', 'the database', 'both'] as const;

describe.each([
  ['PostgreSQL', startPostgres],
  ['MariaDB', startMariadb],
] as const)('%s', (name, start) => {
  let folder: string;
  let database: TestServer | NoServer;
  const servers: ServerProcess[] = [];
  const wire = openWire(SENDERS);
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crashing-'));
    database = await start();
    if ('skipped' in database) return;
    // One after the other, so that the first start is the first one's.
    for (let i = 0; i < 2; i++)
      servers.push(await startServerProcess({ folder, flags: ['--database', database.url] }));
  }, 120_000);
  afterAll(async () => {
    wire.close();
    for (const server of servers) await server.kill();
    if (database !== undefined && !('skipped' in database)) await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test(`${ROUNDS} rounds of dying servers and databases lose nothing and double nothing`, {
    timeout: 240_000 * SIZE,
  }, async ({ skip }) => {
    if ('skipped' in database) return skip(database.skipped);
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
    for (let round = 0; round < ROUNDS; round++) {
      await new Promise((resume) => setTimeout(resume, random() * LIVES_MS_MAX));
      const kind = ROUND_KINDS[round % ROUND_KINDS.length]!;
      const victim = servers[Math.floor(random() * servers.length)]!;
      if (kind !== 'the database') await victim.kill();
      if (kind !== 'a server') {
        await database.crash();
        await database.restart();
      }
      if (kind !== 'the database') await victim.restart();
    }
    state.killing = false;
    await sending;
    note(`two servers on ${name}: ${ROUNDS} times ${ROUND_KINDS.join(', ')} killed in turn`, told(sent));

    // One that ended by itself has said why.
    expect(servers.filter(({ running }) => !running).map((server) => server.said())).toEqual([]);
    // Refusals without a cut connection show that a living server met a dead database.
    expect(sent.answers.get('503')).toBeGreaterThan(0);
    expect(sent.acknowledged.size).toBeGreaterThan(10 * ROUNDS);
    const portal = await enterPortal(servers[1]!, servers[0]!);
    const [company] = await portal.companies();
    expect(await compare(sent, portal, company!)).toEqual(NOTHING_WRONG);
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
    const { sessions, corrected } = await rebuilt(database.url, folder);
    expect(sessions).toBeGreaterThan(SENDERS);
    expect(corrected).toBe(0);
  });
});

test('what one process commits is heard in the other again, after PostgreSQL was away', async ({ skip }) => {
  const database = await startPostgres();
  if ('skipped' in database) return skip(database.skipped);
  const folder = mkdtempSync(join(tmpdir(), 'heard-'));
  const [teller, hearer] = [
    await openStore(database.url, { folder }),
    await openStore(database.url, { folder }),
  ];
  try {
    await database.crash();
    await database.restart();
    const news = { is: 'session-removed', companyId: 1, computerId: 1, id: 'x' } as const;
    const heard = new Promise((resolve) => hearer.live.subscribe(1, resolve));
    const telling = setInterval(() => teller.live.publish([news]), 200);
    expect(await heard.finally(() => clearInterval(telling))).toEqual(news);
  } finally {
    await Promise.all([teller.close(), hearer.close()]);
    await database.stop();
    rmSync(folder, { recursive: true });
  }
});
