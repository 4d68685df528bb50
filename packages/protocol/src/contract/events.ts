/** Events of a company: lists, totals, one event with all it says. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { cursor, isoInstant } from '../shapes.ts';
import { answered, asking, askingPage, companyParams, complete, direction, range } from './asking.ts';

const text = z.string().nullable();
const whole = z.number().int().nullable();

/** An event, by the names of `logonscope events --format json`, and where to find it again. */
export const eventRow = z
  .object({
    id: z.string(),
    time: isoInstant,
    computer: z.string(),
    computerFqdn: text,
    channel: text,
    provider: text,
    eventId: whole,
    recordId: whole,
    signal: z.string(),
    user: text,
    domain: text,
    sid: text,
    logonId: text,
    linkedLogonId: text,
    logonType: whole,
    terminalSessionId: whole,
    sessionName: text,
    sourceAddress: text,
    sourcePort: whole,
    destinationAddress: text,
    destinationPort: whole,
    clientName: text,
    workstation: text,
    elevated: z.boolean().nullable(),
    status: text,
    subStatus: text,
    failureReason: text,
    logonProcess: text,
    authPackage: text,
    source: z.object({
      file: z.string(),
      record: z.number().optional(),
      line: z.number().optional(),
    }),
  })
  .meta({ id: 'Event' });

export const listEvents = endpoint({
  id: 'listEvents',
  method: 'GET',
  path: '/api/v1/companies/:companyId/events',
  summary: 'Events in order of time, newest first unless told otherwise.',
  params: companyParams,
  query: z.object({ ...askingPage, order: direction }),
  replies: { 200: z.object({ rows: z.array(eventRow), next: cursor.nullable(), ...answered }) },
  auth: 'portal',
});

export const totalEvents = endpoint({
  id: 'totalEvents',
  method: 'GET',
  path: '/api/v1/companies/:companyId/events/totals',
  summary: 'How many events there are, by signal.',
  params: companyParams,
  query: z.object(asking),
  replies: {
    200: z.object({
      events: z.number().int(),
      bySignal: z.record(z.string(), z.number().int()),
      complete,
      ...answered,
    }),
  },
  auth: 'portal',
});

/** More bars than this fit no screen. */
export const EVENT_BINS_MAX = 2_000;

export const binEvents = endpoint({
  id: 'binEvents',
  method: 'GET',
  path: '/api/v1/companies/:companyId/events/bins',
  summary: 'How many events there are over the range, by signal, in bins of equal length.',
  params: companyParams,
  query: z.object({
    ...asking,
    from: range.from.unwrap(),
    to: range.to.unwrap(),
    bins: z.coerce.number().int().min(1).max(EVENT_BINS_MAX).default(100),
  }),
  replies: {
    200: z.object({
      from: isoInstant,
      binSeconds: z.number(),
      bySignal: z
        .record(z.string(), z.array(z.number().int()))
        .meta({ description: 'For each signal that occurs, one number per bin.' }),
      complete,
      ...answered,
    }),
  },
  auth: 'portal',
});

export const getEvent = endpoint({
  id: 'getEvent',
  method: 'GET',
  path: '/api/v1/companies/:companyId/events/:eventId',
  summary: 'One event with everything that its record says.',
  params: companyParams.extend({ eventId: z.string().regex(/^\d{1,16}\.-?\d{1,16}\.\d{1,16}$/) }),
  replies: {
    200: eventRow.extend({
      detail: z.record(z.string(), z.unknown()).nullable(),
      receivedAt: isoInstant,
      site: z.string().nullable(),
    }),
  },
  auth: 'portal',
});
