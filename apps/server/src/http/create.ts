/** The HTTP server itself: Fastify with our limits, headers, errors and log, and the routes it is given. */
import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { AppError } from '../app-error.ts';
import { bodyWayOf, limitArrival, TAKE } from './bodies.ts';
import { onError } from './errors.ts';
import type { Gate } from './gate.ts';
import { addHeaders } from './headers.ts';
import { createHeldBodies } from './held-bodies.ts';
import {
  BODY_BYTES_MAX,
  KEEP_ALIVE_TIMEOUT_MS,
  PARAM_CHARS_MAX,
  REQUEST_TIMEOUT_MS,
  UPLOAD_TIMEOUT_MS,
} from './limits.ts';
import { redactions } from './log.ts';
import { mount, type Route } from './mount.ts';
import { refuseUnknown } from './unknown.ts';

export interface HttpOptions {
  readonly gate: Gate;
  readonly routes: readonly Route[];
  /** Adds what is no part of the API: the web app. */
  readonly alsoAdd?: (app: FastifyInstance) => void;
  /** Addresses and networks whose forwarding headers count; empty: nobody's. */
  readonly trustedProxies?: readonly string[];
  /** PEM texts; without them the server speaks plain http. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly hstsMaxAgeSeconds?: number | null;
  /** Fatal to trace, or silent. */
  readonly logLevel?: string;
  /** Where log lines go; standard output unless told. */
  readonly logTo?: { write(line: string): void };
  readonly requestTimeoutMs?: number;
  readonly bodyBytesMax?: number;
  /** Bodies held together until their answers. */
  readonly heldBodyBytesMax?: number;
  readonly checkReplies?: boolean;
}

function serverOptions(options: HttpOptions): FastifyServerOptions {
  const { trustedProxies = [], logLevel = 'info', logTo } = options;
  return {
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: options.bodyBytesMax ?? BODY_BYTES_MAX,
    requestTimeout: UPLOAD_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    routerOptions: { maxParamLength: PARAM_CHARS_MAX, ignoreTrailingSlash: false },
    // The caller's own id is not taken over: it would let anybody write into our log.
    genReqId: () => randomUUID(),
    return503OnClosing: true,
    logger:
      logLevel === 'silent'
        ? false
        : { level: logLevel, ...redactions, ...(logTo === undefined ? {} : { stream: logTo }) },
    logController: new LogController({ disableRequestLogging: true }),
    ...(options.tls === undefined ? {} : { https: { ...options.tls, minVersion: 'TLSv1.2' } }),
  } as FastifyServerOptions;
}

/**
 * A server with these routes, not yet listening: `inject` it, or `listen`. Closing it stops accepting and lets running
 * requests finish.
 */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify(serverOptions(options)) as FastifyInstance;
  app.setErrorHandler(onError);
  addHeaders(app, { hstsMaxAgeSeconds: options.hstsMaxAgeSeconds ?? null });
  await app.register(cookie);
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    requestEncodings: ['gzip', 'deflate', 'br'],
    onUnsupportedRequestEncoding: () =>
      new AppError(
        'unsupported',
        'http/unsupported-encoding',
        'Bodies may be packed with gzip, deflate or br.',
      ),
    onInvalidRequestPayload: () =>
      new AppError('invalid', 'http/bad-encoding', 'The body cannot be unpacked.'),
  });
  app.decorateRequest('caller', null as never);
  const held = createHeldBodies(app, options.heldBodyBytesMax);
  for (const way of ['json', 'unread', 'stream'] as const) {
    await app.register(async (part) => {
      await TAKE[way](part);
      if (way !== 'stream') limitArrival(part, options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS);
      for (const route of options.routes) {
        if (bodyWayOf(route.endpoint) !== way) continue;
        mount(part, route, way === 'json' ? { ...options, held } : options);
      }
    });
  }
  options.alsoAdd?.(app);
  refuseUnknown(app, options.routes);
  return app;
}
