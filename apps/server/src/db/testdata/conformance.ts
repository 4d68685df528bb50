/** What every database must do alike; each test of it states one promise of the store. */
import { type LogonSession, type SessionEvent, sessionize } from '@logonscope/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ABSENT } from '../fold/absent.ts';
import { eventOfBody } from '../fold/event-body.ts';
import { sessionOfBody } from '../fold/session-body.ts';
import { newId } from '../ids.ts';
import type { ArrivedEvent, StoreChange } from '../ports.ts';
import type { Store } from '../store.ts';
import { anyDelivery, anyHistory, deliver } from './histories.ts';
import { addCompany } from './open.ts';

const T = Date.UTC(2025, 2, 3, 9);
const NOW = Date.UTC(2025, 5, 1);

export function said(
  signal: SessionEvent['signal'],
  minute: number,
  rest: Partial<SessionEvent> = {},
): SessionEvent {
  return {
    ...ABSENT,
    time: T + minute * 60_000,
    signal,
    computer: 'PC1',
    user: 'ana',
    domain: 'CORP',
    detail: { witness: 'agent' },
    source: { file: 'agent' },
    identity: `${signal} ${minute}`,
    ...rest,
  };
}

const arrived = (events: readonly SessionEvent[], siteId: number | null = null): ArrivedEvent[] =>
  events.map((event) => ({ event, siteId }));
const send = (store: Store, companyId: number, events: readonly SessionEvent[]) =>
  store.events.append(companyId, { events: arrived(events), receivedAt: NOW });

/** All sessions of a company as readers get them. */
export async function storedSessions(store: Store, companyId: number): Promise<LogonSession[]> {
  const rows = await store.db
    .selectFrom('sessions as s')
    .innerJoin('computers as c', (on) =>
      on.onRef('c.id', '=', 's.computer_id').onRef('c.company_id', '=', 's.company_id'),
    )
    .select(['s.body', 'c.as_of', 's.start_at', 's.id'])
    .where('s.company_id', '=', companyId)
    .execute();
  return rows
    .map(({ body, as_of }) => sessionOfBody(body, as_of))
    .sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}

const countEvents = async (store: Store, companyId: number) =>
  Number(
    (
      await store.db
        .selectFrom('events')
        .select((of) => of.fn.countAll().as('n'))
        .where('company_id', '=', companyId)
        .executeTakeFirstOrThrow()
    ).n,
  );

/** Registers the tests; `lawRuns` random histories are played. */
export function storeConformance(open: () => Store, lawRuns: number): void {
  registerOnce(open);
  registerTogether(open);
  registerSessions(open);
  registerLife(open);
  registerLaw(open, lawRuns);
  registerTexts(open);
  registerNumbers(open);
  registerSmallPorts(open);
}

function registerOnce(open: () => Store): void {
  test('migrating again, also twice at once, changes nothing', async () => {
    expect(await open().migrate()).toEqual([]);
    expect(await Promise.all([open().migrate(), open().migrate()])).toEqual([[], []]);
  });

  test('an event is stored once, and each delivery is told what became of it', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `once ${newId()}`);
    const [logon, lock] = [said('logon', 0), said('lock', 5)];
    expect((await send(store, companyId, [logon, lock, logon])).outcomes).toEqual([
      'stored',
      'stored',
      'known',
    ]);
    expect((await send(store, companyId, [lock, said('unlock', 9)])).outcomes).toEqual(['known', 'stored']);
    expect((await send(store, companyId, [])).outcomes).toEqual([]);
    expect(await countEvents(store, companyId)).toBe(3);
  });

  test('the same event from two companies makes two rows', async () => {
    const store = open();
    const one = await addCompany(store, `first ${newId()}`);
    const two = await addCompany(store, `second ${newId()}`);
    for (const { companyId } of [one, two])
      expect((await send(store, companyId, [said('logon', 0)])).outcomes).toEqual(['stored']);
    expect(await countEvents(store, one.companyId)).toBe(1);
    expect(await countEvents(store, two.companyId)).toBe(1);
  });

  test('a batch that fails leaves no trace', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `failing ${newId()}`);
    const broken = { ...said('lock', 1), time: Number.NaN };
    await expect(send(store, companyId, [said('logon', 0), broken])).rejects.toThrow();
    expect(await countEvents(store, companyId)).toBe(0);
    const { db } = store;
    const computers = await db
      .selectFrom('computers')
      .select('id')
      .where('company_id', '=', companyId)
      .execute();
    expect(computers).toEqual([]);
  });
}

