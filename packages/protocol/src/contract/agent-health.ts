/** What agents tell of themselves, and what they may forget. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { isoInstant, page, paging } from '../shapes.ts';
import { companyParams } from './asking.ts';

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const agentHealth = z.object({
  computer: z.string().trim().min(1).max(255),
  version: z.string().max(64).optional(),
  sentAt: isoInstant.meta({
    description: 'What the computer’s clock says: the server tells how far it is off.',
  }),
  backlog: count.optional().meta({ description: 'Events that wait to be sent.' }),
  oldestWaiting: isoInstant.optional().meta({ description: 'Time of the first of them.' }),
  epoch: z.string().min(1).max(64).optional().meta({ description: 'Which life of the spool.' }),
  auditPolicy: z
    .record(z.string().max(100), z.enum(['none', 'success', 'failure', 'both']))
    .optional()
    .meta({ description: 'Audit subcategories by their GUID.' }),
});
export type AgentHealth = z.output<typeof agentHealth>;

export const reportHealth = endpoint({
  id: 'reportHealth',
  method: 'POST',
  path: '/api/v1/agents/health',
  summary: 'Tells how an agent is doing; answers how far its clock is off and what of its spool is kept.',
  body: agentHealth,
  replies: {
    200: z.object({
      receivedAt: isoInstant,
      clockAheadMs: z.number().int().meta({ description: 'Positive where the computer’s clock runs ahead.' }),
      storedThrough: count.nullable().meta({ description: 'Of the spool named by `epoch`.' }),
    }),
  },
  auth: 'apiKey',
});

export const listAgents = endpoint({
  id: 'listAgents',
  method: 'GET',
  path: '/api/v1/companies/:companyId/agents',
  summary: 'Agents that told how they are doing, by the name of their computer, with what they said last.',
  params: companyParams,
  query: z.object({ ...paging }),
  replies: {
    200: page(
      z
        .object({
          computer: z.string(),
          site: z.string().nullable(),
          version: z.string().nullable(),
          lastSeen: isoInstant.meta({ description: 'When the server heard of the computer last.' }),
          clockAheadMs: z.number().int().nullable(),
          backlog: count.nullable(),
          oldestWaiting: isoInstant.nullable(),
          auditPolicy: agentHealth.shape.auditPolicy.unwrap().nullable(),
        })
        .meta({ id: 'Agent' }),
    ),
  },
  auth: 'portal',
});
