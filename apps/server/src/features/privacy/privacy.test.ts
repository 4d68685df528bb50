/** One person's data goes out whole and is gone whole; nobody else of the company, and no other company, is touched. */
import type { SessionEvent } from '@logonscope/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { said, storedSessions } from '../../db/testdata/conformance.ts';
import { checkStore } from '../../db/tools/check.ts';
import { openTestPortal, type TestCompany, type TestPortal } from '../../http/testdata/portal.ts';
import { privacyRoutes } from './routes.ts';

const NOW = Date.UTC(2026, 2, 2);
const ANA = 'S-1-5-21-7-1001';
let portal: TestPortal;
let own: TestCompany;
let foreign: TestCompany;
const who: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  portal = await openTestPortal({
    now: () => NOW,
    routes: ({ access, store }) => privacyRoutes(access, store),
  });
});
afterAll(() => portal.close());

let run = 0;
beforeEach(async () => {
  run++;
  own = await portal.addCompany(`Alpha ${run}`);
  foreign = await portal.addCompany(`Beta ${run}`);
  who.chief = (await portal.addPerson(`chief${run}`, 'User', { [own.companyId]: 'CompanyAdmin' })).headers;
  who.user = (await portal.addPerson(`user${run}`, 'User', { [own.companyId]: 'User' })).headers;
  for (const { companyId, siteId } of [own, foreign]) {
    const events = HISTORY.map((event) => ({ event, siteId }));
    await portal.store.events.append(companyId, { events, receivedAt: NOW });
  }
});

const on = (computer: string, signal: SessionEvent['signal'], minute: number, rest: Partial<SessionEvent>) =>
  said(signal, minute, { computer, identity: `${computer} ${signal} ${minute} ${rest.user}`, ...rest });
const withSid = { sid: ANA, user: 'Ana', domain: 'CORP' };
const HISTORY: SessionEvent[] = [
  // By SID, then by name alone, on two computers; and events that only name her logon.
  on('PC1', 'logon', 0, { ...withSid, logonId: '0x11', logonType: 2, detail: null }),
  on('PC1', 'lock', 10, { user: null, domain: null, logonId: '0x11', detail: null }),
  on('PC1', 'logoff', 60, { ...withSid, logonId: '0x11', detail: null }),
  on('PC2', 'logon', 100, { user: 'ANA', domain: 'corp' }),
  on('PC2', 'logoff', 130, { user: 'ana', domain: null }),
  on('PC2', 'logonFailed', 140, { user: 'ana', domain: null }),
  // Others: a colleague, a namesake of another domain, and a colleague for whom she acted once.
  on('PC1', 'logon', 200, {
    user: 'bob',
    logonId: '0x12',
    logonType: 2,
    sid: 'S-1-5-21-7-1002',
    detail: null,
  }),
  on('PC1', 'logoff', 260, { user: 'bob', logonId: '0x12', sid: 'S-1-5-21-7-1002', detail: null }),
  on('PC3', 'logon', 300, { user: 'ana', domain: 'PC3' }),
  on('PC3', 'logoff', 320, { user: 'ana', domain: 'PC3' }),
  on('PC4', 'logon', 400, { user: 'cem' }),
  on('PC4', 'explicitCredentials', 410, {
    user: 'cem',
    detail: { subjectUser: 'Ana', subjectDomain: 'CORP', subjectSid: ANA },
  }),
  on('PC4', 'logoff', 420, { user: 'cem' }),
];
/** Positions in the history that are hers. */
const HERS = [0, 1, 2, 3, 4, 5, 11];

const ask = (as: string, method: 'GET' | 'DELETE', company: TestCompany, person: string) =>
  portal.app.inject({
    method,
    url: `/api/v1/companies/${company.companyId}/people/${encodeURIComponent(person)}${method === 'GET' ? '/data' : ''}`,
    headers: who[as]!,
  });
const exported = async (person: string) =>
  (await ask('chief', 'GET', own, person)).body
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
const timesOf = async ({ companyId }: TestCompany) =>
  (
    await portal.store.db
      .selectFrom('events')
      .select('time')
      .where('company_id', '=', companyId)
      .orderBy('time')
      .execute()
  ).map(({ time }) => time);
