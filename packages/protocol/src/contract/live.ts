/** News as they are committed, for pages that stay open. */
import { z } from 'zod';
import { endpoint, raw } from '../endpoint.ts';
import { rowId } from '../shapes.ts';

/** An event that was stored. */
export const liveEvent = z.object({
  companyId: z.number(),
  computer: z.string(),
  user: z.string().nullable(),
  domain: z.string().nullable(),
  sid: z.string().nullable(),
  logonType: z.number().nullable(),
  sourceAddress: z.string().nullable(),
  signal: z.string(),
  time: z.string(),
});
export type LiveEvent = z.output<typeof liveEvent>;

/** A session that began, changed or ended. */
export const liveSession = z.object({
  companyId: z.number(),
  id: z.string(),
  computer: z.string(),
  user: z.string(),
  domain: z.string().nullable(),
  kind: z.string(),
  start: z.string(),
  end: z.string().nullable(),
  endBy: z.string(),
  durationSeconds: z.number(),
  useSeconds: z.number(),
});
export type LiveSession = z.output<typeof liveSession>;

/** A session that later events made into another one. */
export const liveRemoval = z.object({ companyId: z.number(), id: z.string() });
export type LiveRemoval = z.output<typeof liveRemoval>;

/** What a message's `event:` line says, and the shape of its data. `reset`: some news were lost, ask anew. */
export const LIVE_MESSAGES = {
  event: liveEvent,
  session: liveSession,
  'session-removed': liveRemoval,
  reset: z.object({}),
} as const;

export const watchLive = endpoint({
  id: 'watchLive',
  method: 'GET',
  path: '/api/v1/live',
  summary:
    'News as they are committed, as server-sent events: `event`, `session`, `session-removed`, and `reset` where some were lost.',
  query: z.object({
    company: rowId
      .optional()
      .meta({ description: 'Only this company; otherwise all that the caller may see.' }),
  }),
  replies: {
    200: raw('The stream; it ends from time to time and is to be taken up again.', 'text/event-stream'),
  },
  auth: 'portal',
});
