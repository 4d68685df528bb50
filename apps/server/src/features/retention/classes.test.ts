/** Each class of a company's data has a rule of its own: sessions outlive their events, and logs go by company. */
import type { SessionEvent } from '@logonscope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit, writeAudit } from '../../access/trail/audit.ts';
import { writeError } from '../../access/trail/error-log.ts';
import { said, storedSessions } from '../../db/testdata/conformance.ts';
import { checkStore } from '../../db/tools/check.ts';
import { openTestPortal, type TestCompany, type TestPortal } from '../../http/testdata/portal.ts';
import { openReading } from '../../open-reading.ts';
import { privacyRoutes } from '../privacy/routes.ts';
import { sessionRoutes } from '../sessions/routes.ts';
import type { RetentionDefaults } from './policy.ts';
import { retentionRoutes } from './routes.ts';
import { runRetention } from './run.ts';

const DAY_MS = 86_400_000;
const FIRST = said('logon', 0).time;
const NOW = FIRST + 100 * DAY_MS;
const MIDNIGHT = Math.floor(NOW / DAY_MS) * DAY_MS;
const DEFAULTS: RetentionDefaults = {
  keepEventsDays: 0,
  keepSessionsDays: null,
  keepTotalsDays: 0,
  keepAuditDays: 0,
  keepErrorLogDays: 0,
};
const UNSET = { eventsDays: null, sessionsDays: null, totalsDays: null, auditDays: null, errorLogDays: null };

let portal: TestPortal;
let own: TestCompany;
let foreign: TestCompany;
let boss: Record<string, string>;

beforeAll(async () => {
  portal = await openTestPortal({
    now: () => NOW,
    routes: ({ access, store }) => [
      ...retentionRoutes(access, DEFAULTS),
      ...privacyRoutes(access, store),
      ...sessionRoutes(
        { limit: store.dialect.page },
        openReading(store, { url: 'sqlite::memory:', folder: '.' }),
      ),
    ],
  });
  own = await portal.addCompany('Alpha');
  foreign = await portal.addCompany('Beta');
  boss = (await portal.addPerson('boss', 'GlobalAdmin')).headers;
});
afterAll(() => portal.close());

/** A session a day of ana and one of bob, each eight hours, for a hundred days. */
const HISTORY = Array.from({ length: 100 }, (_, day) =>
  (['ana', 'bob'] as const).flatMap((user, i) =>
    (['logon', 'lock', 'unlock', 'logoff'] as const).map((signal, step): SessionEvent => {
      const minute = day * 1_440 + i * 600 + [0, 180, 240, 480][step]!;
      return said(signal, minute, { user, identity: `${user} ${signal} ${day}` });
    }),
  ),
).flat();

const send = ({ companyId, siteId }: TestCompany, events: readonly SessionEvent[]) =>
  portal.store.events.append(companyId, {
    events: events.map((event) => ({ event, siteId })),
    receivedAt: NOW,
  });
const set = async ({ companyId }: TestCompany, wish: object) => {
  const url = `/api/v1/companies/${companyId}/retention`;
  const answer = await portal.app.inject({ method: 'PUT', url, headers: boss, payload: wish });
  return { status: answer.statusCode, body: answer.json() };
};
const run = (defaults: Partial<RetentionDefaults> = {}) =>
  runRetention({
    store: portal.store,
    clock: () => NOW,
    defaults: { ...DEFAULTS, ...defaults },
    owner: 'test',
    stopping: () => false,
  });
const inOrder = async ({ companyId }: TestCompany) => {
  expect(await checkStore(portal.store)).toEqual([]);
  expect(await portal.store.events.rebuild(NOW, companyId)).toMatchObject({ corrected: 0 });
};
const sessionsOf = ({ companyId }: TestCompany) => storedSessions(portal.store, companyId);
const endedAfter = (cut: number) => (session: { end: number | null }) => (session.end ?? cut) >= cut;

