/** One person's data: all that is held of somebody, to be handed out or deleted. */
import { z } from 'zod';
import { endpoint, raw } from '../endpoint.ts';
import { companyParams } from './asking.ts';

const personParams = companyParams.extend({ personId: z.string().min(1).max(255) });
const count = z.number().int().min(0);

export const exportPerson = endpoint({
  id: 'exportPerson',
  method: 'GET',
  path: '/api/v1/companies/:companyId/people/:personId/data',
  summary: 'All that a company holds of one person: sessions with their ledgers, events, use by day.',
  params: personParams,
  replies: {
    200: raw(
      'One JSON object a line; `is` says what it is: person, session, event, day (UTC) or end, with counts.',
      'application/x-ndjson',
    ),
  },
  auth: 'portal',
});

export const erasePerson = endpoint({
  id: 'erasePerson',
  method: 'DELETE',
  path: '/api/v1/companies/:companyId/people/:personId',
  summary: 'Deletes all that a company holds of one person, for good; doing it again finds nothing.',
  params: personParams,
  replies: { 200: z.object({ computers: count, events: count, sessions: count }) },
  auth: 'portal',
});
