/** The HTTP layer by itself: what it refuses, how it says so, and what it never tells. */
import { endpoint, getOpenApi, NO_CONTENT, raw, reply } from '@logonscope/protocol';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ANONYMOUS } from '../access/caller.ts';
import { AppError } from '../app-error.ts';
import { openApiRoutes } from '../features/openapi/routes.ts';
import { createHttp, type HttpOptions } from './create.ts';
import type { Gate } from './gate.ts';
import { type Route, route } from './mount.ts';

const EVERYBODY: Gate = {
  admit: () => ANONYMOUS,
  scopeOf() {
    throw new Error('These routes look at no data.');
  },
};

const makeThing = endpoint({
  id: 'makeThing',
  method: 'POST',
  path: '/api/v1/things/:id',
  summary: 'Makes a thing.',
  params: z.object({ id: z.coerce.number().int().min(1) }),
  query: z.object({ loud: z.stringbool().default(false) }),
  body: z.object({ name: z.string().min(1), size: z.number().max(10) }),
  replies: { 201: z.object({ made: z.string() }), 204: NO_CONTENT },
  auth: 'any',
});

const getFile = endpoint({
  id: 'getFile',
  method: 'GET',
  path: '/api/v1/file',
  summary: 'A file in pieces.',
  replies: { 200: raw('The file.', 'text/csv') },
  auth: 'any',
});

const failing = (id: string, error: unknown) =>
  route(
    endpoint({
      id,
      method: 'GET',
      path: `/api/v1/${id}`,
      summary: 'Fails.',
      replies: { 204: NO_CONTENT },
      auth: 'any',
    }),
    {
      action: 'event.read',
      handle: () => {
        throw error;
      },
    },
  );

const ROUTES: Route[] = [
  route(makeThing, {
    action: 'event.read',
    handle: ({ params, query, body, caller }) =>
      params.id === 7
        ? reply(204, null)
        : reply(201, { made: `${body.name} ${params.id} ${query.loud} by ${caller.kind}` }),
  }),
  route(getFile, {
    action: 'event.read',
    async handle() {
      async function* pieces() {
        yield 'a,b\n';
        yield '1,2\n';
      }
      return reply(200, pieces());
    },
  }),
  failing('sql', new Error('SQLITE_CONSTRAINT: insert into users (password) values (…)')),
  failing(
    'busy',
    new AppError('unavailable', 'ingest/busy', 'Too much at once.', { retryAfterSeconds: 1.2 }),
  ),
];

const open = (options: Partial<HttpOptions> = {}) =>
  createHttp({
    gate: EVERYBODY,
    routes: ROUTES,
    logLevel: 'silent',
    checkReplies: true,
    ...options,
  });

test('a checked request reaches its handler with typed values and the caller', async () => {
  const app = await open();
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/things/3?loud=yes',
    payload: { name: 'bell', size: 1 },
  });
  expect([answer.statusCode, answer.json()]).toEqual([201, { made: 'bell 3 true by anonymous' }]);
  const silent = await app.inject({
    method: 'POST',
    url: '/api/v1/things/7',
    payload: { name: 'x', size: 1 },
  });
  expect([silent.statusCode, silent.body]).toEqual([204, '']);
});

test('pieces are sent as they come, with the content type of the contract', async () => {
  const answer = await (await open()).inject('/api/v1/file');
  expect([answer.headers['content-type'], answer.body]).toEqual(['text/csv', 'a,b\n1,2\n']);
});

test('every wrong field is named, in one answer', async () => {
  const answer = await (await open()).inject({
    method: 'POST',
    url: '/api/v1/things/3',
    payload: { name: '', size: 11 },
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const { code, errors } = answer.json();
  expect(code).toBe('http/invalid-body');
  expect(errors.map((error: { field: string }) => error.field)).toEqual(['name', 'size']);
});

test.each([
  ['GET', '/api/v1/things/3', 405],
  ['GET', '/nothing', 404],
  ['POST', '/api/v1/things/none', 404],
  ['GET', '/api/v1/busy', 503],
  ['GET', '/api/v1/sql', 500],
] as const)('%s %s is a problem %i', async (method, url, status) => {
  const answer = await (await open()).inject({ method, url, payload: { name: 'a', size: 1 } });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ status, requestId: answer.headers['x-request-id'] });
  expect(answer.body).not.toMatch(/insert|SQLITE/);
  expect(answer.headers['content-security-policy']).not.toContain('unsafe');
});

test('a busy server says when to come back; a wrong method names the right ones', async () => {
  const app = await open();
  expect((await app.inject('/api/v1/busy')).headers['retry-after']).toBe('2');
  expect((await app.inject('/api/v1/things/3')).headers.allow).toBe('POST');
});

test('bodies that are too large, no JSON or of an unknown type are the sender’s fault', async () => {
  const app = await open({ bodyBytesMax: 100 });
  const post = (payload: string, type: string) =>
    app.inject({ method: 'POST', url: '/api/v1/things/3', payload, headers: { 'content-type': type } });
  expect((await post(`"${'x'.repeat(200)}"`, 'application/json')).statusCode).toBe(413);
  expect((await post('{', 'application/json')).statusCode).toBe(400);
  expect((await post('{}', 'text/xml')).statusCode).toBe(415);
});

test('the API describes itself', async () => {
  const app = await open({ routes: openApiRoutes() });
  const document = (await app.inject(getOpenApi.path)).json();
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths[getOpenApi.path].get.operationId).toBe('getOpenApi');
});
