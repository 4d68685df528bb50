/** Settings, audit trail and error log over HTTP. */
import * as contract from '@logonscope/protocol';
import type { Access } from '../../access/access.ts';
import { addDomain, allowedDomains, removeDomain } from '../../access/portal/domains.ts';
import { changeSection, readSection, type SectionName } from '../../access/portal/settings.ts';
import type { ErrorRow, Level } from '../../access/trail/error-log.ts';
import { badCursor, checkTrail, clearErrorLog, readErrors } from '../../access/trail/reading.ts';
import type { Store } from '../../db/index.ts';
import { type Route, route } from '../../http/mount.ts';
import { readAudit, readMemberLogins } from './audit-queries.ts';

const { reply } = contract;
type Limit = Store['dialect']['page'];

const SECTION_NAMES = ['registration', 'password', 'mfa', 'log'] as const satisfies readonly SectionName[];

function settingsRoutes({ portal, acting }: Access): Route[] {
  const { db } = portal.store;
  return [
    route(contract.getSettings, {
      action: 'settings.read',
      async handle() {
        const read = async (name: SectionName) => [name, await readSection(db, name)] as const;
        const sections = Object.fromEntries(await Promise.all(SECTION_NAMES.map(read)));
        return reply(200, {
          sections: sections as Record<SectionName, never>,
          domains: await allowedDomains(db),
        });
      },
    }),
    route(contract.changeSettings, {
      action: 'settings.change',
      handle: async ({ caller, request, params, body }) =>
        reply(200, await changeSection(portal, acting(caller, request), params.section, body)),
    }),
    route(contract.addDomain, {
      action: 'settings.change',
      handle: async ({ caller, request, body }) =>
        reply(201, { domain: await addDomain(portal, acting(caller, request), body.domain) }),
    }),
    route(contract.removeDomain, {
      action: 'settings.change',
      async handle({ caller, request, params }) {
        await removeDomain(portal, acting(caller, request), params.domain);
        return reply(204, null);
      },
    }),
  ];
}

function auditRoutes({ portal, acting }: Access, limit: Limit): Route[] {
  return [
    route(contract.listAudit, {
      action: 'audit.read',
      handle: async ({ scope, query }) => reply(200, await readAudit(scope, query, limit)),
    }),
    route(contract.listLogins, {
      action: 'audit.read',
      handle: async ({ caller, request, params, query }) =>
        reply(200, await readMemberLogins(portal, acting(caller, request), { ...params, ...query }, limit)),
    }),
    route(contract.checkAudit, {
      action: 'audit.verify',
      handle: async ({ caller, request, query }) =>
        reply(200, await checkTrail(portal, acting(caller, request), query.company)),
    }),
  ];
}

function errorToWire(row: ErrorRow) {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    level: row.level as Level,
    logger: row.logger,
    message: row.message,
    stack: row.stack,
    method: row.method,
    path: row.path,
    requestId: row.request_id,
    userId: row.user_id,
    companyId: row.company_id,
    address: row.address,
  };
}

/** The keys of the row before a page of errors. */
function afterOf(cursor: string | undefined) {
  if (cursor === undefined) return null;
  const [atMs, id] = contract.decodeCursor(cursor, 2) ?? [];
  if (typeof atMs !== 'number' || typeof id !== 'number') throw badCursor();
  return { atMs, id };
}

function errorRoutes({ portal, acting }: Access, limit: Limit): Route[] {
  return [
    route(contract.listErrors, {
      action: 'error-log.read',
      async handle({ caller, request, query }) {
        const question = {
          companyId: query.company ?? null,
          level: query.level ?? null,
          fromMs: query.from === undefined ? 0 : Date.parse(query.from),
          toMs: query.to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(query.to),
          after: afterOf(query.cursor),
          limit: limit(query.limit + 1),
        };
        const { rows, counts } = await readErrors(portal, acting(caller, request), question);
        const shown = rows.slice(0, query.limit);
        const last = rows.length > query.limit ? shown.at(-1) : undefined;
        const next = last === undefined ? null : contract.encodeCursor([last.at, last.id]);
        return reply(200, { rows: shown.map(errorToWire), next, counts });
      },
    }),
    route(contract.clearErrors, {
      action: 'error-log.clear',
      handle: async ({ caller, request, query }) =>
        reply(200, { deleted: await clearErrorLog(portal, acting(caller, request), query.keepDays) }),
    }),
  ];
}

export function oversightRoutes(access: Access, limit: Limit): Route[] {
  return [...settingsRoutes(access), ...auditRoutes(access, limit), ...errorRoutes(access, limit)];
}
