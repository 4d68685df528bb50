/** The timeline: its lanes as JSON, what is on them in the binary forms of `timeline/`. */
import { z } from 'zod';
import { endpoint, raw } from '../endpoint.ts';
import { cursor, isoInstant, paging } from '../shapes.ts';
import { MARKER_SIGNALS } from '../timeline/index.ts';
import { answered, asking, companyParams, range } from './asking.ts';

/** More lanes than this fit no screen; the days of so many weigh 3 MB a year. */
export const LANES_MAX = 2_000;
export const MINIMAP_BINS_MAX = 4_000;

const by = z.enum(['user', 'computer', 'site']).default('user');
const from = range.from.unwrap();
const to = range.to.unwrap();

/** One id, or several; left out: the lanes of `listLanes` with the same question, in its order. */
const lanes = z
  .union([z.string(), z.array(z.string())])
  .transform((one) => (Array.isArray(one) ? one : [one]))
  .pipe(z.array(z.string().min(1).max(255)).max(LANES_MAX))
  .optional();

export const lane = z
  .object({
    id: z.string(),
    name: z.string(),
    sessions: z.number().int(),
    useSeconds: z.number(),
    firstStart: isoInstant,
    knownFrom: isoInstant
      .nullable()
      .meta({ description: 'Of a computer: its first event; null for others.' }),
    knownTo: isoInstant.nullable().meta({ description: 'Of a computer: its last event; null for others.' }),
  })
  .meta({ id: 'Lane' });

const lanePaging = {
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(LANES_MAX).default(200),
};
const drawn = { ...asking, from, to, by, lanes, ...lanePaging };

export const listLanes = endpoint({
  id: 'listLanes',
  method: 'GET',
  path: '/api/v1/companies/:companyId/timeline/lanes',
  summary: 'The lanes of a range by name: people, computers or sites with sessions in it.',
  params: companyParams,
  query: z.object({ ...asking, from, to, by, ...paging, ...lanePaging }),
  replies: { 200: z.object({ rows: z.array(lane), next: cursor.nullable(), ...answered }) },
  auth: 'portal',
});

export const drawDays = endpoint({
  id: 'drawDays',
  method: 'GET',
  path: '/api/v1/companies/:companyId/timeline/days',
  summary: 'How much of each local day each lane spent in each state.',
  params: companyParams,
  query: z.object({ ...drawn, dayStart: z.coerce.number().int().min(0).max(23).default(0) }),
  replies: { 200: raw('Day bins; see timeline/day-bins.ts of the protocol.', 'application/octet-stream') },
  auth: 'portal',
});

export const drawSegments = endpoint({
  id: 'drawSegments',
  method: 'GET',
  path: '/api/v1/companies/:companyId/timeline/segments',
  summary: 'Every change of state of each lane.',
  params: companyParams,
  query: z.object(drawn),
  replies: { 200: raw('Segments; see timeline/segments.ts of the protocol.', 'application/octet-stream') },
  auth: 'portal',
});

export const drawSessions = endpoint({
  id: 'drawSessions',
  method: 'GET',
  path: '/api/v1/companies/:companyId/timeline/sessions',
  summary: 'The sessions of each lane one by one, with bounds and states.',
  params: companyParams,
  query: z.object(drawn),
  replies: { 200: raw('Sessions; see timeline/sessions.ts of the protocol.', 'application/octet-stream') },
  auth: 'portal',
});

/** So many kinds and more are all of them. */
const SIGNALS_MAX = MARKER_SIGNALS.length;

export const drawMarkers = endpoint({
  id: 'drawMarkers',
  method: 'GET',
  path: '/api/v1/companies/:companyId/timeline/markers',
  summary:
    'When events of some kinds happened on each lane: of each kind the first in every so many seconds.',
  params: companyParams,
  query: z.object({
    ...drawn,
    signals: z
      .string()
      .max(1_000)
      .default('logonFailed,elevated,explicitCredentials')
      .transform((text) => text.split(',').map((word) => word.trim()))
      .pipe(z.array(z.enum(MARKER_SIGNALS)).max(SIGNALS_MAX)),
    everySeconds: z.coerce.number().int().min(1).max(86_400).default(1),
  }),
  replies: { 200: raw('Markers; see timeline/markers.ts of the protocol.', 'application/octet-stream') },
  auth: 'portal',
});

export const drawMinimap = endpoint({
  id: 'drawMinimap',
  method: 'GET',
  path: '/api/v1/companies/:companyId/timeline/minimap',
  summary: 'How many sessions lasted and were in use over the range.',
  params: companyParams,
  query: z.object({
    ...asking,
    from,
    to,
    bins: z.coerce.number().int().min(1).max(MINIMAP_BINS_MAX).default(400),
  }),
  replies: { 200: raw('Minimap; see timeline/minimap.ts of the protocol.', 'application/octet-stream') },
  auth: 'portal',
});
