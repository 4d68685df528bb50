/** Turns an endpoint of the contract and its handler into a route: checks what comes in, types what goes out. */
import { Readable } from 'node:stream';
import {
  type Endpoint,
  isSchema,
  type Method,
  type ParsedOf,
  type ReplyContent,
  type ReplyOf,
} from '@logonscope/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.ts';
import type { Action } from '../access/roles.ts';
import type { Scope } from '../access/scope.ts';
import { AppError } from '../app-error.ts';
import { refusedFields } from './errors.ts';
import type { Demand, Gate } from './gate.ts';
import type { HeldBodies } from './held-bodies.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the gate before anything else of the request is looked at. */
    caller: Caller;
  }
  interface FastifyContextConfig {
    endpoint?: Endpoint;
  }
}

/** What a handler gets: checked input, the caller, and the request for its address, headers and log. */
export type Handling<E extends Endpoint> = ParsedOf<E> & {
  readonly caller: Caller;
  /** What the caller may see, as queries narrowed to it. */
  readonly scope: Scope;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

export interface RouteOptions<E extends Endpoint> {
  /** The row of the permission table that decides; only what anybody may call can be `public`. */
  readonly action: E['auth'] extends 'anonymous' ? Action | 'public' : Action;
  handle(input: Handling<E>): ReplyOf<E> | Promise<ReplyOf<E>>;
  /** Largest body of this route, where the server's own limit does not fit. */
  readonly bodyBytesMax?: number;
}

/** A route as data, so that features can list theirs. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly action: Demand['action'];
  readonly bodyBytesMax?: number;
  readonly handle: (input: never) => unknown;
}

/** Pairs an endpoint with its handler; the types of both are checked here. */
export function route<E extends Endpoint>(endpoint: E, options: RouteOptions<E>): Route {
  return { endpoint, ...options };
}

type Part = 'params' | 'query' | 'body';

/** Checks one part of a request; a refusal names every field that is wrong. */
function parsed(endpoint: Endpoint, part: Part, value: unknown): unknown {
  const schema = endpoint[part];
  if (schema === undefined || !isSchema(schema)) return undefined;
  const result = schema.safeParse(value ?? undefined);
  if (result.success) return result.data;
  const fields = refusedFields(result.error, part);
  // A thing whose number cannot exist is not there; that it is no number tells nobody anything.
  if (part === 'params') throw new AppError('not-found', 'http/not-found', 'There is nothing here.');
  throw new AppError('invalid', `http/invalid-${part}`, `The ${part} of the request is not as expected.`, {
    fields,
  });
}

/** Sends what a handler returned, as its content says. */
function send(reply: FastifyReply, content: ReplyContent, body: unknown): FastifyReply {
  if (isSchema(content)) return reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
  if (content.kind === 'empty') return reply.send();
  if (reply.getHeader('content-type') === undefined) reply.type(content.contentTypes[0]);
  const isPieces = typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
  return reply.send(isPieces ? Readable.from(body as AsyncIterable<unknown>, { objectMode: false }) : body);
}

export interface MountOptions {
  readonly gate: Gate;
  /** Counts what this route's bodies take, where it reads them whole. */
  readonly held?: HeldBodies;
  /** Check replies against the contract too: for tests, which should not need a client to notice. */
  readonly checkReplies?: boolean;
}

/** Puts one route into the server. The caller is admitted before his body is looked at. */
export function mount(
  app: FastifyInstance,
  { endpoint, action, handle, bodyBytesMax }: Route,
  { gate, held, checkReplies = false }: MountOptions,
): void {
  const run = handle as (input: unknown) => Promise<{ status: number; body: unknown; headers?: object }>;
  const demand = { action, auth: endpoint.auth };
  app.route({
    method: endpoint.method as Method,
    url: endpoint.path,
    ...(bodyBytesMax === undefined ? {} : { bodyLimit: bodyBytesMax }),
    config: { endpoint },
    onRequest: async (request) => {
      request.caller = await gate.admit(request, demand);
      held?.take(request);
    },
    handler: async (request, reply) => {
      const { status, body, headers } = await run({
        params: parsed(endpoint, 'params', request.params),
        query: parsed(endpoint, 'query', request.query),
        body: parsed(endpoint, 'body', request.body),
        caller: request.caller,
        get scope() {
          return gate.scopeOf(request.caller);
        },
        request,
        reply,
      });
      const content = endpoint.replies[status];
      if (content === undefined) throw new Error(`${endpoint.id} declares no reply ${status}.`);
      if (checkReplies && isSchema(content)) content.parse(body);
      if (headers !== undefined) reply.headers(headers as Record<string, string>);
      return send(reply.code(status), content, body);
    },
  });
}
