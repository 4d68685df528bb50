/** The three ways a body is taken: read as JSON, left unread, or handed on as it flows. */
import multipart from '@fastify/multipart';
import { type Endpoint, isSchema } from '@logonscope/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UPLOAD_BYTES_MAX } from './limits.ts';

export type BodyWay = 'json' | 'unread' | 'stream';

/** Which way the endpoint's body is taken. */
export function bodyWayOf({ body }: Endpoint): BodyWay {
  if (body === undefined) return 'unread';
  return isSchema(body) ? 'json' : 'stream';
}

/** A line of NDJSON; one that is no JSON stays a text, which no schema of ours takes for an object. */
function lineOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line.slice(0, 100);
  }
}

function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/json\b/, { parseAs: 'string' }, (request, body, done) => {
    // No body is no JSON either, but whether one is needed is for the endpoint to say.
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
  app.addContentTypeParser(
    /^application\/(?:x-)?(?:ndjson|jsonl)\b/,
    { parseAs: 'string' },
    (_request, body, done) => {
      const lines = (body as string).split('\n').filter((line) => line.trim() !== '');
      done(null, lines.map(lineOf));
    },
  );
}

/** Whatever is sent is let go by, so that the connection can be used again. */
function leaveUnread(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.once('end', () => done(null, undefined));
    payload.once('error', done);
    payload.resume();
  });
}

async function handOn(app: FastifyInstance): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  await app.register(multipart, {
    limits: { files: 1, fields: 10, fieldSize: 10_000, fileSize: UPLOAD_BYTES_MAX },
  });
}

/** When the rest of a request ought to be here. */
const ARRIVALS = new WeakMap<FastifyRequest, NodeJS.Timeout>();

/**
 * Cuts the connection of a sender whose body does not arrive in time. Node has one such limit for all requests, and
 * files that are uploaded need a longer one than everything else.
 */
export function limitArrival(app: FastifyInstance, withinMs: number): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    if (!request.raw.complete) {
      ARRIVALS.set(
        request,
        setTimeout(() => request.raw.destroy(), withinMs),
      );
    }
    done(null, payload);
  });
  app.addHook('preValidation', (request, _reply, done) => {
    clearTimeout(ARRIVALS.get(request));
    done();
  });
  app.addHook('onResponse', (request, _reply, done) => {
    clearTimeout(ARRIVALS.get(request));
    done();
  });
}

/** Teaches one part of the server its way. */
export const TAKE: Readonly<Record<BodyWay, (app: FastifyInstance) => void | Promise<void>>> = {
  json: acceptJson,
  unread: leaveUnread,
  stream: handOn,
};