describe('sessions', () => {
  it('are as they were after their events have gone, and go by a rule of their own', async () => {
    await send(own, HISTORY);
    const before = await sessionsOf(own);
    expect(before).toHaveLength(200);
    const { body } = await set(own, { ...UNSET, eventsDays: 30, sessionsDays: 60 });
    expect(body.inForce).toMatchObject({ eventsDays: 30, sessionsDays: 60 });
    await run();
    expect(await sessionsOf(own)).toEqual(before.filter(endedAfter(MIDNIGHT - 60 * DAY_MS)));
    const events = await portal.store.db.selectFrom('events').select('time').execute();
    expect(events.every(({ time }) => time >= MIDNIGHT - 31 * DAY_MS)).toBe(true);
    await inOrder(own);
  });

  it('say so where one is looked at: it stands as it was, and nothing is told of it any more', async () => {
    const sessions = await sessionsOf(own);
    const look = async ({ id }: { id: string }) => {
      const url = `/api/v1/companies/${own.companyId}/sessions/${id}`;
      return (await portal.app.inject({ url, headers: boss })).json();
    };
    const kept = await look(sessions[0]!);
    expect(kept).toMatchObject({ keptSince: new Date(NOW).toISOString(), told: [], useSeconds: 7 * 3_600 });
    expect(kept.ledger).toHaveLength(1);
    const alive = await look(sessions.at(-1)!);
    expect(alive.keptSince).toBeUndefined();
    expect(alive.told.length).toBeGreaterThan(0);
  });

  it('stay so when all of it is imported once more, and when the rule runs again', async () => {
    const before = await sessionsOf(own);
    await send(own, HISTORY);
    const cut = MIDNIGHT - 60 * DAY_MS;
    expect((await sessionsOf(own)).filter(endedAfter(cut))).toEqual(before);
    await inOrder(own);
    await run();
    expect(await sessionsOf(own)).toEqual(before);
    await inOrder(own);
  });

  it('of a person who is erased go as well, and nobody else’s', async () => {
    const before = await sessionsOf(own);
    const { account } = (await portal.store.db
      .selectFrom('sessions')
      .select('account')
      .where('user_name', '=', 'ana')
      .executeTakeFirst())!;
    const url = `/api/v1/companies/${own.companyId}/people/${encodeURIComponent(account)}`;
    const { statusCode, body } = await portal.app.inject({ method: 'DELETE', url, headers: boss });
    expect(statusCode, body).toBe(200);
    const left = await sessionsOf(own);
    expect(left.map(({ id }) => id)).toEqual(before.filter(({ user }) => user === 'bob').map(({ id }) => id));
    expect(left.length).toBeGreaterThan(50);
    await inOrder(own);
  });

  it('go with their events where nobody said otherwise, and never before them', async () => {
    const { body } = await set(foreign, { eventsDays: 30, totalsDays: null });
    expect(body.inForce).toMatchObject({ eventsDays: 30, sessionsDays: 30 });
    expect((await set(foreign, { ...UNSET, eventsDays: 30, sessionsDays: 5 })).body.inForce).toMatchObject({
      sessionsDays: 30,
    });
    await send(foreign, HISTORY);
    const before = await sessionsOf(foreign);
    await run();
    expect(await sessionsOf(foreign)).toEqual(before.filter(endedAfter(MIDNIGHT - 30 * DAY_MS)));
    const kept = await portal.store.db
      .selectFrom('sessions')
      .select('id')
      .where('company_id', '=', foreign.companyId)
      .where('kept_since', 'is not', null)
      .execute();
    expect(kept).toEqual([]);
    await inOrder(foreign);
  });

  it('are for ever where the installation says so', async () => {
    const ever = await portal.addCompany('Ever');
    await send(ever, HISTORY);
    const before = await sessionsOf(ever);
    await set(ever, { ...UNSET, eventsDays: 1 });
    await run({ keepSessionsDays: 0 });
    expect(await sessionsOf(ever)).toEqual(before);
    await inOrder(ever);
  });
});

describe('logs', () => {
  const entry = (companyId: number, day: number) => ({
    ...{ companyId, userId: 1, userName: 'boss', address: null, requestId: null },
    ...{ action: 'user.edit', target: null, outcome: 'done' as const },
    atMs: NOW - day * DAY_MS,
  });
  const trail = async (companyId: number) =>
    (
      await portal.store.db
        .selectFrom('audit_trail')
        .select('at')
        .where('company_id', '=', companyId)
        .where('action', '=', 'user.edit')
        .execute()
    ).map(({ at }) => Math.round((NOW - at) / DAY_MS));

  it('the trail of each company is as long as its rule, and each still proves itself', async () => {
    const [short, long] = [await portal.addCompany('Short'), await portal.addCompany('Long')];
    for (const { companyId } of [short, long])
      for (const day of [90, 70, 50, 35, 20, 5]) await writeAudit(portal.store, entry(companyId, day));
    await set(short, { ...UNSET, auditDays: 40 });
    await run({ keepAuditDays: 60 });
    expect(await trail(short.companyId)).toEqual([35, 20, 5]);
    expect(await trail(long.companyId)).toEqual([50, 35, 20, 5]);
    for (const { companyId } of [short, long])
      expect((await verifyAudit(portal.store.db, companyId)).brokenAt).toBe(null);
  });

  it('nobody shortens a trail to less than thirty days', async () => {
    expect((await set(own, { ...UNSET, auditDays: 29 })).status).toBe(400);
    expect((await set(own, { ...UNSET, auditDays: 30 })).status).toBe(200);
    expect((await set(own, { ...UNSET, auditDays: 0 })).status).toBe(200);
  });

  it('errors go by the rule of the company they happened in, others by that of the installation', async () => {
    const { db } = portal.store;
    for (const companyId of [own.companyId, foreign.companyId, null, 999])
      for (const day of [8, 4, 1])
        await writeError(db, {
          ...{ atMs: NOW - day * DAY_MS, level: 'error', logger: 'http', message: `${day}`, companyId },
        });
    await set(own, { ...UNSET, errorLogDays: 6 });
    await set(foreign, { ...UNSET, errorLogDays: 0 });
    await run({ keepErrorLogDays: 2 });
    const rows = await db.selectFrom('error_log').select(['company_id', 'message']).orderBy('at').execute();
    const left = (companyId: number | null) =>
      rows.flatMap(({ company_id, message }) => (company_id === companyId ? [message] : []));
    expect(left(own.companyId)).toEqual(['4', '1']);
    expect(left(foreign.companyId)).toEqual(['8', '4', '1']);
    expect([left(null), left(999)]).toEqual([['1'], ['1']]);
  });
});