function registerTogether(open: () => Store): void {
  test('fifty parallel posts of one event make one row', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `parallel ${newId()}`);
    const posts = Array.from({ length: 50 }, () => send(store, companyId, [said('logon', 0)]));
    const outcomes = (await Promise.all(posts)).flatMap((appended) => appended.outcomes);
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
    expect(await countEvents(store, companyId)).toBe(1);
    expect(await storedSessions(store, companyId)).toHaveLength(1);
  });

  test('parallel batches over the same computers, in every order, all arrive', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `crossing ${newId()}`);
    const batches = Array.from({ length: 24 }, (_, i) => {
      const events = Array.from({ length: 12 }, (_, j) =>
        said(j % 2 === 0 ? 'logon' : 'logoff', i * 20 + j, {
          computer: `PC${(i * 5 + j * (i % 2 ? 1 : 11)) % 12}`,
        }),
      );
      return send(store, companyId, events);
    });
    const outcomes = (await Promise.all(batches)).flatMap((appended) => appended.outcomes);
    expect(outcomes.every((outcome) => outcome === 'stored')).toBe(true);
    expect(await countEvents(store, companyId)).toBe(24 * 12);
    expect((await store.events.rebuild(NOW, companyId)).corrected).toBe(0);
  });
}

function registerLife(open: () => Store): void {
  test('what an imported log tells of the records between says how long a computer lived, told once or twice', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `life ${newId()}`);
    const written = (signal: SessionEvent['signal'], minute: number, recordId: number) =>
      said(signal, minute, { channel: 'Security', recordId, identity: null });
    const started = written('logon', 0, 1);
    await send(store, companyId, [started, { ...written('boot', 600, 90), user: null }]);
    const sessionNow = async () => (await storedSessions(store, companyId))[0]!;
    expect(await sessionNow()).toMatchObject({ endBy: 'crash', end: started.time });
    const last = started.time + 300 * 60_000;
    const spans = Array.from({ length: 30 }, (_, i) => ({
      ...{ computer: 'pc1.corp.example', channel: 'Security', firstRecordId: 2 + i, lastRecordId: 2 + i },
      ...{ from: last - (29 - i) * 600_000, to: last - (29 - i) * 600_000 },
    }));
    for (const part of [spans.slice(0, 20), spans.slice(10), spans]) {
      await store.events.noteLife(companyId, part, NOW);
      expect(await store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
    }
    expect(await sessionNow()).toMatchObject({ endBy: 'crash', end: last });
    const rows = await store.db
      .selectFrom('life_spans')
      .select('first_record')
      .where('company_id', '=', companyId)
      .execute();
    expect(rows).toHaveLength(30);
    await send(store, companyId, [written('logon', 700, 91), written('logoff', 800, 92)]);
    expect(await store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0, sessions: 2 });
  });
}

function registerSessions(open: () => Store): void {
  test('sessions follow their events, and every change is told', async () => {
    const store = open();
    const { companyId, siteId } = await addCompany(store, `live ${newId()}`);
    const heard: StoreChange[] = [];
    const end = store.live.subscribe(companyId, (change) => heard.push(change));
    const batch = (events: SessionEvent[]) =>
      store.events.append(companyId, { events: arrived(events, siteId), receivedAt: NOW });
    await batch([said('logon', 0)]);
    expect(heard.map(({ is }) => is)).toEqual(['event', 'session']);
    await batch([said('lock', 60), said('unlock', 90), said('logoff', 480)]);
    end();
    const [session] = await storedSessions(store, companyId);
    expect(session).toMatchObject({ endBy: 'logoff', durationMs: 480 * 60_000, useMs: 450 * 60_000 });
    const row = await store.db
      .selectFrom('sessions')
      .selectAll()
      .where('company_id', '=', companyId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      use_ms: 450 * 60_000,
      locked_ms: 30 * 60_000,
      site_id: siteId,
      user_name: 'ana',
    });
    expect(await store.events.rebuild(NOW, companyId)).toEqual({ computers: 1, sessions: 1, corrected: 0 });
  });

  test('a damaged session is put right by a rebuild', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `damaged ${newId()}`);
    await send(store, companyId, [said('logon', 0), said('logoff', 60)]);
    const good = await storedSessions(store, companyId);
    await store.db.updateTable('sessions').set({ body: '{}' }).where('company_id', '=', companyId).execute();
    expect((await store.events.rebuild(NOW, companyId)).corrected).toBe(1);
    expect(await storedSessions(store, companyId)).toEqual(good);
  });
}

