/** Hands out the web app: its files, and its page under every address that the app itself makes sense of. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app-error.ts';
import { contentSecurityPolicy } from '../http/headers.ts';
import { builtAtMs, listWebFiles, type Packing, type WebFile, type WebFiles } from './files.ts';
import { NOT_BUILT_PAGE } from './not-built.ts';

/** Addresses of pages; the app decides what is there. Everything else that nobody knows stays a 404 of the API. */
const PAGES = [
  '/',
  '/login',
  '/sign-in',
  '/setup',
  '/register',
  '/account',
  '/help',
  '/c/*',
  '/admin',
  '/admin/*',
];
/** The same program on files alone: a document that may connect to nothing. */
const LOCAL_PAGES = ['/local', '/local/*'];
/** What reads the files; a worker goes by the policy of its own script, not by that of the page. */
const LOCAL_WORKER = /^\/assets\/local-worker-/;
const YEAR_SECONDS = 31_536_000;
const NONCE_BYTES = 16;

/** A build under a running server is taken up as soon as its page is asked for. */
function watched(folder: string): () => WebFiles {
  let builtMs = builtAtMs(folder);
  let listed = listWebFiles(folder);
  return () => {
    const nowMs = builtAtMs(folder);
    if (nowMs !== builtMs) {
      listed = listWebFiles(folder);
      builtMs = nowMs;
    }
    return listed;
  };
}

/** The best packing that both sides know. */
function packingFor(request: FastifyRequest, { packings }: WebFile): Packing | null {
  const accepted = String(request.headers['accept-encoding'] ?? '').split(/\s*,\s*/);
  const takes = (packing: Packing) =>
    accepted.some((one) => one.split(';')[0] === packing && !/;\s*q=0(\.0*)?$/.test(one));
  return packings.find(takes) ?? null;
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: WebFile): Promise<FastifyReply> {
  // Threads of a page go by the policy of their own file: none of ours has anything to ask of anybody.
  reply.header('content-security-policy', contentSecurityPolicy({ connects: false }));
  reply.header('etag', file.etag).header('vary', 'accept-encoding');
  reply.header('cache-control', file.immutable ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const packing = packingFor(request, file);
  if (packing !== null) reply.header('content-encoding', packing);
  return reply.type(file.type).send(await file.read(packing));
}

/** A page with a number of its own: style tags that do not carry it are not applied. */
function sendPage(reply: FastifyReply, page: string | null, isLocal: boolean): FastifyReply {
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
  if (page === null) return reply.code(503).header('retry-after', '30').send(NOT_BUILT_PAGE);
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  reply.header('content-security-policy', contentSecurityPolicy({ nonce, connects: !isLocal }));
  return reply.send(page.replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`));
}

/** Adds the addresses of the web app in this folder. */
export function addWeb(app: FastifyInstance, folder: string): void {
  const current = watched(folder);
  for (const url of PAGES) app.get(url, (_, reply) => sendPage(reply, current().page, false));
  for (const url of LOCAL_PAGES) {
    app.get(url, (_, reply) => sendPage(reply, current().localPage ?? current().page, true));
  }
  const handOut = (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const file = current().files.get(path);
    if (file === undefined) throw new AppError('not-found', 'http/not-found', 'There is nothing here.');
    if (LOCAL_WORKER.test(path)) {
      reply.header('content-security-policy', contentSecurityPolicy({ connects: false }));
    }
    return sendFile(request, reply, file);
  };
  app.get('/assets/*', handOut);
  for (const path of ['/icon.svg', '/first.js', '/robots.txt']) app.get(path, handOut);
}
