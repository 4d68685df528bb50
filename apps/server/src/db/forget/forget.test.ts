/** What was deleted stays away, and what is kept is what a rebuild makes of it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TwoCompanies, twoCompanies } from '../../questions/testdata/two-companies.ts';
import type { Store } from '../store.ts';
import { said, storedSessions } from '../testdata/conformance.ts';
import { anyHistory } from '../testdata/histories.ts';
import { addCompany, openTestStore } from '../testdata/open.ts';
import { checkStore } from '../tools/check.ts';
import { olderThan } from './old-events.ts';

const NOW = Date.UTC(2026, 5, 1);
const HOUR_MS = 3_600_000;
let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const send = async (companyId: number, events: readonly ReturnType<typeof said>[]) =>
  store.events.append(companyId, {
    events: events.map((event) => ({ event, siteId: null })),
    receivedAt: NOW,
  });
const forgetBefore = (companyId: number, cut: number, totals: 'subtract' | 'keep' = 'subtract') =>
  store.events.forget(companyId, { computer: 'PC1', choose: olderThan(cut), totals, now: NOW });
const timesOf = async (companyId: number) =>
  (
    await store.db
      .selectFrom('events')
      .select('time')
      .where('company_id', '=', companyId)
      .orderBy('time')
      .execute()
  ).map(({ time }) => time);

describe('events before a cut', () => {
  test('go with the sessions that ended before it; one that lasted beyond it keeps its first event', async () => {
    const { companyId } = await addCompany(store, 'cut');
    const events = [
      said('logon', 0),
      said('logoff', 60),
      said('logon', 100),
      said('lock', 110),
      said('logon', 115, { user: 'bob', identity: 'bob in' }),
      said('logoff', 118, { user: 'bob', identity: 'bob out' }),
      said('unlock', 140),
      said('logoff', 200),
    ];
    await send(companyId, events);
    const before = await storedSessions(store, companyId);
    expect(before).toHaveLength(3);
    expect(await forgetBefore(companyId, events[6]!.time)).toMatchObject({ events: 4, sessions: 2 });
    const [kept] = await storedSessions(store, companyId);
    expect(kept).toEqual(before[1]);
    expect(await timesOf(companyId)).toEqual([2, 3, 6, 7].map((i) => events[i]!.time));
    expect(await forgetBefore(companyId, events[6]!.time)).toEqual({ events: 0, sessions: 0 });
  });

  test('are counted on where totals are kept, and no longer where they are not', async () => {
    const sum = async (companyId: number) =>
      (await store.db.selectFrom('day_totals').select('events').where('company_id', '=', companyId).execute())
        .map(({ events }) => events)
        .reduce((a, b) => a + b, 0);
    for (const [totals, left] of [
      ['keep', 2],
      ['subtract', 0],
    ] as const) {
      const { companyId } = await addCompany(store, `totals ${totals}`);
      await send(companyId, [said('logon', 0), said('logoff', 60)]);
      await forgetBefore(companyId, NOW, totals);
      expect([await timesOf(companyId), await sum(companyId)]).toEqual([[], left]);
      expect(await store.events.rebuild(NOW, companyId)).toEqual({ computers: 1, sessions: 0, corrected: 0 });
    }
  });

  test('a computer nobody knows has none, and is not made', async () => {
    const { companyId } = await addCompany(store, 'nobody');
    expect(await forgetBefore(companyId, NOW)).toEqual({ events: 0, sessions: 0 });
    expect(
      await store.db.selectFrom('computers').select('id').where('company_id', '=', companyId).execute(),
    ).toEqual([]);
  });

  test('new events go on from what is left', async () => {
    const { companyId } = await addCompany(store, 'goes on');
    await send(companyId, [said('logon', 0), said('logoff', 60), said('logon', 100)]);
    await forgetBefore(companyId, said('logon', 90).time);
    await send(companyId, [said('logoff', 160)]);
    const sessions = await storedSessions(store, companyId);
    expect(sessions.map(({ durationMs, endBy }) => [durationMs, endBy])).toEqual([[HOUR_MS, 'logoff']]);
  });

  test('of any history: the store is in order afterwards, a rebuild corrects nothing, all after the cut is there', async () => {
    let run = 0;
    const cuts = fc.record({ history: anyHistory, share: fc.double({ min: 0, max: 1, noNaN: true }) });
    await fc.assert(
      fc.asyncProperty(cuts, async ({ history, share }) => {
        const { companyId } = await addCompany(store, `law ${run++}`);
        await send(companyId, history);
        const all = await timesOf(companyId);
        const cut = all[0]! + Math.floor((all.at(-1)! - all[0]!) * share);
        const { events } = await forgetBefore(companyId, cut);
        const left = await timesOf(companyId);
        expect(left.length).toBe(all.length - events);
        expect(left.filter((time) => time >= cut)).toEqual(all.filter((time) => time >= cut));
        expect(await store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
      }),
      { numRuns: Number(process.env.LAW_RUNS ?? 150) },
    );
  });
});

describe('sessions that are kept beyond their events', () => {
  const keepBefore = (companyId: number, cut: number) =>
    store.events.forget(companyId, {
      ...{ computer: 'PC1', choose: olderThan(cut), totals: 'keep', now: NOW },
      keepEndedBefore: cut,
    });
  const day = [said('logon', 0), said('lock', 10), said('unlock', 20), said('logoff', 60)];
  const next = [said('logon', 100), said('lock', 110), said('unlock', 120), said('logoff', 200)];
  const inOrder = async (companyId: number) => {
    // Totals go on counting what went, here without the note that retention makes of it.
    const faults = await checkStore(store);
    expect(faults.filter(({ code }) => code !== 'totals-differ')).toEqual([]);
    expect(await store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
  };

  test('stay as they were, whatever of their evidence comes again, in whatever part', async () => {
    const { companyId } = await addCompany(store, 'kept');
    await send(companyId, [...day, ...next]);
    const before = await storedSessions(store, companyId);
    expect(await keepBefore(companyId, next[0]!.time)).toEqual({ events: 4, sessions: 0 });
    expect(await timesOf(companyId)).toEqual(next.map(({ time }) => time));
    expect(await storedSessions(store, companyId)).toEqual(before);
    await inOrder(companyId);
    // A part alone would tell of a session without end, or of one that nobody saw begin.
    for (const part of [day.slice(0, 1), day.slice(2, 3), day]) {
      await send(companyId, part);
      expect(await storedSessions(store, companyId)).toEqual(before);
      await inOrder(companyId);
    }
    await keepBefore(companyId, next[0]!.time);
    expect(await storedSessions(store, companyId)).toEqual(before);
    await inOrder(companyId);
  });

  test('stand beside what else happened at their time, told late', async () => {
    const { companyId } = await addCompany(store, 'beside');
    await send(companyId, [...day, ...next]);
    await keepBefore(companyId, next[0]!.time);
    const bob = (signal: 'logon' | 'logoff', minute: number) =>
      said(signal, minute, { user: 'bob', identity: `bob ${signal}` });
    await send(companyId, [bob('logon', 5), bob('logoff', 50)]);
    const users = (await storedSessions(store, companyId)).map(({ user }) => user);
    expect(users.toSorted()).toEqual(['ana', 'ana', 'bob']);
    await inOrder(companyId);
  });

  test('of which nothing else is left keep what they were counted to', async () => {
    const { companyId } = await addCompany(store, 'alone');
    await send(companyId, [...day, ...next]);
    const before = await storedSessions(store, companyId);
    await keepBefore(companyId, NOW);
    expect(await timesOf(companyId)).toEqual([]);
    expect(await storedSessions(store, companyId)).toEqual(before);
    await inOrder(companyId);
  });

  test('go when they are chosen themselves', async () => {
    const { companyId } = await addCompany(store, 'chosen');
    await send(companyId, [...day, ...next]);
    await keepBefore(companyId, next[0]!.time);
    const what = { computer: 'PC1', choose: () => () => false, totals: 'keep', now: NOW } as const;
    const chooseKept = () => () => true;
    expect(await store.events.forget(companyId, { ...what, chooseKept })).toEqual({ events: 0, sessions: 1 });
    expect(await storedSessions(store, companyId)).toHaveLength(1);
    await inOrder(companyId);
  });

  test('of any history: all that ended before the cut is as it was, and so after everything came again', async () => {
    let run = 0;
    const cuts = fc.record({ history: anyHistory, share: fc.double({ min: 0, max: 1, noNaN: true }) });
    await fc.assert(
      fc.asyncProperty(cuts, async ({ history, share }) => {
        const { companyId } = await addCompany(store, `kept law ${run++}`);
        await send(companyId, history);
        const all = await timesOf(companyId);
        const cut = all[0]! + Math.floor((all.at(-1)! - all[0]!) * share);
        const facts = async () =>
          (await storedSessions(store, companyId))
            .filter(({ end }) => end !== null && end < cut)
            .map(({ asOf: _, ...facts }) => facts);
        const before = await facts();
        await keepBefore(companyId, cut);
        expect(await facts()).toEqual(before);
        expect(await store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
        await send(companyId, history);
        expect((await facts()).filter(({ id }) => before.some((one) => one.id === id))).toEqual(before);
        expect(await store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
      }),
      { numRuns: Number(process.env.LAW_RUNS ?? 100) },
    );
  });
});

describe('of a fleet', () => {
  let stage: TwoCompanies;
  beforeAll(async () => {
    stage = await twoCompanies({ days: 20, computers: 4 });
  });
  afterAll(() => stage.store.close());

  test('sessions that lasted beyond the cut stay as they are, all others are gone; the other company is untouched', async () => {
    const { own, foreign } = stage;
    const starts = own.sessions.map(({ start }) => start);
    const cut = (Math.min(...starts) + Math.max(...starts)) / 2;
    const foreignBefore = await storedSessions(stage.store, foreign.id);
    const before = await storedSessions(stage.store, own.id);
    for (const computer of new Set(own.sessions.map((session) => session.computer)))
      await stage.store.events.forget(own.id, {
        computer,
        choose: olderThan(cut),
        totals: 'subtract',
        now: NOW,
      });
    const after = await storedSessions(stage.store, own.id);
    const facts = (sessions: typeof before) =>
      sessions.map(({ id, start, end, endBy, useMs }) => ({ id, start, end, endBy, useMs }));
    expect(facts(after)).toEqual(facts(before.filter(({ end }) => (end ?? cut) >= cut)));
    expect(after.length).toBeLessThan(before.length * 0.7);
    expect(await storedSessions(stage.store, foreign.id)).toEqual(foreignBefore);
    expect(await checkStore(stage.store)).toEqual([]);
  });
});
