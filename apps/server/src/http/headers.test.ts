/** What every answer says to browsers, whoever asks and whatever comes of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountRoutes } from '../features/account/routes.ts';
import { openApiRoutes } from '../features/openapi/routes.ts';
import { openTestPortal, type TestPortal } from './testdata/portal.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await openTestPortal({ routes: ({ access }) => [...accountRoutes(access), ...openApiRoutes()] });
});
afterAll(() => portal.close());

test.each([
  ['a page', 'GET', '/api/v1/docs', 200],
  ['an answer', 'GET', '/api/v1/account/registration', 200],
  ['a refusal', 'GET', '/api/v1/account', 401],
  ['a wrong body', 'POST', '/api/v1/account/login', 400],
  ['what is not there', 'GET', '/api/v1/nothing', 404],
] as const)('%s carries the whole set of headers', async (_, method, url, status) => {
  const payload = method === 'POST' ? { payload: {} } : {};
  const { statusCode, headers } = await portal.app.inject({ method, url, ...payload });
  expect(statusCode).toBe(status);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  expect(headers['permissions-policy']).toMatch(/camera=\(\).*geolocation=\(\)/);
  const rules = new Map(
    `${headers['content-security-policy']}`.split('; ').map((rule) => {
      const [name = '', ...values] = rule.split(' ');
      return [name, values];
    }),
  );
  for (const name of ['default-src', 'script-src', 'connect-src', 'form-action'])
    expect(rules.get(name), name).toEqual(["'self'"]);
  for (const name of ['object-src', 'base-uri', 'frame-ancestors'])
    expect(rules.get(name), name).toEqual(["'none'"]);
  expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
  // Over plain http it would be believed by nobody, and mean nothing.
  expect(headers['strict-transport-security']).toBeUndefined();
});
