/** Makes the company of the demo: its sites and their keys, by the same routes as an administrator does. */
import {
  type ClientOptions,
  call,
  createKey,
  createSite,
  editCompany,
  editSite,
  listCompanies,
  listSites,
  login,
} from '@logonscope/protocol';
import { SITES, type SiteName } from './fleet.ts';

export interface Administrator {
  readonly username: string;
  readonly password: string;
}

export interface DemoCompany {
  readonly companyId: number;
  readonly keys: Readonly<Record<SiteName, string>>;
}

const DESCRIPTION = 'Demo data: simulated people and computers.';

/** Signs in; returns what every later request of this person needs. */
export async function signIn(base: string, { username, password }: Administrator): Promise<ClientOptions> {
  let cookie = '';
  const noting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    return response;
  };
  const { body } = await call({ base, fetch: noting }, login, { body: { login: username, password } });
  return { base, headers: () => ({ cookie, 'x-csrf-token': body.csrfToken }) };
}

/** Gives the company of the first start its sites, each with a key. */
export async function setUpCompany(base: string, administrator: Administrator): Promise<DemoCompany> {
  const portal = await signIn(base, administrator);
  const companyId = (await call(portal, listCompanies, {})).body.rows[0]!.id;
  const params = { companyId };
  await call(portal, editCompany, { params, body: { description: DESCRIPTION } });
  const existing = (await call(portal, listSites, { params })).body.rows;
  const keys: Partial<Record<SiteName, string>> = {};
  for (const [index, { name }] of SITES.entries()) {
    const siteId =
      existing[index]?.id ?? (await call(portal, createSite, { params, body: { name } })).body.id;
    if (index < existing.length) {
      await call(portal, editSite, { params: { companyId, siteId }, body: { name } });
    }
    const made = await call(portal, createKey, { params, body: { siteId, description: 'demo' } });
    keys[name] = made.body.key;
  }
  return { companyId, keys: keys as DemoCompany['keys'] };
}
