/** Events in: batches, the frozen endpoints of the original, and health. */
import { computerNames, signalOfWord } from '@logonscope/core';
import { KNOWN, legacyHealth, legacyLogEvent, reply, STORED, sendEvents } from '@logonscope/protocol';
import { AppError } from '../../app-error.ts';
import type { SpoolPosition } from '../../db/index.ts';
import { BATCH_BODY_BYTES_MAX } from '../../http/limits.ts';
import { type Route, route } from '../../http/mount.ts';
import { convertPost, resultOf } from './batch.ts';
import { convertLegacy } from './convert.ts';
import type { GroupCommit } from './group-commit.ts';

export interface IngestPorts {
  readonly commits: GroupCommit;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves if the database answers; rejects if not. */
  ping(): Promise<void>;
}

/** Installers send this word to try their key: it is no mistake, so nobody is warned. */
const TRIAL_WORD = 'test';

/** The spool's position, where the sender told all three parts of it. */
function positionOf(query: { computer?: string; epoch?: string; through?: number }): SpoolPosition | null {
  const { computer, epoch, through } = query;
  if (computer === undefined || epoch === undefined || through === undefined) return null;
  return { computer: computerNames(computer).computer, spoolEpoch: epoch, storedThrough: through };
}

function sendEventsRoute({ commits, now }: IngestPorts): Route {
  return route(sendEvents, {
    action: 'event.send',
    bodyBytesMax: BATCH_BODY_BYTES_MAX,
    async handle({ scope, query, body }) {
      const { companyId, siteId } = scope.site();
      const post = convertPost(body, now());
      const position = positionOf(query as Parameters<typeof positionOf>[0]);
      const outcomes = await commits.submit(companyId, {
        events: post.events.map((event) => ({ event, siteId })),
        ...(position === null ? {} : { position }),
      });
      return reply(200, resultOf(post, outcomes, position?.storedThrough ?? null));
    },
  });
}

/** What is said of a word that nobody taught us; the event is kept and shown, never counted. */
function warningOf(word: string): string | null {
  if (signalOfWord(word) !== 'other' || word.toLowerCase() === TRIAL_WORD) return null;
  return `EventType "${word}" is not known; the event is kept but counts for no session.`;
}

function legacyLogEventRoute({ commits, now }: IngestPorts): Route {
  return route(legacyLogEvent, {
    action: 'event.send',
    async handle({ scope, body }) {
      const { companyId, siteId } = scope.site();
      const converted = convertLegacy(body, now());
      if ('refused' in converted) {
        const message = `Could not parse timestamp: ${body.Timestamp}`;
        throw new AppError('invalid', 'ingest/bad-time', message, { fields: [converted.refused] });
      }
      const { event } = converted;
      if (event === null) {
        const fields = [{ field: 'ComputerName', expected: 'the name of a computer' }];
        throw new AppError('invalid', 'ingest/bad-event', 'The event cannot be understood.', { fields });
      }
      const [outcome] = await commits.submit(companyId, { events: [{ event, siteId }] });
      if (outcome === 'known') return reply(200, { message: KNOWN, status: 'success' as const });
      const warning = warningOf(body.EventType);
      const told = { message: STORED, status: 'success' as const };
      return reply(201, warning === null ? told : { ...told, warning });
    },
  });
}

/** `2026-03-01T08:00:00.123000+00:00`, as the original wrote it. */
function pythonIso(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '000+00:00');
}

function legacyHealthRoute({ ping, now }: IngestPorts): Route {
  return route(legacyHealth, {
    action: 'health.check',
    async handle({ scope }) {
      const { companyId } = scope.site();
      await ping().catch((cause: unknown) => {
        throw new AppError('unavailable', 'ingest/store-failed', 'Health check failed', { cause });
      });
      return reply(200, {
        status: 'ok' as const,
        message: 'Health check passed',
        timestamp: pythonIso(now()),
        database: 'connected' as const,
        api_key_verified: true as const,
        company_id: companyId,
      });
    },
  });
}

export function ingestRoutes(ports: IngestPorts): Route[] {
  return [sendEventsRoute(ports), legacyLogEventRoute(ports), legacyHealthRoute(ports)];
}
