// What a process keeps of its computers never shows: whoever wrote last, and whatever was rolled back or let go.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SessionEvent, sessionize } from '@logonscope/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newHorizon } from '../fold/horizon.ts';
import { newId } from '../ids.ts';
import { openStore, type Store } from '../store.ts';
import { said, storedSessions } from '../testdata/conformance.ts';
import { anyDelivery, anyHistory, deliver } from '../testdata/histories.ts';
import { addCompany } from '../testdata/open.ts';
import { newRevision, newWarm, revisionOf, stateText, warmCache } from './warm.ts';
import { NO_WINDOW, type WindowEvent } from './window.ts';

const NOW = Date.UTC(2025, 5, 1);

describe('two processes on one file', () => {
  let folder: string;
  let stores: Store[];
  const open = () => openStore('sqlite:///store.db', { folder });
  const send = (store: Store, companyId: number, events: readonly SessionEvent[]) =>
    store.events.append(companyId, {
      events: events.map((event) => ({ event, siteId: null })),
      receivedAt: NOW,
    });

  const sendInVain = (store: Store, companyId: number, events: readonly SessionEvent[]) =>
    store.events.append(companyId, {
      events: events.map((event) => ({ event, siteId: null })),
      positions: [{ computer: 'PC1', spoolEpoch: 'e', storedThrough: Number.POSITIVE_INFINITY }],
      receivedAt: NOW,
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'logonscope-warm-'));
    stores = [await open()];
    await stores[0]!.migrate();
    stores.push(await open());
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    rmSync(folder, { recursive: true });
  });

  test('any history, each batch by any of them, by one that fails first or by one that has just started', async () => {
    const anyWay = fc.constantFrom('first', 'first', 'first', 'second', 'fails', 'started' as const);
    const ways = fc.array(anyWay, { minLength: 70, maxLength: 70 });
    await fc.assert(
      fc.asyncProperty(anyHistory, anyDelivery, ways, async (history, delivery, way) => {
        const [first, second] = stores as [Store, Store];
        const { companyId } = await addCompany(first, `any ${newId()}`);
        const batches = deliver(history, delivery);
        for (const [i, batch] of batches.entries()) {
          if (way[i] === 'started') {
            const started = await open();
            await send(started, companyId, batch);
            await started.close();
            continue;
          }
          // It fails when all is folded and written: what was made of it is part of no commit.
          if (way[i] === 'fails')
            await expect(sendInVain(first, companyId, batch)).rejects.toThrow(/REAL value/);
          await send(way[i] === 'second' ? second : first, companyId, batch);
        }
        expect(await storedSessions(first, companyId)).toEqual(sessionize(batches.flat()).sessions);
        expect(await first.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
      }),
      { numRuns: Number(process.env.LAW_RUNS ?? 60) },
    );
  });

  test('a month of days, an event at a time, by turns', async () => {
    const { companyId } = await addCompany(stores[0]!, 'by turns');
    const day = (n: number) =>
      (['logon', 'lock', 'unlock', 'logoff'] as const).map((signal, i) => said(signal, n * 1440 + 120 * i));
    const month = Array.from({ length: 30 }, (_, n) => day(n)).flat();
    for (const [i, event] of month.entries()) {
      // Now one for a while, now the other, now both in turn.
      const which = i < 40 ? 0 : i < 80 ? 1 : i % 2;
      expect((await send(stores[which]!, companyId, [event])).outcomes).toEqual(['stored']);
      expect((await send(stores[i % 2]!, companyId, [event])).outcomes).toEqual(['known']);
    }
    expect(await storedSessions(stores[0]!, companyId)).toEqual(sessionize(month).sessions);
    expect(await stores[0]!.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
  });
});

describe('the cache', () => {
  const events = (count: number) =>
    Array.from({ length: count }, (_, i): WindowEvent => ({ time: i, hash: i, event: said('lock', i) }));
  const warmOf = (count: number) => newWarm(newHorizon(0), { ...NO_WINDOW, events: events(count) });

  test('gives out what has the revision asked for, once', () => {
    const cache = warmCache();
    const warm = warmOf(3);
    cache.put(1, 11, warm);
    expect(cache.take(1, 11)).toBe(warm);
    expect(cache.take(1, 11)).toBeNull();
    cache.put(1, 11, warm);
    expect(cache.take(1, 12)).toBeNull();
    expect(cache.take(1, 11)).toBeNull();
  });

  test('lets go of those that were used longest ago, and never holds more events than it may', () => {
    const cache = warmCache(10);
    for (let computer = 1; computer <= 9; computer++) cache.put(computer, 1, warmOf(2));
    expect([3, 4].map((computer) => cache.take(computer, 1))).toEqual([null, null]);
    expect(cache.take(5, 1)?.events).toHaveLength(2);
    cache.put(20, 1, warmOf(3));
    expect(cache.take(20, 1)).toBeNull();
  });

  test('a state’s number is found without reading its horizon', () => {
    const revision = newRevision();
    const text = stateText(revision, newHorizon(5));
    expect(JSON.parse(text)).toEqual({ revision, horizon: newHorizon(5) });
    expect(revisionOf(text)).toBe(revision);
    expect(revisionOf(JSON.stringify({ horizon: newHorizon(5), revision }))).toBe(revision);
  });
});
