/** The two frozen endpoints of winauthmon-server: agents in the field speak them, so nothing here may change. */
import { z } from 'zod';
import { endpoint } from './endpoint.ts';

const address = z.string().trim().max(64).nullish();

/** One event as `winagentUSM` posts it. `IPAddress` is the older name of `LocalIP`. */
export const legacyEvent = z.object({
  EventType: z.string().trim().min(1).max(64),
  UserName: z.string().max(255),
  ComputerName: z.string().trim().min(1).max(255),
  Timestamp: z.string().max(64),
  LocalIP: address,
  IPAddress: address,
  PublicIP: address,
  // Only for people who read the record; whatever is no count counts as none.
  retry: z
    .unknown()
    .optional()
    .transform((value) => (Number.isSafeInteger(Number(value)) ? Math.max(0, Number(value)) : 0)),
});
export type LegacyEvent = z.output<typeof legacyEvent>;

const done = z.object({
  message: z.string(),
  status: z.literal('success'),
  warning: z.string().optional(),
});

export const STORED = 'Event logged successfully';
export const KNOWN = 'Event already recorded';

export const legacyLogEvent = endpoint({
  id: 'legacyLogEvent',
  method: 'POST',
  path: '/api/log_event',
  summary: 'Stores one event; kept for agents of winauthmon-server.',
  body: legacyEvent,
  replies: {
    200: done.meta({ description: 'It was there already.' }),
    201: done.meta({ description: 'Stored.' }),
  },
  auth: 'apiKey',
  refusals: 'legacy',
});

export const legacyHealth = endpoint({
  id: 'legacyHealth',
  method: 'POST',
  path: '/api/health',
  summary: 'Tells an agent of winauthmon-server that its key works; whatever it sends is not read.',
  replies: {
    200: z.object({
      status: z.literal('ok'),
      message: z.string(),
      timestamp: z.string(),
      database: z.literal('connected'),
      api_key_verified: z.literal(true),
      company_id: z.number().int().nullable(),
    }),
  },
  auth: 'apiKey',
  refusals: 'legacy',
});

/** What the original says where a key is refused; agents show it to people. */
export const LEGACY_KEY_MESSAGES = {
  missing: 'No API key provided',
  unknown: 'Invalid API key',
  disabled: 'API key has been disabled',
} as const;

/** The original's refusals: no problem+json, but words under `message`. */
export interface LegacyRefusal {
  readonly message: string;
  readonly status?: 'error';
  readonly error?: string;
  readonly errors?: readonly { readonly field: string; readonly expected: string }[];
}
