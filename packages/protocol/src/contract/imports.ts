/** Files of any known format given to the server, and how far they have been read. */
import { z } from 'zod';
import { endpoint, raw } from '../endpoint.ts';
import { page, paging, rowId } from '../shapes.ts';
import { companyParams } from './asking.ts';

/** A row of the file that could not be read. */
export const importProblem = z.object({
  code: z.string(),
  file: z.string(),
  record: z.number().nullable(),
  line: z.number().nullable(),
  field: z.string().nullable(),
  message: z.string(),
});

export const importStatus = z
  .object({
    id: z.number().int(),
    companyId: z.number().int(),
    fileName: z.string(),
    bytes: z.number().int(),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    eventsRead: z.number().int(),
    eventsStored: z.number().int(),
    eventsKnown: z.number().int(),
    problemCount: z.number().int(),
    problems: z.array(importProblem).meta({ description: 'The first of them; `problemCount` has all.' }),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Import' });
export type ImportStatus = z.output<typeof importStatus>;

export const createImport = endpoint({
  id: 'createImport',
  method: 'POST',
  path: '/api/v1/imports',
  summary:
    'Takes a file of any known format, as multipart form or as it is, and reads it in the background. Reading it again is harmless.',
  query: z.object({
    company: rowId,
    site: rowId.optional(),
    name: z.string().trim().min(1).max(255).optional().meta({ description: 'Name of a file sent as it is.' }),
    timezone: z.string().max(64).optional().meta({ description: 'IANA zone of times that name none.' }),
  }),
  body: raw('The file.', 'multipart/form-data', 'application/octet-stream'),
  replies: { 202: importStatus },
  auth: 'portal',
});

export const getImport = endpoint({
  id: 'getImport',
  method: 'GET',
  path: '/api/v1/imports/:id',
  summary: 'How far a file has been read, and which rows could not be.',
  params: z.object({ id: rowId }),
  replies: { 200: importStatus },
  auth: 'portal',
});

export const listImports = endpoint({
  id: 'listImports',
  method: 'GET',
  path: '/api/v1/companies/:companyId/imports',
  summary:
    'Files given to a company, newest first, with how far each was read; problems only with the single file.',
  params: companyParams,
  query: z.object({ ...paging }),
  replies: { 200: page(importStatus) },
  auth: 'portal',
});
