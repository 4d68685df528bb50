/** What every answer says to the browser: what it may load, who may frame it, how to reach us. */
import type { FastifyInstance } from 'fastify';

export interface PolicyOptions {
  /** Style tags that carry it are applied; without one none are. */
  readonly nonce?: string;
  /** False for pages that work on files alone: they may not even talk to us. */
  readonly connects?: boolean;
}

/** Nothing inline, nothing from elsewhere. Workers and images of our own making come as blobs. */
export function contentSecurityPolicy({ nonce, connects = true }: PolicyOptions = {}): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    nonce === undefined ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    connects ? "connect-src 'self'" : "connect-src 'none'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), fullscreen=(self)',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export interface HeaderOptions {
  /** Null sends no Strict-Transport-Security; it is never sent over plain http. */
  readonly hstsMaxAgeSeconds: number | null;
}

/** Adds the headers to every answer, refusals included. Answers of the API are nobody's to keep. */
export function addHeaders(app: FastifyInstance, { hstsMaxAgeSeconds }: HeaderOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(ALWAYS);
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (hstsMaxAgeSeconds !== null && request.protocol === 'https') {
      reply.header('strict-transport-security', `max-age=${hstsMaxAgeSeconds}`);
    }
  });
}
