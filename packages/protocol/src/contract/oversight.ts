/** Settings of the installation, the audit trail and the error log. */
import { z } from 'zod';
import { endpoint, NO_CONTENT } from '../endpoint.ts';
import { isoInstant, page, paging } from '../shapes.ts';
import { companyParams } from './asking.ts';

const section = z.enum(['registration', 'password', 'mfa', 'log']);
const level = z.enum(['critical', 'error', 'warning', 'info', 'debug']);
const values = z.record(z.string(), z.unknown());

export const auditRow = z
  .object({
    companyId: z.number().int().meta({ description: '0 for what concerns the whole installation.' }),
    number: z.number().int(),
    at: isoInstant,
    userId: z.number().int().nullable(),
    userName: z.string().nullable(),
    action: z.string(),
    target: z.string().nullable(),
    outcome: z.string(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    detail: z.unknown(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export const loginRow = auditRow
  .omit({ companyId: true, number: true, hash: true })
  .meta({ id: 'LoginEntry' });

export const errorRow = z
  .object({
    id: z.number().int(),
    at: isoInstant,
    level,
    logger: z.string().nullable(),
    message: z.string(),
    stack: z.string().nullable().meta({ description: 'For administrators of the installation only.' }),
    method: z.string().nullable(),
    path: z.string().nullable(),
    requestId: z.string().nullable(),
    userId: z.number().int().nullable(),
    companyId: z.number().int().nullable(),
    address: z.string().nullable(),
  })
  .meta({ id: 'ErrorEntry' });

export const getSettings = endpoint({
  id: 'getSettings',
  method: 'GET',
  path: '/api/v1/settings',
  summary: 'What administrators can set in the browser, by section, and the allowed domains.',
  replies: { 200: z.object({ sections: z.record(section, values), domains: z.array(z.string()) }) },
  auth: 'portal',
});

export const changeSettings = endpoint({
  id: 'changeSettings',
  method: 'PUT',
  path: '/api/v1/settings/:section',
  summary: 'Replaces one section and no other.',
  params: z.object({ section }),
  body: values,
  replies: { 200: values },
  auth: 'portal',
});

export const addDomain = endpoint({
  id: 'addDomain',
  method: 'POST',
  path: '/api/v1/settings/domains',
  summary: 'Allows addresses of a domain to have accounts; subdomains are domains of their own.',
  body: z.strictObject({ domain: z.string().max(260) }),
  replies: { 201: z.object({ domain: z.string() }) },
  auth: 'portal',
});

export const removeDomain = endpoint({
  id: 'removeDomain',
  method: 'DELETE',
  path: '/api/v1/settings/domains/:domain',
  summary: 'Takes a domain off the list; accounts that exist stay.',
  params: z.object({ domain: z.string().max(260) }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const listAudit = endpoint({
  id: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  summary: 'The audit trail of a company, or (company 0) of the installation, newest first.',
  query: z.object({ ...paging, company: z.coerce.number().int().min(0).default(0) }),
  replies: { 200: page(auditRow) },
  auth: 'portal',
});

export const listLogins = endpoint({
  id: 'listLogins',
  method: 'GET',
  path: '/api/v1/companies/:companyId/logins',
  summary:
    'What members of a company did at the door of this portal since they are members: logins, refusals, second factors, passwords.',
  params: companyParams,
  query: z.object(paging),
  replies: { 200: page(loginRow) },
  auth: 'portal',
});

export const checkAudit = endpoint({
  id: 'checkAudit',
  method: 'GET',
  path: '/api/v1/audit/check',
  summary: 'Recomputes a chain of the trail. Note the head elsewhere: a cut-off end shows only against it.',
  query: z.object({ company: z.coerce.number().int().min(0).default(0) }),
  replies: {
    200: z.object({ entries: z.number().int(), head: z.string(), brokenAt: z.number().int().nullable() }),
  },
  auth: 'portal',
});

export const listErrors = endpoint({
  id: 'listErrors',
  method: 'GET',
  path: '/api/v1/errors',
  summary: 'The error log, newest first: all of it, or what happened in one company.',
  query: z.object({
    ...paging,
    company: z.coerce.number().int().min(1).optional().meta({
      description: 'Needed by who administers companies, not the installation.',
    }),
    level: level.optional(),
    from: isoInstant.optional(),
    to: isoInstant.optional(),
  }),
  replies: { 200: page(errorRow).extend({ counts: z.record(level, z.number().int()) }) },
  auth: 'portal',
});

export const clearErrors = endpoint({
  id: 'clearErrors',
  method: 'DELETE',
  path: '/api/v1/errors',
  summary: 'Deletes entries older than so many days; the audit trail keeps that it was done.',
  query: z.object({ keepDays: z.coerce.number().int().min(0).max(3_650) }),
  replies: { 200: z.object({ deleted: z.number().int() }) },
  auth: 'portal',
});

export const OVERSIGHT_ENDPOINTS = [
  getSettings,
  changeSettings,
  addDomain,
  removeDomain,
  listAudit,
  listLogins,
  checkAudit,
  listErrors,
  clearErrors,
] as const;
