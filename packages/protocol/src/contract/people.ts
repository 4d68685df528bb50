/** People and computers of a company: what there is of each, in pages. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { isoInstant, page, paging } from '../shapes.ts';
import { companyParams, range } from './asking.ts';

const search = z.string().max(255).default('').meta({ description: 'Part of the name; `*` is anything.' });
const summary = {
  firstSeen: isoInstant.nullable(),
  lastSeen: isoInstant.nullable(),
  sessions: z.number().int(),
  openSessions: z.number().int(),
  useSeconds: z.number(),
  failedLogons: z.number().int(),
  elevations: z.number().int(),
};

/** An account; `id` is its SID, or its name where the log has no SID. */
export const personRow = z
  .object({ id: z.string(), name: z.string(), user: z.string(), computers: z.number().int(), ...summary })
  .meta({ id: 'Person' });

export const listPeople = endpoint({
  id: 'listPeople',
  method: 'GET',
  path: '/api/v1/companies/:companyId/people',
  summary: 'People who have sessions, by name, with what there is of each in the range.',
  params: companyParams,
  query: z.object({ search, ...range, ...paging }),
  replies: { 200: page(personRow) },
  auth: 'portal',
});

export const getPerson = endpoint({
  id: 'getPerson',
  method: 'GET',
  path: '/api/v1/companies/:companyId/people/:personId',
  summary: 'One person, with the computers used.',
  params: companyParams.extend({ personId: z.string().min(1).max(255) }),
  query: z.object(range),
  replies: {
    200: personRow.extend({
      useUnionSeconds: z.number().meta({ description: 'Every moment once, on however many computers.' }),
      seenOn: z.array(z.object({ computer: z.string(), sessions: z.number().int(), useSeconds: z.number() })),
      complete: z.boolean(),
    }),
  },
  auth: 'portal',
});

export const computerRow = z
  .object({
    id: z.number().int(),
    name: z.string(),
    fqdn: z.string().nullable(),
    site: z.string().nullable(),
    people: z.number().int(),
    agentVersion: z.string().nullable(),
    reportedAt: isoInstant.meta({ description: 'When the server heard of it last.' }),
    ...summary,
  })
  .meta({ id: 'Computer' });

export const listComputers = endpoint({
  id: 'listComputers',
  method: 'GET',
  path: '/api/v1/companies/:companyId/computers',
  summary: 'Computers by name, with what there is of each in the range.',
  params: companyParams,
  query: z.object({ search, ...range, ...paging }),
  replies: { 200: page(computerRow) },
  auth: 'portal',
});

export const getComputer = endpoint({
  id: 'getComputer',
  method: 'GET',
  path: '/api/v1/companies/:companyId/computers/:computer',
  summary: 'One computer by its name, with the people seen there.',
  params: companyParams.extend({ computer: z.string().min(1).max(255) }),
  query: z.object(range),
  replies: {
    200: computerRow.extend({
      seen: z.array(
        z.object({
          id: z.string(),
          user: z.string(),
          sessions: z.number().int(),
          useSeconds: z.number(),
        }),
      ),
    }),
  },
  auth: 'portal',
});
