/** Refusals and failures as problem+json: the only place that knows which status an error is. */
import { PROBLEM_TYPE, type Problem } from '@logonscope/protocol';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AppError, type ErrorKind, type RefusedField } from '../app-error.ts';
import { isAway } from '../db/dialects/away.ts';
import { legacyRefusalOf } from './legacy-refusals.ts';

const STATUS_OF: Readonly<Record<ErrorKind, readonly [status: number, title: string]>> = {
  invalid: [400, 'The request is not as expected'],
  unauthenticated: [401, 'Sign in first'],
  forbidden: [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  conflict: [409, 'That cannot be done now'],
  gone: [410, 'No longer here'],
  'too-large': [413, 'Too large'],
  unsupported: [415, 'Not a content type this endpoint reads'],
  'too-many': [429, 'Too many requests'],
  unavailable: [503, 'Busy'],
};

/** Fastify's own refusals: what went wrong before any handler ran. Everything else of its is a 500. */
const OF_FASTIFY: Readonly<Record<string, readonly [ErrorKind, string, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'http/body-too-large', 'The body is larger than allowed.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported',
    'http/unsupported-content-type',
    'This endpoint does not read that content type.',
  ],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid', 'http/bad-json', 'The body is not JSON.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid', 'http/empty-body', 'The body is empty; JSON was expected.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid', 'http/bad-length', 'The body is not as long as it says.'],
  FST_ERR_BAD_URL: ['invalid', 'http/bad-address', 'The address cannot be read.'],
  FST_ERR_BAD_TRUST_PROXY: ['invalid', 'http/bad-proxy', 'The forwarding headers cannot be read.'],
};

/** How deep a field's name may go before it stops helping anybody. */
const PATH_PARTS_SHOWN = 8;
const FIELDS_SHOWN = 20;

/** Every field that a schema refused, with what it wanted there; never what was sent. */
export function refusedFields(error: z.ZodError, part: string): RefusedField[] {
  return error.issues.slice(0, FIELDS_SHOWN).map(({ path, message }) => ({
    field: path.length === 0 ? part : path.slice(0, PATH_PARTS_SHOWN).map(String).join('.'),
    expected: message,
  }));
}

/** What is thrown, as the refusal it is; null for a failure of ours, of which the caller learns nothing. */
export function refusalOf(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  const { code = '', statusCode, message } = error as Partial<FastifyError>;
  const known = OF_FASTIFY[code];
  if (known !== undefined) return new AppError(known[0], known[1], known[2]);
  // Body parsers of Node and Fastify mark what the client did wrong by a 4xx of their own.
  if (statusCode === 413) return new AppError('too-large', 'http/body-too-large', message ?? '');
  if (statusCode === 415) return new AppError('unsupported', 'http/unsupported-content-type', message ?? '');
  if (statusCode === 400) return new AppError('invalid', 'http/bad-request', 'The request cannot be read.');
  return isAway(error) ? storeAway(error) : null;
}

/** How soon whoever met a database that is away or full may try again. */
const AWAY_RETRY_SECONDS = 5;

function storeAway(cause: unknown): AppError {
  return new AppError('unavailable', 'http/store-away', 'The database cannot be used now; try again.', {
    retryAfterSeconds: AWAY_RETRY_SECONDS,
    cause,
  });
}

/** The problem a refusal is told as. */
export function problemOf(refusal: AppError, requestId: string): Problem {
  const [status, title] = STATUS_OF[refusal.kind];
  return {
    type: `urn:logonscope:problem:${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId,
    ...(refusal.fields.length === 0 ? {} : { errors: [...refusal.fields] }),
  };
}

function failure(requestId: string): Problem {
  return {
    type: 'urn:logonscope:problem:http/failed',
    title: 'The server failed',
    status: 500,
    detail: 'Something went wrong here; the request id finds it in the error log.',
    code: 'http/failed',
    requestId,
  };
}

/** What a refusal says in headers: when to come back, and what was allowed. */
function adviceHeaders({ retryAfterSeconds, rateLimit }: AppError): Record<string, string> {
  return {
    ...(retryAfterSeconds === null
      ? {}
      : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
    ...(rateLimit === null
      ? {}
      : {
          'x-ratelimit-limit': String(rateLimit.requests),
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.ceil(rateLimit.resetAtSeconds)),
        }),
  };
}

/** Whether the endpoint speaks to agents of the original. */
function isLegacy(request: FastifyRequest): boolean {
  return request.routeOptions?.config?.endpoint?.refusals === 'legacy';
}

/** Sends a refusal as problem+json, or in the original's words where its agents listen. */
export function sendRefusal(
  refusal: AppError,
  request: FastifyRequest,
  reply: FastifyReply,
  status?: number,
) {
  const problem = problemOf(refusal, request.id);
  reply.code(status ?? problem.status).headers(adviceHeaders(refusal));
  return isLegacy(request)
    ? reply.type('application/json').send(JSON.stringify(legacyRefusalOf(refusal)))
    : reply.type(PROBLEM_TYPE).send(JSON.stringify({ ...problem, status: status ?? problem.status }));
}

/** Fastify's error handler. Failures go to the log with their cause, never to the caller. */
export function onError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = refusalOf(error);
  if (refusal === null) {
    request.log.error({ err: error }, 'request failed');
    const problem = failure(request.id);
    return isLegacy(request)
      ? reply.code(500).send({ message: problem.detail, status: 'error' })
      : reply.code(500).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  }
  if (refusal.cause !== undefined) request.log.warn({ err: refusal.cause }, refusal.code);
  return sendRefusal(refusal, request, reply);
}