const everythingOf = async (company: TestCompany) =>
  JSON.stringify([
    await timesOf(company),
    await storedSessions(portal.store, company.companyId),
    await portal.store.db
      .selectFrom('day_totals')
      .selectAll()
      .where('company_id', '=', company.companyId)
      .execute(),
  ]);

describe('export', () => {
  it('holds her sessions and events by SID and by name, and those of nobody else', async () => {
    const lines = await exported(ANA);
    expect(lines[0]).toEqual({
      is: 'person',
      id: ANA,
      accounts: [ANA, 'corp\\ana'],
      userNames: ['ana'],
    });
    const times = lines.filter(({ is }) => is === 'event').map(({ time }) => Date.parse(time));
    expect(times.sort((x, y) => x - y)).toEqual(HERS.map((i) => HISTORY[i]!.time));
    expect(lines.filter(({ is }) => is === 'session').map(({ computer }) => computer)).toEqual([
      'PC1',
      'PC2',
    ]);
    expect(lines.at(-1)).toEqual({ is: 'end', computers: 3, sessions: 2, events: HERS.length });
  });

  it('is the same for each of her names', async () => {
    const [, ...bySid] = await exported(ANA);
    const [, ...byName] = await exported('corp\\ana');
    expect(byName).toEqual(bySid);
  });
});

describe('erasure', () => {
  it('deletes what the export held and nothing more; a rebuild brings nothing back', async () => {
    const before = await everythingOf(foreign);
    const [, ...held] = await exported(ANA);
    const answer = await ask('chief', 'DELETE', own, ANA);
    expect(answer.json()).toEqual({ computers: 3, events: HERS.length, sessions: 2 });
    expect(held.filter(({ is }) => is === 'event')).toHaveLength(HERS.length);
    expect(await timesOf(own)).toEqual(HISTORY.filter((_, i) => !HERS.includes(i)).map(({ time }) => time));
    const rebuilt = await portal.store.events.rebuild(NOW, own.companyId);
    expect(rebuilt).toMatchObject({ sessions: 3, corrected: 0 });
    const users = (await storedSessions(portal.store, own.companyId)).map(({ user, domain }) => [
      user,
      domain,
    ]);
    expect(users).toEqual([
      ['bob', 'CORP'],
      ['ana', 'PC3'],
      ['cem', 'CORP'],
    ]);
    expect(await checkStore(portal.store)).toEqual([]);
    expect(await everythingOf(foreign)).toBe(before);
  });

  it('again finds nothing; then there is nothing to export', async () => {
    await ask('chief', 'DELETE', own, ANA);
    const again = await ask('chief', 'DELETE', own, ANA);
    expect([again.statusCode, again.json()]).toEqual([200, { computers: 0, events: 0, sessions: 0 }]);
    expect((await ask('chief', 'GET', own, ANA)).json().code).toBe('person/not-found');
  });

  it('of a namesake of another domain takes only his', async () => {
    expect((await ask('chief', 'DELETE', own, 'pc3\\ana')).json()).toEqual({
      computers: 1,
      events: 2,
      sessions: 1,
    });
    const [, ...hers] = await exported(ANA);
    expect(hers.at(-1)).toMatchObject({ events: HERS.length });
  });

  it('is in the trail with who did it and how much, and without a word of what was erased', async () => {
    await ask('chief', 'DELETE', own, ANA);
    const trail = await portal.store.db
      .selectFrom('audit_trail')
      .selectAll()
      .where('company_id', '=', own.companyId)
      .orderBy('seq')
      .execute();
    expect(trail.map(({ action, user_name }) => [action, user_name])).toEqual([
      ['person.erase-begin', `chief${run}`],
      ['person.erase', `chief${run}`],
    ]);
    expect(JSON.parse(trail[1]!.detail!)).toEqual({ computers: 3, events: HERS.length, sessions: 2 });
    expect(JSON.stringify(trail).toLowerCase()).not.toMatch(/1001|ana\b/);
  });
});

describe('nobody but an administrator of the company', () => {
  it.each(['GET', 'DELETE'] as const)('may %s', async (method) => {
    const before = await everythingOf(foreign);
    expect((await ask('user', method, own, ANA)).statusCode).toBe(403);
    expect((await ask('chief', method, foreign, ANA)).json().code).toBe('company/not-found');
    expect(await everythingOf(foreign)).toBe(before);
  });
});
