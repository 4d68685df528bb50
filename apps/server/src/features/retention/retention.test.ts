/** Old data goes by each company's rule, everything that is kept stays whole, and new events are not kept waiting. */
import type { SessionEvent } from '@logonscope/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit, writeAudit } from '../../access/trail/audit.ts';
import { writeError } from '../../access/trail/error-log.ts';
import { said, storedSessions } from '../../db/testdata/conformance.ts';
import { checkStore } from '../../db/tools/check.ts';
import { openTestPortal, type TestCompany, type TestPortal } from '../../http/testdata/portal.ts';
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
let portal: TestPortal;
const who: Record<string, Record<string, string>> = {};
let own: TestCompany;
let foreign: TestCompany;

beforeAll(async () => {
  portal = await openTestPortal({
    now: () => NOW,
    routes: ({ access }) => retentionRoutes(access, { ...DEFAULTS, keepEventsDays: 400 }),
  });
  own = await portal.addCompany('Alpha');
  foreign = await portal.addCompany('Beta');
  who.chief = (await portal.addPerson('chief', 'User', { [own.companyId]: 'CompanyAdmin' })).headers;
  who.user = (await portal.addPerson('user', 'User', { [own.companyId]: 'User' })).headers;
  who.admin = (await portal.addPerson('admin', 'Admin', { [own.companyId]: 'User' })).headers;
  for (const company of [own, foreign]) await fill(company);
});
afterAll(() => portal.close());

const minutes = (day: number, hour: number) => day * 1_440 + hour * 60;
const on = (computer: string, signal: SessionEvent['signal'], minute: number) =>
  said(signal, minute, { computer, identity: `${computer} ${signal} ${minute}` });
/** A session a day for 100 days on one computer; on another one that lasts for all of them. */
const HISTORY = [
  ...Array.from({ length: 100 }, (_, day) => [
    on('PC1', 'logon', minutes(day, 0)),
    on('PC1', 'lock', minutes(day, 3)),
    on('PC1', 'unlock', minutes(day, 4)),
    on('PC1', 'logoff', minutes(day, 8)),
  ]).flat(),
  on('PC2', 'logon', 0),
  on('PC2', 'lock', minutes(50, 0)),
  on('PC2', 'unlock', minutes(95, 0)),
];

async function fill({ companyId, siteId }: TestCompany): Promise<void> {
  const events = HISTORY.map((event) => ({ event, siteId }));
  await portal.store.events.append(companyId, { events, receivedAt: NOW });
}

