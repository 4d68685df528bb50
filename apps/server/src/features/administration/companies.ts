/** Companies, sites and keys over HTTP. */
import * as contract from '@logonscope/protocol';
import type { Access } from '../../access/access.ts';
import * as companies from '../../access/administration/companies.ts';
import * as sites from '../../access/administration/sites.ts';
import * as keys from '../../access/keys/key-deeds.ts';
import { type Route, route } from '../../http/mount.ts';
import { listCompanies, listKeys, listSites, listUsage } from './company-queries.ts';

const { reply } = contract;

const keyToWire = ({ id, prefix, text }: keys.MadeKey) => ({ id, prefix, key: text });
const SHOWN_ONCE = { 'cache-control': 'no-store' };

/** An instant of the wire as milliseconds; absent and null stay what they are. */
function instantOf<T extends null | undefined>(text: string | T): number | T {
  return typeof text === 'string' ? Date.parse(text) : text;
}

function companyRoutesOnly({ portal, acting, checks }: Access): Route[] {
  return [
    route(contract.listCompanies, {
      action: 'company.read',
      handle: async ({ scope }) => reply(200, { rows: await listCompanies(scope) }),
    }),
    route(contract.createCompany, {
      action: 'company.create',
      async handle({ caller, request, body }) {
        const { companyId, siteId, key } = await companies.createCompany(
          portal,
          acting(caller, request),
          body,
        );
        return reply(201, { companyId, siteId, apiKey: keyToWire(key) }, SHOWN_ONCE);
      },
    }),
    route(contract.editCompany, {
      action: 'company.edit',
      async handle({ caller, request, params, body }) {
        await companies.editCompany(portal, acting(caller, request), params.companyId, body);
        checks.forget();
        return reply(204, null);
      },
    }),
    route(contract.deleteCompany, {
      action: 'company.delete',
      async handle({ caller, request, params }) {
        await companies.deleteCompany(portal, acting(caller, request), params.companyId);
        checks.forget();
        return reply(204, null);
      },
    }),
    route(contract.setCompanyMfa, {
      action: 'company.require-mfa',
      async handle({ caller, request, params, body }) {
        await companies.setCompanyMfa(portal, acting(caller, request), params.companyId, body.policy);
        return reply(204, null);
      },
    }),
  ];
}

function siteRoutes({ portal, acting, checks }: Access): Route[] {
  return [
    route(contract.listSites, {
      action: 'company.read',
      handle: async ({ scope, params }) => reply(200, { rows: await listSites(scope, params.companyId) }),
    }),
    route(contract.createSite, {
      action: 'site.create',
      async handle({ caller, request, params, body }) {
        const id = await sites.createSite(portal, acting(caller, request), params.companyId, body.name);
        return reply(201, { id });
      },
    }),
    route(contract.editSite, {
      action: 'site.edit',
      async handle({ caller, request, params, body }) {
        await sites.editSite(portal, acting(caller, request), params, body);
        checks.forget();
        return reply(204, null);
      },
    }),
    route(contract.deleteSite, {
      action: 'site.delete',
      async handle({ caller, request, params }) {
        await sites.deleteSite(portal, acting(caller, request), params);
        checks.forget();
        return reply(204, null);
      },
    }),
  ];
}

function keyRoutes({ portal, acting, checks }: Access): Route[] {
  return [
    route(contract.listKeys, {
      action: 'key.read',
      handle: async ({ scope, params }) => reply(200, { rows: await listKeys(scope, params.companyId) }),
    }),
    route(contract.createKey, {
      action: 'key.create',
      async handle({ caller, request, params, body }) {
        const { siteId, description, expiresAt } = body;
        const place = { companyId: params.companyId, siteId, description, expiresAtMs: instantOf(expiresAt) };
        return reply(
          201,
          keyToWire(await keys.createKey(portal, acting(caller, request), place)),
          SHOWN_ONCE,
        );
      },
    }),
    route(contract.editKey, {
      action: 'key.edit',
      async handle({ caller, request, params, body }) {
        const { description, active, expiresAt } = body;
        const expiresAtMs = instantOf(expiresAt);
        await keys.changeKey(portal, acting(caller, request), params, {
          ...(description === undefined ? {} : { description }),
          ...(active === undefined ? {} : { active }),
          ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
        });
        checks.forget();
        return reply(204, null);
      },
    }),
    route(contract.rotateKey, {
      action: 'key.rotate',
      async handle({ caller, request, params, body }) {
        const made = await keys.rotateKey(portal, acting(caller, request), params, body.overlapHours);
        checks.forget();
        return reply(201, keyToWire(made), SHOWN_ONCE);
      },
    }),
    route(contract.deleteKey, {
      action: 'key.delete',
      async handle({ caller, request, params }) {
        await keys.deleteKey(portal, acting(caller, request), params);
        checks.forget();
        return reply(204, null);
      },
    }),
    route(contract.getKeyUsage, {
      action: 'key.read',
      handle: async ({ scope, params }) => reply(200, { rows: await listUsage(scope, params) }),
    }),
  ];
}

export function companyRoutes(access: Access): Route[] {
  return [...companyRoutesOnly(access), ...siteRoutes(access), ...keyRoutes(access)];
}
