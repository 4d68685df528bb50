/** Retention runs every hour, tells of failures and goes on, and ends with the server. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeError } from '../../access/trail/error-log.ts';
import type { Store } from '../../db/index.ts';
import { openTestStore } from '../../db/testdata/open.ts';
import { scheduleRetention } from './schedule.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 2, 2);
let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
});

const DEFAULTS = {
  keepEventsDays: 0,
  keepSessionsDays: null,
  keepTotalsDays: 0,
  keepAuditDays: 0,
  keepErrorLogDays: 1,
};
const note = () =>
  writeError(store.db, { atMs: NOW - 2 * DAY_MS, level: 'error', logger: 'x', message: 'old' });
const errors = async () => (await store.db.selectFrom('error_log').select('id').execute()).length;

it('comes a minute after the start and then every hour, also after a failure, until it is closed', async () => {
  const troubles: unknown[] = [];
  let broken = false;
  const clock = () => {
    if (broken) throw new Error('no time');
    return NOW;
  };
  const run = { store, clock, defaults: DEFAULTS, owner: 'test' };
  const schedule = scheduleRetention(run, (error) => void troubles.push(error));
  const after = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    await vi.waitFor(async () => expect(vi.getTimerCount()).toBe(1));
  };
  await note();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(await errors()).toBe(1);
  await after(1_000);
  expect(await errors()).toBe(0);
  broken = true;
  await after(HOUR_MS);
  expect(troubles).toEqual([new Error('no time')]);
  broken = false;
  await note();
  await after(HOUR_MS);
  expect(await errors()).toBe(0);
  await note();
  await schedule.close();
  expect(vi.getTimerCount()).toBe(0);
  expect(await errors()).toBe(1);
});
