/** What administrators of a company see of their people's logins and of failures in their company, and nothing beyond. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../access/passwords/passwords.ts';
import { writeAudit } from '../../access/trail/audit.ts';
import { openTestPortal, type TestCompany, type TestPortal } from '../../http/testdata/portal.ts';
import { keepFailures } from '../../operations/failures.ts';
import { accountRoutes } from '../account/routes.ts';
import { computerRoutes } from '../computers/routes.ts';
import { oversightRoutes } from './oversight.ts';

const PASSWORD = 'Correct-Horse-1';
const BEGIN = Date.UTC(2026, 2, 2, 8);
let nowMs = BEGIN;
let portal: TestPortal;
let alpha: TestCompany;
let beta: TestCompany;
const who: Record<string, { userId: number; headers: Record<string, string> }> = {};

beforeAll(async () => {
  portal = await openTestPortal({
    now: () => nowMs,
    routes: ({ access, store }) => [
      ...accountRoutes(access),
      ...oversightRoutes(access, store.dialect.page),
      ...computerRoutes({ limit: store.dialect.page }),
    ],
  });
  keepFailures(portal.app, portal.store, () => nowMs);
  alpha = await portal.addCompany('Alpha');
  beta = await portal.addCompany('Beta');
  who.chief = await portal.addPerson('chief', 'User', { [alpha.companyId]: 'CompanyAdmin' });
  who.rival = await portal.addPerson('rival', 'User', { [beta.companyId]: 'CompanyAdmin' });
  who.admin = await portal.addPerson('admin', 'Admin', { [alpha.companyId]: 'User' });
  who.ana = await portal.addPerson('ana', 'User', { [alpha.companyId]: 'User' });
  who.bob = await portal.addPerson('bob', 'User', { [beta.companyId]: 'User' });
  // Belongs to both, to Alpha only since the second hour.
  who.both = await portal.addPerson('both', 'User', { [beta.companyId]: 'User' });
  who.boss = await portal.addPerson('boss', 'GlobalAdmin');
  const password_hash = await hashPassword(PASSWORD);
  await portal.store.db.updateTable('users').set({ password_hash }).execute();
});
afterAll(() => portal.close());

const get = async (as: string, path: string) => {
  const url = `/api/v1${path}`;
  const answer = await portal.app.inject({ url, headers: who[as]!.headers });
  return { status: answer.statusCode, body: answer.json() };
};
const login = (name: string, password = PASSWORD) =>
  portal.app.inject({
    method: 'POST',
    url: '/api/v1/account/login',
    headers: { 'user-agent': 'test' },
    payload: { login: name, password },
  });
const logins = (as: string, { companyId }: TestCompany, query = '') =>
  get(as, `/companies/${companyId}/logins${query}`);
const told = ({ body }: Awaited<ReturnType<typeof get>>) =>
  body.rows.map((row: Record<string, string>) => `${row.userName} ${row.action} ${row.outcome}`);

describe('logins', () => {
  it('of its members are a company’s to see, from the day on which they belong to it', async () => {
    for (const name of ['ana', 'bob', 'both', 'nobody']) await login(name);
    await login('ana', 'wrong');
    nowMs += 3_600_000;
    await portal.store.db
      .insertInto('memberships')
      .values({ company_id: alpha.companyId, user_id: who.both!.userId, role: 'User', created_at: nowMs })
      .execute();
    await login('both');
    expect(told(await logins('chief', alpha))).toEqual([
      'both account.login done',
      'ana account.login refused',
      'ana account.login done',
    ]);
    expect(told(await logins('rival', beta))).toEqual([
      'both account.login done',
      'both account.login done',
      'bob account.login done',
    ]);
    const [row] = (await logins('chief', alpha)).body.rows;
    expect(row).toMatchObject({ address: '127.0.0.1', at: new Date(nowMs).toISOString() });
    expect(Object.keys(row)).not.toContain('hash');
  });

  it('are nothing but what happens at the door: what GlobalAdmins do elsewhere is not told', async () => {
    const origin = { userId: who.ana!.userId, userName: 'ana', address: null, requestId: null };
    const deed = { companyId: 0, atMs: nowMs, target: null, outcome: 'done' as const };
    await writeAudit(portal.store, { ...origin, ...deed, action: 'settings.change' });
    await writeAudit(portal.store, { ...origin, ...deed, action: 'accounts.fake' });
    expect(
      told(await logins('chief', alpha)).filter((line: string) => !line.includes('account.login')),
    ).toEqual([]);
  });

  it('come in pages', async () => {
    const first = await logins('chief', alpha, '?limit=2');
    expect(first.body.rows).toHaveLength(2);
    const second = await logins('chief', alpha, `?limit=2&cursor=${first.body.next}`);
    expect([second.body.rows.length, second.body.next]).toEqual([1, null]);
    expect((await logins('chief', alpha, '?cursor=x')).body.code).toBe('http/bad-cursor');
  });

  it.each([
    ['rival', () => alpha, 404],
    ['chief', () => beta, 404],
    ['ana', () => alpha, 403],
    ['admin', () => alpha, 403],
    ['boss', () => alpha, 200],
  ])('are not for %s of another company, nor for mere members', async (as, company, status) => {
    expect((await logins(as, company())).status).toBe(status);
  });
});

describe('failures', () => {
  const errors = (as: string, company?: number) =>
    get(as, `/errors${company === undefined ? '' : `?company=${company}`}`);

  it('of the server are kept with the company they happened in, and told to those who administer it', async () => {
    await portal.store.db.schema.alterTable('computers').renameTo('computers_gone').execute();
    const list = (as: string, { companyId }: TestCompany) => get(as, `/companies/${companyId}/computers`);
    expect((await list('ana', alpha)).status).toBe(500);
    expect((await list('bob', beta)).status).toBe(500);
    await portal.store.db.schema.alterTable('computers_gone').renameTo('computers').execute();

    const { body } = await errors('chief', alpha.companyId);
    expect(body.rows).toHaveLength(1);
    expect(body.rows[0]).toMatchObject({
      companyId: alpha.companyId,
      userId: who.ana!.userId,
      stack: null,
      path: `/api/v1/companies/${alpha.companyId}/computers`,
    });
    expect(body.counts).toMatchObject({ error: 1 });
    const all = await errors('boss');
    expect(all.body.rows).toHaveLength(2);
    expect(all.body.rows[0].stack).toContain('computers');
    expect((await errors('boss', beta.companyId)).body.rows).toHaveLength(1);
  });

  it.each([
    ['chief', () => undefined, 403],
    ['chief', () => beta.companyId, 404],
    ['rival', () => alpha.companyId, 404],
    ['ana', () => alpha.companyId, 403],
    ['boss', () => 12345, 404],
  ])('are not for %s where he does not administer', async (as, company, status) => {
    expect((await errors(as, company())).status).toBe(status);
  });

  it('are cleared by the administrators of the installation only', async () => {
    const answer = await portal.app.inject({
      method: 'DELETE',
      url: '/api/v1/errors?keepDays=0',
      headers: who.chief!.headers,
    });
    expect(answer.statusCode).toBe(403);
  });
});
