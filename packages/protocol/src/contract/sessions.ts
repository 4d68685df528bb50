/** Logon sessions of a company: lists, totals, one session explained, and who was where. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { cursor, isoInstant } from '../shapes.ts';
import { answered, asking, askingPage, companyParams, complete, direction, range } from './asking.ts';
import { eventRow } from './events.ts';

const text = z.string().nullable();
const instant = isoInstant.nullable();
const seconds = z.number();

const edge = z.string().nullable();
const away = z.object({
  reason: z.string(),
  from: isoInstant,
  to: isoInstant,
  evidence: z.array(edge),
});

/** A session, by the names of `logonscope sessions --format json`. */
export const sessionRow = z
  .object({
    id: z.string(),
    computer: z.string(),
    user: z.string(),
    domain: text,
    sid: text,
    logonIds: z.array(z.string()),
    terminalSessionId: z.number().int().nullable(),
    logonType: z.number().int().nullable(),
    kind: z.string(),
    start: isoInstant,
    startBy: z.string(),
    end: instant,
    endBy: z.string(),
    endEarliest: instant,
    endLatest: instant,
    asOf: isoInstant,
    durationSeconds: seconds,
    useSeconds: seconds,
    useSecondsMin: seconds,
    useSecondsMax: seconds,
    awaySeconds: z.object({
      total: seconds,
      locked: seconds,
      disconnected: seconds,
      screensaver: seconds,
      asleep: seconds,
      loggingOff: seconds,
      paused: seconds,
    }),
    away: z.array(away),
    elevated: z.boolean(),
    sourceAddress: text,
    clientName: text,
    coverage: z.object({ lockData: z.boolean() }),
    findings: z.array(z.string()),
    events: z.number().int(),
  })
  .meta({ id: 'Session' });

export const listSessions = endpoint({
  id: 'listSessions',
  method: 'GET',
  path: '/api/v1/companies/:companyId/sessions',
  summary: 'Sessions that touch the range, newest first unless told otherwise.',
  params: companyParams,
  query: z.object({
    ...askingPage,
    sort: z.enum(['start', 'use', 'duration']).default('start'),
    order: direction,
  }),
  replies: { 200: z.object({ rows: z.array(sessionRow), next: cursor.nullable(), ...answered }) },
  auth: 'portal',
});

export const totalSessions = endpoint({
  id: 'totalSessions',
  method: 'GET',
  path: '/api/v1/companies/:companyId/sessions/totals',
  summary: 'How many sessions touch the range, and their whole lengths added up.',
  params: companyParams,
  query: z.object(asking),
  replies: {
    200: z.object({
      sessions: z.number().int(),
      open: z.number().int(),
      /** Ends that lie between two signs, or follow from something else than a logoff. */
      inferredEnds: z.number().int(),
      durationSeconds: seconds,
      useSeconds: seconds,
      useSecondsMin: seconds,
      useSecondsMax: seconds,
      awaySeconds: seconds,
      lockedSeconds: seconds,
      disconnectedSeconds: seconds,
      screensaverSeconds: seconds,
      asleepSeconds: seconds,
      complete,
      ...answered,
    }),
  },
  auth: 'portal',
});

/** Values of one key of the filter language, the most frequent first. */
export const facet = z
  .object({
    key: z.string().meta({ description: 'A key of the filter language, such as `end`.' }),
    values: z.array(z.object({ value: z.string(), sessions: z.number().int() })),
    complete: z.boolean().meta({ description: 'False: there are more values than these.' }),
  })
  .meta({ id: 'Facet' });

export const FACET_VALUES_MAX = 50;

export const facetSessions = endpoint({
  id: 'facetSessions',
  method: 'GET',
  path: '/api/v1/companies/:companyId/sessions/facets',
  summary: 'How many of the sessions have which kind, end, certainty, site, user and computer.',
  params: companyParams,
  query: z.object({
    ...asking,
    values: z.coerce.number().int().min(1).max(FACET_VALUES_MAX).default(8),
  }),
  replies: { 200: z.object({ facets: z.array(facet), complete, ...answered }) },
  auth: 'portal',
});

export const getSession = endpoint({
  id: 'getSession',
  method: 'GET',
  path: '/api/v1/companies/:companyId/sessions/:sessionId',
  summary: 'One session with its ledger and the events that tell of it.',
  params: companyParams.extend({ sessionId: z.string().regex(/^[0-9a-f]{8,32}$/) }),
  replies: {
    200: sessionRow.extend({
      computerFqdn: text,
      startEarliest: instant,
      startLatest: isoInstant,
      startEvidence: text,
      endEvidence: text,
      ledger: z.array(away.extend({ countedSeconds: seconds, inferred: z.array(z.string()) })),
      told: z.array(eventRow).meta({ description: 'The events that the session rests on, in order.' }),
      keptSince: isoInstant.optional().meta({
        description:
          'When its events were deleted by rule: it stands as it was then. Absent while they tell it.',
      }),
    }),
  },
  auth: 'portal',
});

export const presenceRow = z.object({
  session: sessionRow,
  state: z.string(),
  reasons: z.array(z.string()),
  certainty: z.enum(['surely', 'possibly']),
  since: instant,
});

const presences = z.object({ rows: z.array(presenceRow) });

export const whoWas = endpoint({
  id: 'whoWas',
  method: 'GET',
  path: '/api/v1/companies/:companyId/who',
  summary: 'Who was on a computer at a moment.',
  params: companyParams,
  query: z.object({ computer: z.string().min(1).max(255), at: isoInstant }),
  replies: { 200: presences },
  auth: 'portal',
});

export const whereWas = endpoint({
  id: 'whereWas',
  method: 'GET',
  path: '/api/v1/companies/:companyId/where',
  summary: 'On which computers a user was at a moment.',
  params: companyParams,
  query: z.object({ user: z.string().min(1).max(255), at: isoInstant }),
  replies: { 200: presences },
  auth: 'portal',
});

export const listOverlaps = endpoint({
  id: 'listOverlaps',
  method: 'GET',
  path: '/api/v1/companies/:companyId/overlaps',
  summary: 'Sessions of others that lasted at the same time as a user’s.',
  params: companyParams,
  query: z.object({
    user: z.string().min(1).max(255),
    from: range.from.unwrap(),
    to: range.to.unwrap(),
    anywhere: z.enum(['yes', 'no']).default('no'),
  }),
  replies: {
    200: z.object({
      rows: z.array(
        z.object({
          account: z.string(),
          sessionId: z.string(),
          otherSessionId: z.string(),
          computer: z.string(),
          otherComputer: z.string(),
          from: isoInstant,
          to: isoInstant,
          overlapSeconds: seconds,
          bothInUseSeconds: seconds,
        }),
      ),
      complete,
    }),
  },
  auth: 'portal',
});
