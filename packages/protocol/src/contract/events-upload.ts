/** Sending events: batches from agents and scripts, and what became of each event. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { EVENTS_PER_POST_MAX, FIELDS_PER_RECORD_MAX, TEXT_CHARS_MAX } from '../limits.ts';

const name = z.string().trim().min(1).max(255);
const text = z.string().max(TEXT_CHARS_MAX).nullish();
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Times as senders write them: ISO 8601 with any offset, a blank for T, or a zone name the original knew. */
const writtenTime = z.string().min(10).max(64).meta({
  description:
    'ISO 8601, such as 2026-03-01T08:00:00.123Z or 2026-03-01T09:00:00+01:00; UTC where it names no zone.',
});

/** What a sender calls this delivery; sent again, it is the same event. */
const key = z.string().min(1).max(200).optional();

/** A record with Windows' own names, as EVTX, event XML and Get-WinEvent have them. */
export const windowsUpload = z
  .object({
    provider: z.string().min(1).max(255),
    eventId: z.number().int().min(0).max(65_535),
    channel: z.string().min(1).max(255).nullish(),
    recordId: whole.nullish(),
    computer: name,
    time: writtenTime,
    fields: z
      .record(z.string().max(255), z.union([z.string().max(32_768), z.number(), z.boolean(), z.null()]))
      .refine((fields) => Object.keys(fields).length <= FIELDS_PER_RECORD_MAX, {
        error: `at most ${FIELDS_PER_RECORD_MAX} fields`,
      })
      .default({})
      .meta({ description: 'EventData or UserData by name: `TargetUserName`, `TargetLogonId` …' }),
    key,
  })
  .meta({ id: 'WindowsEvent' });
export type WindowsUpload = z.output<typeof windowsUpload>;

/** An event in plain words, for senders that know no event IDs. */
export const namedUpload = z
  .object({
    type: z.string().trim().min(1).max(64).meta({
      description: 'Logon, Logoff, Lock, Unlock, Disconnect, Reconnect, ScreensaverOn … in any case.',
    }),
    computer: name,
    time: writtenTime,
    user: text,
    domain: text,
    sid: text,
    logonId: text,
    logonType: whole.nullish(),
    terminalSessionId: whole.nullish(),
    sourceAddress: text,
    clientName: text,
    localAddress: text,
    publicAddress: text,
    channel: text,
    recordId: whole.nullish(),
    retry: whole.nullish(),
    key,
  })
  .meta({ id: 'NamedEvent' });
export type NamedUpload = z.output<typeof namedUpload>;

/** One event, in either form; an event with `type` is a named one. */
export const eventUpload = z.union([windowsUpload, namedUpload]);

/** One event of a post that was refused. */
export const refusedEvent = z.object({
  at: z.number().int().meta({ description: 'Position in the post, from 0.' }),
  field: z.string(),
  expected: z.string(),
});

/** What became of a post: every event not named in `knownAt`, `ignoredAt` or `problems` was stored by it. */
export const uploadResult = z
  .object({
    stored: z.number().int(),
    known: z.number().int(),
    ignored: z.number().int(),
    refused: z.number().int(),
    knownAt: z.array(z.number().int()).meta({ description: 'Positions of events that were there already.' }),
    ignoredAt: z
      .array(z.number().int())
      .meta({ description: 'Positions of events that say nothing about sessions.' }),
    problems: z
      .array(refusedEvent)
      .meta({ description: 'Refused for good: sending them again changes nothing.' }),
    storedThrough: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'Up to which number of the spool everything is kept; the sender may drop it.' }),
  })
  .meta({ id: 'UploadResult', description: 'Committed: nothing of it can get lost any more.' });
export type UploadResult = z.output<typeof uploadResult>;

/** The spool of a sender: numbers its events without gaps, begins anew with another epoch. */
const spool = z.object({
  computer: name.optional().meta({ description: 'Whose spool this is.' }),
  epoch: z.string().min(1).max(64).optional().meta({ description: 'Which life of the spool.' }),
  through: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'The number of the last event in this post.' }),
});

export const sendEvents = endpoint({
  id: 'sendEvents',
  method: 'POST',
  path: '/api/v1/events',
  summary:
    'Stores up to 5,000 events, as a JSON array or as NDJSON, packed or not; answers when they are safe. Sending them again is harmless.',
  query: spool,
  // Each event is checked by itself: a wrong one costs only itself.
  body: z.array(z.unknown()).max(EVENTS_PER_POST_MAX, `at most ${EVENTS_PER_POST_MAX} events in one post`),
  bodyShown: z.array(eventUpload).max(EVENTS_PER_POST_MAX),
  replies: { 200: uploadResult },
  auth: 'apiKey',
});
