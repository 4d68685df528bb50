/** Views that people saved under a name: a page with its range, filter and options, for oneself or the whole company. */
import { z } from 'zod';
import { endpoint, NO_CONTENT } from '../endpoint.ts';
import { isoInstant, rowId } from '../shapes.ts';
import { companyParams } from './asking.ts';

const NAME_CHARS_MAX = 100;
/** As much as a filter may have, and its options. */
const SEARCH_CHARS_MAX = 6_000;
/** Of one company: a list that people still read. */
export const SAVED_VIEWS_MAX = 500;

const name = z.string().trim().min(1).max(NAME_CHARS_MAX);
/** Below the company: `sessions`, `reports/time-spent`. Never an address of its own. */
const page = z
  .string()
  .max(200)
  .regex(
    /^([a-z][a-z-]*(\/[A-Za-z0-9%._~-]+)*)?$/,
    'a page of the company such as sessions or reports/daily',
  );
const search = z
  .string()
  .max(SEARCH_CHARS_MAX)
  .regex(/^(\?[^#\s]*)?$/, 'the part of an address from its question mark on');
const shared = z
  .boolean()
  .meta({ description: 'Everybody of the company sees it; otherwise only its maker.' });

const savedView = z
  .object({
    id: z.number().int(),
    name: z.string(),
    page: z.string(),
    search: z.string(),
    shared: z.boolean(),
    mine: z.boolean(),
    by: z.string().meta({ description: 'Who made it.' }),
    createdAt: isoInstant,
  })
  .meta({ id: 'SavedView' });

export const listViews = endpoint({
  id: 'listViews',
  method: 'GET',
  path: '/api/v1/companies/:companyId/views',
  summary: 'One’s own saved views and those shared with everybody of the company, by name.',
  params: companyParams,
  replies: { 200: z.object({ rows: z.array(savedView) }) },
  auth: 'portal',
});

export const createView = endpoint({
  id: 'createView',
  method: 'POST',
  path: '/api/v1/companies/:companyId/views',
  summary: 'Saves a view under a name.',
  params: companyParams,
  body: z.strictObject({ name, page, search, shared }),
  replies: { 201: savedView },
  auth: 'portal',
});

const viewParams = companyParams.extend({ viewId: rowId });

export const editView = endpoint({
  id: 'editView',
  method: 'PATCH',
  path: '/api/v1/companies/:companyId/views/:viewId',
  summary: 'Renames a saved view, or shares it, or keeps it to oneself again.',
  params: viewParams,
  body: z.strictObject({ name: name.optional(), shared: shared.optional() }),
  replies: { 200: savedView },
  auth: 'portal',
});

export const deleteView = endpoint({
  id: 'deleteView',
  method: 'DELETE',
  path: '/api/v1/companies/:companyId/views/:viewId',
  summary: 'Deletes a saved view: one’s own, or, as an administrator of the company, a shared one.',
  params: viewParams,
  replies: { 204: NO_CONTENT },
  auth: 'portal',
});
