/** Several addresses of one PostgreSQL: writes go to the primary, wherever it is and whatever the others pretend. */
import { createServer, type Server, type Socket } from 'node:net';
import { type NoServer, type PostgresPair, startPostgresPair } from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAway } from './away.ts';
import { followPrimary, hostsOf } from './postgres-hosts.ts';

describe('an address of several hosts', () => {
  test('is one address each', () => {
    expect(hostsOf('postgresql://me:se,cret@one,[::1]:5433/db?sslmode=require')).toEqual([
      'postgresql://me:se,cret@one/db?sslmode=require',
      'postgresql://me:se,cret@[::1]:5433/db?sslmode=require',
    ]);
  });
  test('of one host stays as it is', () => {
    expect(hostsOf('postgresql:///db')).toEqual(['postgresql:///db']);
    expect(hostsOf('postgresql://one/db')).toEqual(['postgresql://one/db']);
  });
  test('may say that it wants to write', () => {
    const asked = 'target_session_attrs=read-write';
    expect(hostsOf(`postgresql://one/db?${asked}`)).toEqual(['postgresql://one/db']);
    expect(hostsOf(`postgresql://one/db?${asked}&a=1`)).toEqual(['postgresql://one/db?a=1']);
    expect(hostsOf(`postgresql://one/db?a=1&${asked}`)).toEqual(['postgresql://one/db?a=1']);
  });
});

/** A host between that can fall silent, as a machine that loses its power does: no connection of it ends. */
function silenceable(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let silent = false;
  const server: Server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => {});
    if (silent) return;
    const far = new (near.constructor as typeof Socket)();
    far.connect(Number(port), hostname);
    far.on('error', () => near.destroy());
    far.on('close', () => silent || near.destroy());
    near.on('close', () => far.destroy());
    near.on('data', (bytes) => silent || far.write(bytes));
    far.on('data', (bytes) => silent || near.write(bytes));
  });
  return {
    listen: () =>
      new Promise<string>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          resolve(target.replace(`:${port}/`, `:${(server.address() as { port: number }).port}/`));
        });
      }),
    fallSilent: () => {
      silent = true;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe('a pair', () => {
  let pair: PostgresPair | NoServer;
  beforeAll(async () => {
    pair = await startPostgresPair();
  }, 60_000);
  afterAll(async () => {
    if (!('skipped' in pair)) await pair.stop();
  });

  test('whose primary dies, then falls silent, then comes back from the past', { timeout: 120_000 }, async ({
    skip,
  }) => {
    if ('skipped' in pair) return skip(pair.skipped);
    // The standby is named first: order means nothing.
    const follower = followPrimary(hostsOf(pair.url).toReversed(), 200);
    const pool = follower.pool({ max: 2 });
    const write = async (text: string) => {
      const client = await pool.connect();
      try {
        await client.query('insert into told values ($1)', [text]);
      } finally {
        client.release();
      }
    };
    const create = await follower.client();
    await create.query('create table told (text text)');
    await write('while both are there');
    expect(follower.followed).toBe(new URL(pair.primary).host);

    await pair.failOver();
    // What was connected to the dead one fails once and says that it may come again.
    const first = await write('after the first').catch((error: unknown) => error);
    if (first !== undefined) {
      expect(isAway(first)).toBe(true);
      await write('after the first');
    }
    expect(follower.followed).toBe(new URL(pair.primary).host);
    await pair.renew();

    const between = silenceable(pair.primary);
    const behind = followPrimary([pair.standby, await between.listen()], 200);
    const waiting = await behind.client();
    between.fallSilent();
    const unanswered = waiting.query('select 1').catch((error: unknown) => error);
    await pair.promote();
    expect(isAway(await unanswered)).toBe(true);
    expect(behind.followed).toBe(new URL(pair.primary).host);
    await (await behind.client()).end();
    behind.stop();
    between.close();

    // Now both take writes; only the one promoted last is right.
    const late = followPrimary([pair.standby, pair.primary], 200);
    const client = await late.client();
    expect((await client.query('select text from told order by text')).rows).toEqual([
      { text: 'after the first' },
      { text: 'while both are there' },
    ]);
    expect(late.followed).toBe(new URL(pair.primary).host);
    await client.end();
    late.stop();
    follower.stop();
    await pool.end();
  });

  test('of which nobody is there is away, not wrong', async ({ skip }) => {
    if ('skipped' in pair) return skip(pair.skipped);
    const follower = followPrimary(['postgresql://127.0.0.1:1/x', 'postgresql://127.0.0.1:2/x']);
    const refused = await follower.client().catch((error: unknown) => error);
    expect(isAway(refused)).toBe(true);
    follower.stop();
  });
});
