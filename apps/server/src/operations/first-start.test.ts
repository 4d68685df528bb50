/** An empty installation is filled once, by whoever comes first, and never again. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkPassword } from '../access/passwords/passwords.ts';
import { openStore, type Store } from '../db/index.ts';
import { FIRST_SITE, FIRST_USER, firstStart } from './first-start.ts';
import { firstCurl } from './greeting.ts';

let store: Store;
const clock = () => Date.UTC(2025, 5, 1, 8);
beforeEach(async () => {
  store = await openStore('sqlite::memory:', { folder: '.' });
  await store.migrate();
});
afterEach(() => store.close());

it('makes an administrator, a company, its site HO and a key', async () => {
  const first = await firstStart({ store, clock });
  const user = await store.db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
  expect([user.username, user.role, user.is_active]).toEqual([FIRST_USER, 'GlobalAdmin', 1]);
  expect((await checkPassword(user.password_hash, first!.password)).right).toBe(true);
  const site = await store.db.selectFrom('sites').selectAll().executeTakeFirstOrThrow();
  const key = await store.db.selectFrom('api_keys').selectAll().executeTakeFirstOrThrow();
  expect([site.name, key.site_id, key.company_id]).toEqual([FIRST_SITE, site.id, site.company_id]);
  expect(first!.apiKey.startsWith(`${key.prefix}_`)).toBe(true);
});

it('is written down in the audit trail, without a secret', async () => {
  const first = await firstStart({ store, clock });
  const [entry, ...more] = await store.db.selectFrom('audit_trail').selectAll().execute();
  expect([entry?.action, more.length]).toEqual(['installation.create', 0]);
  expect(JSON.stringify(entry)).not.toContain(first!.password);
  expect(JSON.stringify(entry)).not.toContain(first!.apiKey);
});

it('happens once, also when two begin at the same moment', async () => {
  const both = await Promise.all([firstStart({ store, clock }), firstStart({ store, clock })]);
  expect(both.filter((first) => first !== null)).toHaveLength(1);
  expect(await firstStart({ store, clock })).toBeNull();
  expect(await store.db.selectFrom('users').select('id').execute()).toHaveLength(1);
});

it('has no secret that another installation has', async () => {
  const other = await openStore('sqlite::memory:', { folder: '.' });
  await other.migrate();
  const [one, two] = [await firstStart({ store, clock }), await firstStart({ store: other, clock })];
  expect(one!.password).not.toBe(two!.password);
  expect(one!.apiKey).not.toBe(two!.apiKey);
  await other.close();
});

it('shows a command line that a shell takes as it stands', () => {
  const where = { address: 'http://127.0.0.1:8000', generatedCertificate: null, nowMs: clock() };
  expect(firstCurl('usm_1_x', where)).toBe(
    [
      'curl http://127.0.0.1:8000/api/log_event \\',
      `  -H 'X-API-Key: usm_1_x' -H 'Content-Type: application/json' \\`,
      `  -d '{"EventType":"Logon","UserName":"ana","ComputerName":"PC-1","Timestamp":"2025-06-01T08:00:00Z"}'`,
    ].join('\n'),
  );
});
