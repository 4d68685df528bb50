/** The gate: keys within their limits, strangers slowed down, nobody slowed down for a stranger's sake. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE_MS, SECOND_MS } from './clock.ts';
import type { Knock, RouteDemand } from './gate.ts';
import { newKeyText } from './keys/key-text.ts';
import { A, siteOf, type TestGround, testGround } from './testdata/ground.ts';

let ground: TestGround;
beforeEach(async () => {
  ground = await testGround({ limits: { api: { limit: 60, periodSeconds: 60 } } });
});
afterEach(() => ground.close());

const SEND: RouteDemand = { action: 'event.send', auth: 'apiKey' };
const knock = (headers: Knock['headers'], ip = '192.0.2.9', method = 'POST'): Knock => ({
  method,
  ip,
  headers,
});
const admit = async (headers: Knock['headers'], demand = SEND, ip?: string) =>
  ground.access.gate.admit(knock(headers, ip), demand);
const told = (work: Promise<unknown>) =>
  work.then(
    () => 'through',
    (error) => `${error.kind}: ${error.message}`,
  );

test('a key opens in its own header, in any case of names, or as a bearer', async () => {
  const { id, text } = await ground.key(A);
  const caller = { kind: 'key', keyId: id, companyId: A, siteId: siteOf(A) };
  expect(await admit({ 'x-api-key': text })).toEqual(caller);
  expect(await admit({ 'x-api-key': ` ${text} ` })).toEqual(caller);
  expect(await admit({ authorization: `Bearer ${text}` })).toEqual(caller);
  expect(await told(admit({ 'x-api-key': text }, { action: 'session.read', auth: 'any' }))).toMatch(
    /^forbidden/,
  );
});

test('refusals of keys are in the words of the original', async () => {
  const { id, text } = await ground.key(A);
  expect(await told(admit({}))).toBe('unauthenticated: No API key provided');
  expect(await told(admit({ 'x-api-key': 'x' }))).toBe('unauthenticated: Invalid API key');
  await ground.store.db.updateTable('api_keys').set({ is_active: 0 }).where('id', '=', id).execute();
  expect(await told(admit({ 'x-api-key': text }))).toBe('unauthenticated: API key has been disabled');
});

test('sixty a minute and key, whatever address; the sixty-first hears when to come back', async () => {
  const [one, other] = [await ground.key(A), await ground.key(A)];
  for (let i = 0; i < 60; i++) await admit({ 'x-api-key': one.text }, SEND, `192.0.2.${i}`);
  const refused = await admit({ 'x-api-key': one.text }).catch((error) => error);
  expect(refused).toMatchObject({
    kind: 'too-many',
    retryAfterSeconds: 1,
    rateLimit: { requests: 60, periodSeconds: 60, resetAtSeconds: ground.nowMs / 1000 + 60 },
  });
  expect(await told(admit({ 'x-api-key': other.text }))).toBe('through');
  ground.nowMs += SECOND_MS;
  expect(await told(admit({ 'x-api-key': one.text }))).toBe('through');
  await ground.access.usage.store();
  const usage = await ground.store.db
    .selectFrom('api_key_usage')
    .selectAll()
    .where('key_id', '=', one.id)
    .execute();
  expect(usage).toMatchObject([{ requests: 62, errors: 1 }]);
});

test('whoever guesses keys is stopped; good keys behind the same address are not', async () => {
  const good = await ground.key(A);
  await admit({ 'x-api-key': good.text });
  for (let i = 0; i < 60; i++) {
    expect(await told(admit({ 'x-api-key': newKeyText(i + 1).text }))).toBe(
      'unauthenticated: Invalid API key',
    );
  }
  expect(await told(admit({ 'x-api-key': newKeyText(99).text }))).toMatch(/^too-many/);
  expect(await told(admit({ 'x-api-key': newKeyText(99).text }, SEND, '203.0.113.1'))).toMatch(
    /^unauthenticated/,
  );
  // Also when what was known of the good key has to be asked anew.
  ground.nowMs += 11 * SECOND_MS;
  expect(await told(admit({ 'x-api-key': good.text }))).toBe('through');
  ground.nowMs += MINUTE_MS;
  expect(await told(admit({ 'x-api-key': newKeyText(99).text }))).toMatch(/^unauthenticated/);
});

test('a known key is let through without waiting for anything', async () => {
  const { text } = await ground.key(A);
  await admit({ 'x-api-key': text });
  expect(ground.access.gate.admit(knock({ 'x-api-key': text }), SEND)).not.toBeInstanceOf(Promise);
});

test('a key is no person, and a person no key', async () => {
  const { text } = await ground.key(A);
  expect(await told(admit({ 'x-api-key': text }, { action: 'user.read', auth: 'portal' }))).toBe(
    'unauthenticated: Sign in first.',
  );
  expect(await told(admit({ cookie: `logonscope=${'A'.repeat(43)}` }))).toBe(
    'unauthenticated: No API key provided',
  );
});
