/** Saved views: seen by whom they are for, changed by their makers, nobody's of another company. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openTestPortal,
  type TestCompany,
  type TestPerson,
  type TestPortal,
} from '../../http/testdata/portal.ts';
import { savedViewRoutes } from './routes.ts';

let portal: TestPortal;
let acme: TestCompany;
let other: TestCompany;
let ana: TestPerson;
let bo: TestPerson;
let chief: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  portal = await openTestPortal({ routes: ({ access }) => savedViewRoutes(access) });
  acme = await portal.addCompany('Acme');
  other = await portal.addCompany('Other');
  ana = await portal.addPerson('ana', 'User', { [acme.companyId]: 'User' });
  bo = await portal.addPerson('bo', 'User', { [acme.companyId]: 'User' });
  chief = await portal.addPerson('chief', 'User', { [acme.companyId]: 'CompanyAdmin' });
  stranger = await portal.addPerson('stranger', 'User', { [other.companyId]: 'User' });
});
afterAll(() => portal.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
async function ask(who: TestPerson, method: Method, path = '', payload?: object) {
  const answer = await portal.app.inject({
    method,
    url: `/api/v1/companies/${acme.companyId}/views${path}`,
    headers: who.headers,
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}

const VIEW = { name: 'Long days', page: 'sessions', search: '?q=dur:%3E10h&range=30d', shared: false };
const namesOf = async (who: TestPerson) =>
  (await ask(who, 'GET')).body.rows.map(
    ({ name, mine }: { name: string; mine: boolean }) => `${name} ${mine}`,
  );

describe('a saved view', () => {
  it('is its maker’s own until it is shared', async () => {
    const { status, body } = await ask(ana, 'POST', '', VIEW);
    expect([status, body]).toMatchObject([201, { ...VIEW, mine: true, by: 'ana' }]);
    expect(await namesOf(ana)).toEqual(['Long days true']);
    expect(await namesOf(bo)).toEqual([]);
    expect((await ask(bo, 'PATCH', `/${body.id}`, { name: 'Mine' })).status).toBe(404);
    await ask(ana, 'PATCH', `/${body.id}`, { shared: true });
    expect(await namesOf(bo)).toEqual(['Long days false']);
  });

  it('is changed by its maker alone, and deleted by administrators too once it is shared', async () => {
    const { body } = await ask(ana, 'POST', '', { ...VIEW, name: 'Nights', shared: true });
    expect((await ask(bo, 'DELETE', `/${body.id}`)).status).toBe(403);
    expect((await ask(ana, 'PATCH', `/${body.id}`, { name: 'Late nights' })).body.name).toBe('Late nights');
    expect((await ask(chief, 'DELETE', `/${body.id}`)).status).toBe(204);
    expect(await namesOf(ana)).toEqual(['Long days true']);
  });

  it('is nobody’s of another company', async () => {
    expect((await ask(stranger, 'GET')).status).toBe(404);
    expect((await ask(stranger, 'POST', '', VIEW)).status).toBe(404);
  });

  it.each([
    [{ ...VIEW, page: 'https://evil.example' }, 'page'],
    [{ ...VIEW, page: '../admin' }, 'page'],
    [{ ...VIEW, search: '#x' }, 'search'],
    [{ ...VIEW, name: '   ' }, 'name'],
    [{ ...VIEW, name: 'x'.repeat(101) }, 'name'],
  ])('leads nowhere but to a page of the company: %j', async (view, field) => {
    const { status, body } = await ask(ana, 'POST', '', view);
    expect(status).toBe(400);
    expect(body.errors[0].field).toContain(field);
  });

  it('keeps a hostile name as it is', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const { body } = await ask(ana, 'POST', '', { ...VIEW, name });
    expect(body.name).toBe(name);
    expect((await ask(ana, 'DELETE', `/${body.id}`)).status).toBe(204);
  });
});
