/** Rate limits: so many, no more, filling evenly, the same in memory and in Redis, and bounded under attack. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Limiter } from './limiter.ts';
import { memoryLimiter } from './memory.ts';
import { redisLimiter } from './redis.ts';

const REDIS = '/usr/bin/redis-server';
const PER_MINUTE = { limit: 60, periodSeconds: 60 };
let nowMs = 1_800_000_000_000;
const clock = () => nowMs;

const folder = mkdtempSync(join(tmpdir(), 'logonscope-limits-'));
const socket = join(folder, 'redis.sock');
let stop = () => {};

beforeAll(async () => {
  if (!existsSync(REDIS)) return console.log(`skipped: no ${REDIS}, the limiter in Redis is not tried`);
  const child = spawn(REDIS, ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', folder], {
    stdio: 'ignore',
  });
  stop = () => child.kill('SIGKILL');
  for (let i = 0; i < 200 && !existsSync(socket); i++) await new Promise((go) => setTimeout(go, 25));
});
afterAll(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until the limiter has its connection: before that it counts alone. */
async function redis(): Promise<Limiter> {
  const limiter = redisLimiter(socket, clock);
  await new Promise((go) => setTimeout(go, 300));
  return limiter;
}

const LIMITERS: [string, () => Limiter | Promise<Limiter>][] = [['memory', () => memoryLimiter(clock)]];
if (existsSync(REDIS)) LIMITERS.push(['redis', redis]);

describe.each(LIMITERS)('in %s', (name, make) => {
  let limiter: Limiter;
  beforeAll(async () => {
    limiter = await make();
  });
  afterAll(() => limiter.close());

  test('sixty a minute, then a refusal that says when to come back', async () => {
    for (let i = 0; i < 60; i++) {
      const { allowed, remaining } = await limiter.take('key:1', PER_MINUTE);
      expect({ allowed, remaining }).toEqual({ allowed: true, remaining: 59 - i });
    }
    expect(await limiter.take('key:1', PER_MINUTE)).toEqual({
      allowed: false,
      limit: 60,
      remaining: 0,
      resetAtSeconds: nowMs / 1000 + 60,
      retryAfterSeconds: 1,
    });
    expect((await limiter.take('key:2', PER_MINUTE)).allowed).toBe(true);
  });

  test('it fills evenly: after ten seconds ten more', async () => {
    nowMs += 10_000;
    let allowed = 0;
    for (let i = 0; i < 20; i++) if ((await limiter.take('key:1', PER_MINUTE)).allowed) allowed++;
    expect(allowed).toBe(10);
  });

  test('a slow rule tells the real wait, and cost counts', async () => {
    const rule = { limit: 5, periodSeconds: 300 };
    expect((await limiter.take(`register:${name}`, rule, 5)).allowed).toBe(true);
    expect((await limiter.take(`register:${name}`, rule)).retryAfterSeconds).toBe(60);
    expect((await limiter.take(`register:${name}`, rule, 2)).retryAfterSeconds).toBe(120);
  });

  test('fifty at once take no token twice', async () => {
    const rule = { limit: 20, periodSeconds: 3600 };
    const taken = await Promise.all(Array.from({ length: 50 }, () => limiter.take('burst', rule)));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(20);
  });
});

test.runIf(existsSync(REDIS))('two processes share one bucket in Redis', async () => {
  const [one, other] = [await redis(), await redis()];
  const rule = { limit: 10, periodSeconds: 3600 };
  const taken = await Promise.all(
    Array.from({ length: 30 }, (_, i) => (i % 2 ? one : other).take('shared', rule)),
  );
  expect(taken.filter(({ allowed }) => allowed)).toHaveLength(10);
  one.close();
  other.close();
});

test('without Redis each process counts for itself', async () => {
  const troubles: Error[] = [];
  const limiter = redisLimiter(join(folder, 'nobody.sock'), clock, (error) => troubles.push(error));
  const rule = { limit: 2, periodSeconds: 60 };
  const taken = [await limiter.take('k', rule), await limiter.take('k', rule), await limiter.take('k', rule)];
  expect(taken.map(({ allowed }) => allowed)).toEqual([true, true, false]);
  await expect.poll(() => troubles.length).toBeGreaterThan(0);
  limiter.close();
});

describe('in memory', () => {
  test('a million callers take bounded room, and who was refused just now stays refused', () => {
    const limiter = memoryLimiter(clock, 1000);
    for (let i = 0; i < 50_000; i++) limiter.take(`address:${i}`, PER_MINUTE);
    expect(limiter.size()).toBeLessThanOrEqual(1000);
    const rule = { limit: 1, periodSeconds: 60 };
    limiter.take('attacker', rule);
    for (let i = 0; i < 50; i++) limiter.take(`other:${i}`, PER_MINUTE);
    expect(limiter.take('attacker', rule).allowed).toBe(false);
  });

  test('law: over any time no more pass than the bucket holds and what flowed in', () => {
    const steps = fc.array(fc.record({ waitMs: fc.nat(5000), cost: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, fc.integer({ min: 3, max: 50 }), (list, limit) => {
        let at = 0;
        const limiter = memoryLimiter(() => at);
        let passed = 0;
        for (const { waitMs, cost } of list) {
          at += waitMs;
          if (limiter.take('k', { limit, periodSeconds: 10 }, cost).allowed) passed += cost;
        }
        expect(passed).toBeLessThanOrEqual(limit + (limit * at) / 10_000 + 1e-6);
      }),
    );
  });

  test('a clock set back gives no tokens', () => {
    let at = 1_000_000;
    const limiter = memoryLimiter(() => at);
    const rule = { limit: 1, periodSeconds: 60 };
    limiter.take('k', rule);
    at -= 500_000;
    expect(limiter.take('k', rule).allowed).toBe(false);
    at += 500_000;
    expect(limiter.take('k', rule).allowed).toBe(false);
    at += 60_000;
    expect(limiter.take('k', rule).allowed).toBe(true);
  });
});
