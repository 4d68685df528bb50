/** Reports and analytics by name, and everything as a file. */
import { z } from 'zod';
import { endpoint, raw } from '../endpoint.ts';
import { isoInstant } from '../shapes.ts';
import { asking, companyParams } from './asking.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Lists as one text with commas between. */
const words = z
  .string()
  .max(4_000)
  .transform((text) =>
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  );

/** What only some reports read; each has a default there. */
const reportFields = {
  dayStart: z.coerce.number().int().min(0).max(23).default(0),
  groupBy: z.enum(['user', 'user-computer', 'computer', 'site']).optional(),
  windowSeconds: z.coerce.number().positive().max(31_622_400).optional(),
  threshold: z.coerce.number().int().min(1).max(1_000_000).optional(),
  allow: words.optional(),
  at: isoInstant.optional(),
  computer: z.string().min(1).max(255).optional(),
};

export const reportQuery = z.object({ ...asking, ...reportFields });

export const listReports = endpoint({
  id: 'listReports',
  method: 'GET',
  path: '/api/v1/reports',
  summary: 'Which reports there are, and what their numbers mean.',
  replies: {
    200: z.object({
      rows: z.array(z.object({ id: z.string(), title: z.string(), method: z.string() })),
    }),
  },
  auth: 'portal',
});

export const runReport = endpoint({
  id: 'runReport',
  method: 'GET',
  path: '/api/v1/companies/:companyId/reports/:report',
  summary: 'One report over the sessions and events of a range.',
  params: companyParams.extend({ report: z.string().min(1).max(64) }),
  query: reportQuery,
  replies: {
    200: z.object({
      id: z.string(),
      title: z.string(),
      method: z.string(),
      columns: z.array(z.object({ key: z.string(), title: z.string(), unit: z.string() })),
      rows: z.array(z.record(z.string(), cell)),
      from: isoInstant,
      to: isoInstant,
    }),
  },
  auth: 'portal',
});

export const EXPORT_FORMATS = ['csv', 'xlsx', 'pdf', 'json', 'ndjson', 'parquet'] as const;
const format = z.enum(EXPORT_FORMATS).default('csv');
const columns = words.optional().meta({ description: 'Which columns, in this order; all unless named.' });
const FILE = raw(
  'The file, as it is written.',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/pdf',
  'application/json',
  'application/x-ndjson',
  'application/vnd.apache.parquet',
);

export const exportSessions = endpoint({
  id: 'exportSessions',
  method: 'GET',
  path: '/api/v1/companies/:companyId/exports/sessions',
  summary: 'All sessions that fit the filter, oldest first, as a file.',
  params: companyParams,
  query: z.object({ ...asking, format, columns }),
  replies: { 200: FILE },
  auth: 'portal',
});

export const exportEvents = endpoint({
  id: 'exportEvents',
  method: 'GET',
  path: '/api/v1/companies/:companyId/exports/events',
  summary: 'All events that fit the filter, oldest first, as a file.',
  params: companyParams,
  query: z.object({ ...asking, format, columns }),
  replies: { 200: FILE },
  auth: 'portal',
});

export const exportReport = endpoint({
  id: 'exportReport',
  method: 'GET',
  path: '/api/v1/companies/:companyId/exports/reports/:report',
  summary: 'One report as a file.',
  params: companyParams.extend({ report: z.string().min(1).max(64) }),
  query: reportQuery.extend({ format, columns }),
  replies: { 200: FILE },
  auth: 'portal',
});
