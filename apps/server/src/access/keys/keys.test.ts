/** API keys: what they look like, when they open, how soon a change is felt, and how their use is counted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../clock.ts';
import { A, B, siteOf, type TestGround, testGround } from '../testdata/ground.ts';
import { keyChecks } from './key-checks.ts';
import { changeKey, createKey, deleteKey, rotateKey } from './key-deeds.ts';
import { isKeyText, newKeyText, storedKeyOf } from './key-text.ts';

let ground: TestGround;
let admin: Awaited<ReturnType<TestGround['acting']>>;
beforeAll(async () => {
  ground = await testGround();
  admin = await ground.acting(
    await ground.user('ana', { role: 'Admin', in: { [A]: 'CompanyAdmin', [B]: 'User' } }),
  );
});
afterAll(() => ground.close());

/** `caller` or why not, as another process would find it: nothing kept. */
async function opens(text: string) {
  const check = await keyChecks(ground.store.db, ground.clock).check(text);
  return 'caller' in check ? 'caller' : check.refused;
}
const place = { companyId: A, siteId: siteOf(A), description: 'gate', expiresAtMs: null };
const make = (more: Partial<typeof place> = {}) => createKey(ground, admin, { ...place, ...more });

describe('how a key looks', () => {
  test('usm, its number, 43 characters; the database has its digest and beginning', async () => {
    const { id, text, prefix } = await make();
    expect(text).toMatch(/^usm_[0-9a-z]+_[A-Za-z0-9_-]{43}$/);
    expect(text.startsWith(`${prefix}_`)).toBe(true);
    const rows = await ground.store.db.selectFrom('api_keys').selectAll().where('id', '=', id).execute();
    expect(JSON.stringify(rows)).not.toContain(text.slice(prefix.length + 1));
    expect(rows[0]).toMatchObject({ prefix, company_id: A, site_id: siteOf(A) });
  });

  test('the largest number fits the column of the prefix', () => {
    expect(newKeyText(2 ** 48 - 1).prefix.length).toBeLessThanOrEqual(24);
    expect(isKeyText(newKeyText(2 ** 48 - 1).text)).toBe(true);
  });

  test('64 hex digits of the original are accepted, other texts are no keys', async () => {
    const old = 'ab'.repeat(32);
    const { prefix, hash } = storedKeyOf(old)!;
    expect(prefix).toBe('abababab');
    const row = {
      company_id: B,
      id: 77,
      site_id: siteOf(B),
      prefix,
      key_hash: hash,
      is_active: 1 as const,
      created_at: 0,
    };
    await ground.store.db
      .insertInto('api_keys')
      .values(row as never)
      .execute();
    expect(await opens(old)).toBe('caller');
    for (const text of ['', 'ab'.repeat(31), old.toUpperCase(), `${old} `, "usm_1_' or 1=1 --"]) {
      expect(isKeyText(text), text).toBe(false);
      expect(storedKeyOf(text), text).toBe(null);
    }
  });
});