const ask = async (as: string, { companyId }: TestCompany, payload?: object) => {
  const answer = await portal.app.inject({
    method: payload === undefined ? 'GET' : 'PUT',
    url: `/api/v1/companies/${companyId}/retention`,
    headers: who[as]!,
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
};
const run = (defaults: Partial<RetentionDefaults> = {}, more: { stopping?: () => boolean } = {}) =>
  runRetention({
    store: portal.store,
    clock: () => NOW,
    defaults: { ...DEFAULTS, ...defaults },
    owner: 'test',
    stopping: () => false,
    ...more,
  });
const trailOf = async (companyId: number) =>
  portal.store.db
    .selectFrom('audit_trail')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('seq')
    .execute();

describe('the rule of a company', () => {
  it('is that of the installation, until an Admin says otherwise; that is written down', async () => {
    expect((await ask('chief', own)).body).toMatchObject({
      own: { eventsDays: null, totalsDays: null },
      inForce: { eventsDays: 400, totalsDays: 0 },
      heldFrom: null,
    });
    const { body } = await ask('admin', own, { eventsDays: 30, totalsDays: 10 });
    // Totals are no shorter than what they count.
    expect(body).toMatchObject({ inForce: { eventsDays: 30, totalsDays: 30 } });
    const [entry] = await trailOf(own.companyId);
    expect([entry!.action, entry!.user_name]).toEqual(['retention.change', 'admin']);
    expect(JSON.parse(entry!.detail!)).toMatchObject({ eventsDays: 30, totalsDays: 10, auditDays: null });
  });

  it.each([
    ['chief', () => own, 403],
    ['user', () => own, 403],
    ['admin', () => foreign, 404],
  ])('cannot be set by a %s', async (as, company, status) => {
    expect((await ask(as, company(), { eventsDays: 1, totalsDays: null })).status).toBe(status);
  });

  it('is whole days', async () => {
    for (const eventsDays of [-1, 1.5, '30', undefined])
      expect((await ask('admin', own, { eventsDays, totalsDays: null })).status).toBe(400);
  });
});

describe('a run', () => {
  it('deletes nothing where nobody set a rule, or when another process runs', async () => {
    const before = await storedSessions(portal.store, foreign.companyId);
    await ask('admin', own, { eventsDays: null, totalsDays: null });
    expect(await run()).toBe(true);
    expect(await storedSessions(portal.store, foreign.companyId)).toEqual(before);
    await portal.store.lease.take('retention', 'another', NOW, 60_000);
    expect(await run({ keepEventsDays: 1 })).toBe(false);
    await portal.store.lease.release('retention', 'another');
    expect(await storedSessions(portal.store, foreign.companyId)).toEqual(before);
  });

  it('deletes old sessions with their events, keeps those that lasted whole, and tells from when on data is held', async () => {
    const before = await storedSessions(portal.store, own.companyId);
    const elsewhere = await storedSessions(portal.store, foreign.companyId);
    await ask('admin', own, { eventsDays: 30, totalsDays: 60 });
    await run();
    const cut = MIDNIGHT - 30 * DAY_MS;
    const kept = await storedSessions(portal.store, own.companyId);
    expect(kept).toEqual(before.filter(({ end }) => (end ?? cut) >= cut));
    expect(kept.filter(({ computer }) => computer === 'PC2')).toHaveLength(1);
    expect(kept).toHaveLength(31);
    expect((await ask('chief', own)).body.heldFrom).toBe(new Date(cut).toISOString());
    expect(await portal.store.events.rebuild(NOW, own.companyId)).toMatchObject({ corrected: 0 });
    expect(await storedSessions(portal.store, foreign.companyId)).toEqual(elsewhere);
    const days = await portal.store.db
      .selectFrom('day_totals')
      .select('day')
      .distinct()
      .where('company_id', '=', own.companyId)
      .execute();
    expect(Math.min(...days.map(({ day }) => day))).toBe(Math.floor((NOW - 60 * DAY_MS) / DAY_MS));
    expect(await checkStore(portal.store)).toEqual([]);
    const last = (await trailOf(own.companyId)).at(-1)!;
    expect([last.action, last.user_name]).toEqual(['retention.delete', 'retention']);
    expect(JSON.parse(last.detail!)).toMatchObject({ events: 280, sessions: 70 });
  });

  it('again deletes nothing and writes nothing', async () => {
    const before = await trailOf(own.companyId);
    await run();
    expect(await trailOf(own.companyId)).toEqual(before);
  });

  it('lets events in between its slices, and stops between them when the server does', async () => {
    let slices = 0;
    const stopping = () => slices++ > 2;
    const sending = Array.from({ length: 20 }, (_, i) =>
      portal.store.events.append(foreign.companyId, {
        events: [{ event: on('PC9', 'logon', minutes(99, 0) + i), siteId: null }],
        receivedAt: NOW,
      }),
    );
    await Promise.all([run({ keepEventsDays: 30 }, { stopping }), ...sending]);
    await run({ keepEventsDays: 30 });
    const kept = await storedSessions(portal.store, foreign.companyId);
    expect(kept.filter(({ computer }) => computer === 'PC1')).toHaveLength(30);
    expect(await portal.store.events.rebuild(NOW, foreign.companyId)).toMatchObject({ corrected: 0 });
    expect(await checkStore(portal.store)).toEqual([]);
  });
});

describe('logs', () => {
  it('errors older than their days go, others stay', async () => {
    const { db } = portal.store;
    for (let day = 0; day < 5; day++)
      await writeError(db, {
        atMs: MIDNIGHT - day * DAY_MS + 1,
        level: 'error',
        logger: 'x',
        message: `${day}`,
      });
    await run({ keepErrorLogDays: 2 });
    const left = await db.selectFrom('error_log').select('message').orderBy('at', 'desc').execute();
    expect(left.map(({ message }) => message)).toEqual(['0', '1', '2']);
  });

  it('old entries of the trail go, and what is left can be verified, on and on; a forged one is found', async () => {
    const { db } = portal.store;
    const { companyId } = await portal.addCompany('Gamma');
    const entry = (day: number) => ({
      ...{ companyId, userId: 1, userName: 'boss', address: null, requestId: null },
      ...{ action: 'account.login', target: null, outcome: 'done' as const },
      atMs: NOW - day * DAY_MS,
    });
    for (let day = 9; day > 0; day--) await writeAudit(portal.store, entry(day));
    const before = await verifyAudit(db, companyId);
    await run({ keepAuditDays: 4 });
    const left = await trailOf(companyId);
    expect(left.every(({ at }) => at >= MIDNIGHT - 4 * DAY_MS)).toBe(true);
    expect(left.at(-1)).toMatchObject({ action: 'retention.delete', user_name: 'retention' });
    const check = await verifyAudit(db, companyId);
    expect(check).toMatchObject({ brokenAt: null, entries: before.entries + 1 });
    await writeAudit(portal.store, entry(0));
    expect((await verifyAudit(db, companyId)).brokenAt).toBe(null);
    // More than the rule deleted: the first entry no longer follows the noted place.
    const first = left[0]!;
    await db
      .deleteFrom('audit_trail')
      .where('company_id', '=', companyId)
      .where('seq', '=', first.seq)
      .execute();
    expect((await verifyAudit(db, companyId)).brokenAt).toBe(first.seq);
  });
});
