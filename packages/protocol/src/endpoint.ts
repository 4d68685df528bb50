/** What an endpoint is: one description that becomes a route, a typed client call and a page of OpenAPI. */
import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may knock: nobody needs to be known, a portal session, an API key, or either of the two. */
export type Auth = 'anonymous' | 'portal' | 'apiKey' | 'any';

/** Content that is no JSON of ours: files, event streams, pages. */
export interface RawContent {
  readonly kind: 'raw';
  readonly contentTypes: readonly [string, ...string[]];
  /** What it holds, for readers of the API page. */
  readonly description: string;
}

/** A reply without a body, such as 204. */
export interface EmptyContent {
  readonly kind: 'empty';
}

export type ReplyContent = z.ZodType | RawContent | EmptyContent;

export interface Endpoint {
  /** Name of the call in clients and of the operation in OpenAPI; unique among all endpoints. */
  readonly id: string;
  readonly method: Method;
  /** Parameters as `:name`. */
  readonly path: `/${string}`;
  /** One sentence: what it does, not how. */
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  /** A schema for JSON; raw content reaches the handler as the request's stream. */
  readonly body?: z.ZodType | RawContent;
  /** What callers are told of the body, where the handler checks it piece by piece. */
  readonly bodyShown?: z.ZodType;
  /** Status → content. Refusals are problem+json everywhere and need no mention. */
  readonly replies: Readonly<Record<number, ReplyContent>>;
  readonly auth: Auth;
  /** `legacy` where old agents expect the original's words instead of problem+json. */
  readonly refusals?: 'legacy';
}

/** Declares an endpoint and keeps its exact types. */
export function endpoint<const E extends Endpoint>(description: E): E {
  return description;
}

/** Raw content of one or several types. */
export function raw(description: string, ...contentTypes: [string, ...string[]]): RawContent {
  return { kind: 'raw', contentTypes, description };
}

/** The content of a reply without a body. */
export const NO_CONTENT: EmptyContent = { kind: 'empty' };

export function isSchema(content: ReplyContent): content is z.ZodType {
  return !('kind' in content);
}

/** What a handler may return for raw content: text, bytes, or pieces of either as they come. */
export type RawBody = string | Uint8Array | AsyncIterable<string | Uint8Array>;

type In<E extends Endpoint, K extends 'params' | 'query' | 'body'> = E[K] extends z.ZodType
  ? { readonly [P in K]: z.input<E[K]> }
  : E[K] extends RawContent
    ? { readonly [P in K]: RawBody }
    : unknown;

type Out<E extends Endpoint, K extends 'params' | 'query' | 'body'> = E[K] extends z.ZodType
  ? { readonly [P in K]: z.output<E[K]> }
  : unknown;

/** What a caller gives. */
export type InputOf<E extends Endpoint> = In<E, 'params'> &
  In<E, 'query'> &
  (E['bodyShown'] extends z.ZodType ? { readonly body: z.input<E['bodyShown']> } : In<E, 'body'>);
/** What a handler receives: checked, defaults filled in, texts turned into numbers. */
export type ParsedOf<E extends Endpoint> = Out<E, 'params'> & Out<E, 'query'> & Out<E, 'body'>;

type Sent<C> = C extends z.ZodType ? z.input<C> : C extends RawContent ? RawBody : null;
type Received<C> = C extends z.ZodType ? z.output<C> : C extends RawContent ? Response : null;

/** What a handler returns: one of the declared statuses with its body. */
export type ReplyOf<E extends Endpoint> = {
  [S in keyof E['replies'] & number]: {
    readonly status: S;
    readonly body: Sent<E['replies'][S]>;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof E['replies'] & number];

/** What a client gets for a declared status. Raw content comes as the fetch response itself. */
export type ResultOf<E extends Endpoint> = {
  [S in keyof E['replies'] & number]: { readonly status: S; readonly body: Received<E['replies'][S]> };
}[keyof E['replies'] & number];

/** A reply whose status stays a literal, so that the body is checked against it. */
export function reply<const S extends number, B>(
  status: S,
  body: B,
  headers: Readonly<Record<string, string>> = {},
): { status: S; body: B; headers: Readonly<Record<string, string>> } {
  return { status, body, headers };
}
