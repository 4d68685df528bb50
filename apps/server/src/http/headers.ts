/** What every answer says to the browser: what it may load, who may frame it, how to reach us. */
import type { FastifyInstance } from 'fastify';

/** Nothing inline, nothing from elsewhere. Workers and images of our own making come as blobs. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
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
