/** Working hours: set by those who administer the company, read by its members, known to nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openTestPortal,
  type TestCompany,
  type TestPerson,
  type TestPortal,
} from '../../http/testdata/portal.ts';
import { workingHoursRoutes } from './routes.ts';

const NIGHTS = { timezone: 'Europe/London', fromHour: 22, toHour: 6, days: [5, 1, 5] };
const USUAL = { timezone: 'Europe/Berlin', fromHour: 7, toHour: 19, days: [1, 2, 3, 4, 5] };

let portal: TestPortal;
let acme: TestCompany;
let admin: TestPerson;
let member: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  portal = await openTestPortal({
    routes: (parts) => workingHoursRoutes(parts.access, { timezone: 'Europe/Berlin' }),
  });
  acme = await portal.addCompany('Acme');
  const other = await portal.addCompany('Other');
  admin = await portal.addPerson('admin', 'User', { [acme.companyId]: 'CompanyAdmin' });
  member = await portal.addPerson('member', 'User', { [acme.companyId]: 'User' });
  stranger = await portal.addPerson('stranger', 'User', { [other.companyId]: 'CompanyAdmin' });
});
afterAll(() => portal.close());

const url = () => `/api/v1/companies/${acme.companyId}/working-hours`;
const read = (who: TestPerson) => portal.app.inject({ url: url(), headers: who.headers });
const write = (who: TestPerson, own: unknown) =>
  portal.app.inject({ method: 'PUT', url: url(), headers: who.headers, payload: { own } });

test('the usual week holds until somebody says otherwise, in the zone of the installation', async () => {
  expect((await read(member)).json()).toEqual({ own: null, inForce: USUAL });
});

test('a night shift is kept, its days in order and each once; null goes back', async () => {
  const kept = { ...NIGHTS, days: [1, 5] };
  expect((await write(admin, NIGHTS)).json()).toEqual({ own: kept, inForce: kept });
  expect((await read(member)).json().inForce).toEqual(kept);
  expect((await write(admin, null)).json()).toEqual({ own: null, inForce: USUAL });
});

test('what else stands in the settings of the company stays there', async () => {
  const { db } = portal.store;
  const change = (settings: string) =>
    db.updateTable('companies').set({ settings }).where('id', '=', acme.companyId).execute();
  await change('{"colour":"red"}');
  await write(admin, NIGHTS);
  const [row] = await db
    .selectFrom('companies')
    .select('settings')
    .where('id', '=', acme.companyId)
    .execute();
  expect(JSON.parse(row!.settings!)).toMatchObject({ colour: 'red', workingHours: { fromHour: 22 } });
  await change('no JSON at all');
  expect((await read(member)).json().own).toBe(null);
});

test.each([
  [{ ...NIGHTS, timezone: 'Moon/Base' }],
  [{ ...NIGHTS, days: [] }],
  [{ ...NIGHTS, days: [8] }],
  [{ ...NIGHTS, fromHour: 24 }],
  [{ ...NIGHTS, toHour: 0 }],
])('%j is refused', async (own) => {
  expect((await write(admin, own)).statusCode).toBe(400);
});

test('members read and do not write; for others the company is not there', async () => {
  expect((await write(member, NIGHTS)).statusCode).toBe(403);
  expect((await read(stranger)).statusCode).toBe(404);
  expect((await write(stranger, NIGHTS)).statusCode).toBe(404);
});

test('the change stands in the trail of the company', async () => {
  await write(admin, NIGHTS);
  const entries = await portal.store.db
    .selectFrom('audit_trail')
    .select(['company_id', 'action'])
    .where('action', '=', 'working-hours.change')
    .execute();
  expect(entries.at(-1)).toEqual({ company_id: acme.companyId, action: 'working-hours.change' });
});
