/** When a company works: what reports about hours outside of it go by. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { companyParams } from './asking.ts';

/** 24 is the end of the day. */
const HOUR_MAX = 24;
const hour = z.number().int().min(0).max(HOUR_MAX);

export const workingHours = z
  .strictObject({
    timezone: z.string().min(1).max(64).meta({ description: 'IANA zone, Europe/London' }),
    fromHour: hour.max(HOUR_MAX - 1),
    toHour: hour.min(1).meta({ description: 'Not after `fromHour`: work goes on past midnight.' }),
    days: z
      .array(z.number().int().min(1).max(7))
      .min(1)
      .max(7)
      .meta({ description: 'From 1 (Monday) to 7 (Sunday).' }),
  })
  .meta({ id: 'WorkingHours' });
export type WorkingHours = z.output<typeof workingHours>;

const view = z.object({
  own: workingHours.nullable().meta({ description: 'Null where nobody has said anything.' }),
  inForce: workingHours,
});

export const getWorkingHours = endpoint({
  id: 'getWorkingHours',
  method: 'GET',
  path: '/api/v1/companies/:companyId/working-hours',
  summary: 'When a company works, for those who ask for reports.',
  params: companyParams,
  replies: { 200: view },
  auth: 'portal',
});

export const setWorkingHours = endpoint({
  id: 'setWorkingHours',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/working-hours',
  summary: 'Says when a company works; null as `own` goes back to the usual hours.',
  params: companyParams,
  body: z.strictObject({ own: workingHours.nullable() }),
  replies: { 200: view },
  auth: 'portal',
});
