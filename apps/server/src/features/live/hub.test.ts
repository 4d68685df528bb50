/** Watchers hear their companies' news in order, catch up after a break, and never hold anybody up. */
import type { SessionEvent } from '@logonscope/core';
import { expect, test } from 'vitest';
import type { LiveBus, StoreChange } from '../../db/index.ts';
import { createHub } from './hub.ts';
import { WAITING_MESSAGES_MAX } from './limits.ts';

/** A bus of this process. */
function openBus(): LiveBus & { listeners(): number } {
  const heardBy = new Map<(change: StoreChange) => void, number>();
  return {
    publish(changes) {
      for (const change of changes) {
        for (const [heard, company] of heardBy) if (company === change.companyId) heard(change);
      }
    },
    subscribe(companyId, heard) {
      heardBy.set(heard, companyId);
      return () => heardBy.delete(heard);
    },
    listeners: () => heardBy.size,
  };
}

const lock = (companyId: number, user: string): StoreChange => ({
  is: 'event',
  companyId,
  siteId: null,
  computerId: 1,
  hash: 1,
  event: { computer: 'PC-1', user, domain: null, signal: 'lock', time: 0 } as SessionEvent,
});

const users = (text: string) => [...text.matchAll(/"user":"([^"]*)"/g)].map((match) => match[1]);

test('only the watched companies are heard, in order', async () => {
  const bus = openBus();
  const hub = createHub(bus, 'a');
  const feed = hub.watch([1, 3], null);
  bus.publish([lock(1, 'ana'), lock(2, 'eve'), lock(3, 'bob')]);
  expect(users(await feed.next(10))).toEqual(['ana', 'bob']);
  expect(await feed.next(1)).toBe('');
  const later = feed.next(1000);
  bus.publish([lock(1, 'cy')]);
  expect(users(await later)).toEqual(['cy']);
  hub.close();
  expect(bus.listeners()).toBe(0);
});

test('who comes back hears what he missed; who was away too long, or comes from another life, asks anew', async () => {
  const bus = openBus();
  const hub = createHub(bus, 'a');
  const feed = hub.watch([1], null);
  bus.publish([lock(1, 'ana')]);
  const lastId = /id: (\S+)/.exec(await feed.next(10))![1]!;
  feed.close();
  bus.publish([lock(1, 'bob'), lock(1, 'cy')]);
  expect(users(await hub.watch([1], lastId).next(10))).toEqual(['bob', 'cy']);
  expect(await hub.watch([1], 'b-1').next(10)).toContain('event: reset');
  expect(await hub.watch([1], 'nonsense').next(10)).toContain('event: reset');
  expect(await hub.watch([1, 2], lastId).next(10)).toContain('event: reset');
  bus.publish(Array.from({ length: 300 }, () => lock(1, 'dan')));
  expect(await hub.watch([1], lastId).next(10)).toContain('event: reset');
  hub.close();
});

test('a watcher who does not read costs a bounded buffer, then asks anew', async () => {
  const bus = openBus();
  const hub = createHub(bus, 'a');
  const feed = hub.watch([1], null);
  bus.publish(Array.from({ length: WAITING_MESSAGES_MAX * 3 }, () => lock(1, 'ana')));
  const text = await feed.next(10);
  expect(text).toContain('event: reset');
  expect(users(text).length).toBeLessThanOrEqual(WAITING_MESSAGES_MAX);
  hub.close();
});

test('a name with line breaks stays inside its message', async () => {
  const bus = openBus();
  const hub = createHub(bus, 'a');
  const feed = hub.watch([1], null);
  bus.publish([lock(1, 'ana\n\nevent: reset\ndata: {}')]);
  expect((await feed.next(10)).split('\n')).toHaveLength(5);
  hub.close();
});