describe('when a key opens', () => {
  test('missing, unknown, disabled, expired', async () => {
    const { id, text } = await make({ expiresAtMs: ground.nowMs + HOUR_MS } as never);
    const at = { companyId: A, keyId: id };
    expect(await opens('')).toBe('missing');
    expect(await opens(newKeyText(1).text)).toBe('unknown');
    expect(await opens(text)).toBe('caller');
    await changeKey(ground, admin, at, { active: false });
    expect(await opens(text)).toBe('disabled');
    await changeKey(ground, admin, at, { active: true });
    ground.nowMs += HOUR_MS;
    expect(await opens(text)).toBe('expired');
    await deleteKey(ground, admin, at);
    expect(await opens(text)).toBe('unknown');
  });

  test('a key of a company out of use is disabled', async () => {
    const { text } = await ground.key(B);
    const set = (is_active: 0 | 1) =>
      ground.store.db.updateTable('companies').set({ is_active }).where('id', '=', B).execute();
    await set(0);
    expect(await opens(text)).toBe('disabled');
    await set(1);
    expect(await opens(text)).toBe('caller');
  });

  test('a known key costs no query for ten seconds, then a change elsewhere is felt; here at once', async () => {
    const { id, text } = await ground.key(A);
    const { checks } = ground.access;
    expect(checks.check(text)).toBeInstanceOf(Promise);
    await checks.check(text);
    expect(checks.check(text)).toMatchObject({ caller: { keyId: id, companyId: A, siteId: siteOf(A) } });
    await ground.store.db.updateTable('api_keys').set({ is_active: 0 }).where('id', '=', id).execute();
    expect(checks.check(text)).toMatchObject({ caller: { keyId: id } });
    ground.nowMs += 10 * SECOND_MS;
    expect(await checks.check(text)).toEqual({ refused: 'disabled' });
    await ground.store.db.updateTable('api_keys').set({ is_active: 1 }).where('id', '=', id).execute();
    await checks.check(text);
    await ground.store.db.updateTable('api_keys').set({ is_active: 0 }).where('id', '=', id).execute();
    checks.forget();
    expect(await checks.check(text)).toEqual({ refused: 'disabled' });
  });

  test('a kept answer does not outlive the key', async () => {
    const { text } = await make({ expiresAtMs: ground.nowMs + 5 * SECOND_MS } as never);
    const { checks } = ground.access;
    await checks.check(text);
    ground.nowMs += 5 * SECOND_MS;
    expect(await checks.check(text)).toEqual({ refused: 'expired' });
  });

  test('rotating: the old key works on for a while, the new one at once', async () => {
    const { id, text } = await make();
    const fresh = await rotateKey(ground, admin, { companyId: A, keyId: id }, 2);
    expect([await opens(text), await opens(fresh.text)]).toEqual(['caller', 'caller']);
    ground.nowMs += 2 * HOUR_MS;
    expect([await opens(text), await opens(fresh.text)]).toEqual(['expired', 'caller']);
  });
});

describe('whose keys', () => {
  test('in another company, or one he does not administer, there are none (SV-2)', async () => {
    const { id } = await ground.key(B);
    const at = { companyId: B, keyId: id };
    const missing = { companyId: A, keyId: 4711 };
    const told = (work: Promise<unknown>) =>
      work.then(
        () => 'done',
        (error) => `${error.kind} ${error.message}`,
      );
    for (const address of [at, missing]) {
      expect(await told(rotateKey(ground, admin, address))).toBe('not-found There is no such key.');
      expect(await told(changeKey(ground, admin, address, { active: false }))).toBe(
        'not-found There is no such key.',
      );
      expect(await told(deleteKey(ground, admin, address))).toBe('not-found There is no such key.');
    }
    const where = (companyId: number, siteId: number) =>
      told(createKey(ground, admin, { ...place, companyId, siteId }));
    expect(await where(B, siteOf(B))).toBe('not-found There is no such company.');
    expect(await where(999, 1)).toBe('not-found There is no such company.');
    expect(await where(A, siteOf(B))).toBe('not-found There is no such site.');
  });
});

describe('how use is counted', () => {
  test('many requests, one row per day, and the last use with its address', async () => {
    const { id } = await ground.key(A);
    const caller = { kind: 'key' as const, keyId: id, companyId: A, siteId: siteOf(A) };
    const { usage } = ground.access;
    for (let i = 0; i < 100; i++) usage.note(caller, { requests: 1, events: 3, address: '198.51.100.7' });
    await usage.store();
    usage.note(caller, { errors: 1 });
    await usage.store();
    ground.nowMs += DAY_MS;
    usage.note(caller, { requests: 1 });
    await usage.store();
    const rows = await ground.store.db
      .selectFrom('api_key_usage')
      .selectAll()
      .where('key_id', '=', id)
      .orderBy('day')
      .execute();
    expect(rows.map(({ requests, events, errors }) => [requests, events, errors])).toEqual([
      [100, 300, 1],
      [1, 0, 0],
    ]);
    const key = await ground.store.db
      .selectFrom('api_keys')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    expect(key).toMatchObject({ last_used_at: ground.nowMs, last_used_from: '198.51.100.7' });
  });
});
