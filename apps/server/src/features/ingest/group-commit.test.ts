/** Posts share commits, are answered after their own, and are turned away when too many wait. */
import type { SessionEvent } from '@logonscope/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Appended, Batch } from '../../db/index.ts';
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts';

/** An event that is only its number. */
const numbered = (n: number) => ({ event: { recordId: n } as SessionEvent, siteId: null });
const several = (from: number, count: number) => Array.from({ length: count }, (_, i) => numbered(from + i));

/** A store that notes what it was given, and answers when told. */
function notingStore() {
  const commits: { companyId: number; numbers: number[] }[] = [];
  const seen = new Set<string>();
  let running = 0;
  let most = 0;
  async function append(companyId: number, { events }: Batch): Promise<Appended> {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    const numbers = events.map(({ event }) => event.recordId!);
    running--;
    if (numbers.includes(-1)) throw new Error('the database cannot take this one');
    commits.push({ companyId, numbers });
    return {
      outcomes: numbers.map((n) => {
        const key = `${companyId} ${n}`;
        const known = seen.has(key);
        seen.add(key);
        return known ? 'known' : 'stored';
      }),
      changes: [],
    };
  }
  return { commits, append, mostAtOnce: () => most };
}

const open = (store: ReturnType<typeof notingStore>, options: Partial<GroupCommitOptions> = {}) =>
  createGroupCommit({ append: store.append, now: () => 0, ...options });

test('posts that come together share one commit, and each gets its own outcomes', async () => {
  const store = notingStore();
  const commits = open(store);
  const answers = await Promise.all([
    commits.submit(1, { events: several(1, 2) }),
    commits.submit(1, { events: several(2, 1) }),
    commits.submit(2, { events: several(1, 1) }),
  ]);
  expect(store.commits).toEqual([
    { companyId: 1, numbers: [1, 2, 2] },
    { companyId: 2, numbers: [1] },
  ]);
  expect(answers).toEqual([['stored', 'stored'], ['known'], ['stored']]);
});

test('a commit stays small, but a post is never torn apart', async () => {
  const store = notingStore();
  const commits = open(store, { commitEventsMax: 3 });
  await Promise.all([2, 2, 5, 1].map((count, i) => commits.submit(1, { events: several(i * 10, count) })));
  expect(store.commits.map(({ numbers }) => numbers.length)).toEqual([2, 2, 5, 1]);
});

test('what the database cannot take fails alone', async () => {
  const commits = open(notingStore());
  const answers = await Promise.allSettled([
    commits.submit(1, { events: several(1, 1) }),
    commits.submit(1, { events: several(-1, 1) }),
    commits.submit(1, { events: several(5, 1) }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((answers[1] as PromiseRejectedResult).reason).toMatchObject({
    kind: 'unavailable',
    code: 'ingest/store-failed',
  });
});

test('a database that is gone is asked a few times, not once for everybody; when it is back, all goes on', async () => {
  const store = notingStore();
  let asked = 0;
  let gone = true;
  const commits = open(store, {
    append(companyId, batch) {
      asked++;
      return gone ? Promise.reject(new Error('gone')) : store.append(companyId, batch);
    },
  });
  const posts = () =>
    Promise.allSettled(several(1, 100).map((event) => commits.submit(1, { events: [event] })));
  expect((await posts()).every(({ status }) => status === 'rejected')).toBe(true);
  expect(asked).toBe(4);
  gone = false;
  expect((await posts()).every(({ status }) => status === 'fulfilled')).toBe(true);
});

test('when too much waits, senders are asked to come back; what was taken is stored', async () => {
  const store = notingStore();
  const commits = open(store, { queuedEventsMax: 10 });
  const answers = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => commits.submit(1, { events: several(i * 10, 4) })),
  );
  const refused = answers.filter((answer) => answer.status === 'rejected');
  expect(refused.map(({ reason }) => [reason.code, reason.retryAfterSeconds])).toEqual(
    Array(6).fill(['ingest/busy', 2]),
  );
  expect(store.commits.flatMap(({ numbers }) => numbers)).toHaveLength(8);
  expect(commits.queuedEvents()).toBe(0);
  await expect(commits.submit(1, { events: several(900, 1) })).resolves.toEqual(['stored']);
});

test('one company never commits twice at once, and no more companies than there are lanes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 5 })), { maxLength: 30 }),
      fc.integer({ min: 1, max: 3 }),
      async (posts, lanes) => {
        const store = notingStore();
        const commits = open(store, { lanes, commitEventsMax: 6 });
        const answers = await Promise.all(
          posts.map(([company, count], i) => commits.submit(company, { events: several(i * 10, count) })),
        );
        expect(answers.map(({ length }) => length)).toEqual(posts.map(([, count]) => count));
        expect(store.mostAtOnce()).toBeLessThanOrEqual(lanes);
        await commits.drained();
        for (const company of [1, 2, 3, 4]) {
          const inOrder = store.commits
            .filter(({ companyId }) => companyId === company)
            .flatMap(({ numbers }) => numbers);
          expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
        }
      },
    ),
    { numRuns: 50 },
  );
});
