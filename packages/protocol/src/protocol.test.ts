/** The contract keeps its own rules, the client speaks it, and the committed OpenAPI document says the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  addressOf,
  call,
  decodeCursor,
  ENDPOINTS,
  type Endpoint,
  encodeCursor,
  endpoint,
  getOpenApi,
  isSchema,
  legacyEvent,
  NO_CONTENT,
  openApiDocument,
  RefusedError,
} from './index.ts';

describe('every endpoint', () => {
  const all: readonly Endpoint[] = ENDPOINTS;

  test('has a name and an address of its own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ method, path }) => `${method} ${path}`)).size).toBe(all.length);
  });

  test.each(all.map((one) => [one.id, one] as const))('%s keeps the rules', (_id, one) => {
    const names = [...one.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    const shape = one.params instanceof z.ZodObject ? Object.keys(one.params.shape) : [];
    expect(shape.sort()).toEqual(names.sort());
    expect(one.summary).toMatch(/\.$/);
    if (one.refusals === undefined && one.auth !== 'anonymous') expect(one.path).toMatch(/^\/api\/v1\//);
    if (one.method === 'GET') expect(one.body).toBeUndefined();
    // Refusals are problems; only probes answer bad news as their own content.
    if (one.auth !== 'anonymous') {
      for (const status of Object.keys(one.replies)) expect(Number(status)).toBeLessThan(400);
    }
  });
});

describe('cursors', () => {
  test('give back the keys they were made of', () => {
    const key = fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 4 }), (keys) => {
        const text = encodeCursor(keys);
        expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
        expect(decodeCursor(text, keys.length)).toEqual(keys);
      }),
    );
  });

  test('made up by strangers are no cursors, and break nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => void decodeCursor(text, 2)));
    expect(decodeCursor(encodeCursor([1, 2]), 3)).toBeNull();
    expect(decodeCursor(encodeCursor([{ a: 1 } as never]), 1)).toBeNull();
  });
});

describe('the client', () => {
  const rename = endpoint({
    id: 'rename',
    method: 'PUT',
    path: '/api/v1/things/:id/:name',
    summary: 'Renames.',
    params: z.object({ id: z.coerce.number(), name: z.string() }),
    query: z.object({ loud: z.boolean().optional(), tag: z.array(z.string()).optional() }),
    body: z.object({ to: z.string() }),
    replies: { 200: z.object({ was: z.string() }), 204: NO_CONTENT },
    auth: 'any',
  });
  const answering = (status: number, body: string | null, headers: Record<string, string> = {}) => {
    const seen: { url: string; init: RequestInit }[] = [];
    const fetch = (async (url: string, init: RequestInit) => {
      seen.push({ url, init });
      return new Response(body, { status, headers });
    }) as unknown as typeof globalThis.fetch;
    return {
      seen,
      options: { base: 'https://portal.example', fetch, headers: () => ({ 'x-csrf-token': 't' }) },
    };
  };
  const input = { params: { id: 3, name: 'a/b ü' }, query: { tag: ['x', 'y'] }, body: { to: 'c' } };

  test('writes the address, the body and the headers of a call', async () => {
    const { seen, options } = answering(200, '{"was":"a"}');
    const result = await call(options, rename, input);
    expect(result).toEqual({ status: 200, body: { was: 'a' } });
    expect(seen[0]).toMatchObject({
      url: 'https://portal.example/api/v1/things/3/a%2Fb%20%C3%BC?tag=x&tag=y',
      init: { method: 'PUT', body: '{"to":"c"}', headers: { 'x-csrf-token': 't' } },
    });
    expect(addressOf(rename, { params: { id: 1, name: 'n' } })).toBe('/api/v1/things/1/n');
  });

  test('an answer that is not what the contract says is noticed', async () => {
    await expect(call(answering(200, '{"was":7}').options, rename, input)).rejects.toThrow();
  });

  test('a refusal is thrown with its problem, a proxy’s page without one', async () => {
    const problem = {
      type: 'urn:x',
      title: 'No',
      status: 409,
      code: 'thing/busy',
      requestId: 'r1',
      detail: 'Wait.',
    };
    const told = answering(409, JSON.stringify(problem), {
      'content-type': 'application/problem+json',
      'retry-after': '7',
    });
    const refused = await call(told.options, rename, input).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RefusedError);
    expect((refused as RefusedError).refusal).toEqual({ status: 409, problem, retryAfterSeconds: 7 });
    const page = await call(answering(502, '<html>').options, rename, input).catch((error: unknown) => error);
    expect((page as RefusedError).refusal).toEqual({ status: 502, problem: null, retryAfterSeconds: null });
  });
});

test('OpenAPI names every endpoint, its parameters and its named schemas', () => {
  const document = openApiDocument(ENDPOINTS, '1') as {
    paths: Record<string, Record<string, { operationId: string; requestBody?: unknown }>>;
    components: { schemas: Record<string, unknown> };
  };
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
    ENDPOINTS.map(({ id }) => id).sort(),
  );
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(Object.keys(document.components.schemas)).toContain(name);
  }
  expect(text).not.toContain('$defs');
  expect(document.paths[getOpenApi.path]).toBeDefined();
});

test('bodies are objects of known fields: nothing else reaches a handler', () => {
  for (const { body } of ENDPOINTS as readonly Endpoint[]) {
    if (body === undefined || !isSchema(body)) continue;
    for (const odd of [null, 7, 'text', true]) expect(body.safeParse(odd).success).toBe(false);
  }
});

test('a legacy event needs its four texts; a repeat that is no count counts as none', () => {
  const good = { EventType: 'Lock', UserName: '', ComputerName: 'PC', Timestamp: '2025-04-27 08:51:35' };
  expect(legacyEvent.parse({ ...good, retry: 'abc', Extra: 1 })).toEqual({ ...good, retry: 0 });
  expect(legacyEvent.parse({ ...good, retry: '3' }).retry).toBe(3);
  for (const field of Object.keys(good)) {
    const { [field as keyof typeof good]: _, ...rest } = good;
    expect(legacyEvent.safeParse(rest).success, field).toBe(false);
    expect(legacyEvent.safeParse({ ...good, [field]: 7 }).success, field).toBe(false);
  }
  expect(legacyEvent.safeParse([]).success).toBe(false);
});
