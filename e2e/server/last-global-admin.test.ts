/** GlobalAdmins who demote each other all at once, over two servers on one database: one always remains. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@logonscope/server';
import { type NoServer, startPostgres, type TestServer } from '@logonscope/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance, SIZE } from './lib/chance.ts';
import { note } from './lib/note.ts';
import { type Ask, firstPassword, signedIn } from './lib/portal.ts';
import { type ServerProcess, startServerProcess } from './lib/server-process.ts';

type Store = Awaited<ReturnType<typeof openStore>>;

const ROUNDS = 6 * SIZE;
const ADMINS = 5;

let folder: string;
let database: TestServer | NoServer;
const servers: ServerProcess[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'admins-'));
  database = await startPostgres(['fsync=off']);
  if ('skipped' in database) return;
  for (let i = 0; i < 2; i++)
    servers.push(await startServerProcess({ folder, flags: ['--database', database.url] }));
}, 120_000);
afterAll(async () => {
  for (const server of servers) await server.kill();
  if (database !== undefined && !('skipped' in database)) await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** `done`, or the code of the refusal. */
const outcomeOf = async (ask: Ask, userId: number): Promise<string> => {
  try {
    await ask(`users/${userId}/role`, 'PUT', { role: 'User' });
    return 'done';
  } catch (error) {
    return /"code":"([^"]+)"/.exec((error as Error).message)?.[1] ?? (error as Error).message;
  }
};

interface Admin {
  readonly id: number;
  readonly ask: Ask;
}

/** Copies of the first administrator, who all have his password; he himself is none any more. */
async function makeAdmins({ db }: Store, password: string): Promise<Admin[]> {
  const { id: _, ...first } = await db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
  const admins: Admin[] = [];
  for (let id = 1; id <= ADMINS; id++) {
    const name = `boss${id}`;
    const named = { username: name, username_key: name, email: `${name}@x`, email_key: `${name}@x` };
    await db
      .insertInto('users')
      .values({ ...first, ...named, id })
      .execute();
    admins.push({ id, ask: await signedIn(servers[id % servers.length]!.address, name, password) });
  }
  await db.updateTable('users').set({ role: 'User' }).where('username', '=', 'superadmin').execute();
  return admins;
}

test(`${ROUNDS} times ${ADMINS} GlobalAdmins demote each other at once, and one remains each time`, {
  timeout: 120_000 * SIZE,
}, async ({ skip }) => {
  if ('skipped' in database) return skip(database.skipped);
  const store = await openStore(database.url, { folder });
  try {
    const admins = await makeAdmins(store, firstPassword(servers[0]!));
    const random = chance();
    const outcomes = new Map<string, number>();
    const left: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await store.db.updateTable('users').set({ role: 'GlobalAdmin' }).where('id', '<=', ADMINS).execute();
      const turns = admins.flatMap(({ ask }, me) => {
        const others = admins.filter((_, other) => other !== me);
        return [...others]
          .sort(() => random() - 0.5)
          .map(
            ({ id }) =>
              () =>
                outcomeOf(ask, id),
          );
      });
      for (const outcome of await Promise.all(turns.sort(() => random() - 0.5).map((turn) => turn())))
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const rest = await store.db
        .selectFrom('users')
        .select('id')
        .where('role', '=', 'GlobalAdmin')
        .execute();
      left.push(rest.length);
    }
    const told = [...outcomes].sort().map(([outcome, count]) => `${outcome}: ${count}`);
    note(
      `${ADMINS} GlobalAdmins demote each other at once over two servers, ${ROUNDS} times`,
      told.join(', '),
    );
    // Never none; and whoever remains was asked for by all others, who were refused.
    expect(left).toEqual(Array.from({ length: ROUNDS }, () => 1));
    const refused = (outcomes.get('user/last-global-admin') ?? 0) + (outcomes.get('access/forbidden') ?? 0);
    expect(refused).toBeGreaterThanOrEqual(ROUNDS * (ADMINS - 1));
    expect(refused + (outcomes.get('done') ?? 0)).toBe(ROUNDS * ADMINS * (ADMINS - 1));
  } finally {
    await store.close();
  }
});