function registerLaw(open: () => Store, lawRuns: number): void {
  test('any history, in any batches, late and repeated: the sessions of the whole log, and totals that add up', async () => {
    const store = open();
    await fc.assert(
      fc.asyncProperty(anyHistory, anyDelivery, async (history, delivery) => {
        const companyId = newId();
        const batches = deliver(history, delivery);
        for (const events of batches) await send(store, companyId, events);
        const { sessions } = sessionize(batches.flat());
        expect(await storedSessions(store, companyId)).toEqual(
          sessions.toSorted((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1)),
        );
        expect((await store.events.rebuild(NOW, companyId)).corrected).toBe(0);
        const totals = await store.db
          .selectFrom('day_totals')
          .select('events')
          .where('company_id', '=', companyId)
          .execute();
        expect(totals.reduce((sum, { events }) => sum + events, 0)).toBe(await countEvents(store, companyId));
      }),
      { numRuns: lawRuns },
    );
  });
}

const HOSTILE = [
  "Robert'); DROP TABLE events;--",
  '<script>alert(1)</script>',
  '=1+1',
  'a\u0000b',
  '\uD800 half',
  '😀 Łódź ж \u202E',
  'x'.repeat(70_000),
  '%_\\"`$1?:name',
];

function registerTexts(open: () => Store): void {
  test('hostile texts come back as they were', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `hostile ${newId()}`);
    const events = HOSTILE.map((text, i) =>
      said('logon', i, { user: text, computer: `${text.slice(0, 300)}${i}`, sourceAddress: text }),
    );
    await send(store, companyId, events);
    const rows = await store.db
      .selectFrom('events')
      .select('body')
      .where('company_id', '=', companyId)
      .orderBy('time')
      .execute();
    expect(rows.map(({ body }) => eventOfBody(body))).toEqual(events);
    expect(await storedSessions(store, companyId)).toHaveLength(HOSTILE.length);
    expect((await send(store, companyId, events)).outcomes.every((outcome) => outcome === 'known')).toBe(
      true,
    );
  });

  test('names differ by case, accents and width, never by trailing blanks', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `names ${newId()}`);
    const names = ['PC', 'pc', 'PÇ', 'ＰＣ', 'PC '];
    await send(
      store,
      companyId,
      names.map((computer, i) => said('logon', i, { computer })),
    );
    const rows = await store.db
      .selectFrom('computers')
      .select('name')
      .where('company_id', '=', companyId)
      .execute();
    expect(rows.map(({ name }) => name).sort()).toEqual(['PC', 'pc', 'PÇ', 'ＰＣ'].sort());
  });
}

function registerNumbers(open: () => Store): void {
  test('whole numbers up to 2^53 are exact, and rows come in the order of code points', async () => {
    const store = open();
    const companyId = Number.MAX_SAFE_INTEGER;
    const names = ['a', 'B', 'Z', '_', 'é'];
    for (const [i, name] of names.entries())
      await store.db
        .insertInto('sites')
        .values({
          company_id: companyId,
          id: Number.MAX_SAFE_INTEGER - i,
          name,
          name_key: name,
          is_active: 1,
          created_at: -1,
        })
        .execute();
    const rows = await store.db
      .selectFrom('sites')
      .select(['company_id', 'id', 'name'])
      .where('company_id', '=', companyId)
      .orderBy('name')
      .execute();
    expect(rows.map(({ name }) => name)).toEqual(['B', 'Z', '_', 'a', 'é']);
    expect(rows[3]).toEqual({ company_id: companyId, id: Number.MAX_SAFE_INTEGER, name: 'a' });
    await store.db.deleteFrom('sites').where('company_id', '=', companyId).execute();
  });
}

function registerSmallPorts(open: () => Store): void {
  test('an agent’s position moves with its events and never goes back', async () => {
    const store = open();
    const { companyId } = await addCompany(store, `positions ${newId()}`);
    const at = (storedThrough: number) =>
      store.events.append(companyId, {
        events: arrived([said('logon', storedThrough)]),
        receivedAt: NOW,
        positions: [{ computer: 'PC1', spoolEpoch: 'e1', storedThrough }],
      });
    await at(10);
    await at(30);
    await at(20);
    const rows = await store.db
      .selectFrom('agent_cursors')
      .selectAll()
      .where('company_id', '=', companyId)
      .execute();
    expect(rows.map(({ stored_through }) => stored_through)).toEqual([30]);
  });

  test('a lease has one holder until it ends', async () => {
    const { lease } = open();
    const name = `task ${newId()}`;
    expect(await lease.take(name, 'a', 1_000, 500)).toBe(true);
    expect(await lease.take(name, 'b', 1_200, 500)).toBe(false);
    expect(await lease.take(name, 'a', 1_300, 500)).toBe(true);
    expect(await lease.take(name, 'b', 1_801, 500)).toBe(true);
    await lease.release(name, 'a');
    expect(await lease.take(name, 'a', 1_900, 500)).toBe(false);
    await lease.release(name, 'b');
    expect(await lease.take(name, 'a', 1_900, 500)).toBe(true);
  });
}
