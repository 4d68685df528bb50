/** How long a company's data is kept. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { isoInstant } from '../shapes.ts';
import { companyParams } from './asking.ts';

/** Whole days; 0 keeps for ever. */
const days = z.number().int().min(0).max(36_500);
const own = days.nullable().meta({ description: '0 keeps for ever; null follows the installation.' });

export const retentionWish = z.strictObject({ eventsDays: own, totalsDays: own });

export const retentionView = z
  .object({
    own: retentionWish,
    inForce: z.object({ eventsDays: days, totalsDays: days, auditDays: days, errorLogDays: days }).meta({
      description: '0 is for ever. Totals are never kept shorter than the events they count.',
    }),
    heldFrom: isoInstant.nullable().meta({
      description:
        'What is older was deleted, but for sessions that lasted beyond it; null: nothing was yet.',
    }),
  })
  .meta({ id: 'Retention' });

export const getRetention = endpoint({
  id: 'getRetention',
  method: 'GET',
  path: '/api/v1/companies/:companyId/retention',
  summary: 'How long a company’s data is kept, and from when on there is any.',
  params: companyParams,
  replies: { 200: retentionView },
  auth: 'portal',
});

export const setRetention = endpoint({
  id: 'setRetention',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/retention',
  summary: 'Says how long a company’s events (with their sessions) and day totals are kept.',
  params: companyParams,
  body: retentionWish,
  replies: { 200: retentionView },
  auth: 'portal',
});
