/** Companies, their sites and the keys of these. */
import { z } from 'zod';
import { endpoint, NO_CONTENT } from '../endpoint.ts';
import { isoInstant, rowId } from '../shapes.ts';

const name = z.string().trim().min(1).max(100);
const description = z.string().max(200).nullable();
const mfaPolicy = z.enum(['inherit', 'required', 'optional']);
const company = z.object({ companyId: rowId });
const site = z.object({ companyId: rowId, siteId: rowId });
const key = z.object({ companyId: rowId, keyId: rowId });
const OVERLAP_HOURS_MAX = 30 * 24;

export const companyView = z
  .object({
    id: z.number().int(),
    name: z.string(),
    description: z.string().nullable(),
    active: z.boolean(),
    mfaPolicy,
    createdAt: isoInstant,
  })
  .meta({ id: 'Company' });

export const siteView = z
  .object({ id: z.number().int(), name: z.string(), active: z.boolean(), createdAt: isoInstant })
  .meta({ id: 'Site' });

export const keyView = z
  .object({
    id: z.number().int(),
    siteId: z.number().int(),
    prefix: z
      .string()
      .meta({ description: 'Beginning of the key; the rest is known to nobody but its agents.' }),
    description: z.string().nullable(),
    active: z.boolean(),
    createdAt: isoInstant,
    expiresAt: isoInstant.nullable(),
    lastUsedAt: isoInstant.nullable(),
    lastUsedFrom: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' });

const madeKey = z
  .object({
    id: z.number().int(),
    prefix: z.string(),
    key: z.string().meta({ description: 'Shown this once.' }),
  })
  .meta({ id: 'MadeApiKey' });

export const listCompanies = endpoint({
  id: 'listCompanies',
  method: 'GET',
  path: '/api/v1/companies',
  summary: 'The companies one belongs to, or all there are.',
  replies: { 200: z.object({ rows: z.array(companyView) }) },
  auth: 'portal',
});

export const createCompany = endpoint({
  id: 'createCompany',
  method: 'POST',
  path: '/api/v1/companies',
  summary: 'Makes a company with its first site and a key for it.',
  body: z.strictObject({ name, description: description.default(null) }),
  replies: { 201: z.object({ companyId: z.number().int(), siteId: z.number().int(), apiKey: madeKey }) },
  auth: 'portal',
});

export const editCompany = endpoint({
  id: 'editCompany',
  method: 'PATCH',
  path: '/api/v1/companies/:companyId',
  summary: 'Renames or describes a company, or puts it out of use.',
  params: company,
  body: z.strictObject({
    name: name.optional(),
    description: description.optional(),
    active: z.boolean().optional(),
  }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const deleteCompany = endpoint({
  id: 'deleteCompany',
  method: 'DELETE',
  path: '/api/v1/companies/:companyId',
  summary: 'Deletes a company that holds no events.',
  params: company,
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const setCompanyMfa = endpoint({
  id: 'setCompanyMfa',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/mfa-policy',
  summary: 'Says whether the people of a company need a second factor.',
  params: company,
  body: z.strictObject({ policy: mfaPolicy }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const listSites = endpoint({
  id: 'listSites',
  method: 'GET',
  path: '/api/v1/companies/:companyId/sites',
  summary: 'The sites of a company.',
  params: company,
  replies: { 200: z.object({ rows: z.array(siteView) }) },
  auth: 'portal',
});

export const createSite = endpoint({
  id: 'createSite',
  method: 'POST',
  path: '/api/v1/companies/:companyId/sites',
  summary: 'Makes a site.',
  params: company,
  body: z.strictObject({ name }),
  replies: { 201: z.object({ id: z.number().int() }) },
  auth: 'portal',
});

export const editSite = endpoint({
  id: 'editSite',
  method: 'PATCH',
  path: '/api/v1/companies/:companyId/sites/:siteId',
  summary: 'Renames a site, or puts it out of use: its keys then open nothing.',
  params: site,
  body: z.strictObject({ name: name.optional(), active: z.boolean().optional() }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const deleteSite = endpoint({
  id: 'deleteSite',
  method: 'DELETE',
  path: '/api/v1/companies/:companyId/sites/:siteId',
  summary: 'Deletes a site from which no events came, with its keys.',
  params: site,
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const listKeys = endpoint({
  id: 'listKeys',
  method: 'GET',
  path: '/api/v1/companies/:companyId/keys',
  summary: 'The API keys of a company; never the keys themselves.',
  params: company,
  replies: { 200: z.object({ rows: z.array(keyView) }) },
  auth: 'portal',
});

export const createKey = endpoint({
  id: 'createKey',
  method: 'POST',
  path: '/api/v1/companies/:companyId/keys',
  summary: 'Makes a key for a site; it is shown this once.',
  params: company,
  body: z.strictObject({
    siteId: rowId,
    description: description.default(null),
    expiresAt: isoInstant.nullable().default(null),
  }),
  replies: { 201: madeKey },
  auth: 'portal',
});

export const editKey = endpoint({
  id: 'editKey',
  method: 'PATCH',
  path: '/api/v1/companies/:companyId/keys/:keyId',
  summary: 'Describes, disables, enables or dates a key.',
  params: key,
  body: z.strictObject({
    description: description.optional(),
    active: z.boolean().optional(),
    expiresAt: isoInstant.nullable().optional(),
  }),
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const rotateKey = endpoint({
  id: 'rotateKey',
  method: 'POST',
  path: '/api/v1/companies/:companyId/keys/:keyId/rotate',
  summary: 'Makes a successor of a key; the old one works on for some hours.',
  params: key,
  body: z.strictObject({ overlapHours: z.number().int().min(0).max(OVERLAP_HOURS_MAX).default(24) }),
  replies: { 201: madeKey },
  auth: 'portal',
});

export const deleteKey = endpoint({
  id: 'deleteKey',
  method: 'DELETE',
  path: '/api/v1/companies/:companyId/keys/:keyId',
  summary: 'Deletes a key.',
  params: key,
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});

export const getKeyUsage = endpoint({
  id: 'getKeyUsage',
  method: 'GET',
  path: '/api/v1/companies/:companyId/keys/:keyId/usage',
  summary: 'How much a key was used, by day (UTC).',
  params: key,
  replies: {
    200: z.object({
      rows: z.array(
        z.object({
          day: z.iso.date(),
          requests: z.number().int(),
          events: z.number().int(),
          errors: z.number().int(),
        }),
      ),
    }),
  },
  auth: 'portal',
});

export const COMPANY_ENDPOINTS = [
  listCompanies,
  createCompany,
  editCompany,
  deleteCompany,
  setCompanyMfa,
  listSites,
  createSite,
  editSite,
  deleteSite,
  listKeys,
  createKey,
  editKey,
  rotateKey,
  deleteKey,
  getKeyUsage,
] as const;
