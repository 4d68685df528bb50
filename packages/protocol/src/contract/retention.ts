/** How long a company's data is kept. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { isoInstant } from '../shapes.ts';
import { companyParams } from './asking.ts';

/** Whole days; 0 keeps for ever. */
const days = z.number().int().min(0).max(36_500);
const own = days.nullable().meta({ description: '0 keeps for ever; null follows the installation.' });
/** Somebody who covers his traces shall not be able to shorten the trail to nothing. */
const AUDIT_DAYS_MIN = 30;
const auditDays = days
  .refine((count) => count === 0 || count >= AUDIT_DAYS_MIN, `0, or at least ${AUDIT_DAYS_MIN} days`)
  .nullable()
  .meta({ description: `0 keeps for ever, null follows the installation; else ${AUDIT_DAYS_MIN} or more.` });

export const retentionWish = z.strictObject({
  eventsDays: own,
  sessionsDays: own.default(null).meta({
    description:
      'Sessions stay as they are when their events go, and go themselves after so many days; never before their events.',
  }),
  totalsDays: own,
  auditDays: auditDays.default(null),
  errorLogDays: own.default(null),
});

const inForce = z
  .object({
    eventsDays: days,
    sessionsDays: days,
    totalsDays: days,
    auditDays: days,
    errorLogDays: days,
  })
  .meta({ description: '0 is for ever. Sessions and totals are never kept shorter than their events.' });

export const retentionView = z
  .object({
    own: retentionWish,
    inForce,
    heldFrom: isoInstant.nullable().meta({
      description: 'Events before were deleted, but for sessions that lasted beyond it; null: none were yet.',
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
  summary: 'Says how long each class of a company’s data is kept.',
  params: companyParams,
  body: retentionWish,
  replies: { 200: retentionView },
  auth: 'portal',
});
