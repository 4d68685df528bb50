/** The audit trail holds together and shows what was done to it; the error log takes what is thrown at it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY_MS } from '../clock.ts';
import { A, B, type TestGround, testGround } from '../testdata/ground.ts';
import { type AuditEntry, audited, INSTALLATION, verifyAudit, writeAudit } from './audit.ts';
import { clearErrors, countErrors, writeError } from './error-log.ts';

let ground: TestGround;
beforeAll(async () => {
  ground = await testGround();
});
afterAll(() => ground.close());

const entry = (companyId: number, target: string): AuditEntry => ({
  companyId,
  target,
  atMs: ground.nowMs,
  action: 'user.edit',
  outcome: 'done',
  userId: 1,
  userName: 'ana',
  address: '192.0.2.1',
  requestId: 'r',
  detail: { role: 'User' },
});
const rows = (companyId: number) =>
  ground.store.db
    .selectFrom('audit_trail')
    .selectAll()
    .where('company_id', '=', companyId)
    .orderBy('seq')
    .execute();

describe('the audit trail', () => {
  test('every company has its own chain, numbered without gaps, also when many write at once', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => writeAudit(ground.store, entry(i % 2 ? A : B, `user:${i}`))),
    );
    expect((await rows(A)).map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    const check = await verifyAudit(ground.store.db, A);
    expect(check).toMatchObject({ entries: 20, brokenAt: null });
    expect(check.head).toBe((await rows(A)).at(-1)!.hash);
  });

  test('a change that fails is not written down, and what cannot be written down does not change', async () => {
    const { db } = ground.store;
    const before = (await rows(A)).length;
    const add = (trx: typeof db, domain: string) =>
      trx.insertInto('allowed_domains').values({ domain, created_at: 0 }).execute();
    const failing = audited(ground.store, async (trx) => {
      await add(trx, 'a.example');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const unwritable = audited(ground.store, async (trx) => {
      await add(trx, 'a.example');
      return { result: 1, entries: [{ ...entry(A, 'x'), action: null as never }] };
    });
    await expect(unwritable).rejects.toThrow(/NOT NULL/);
    expect((await rows(A)).length).toBe(before);
    expect(await db.selectFrom('allowed_domains').selectAll().execute()).toEqual([]);
  });

  test('names from outside cannot forge lines', async () => {
    await writeAudit(ground.store, {
      ...entry(INSTALLATION, 'name:a\nuser:1 boss\u202e'),
      userName: 'x'.repeat(100),
    });
    const [row] = await rows(INSTALLATION);
    expect(row?.target).toBe('name:a\ufffduser:1 boss\ufffd');
    expect(row?.user_name).toHaveLength(64);
  });

  // Each damage to one entry in the middle, and where the check has to stumble.
  const damages: [string, (seq: number) => Promise<unknown>, number][] = [
    ['an outcome is changed', (seq) => update(seq, { outcome: 'refused' }), 10],
    ['a time is changed', (seq) => update(seq, { at: 1 }), 10],
    ['an address is removed', (seq) => update(seq, { address: null }), 10],
    ['a hash is changed', (seq) => update(seq, { hash: 'f'.repeat(64) }), 10],
    ['an entry is deleted', (seq) => remove(seq), 10],
  ];
  const at = (seq: number) => ({ company_id: B, seq });
  const update = (seq: number, set: object) =>
    ground.store.db
      .updateTable('audit_trail')
      .set(set as never)
      .where('company_id', '=', B)
      .where('seq', '=', seq)
      .execute();
  const remove = (seq: number) =>
    ground.store.db.deleteFrom('audit_trail').where('company_id', '=', B).where('seq', '=', seq).execute();

  test.each(damages)('it shows when %s', async (_, damage, brokenAt) => {
    const original = (await rows(B)).find(({ seq }) => seq === 10)!;
    await damage(10);
    expect((await verifyAudit(ground.store.db, B)).brokenAt).toBe(brokenAt);
    await remove(at(10).seq);
    await ground.store.db.insertInto('audit_trail').values(original).execute();
    expect((await verifyAudit(ground.store.db, B)).brokenAt).toBe(null);
  });

  test('a cut-off end shows against a head that was noted', async () => {
    const noted = await verifyAudit(ground.store.db, B);
    await remove(noted.entries);
    const now = await verifyAudit(ground.store.db, B);
    expect(now.brokenAt).toBe(null);
    expect(now).not.toEqual(noted);
  });
});

describe('the error log', () => {
  const write = (level: 'error' | 'info' | 'critical', least?: 'info') =>
    writeError(
      ground.store.db,
      {
        atMs: ground.nowMs,
        level,
        logger: 'http',
        message: '<img src=x onerror=alert(1)>',
        requestId: 'r9',
        userId: 5,
        address: '::1',
        path: '/x?q=secret',
      },
      least,
    );

  test('it keeps request, person and address, and no query of an address', async () => {
    await write('error');
    const [row] = await ground.store.db.selectFrom('error_log').selectAll().execute();
    expect(row).toMatchObject({
      request_id: 'r9',
      user_id: 5,
      address: '::1',
      path: '/x',
      message: '<img src=x onerror=alert(1)>',
    });
  });

  test('the least level counts at once', async () => {
    await write('info');
    await write('info', 'info');
    await write('critical');
    const counts = await countErrors(ground.store.db, { companyId: null, fromMs: 0, toMs: ground.nowMs + 1 });
    expect(counts).toEqual({ critical: 1, error: 1, warning: 0, info: 1, debug: 0 });
  });

  test('clearing takes what is older than so many days, or all', async () => {
    ground.nowMs += 31 * DAY_MS;
    await write('error');
    expect(await clearErrors(ground.store.db, ground.nowMs, 30)).toBe(3);
    expect(await clearErrors(ground.store.db, ground.nowMs, 0)).toBe(1);
  });
});
