/** What access relies on in a database, on each of them: races are lost cleanly, counts add up, updates tell their number. */
import {
  type NoServer,
  startAnyPostgres,
  startMariadb,
  startSqlServer,
  type TestServer,
} from '@logonscope/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listUsers } from './administration/user-views.ts';
import { changeRole } from './administration/users.ts';
import { HOUR_MS } from './clock.ts';
import { createKey, deleteKey, rotateKey } from './keys/key-deeds.ts';
import { totpCode } from './mfa/totp.ts';
import { visitOf } from './portal/portal.ts';
import { confirmEnrolment, startEnrolment } from './portal/second-factor.ts';
import { changeSection } from './portal/settings.ts';
import { signIn, verifyCode } from './portal/sign-in.ts';
import { A, B, BROWSER, PASSWORD, siteOf, type TestGround, testGround } from './testdata/ground.ts';
import { verifyAudit, writeAudit } from './trail/audit.ts';
import { clearErrors, writeError } from './trail/error-log.ts';

const DATABASES: [string, () => Promise<TestServer | NoServer>][] = [
  ['PostgreSQL', startAnyPostgres],
  ['MariaDB', startMariadb],
  ['SQL Server (stand-in)', startSqlServer],
];

describe.each(DATABASES)('on %s', (name, start) => {
  let server: TestServer | NoServer;
  let ground: TestGround;
  beforeAll(async () => {
    server = await start();
    if ('url' in server) ground = await testGround({}, server.url);
    else console.log(`skipped: access on ${name}, ${server.skipped}`);
  });
  afterAll(async () => {
    if (!('url' in server)) return;
    await ground.close();
    await server.stop();
  });
  const only = (title: string, work: () => Promise<void>) =>
    test(title, async ({ skip }) => ('url' in server ? work() : skip()));

  only('forty entries at once make a chain without gaps', async () => {
    const origin = { userId: null, userName: 'zoë', address: '::1', requestId: 'r' };
    const entry = {
      ...origin,
      companyId: A,
      atMs: ground.nowMs,
      action: 'x',
      target: null,
      outcome: 'done' as const,
    };
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => writeAudit(ground.store, { ...entry, detail: { n } })),
    );
    expect(await verifyAudit(ground.store.db, A)).toMatchObject({ entries: 40, brokenAt: null });
  });

  only('of two GlobalAdmins who demote each other at once one remains', async () => {
    const ids = [
      await ground.user('one', { role: 'GlobalAdmin' }),
      await ground.user('two', { role: 'GlobalAdmin' }),
    ];
    const [one, two] = [await ground.acting(ids[0]!), await ground.acting(ids[1]!)];
    const results = await Promise.allSettled([
      changeRole(ground, one, ids[1]!, 'User'),
      changeRole(ground, two, ids[0]!, 'User'),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  only('a person signs in, with a code that opens once', async () => {
    await ground.user('ana', { in: { [A]: 'User' } });
    const { portal } = ground.access;
    const enter = () => signIn(portal, { login: 'ANA', password: PASSWORD, remember: false }, BROWSER);
    const visit = async (token: string) => (await visitOf(portal, token))!;
    const { session } = await enter();
    const { secret } = await startEnrolment(portal, await visit(session.token), PASSWORD);
    await confirmEnrolment(portal, await visit(session.token), totpCode(secret, ground.nowMs), BROWSER);
    ground.nowMs += HOUR_MS;
    const pending = [await enter(), await enter()];
    const visits = [await visit(pending[0]!.session.token), await visit(pending[1]!.session.token)];
    const code = totpCode(secret, ground.nowMs);
    const results = await Promise.allSettled(visits.map((one) => verifyCode(portal, one, code, BROWSER)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  only('keys are made, rotated and deleted, and their use adds up', async () => {
    const admin = await ground.acting(await ground.user('chief', { in: { [A]: 'CompanyAdmin' } }));
    const place = { companyId: A, siteId: siteOf(A), description: null, expiresAtMs: null };
    const { id, text } = await createKey(ground, admin, place);
    const check = await ground.access.checks.check(text);
    if (!('caller' in check)) throw new Error(check.refused);
    for (let round = 0; round < 3; round++) {
      ground.access.usage.note(check.caller, { requests: 1, events: 5 });
      await ground.access.usage.store();
    }
    const usage = await admin.scope.apiKeyUsage().selectAll().execute();
    expect(usage).toMatchObject([{ key_id: id, requests: 3, events: 15, errors: 0 }]);
    await rotateKey(ground, admin, { companyId: A, keyId: id });
    await deleteKey(ground, admin, { companyId: A, keyId: id });
    expect(await admin.scope.apiKeys().selectAll().execute()).toHaveLength(1);
  });

  only('scopes, lists and settings', async () => {
    const admin = await ground.acting(await ground.user('admin', { role: 'Admin', in: { [B]: 'User' } }));
    expect((await listUsers(ground, admin)).map(({ username }) => username)).toEqual(['admin']);
    expect(await admin.scope.sites().select('company_id').execute()).toEqual([{ company_id: B }]);
    const boss = await ground.acting(await ground.user('boss', { role: 'GlobalAdmin' }));
    expect(await boss.scope.companyRows().select('id').orderBy('id').execute()).toEqual([
      { id: A },
      { id: B },
    ]);
    for (const everyone of [true, false]) await changeSection(ground, boss, 'mfa', { everyone });
    // An update that changes nothing still finds its row.
    await changeSection(ground, boss, 'mfa', { everyone: false });
    await writeError(ground.store.db, { atMs: 1, level: 'error', logger: 'x', message: 'y' });
    expect(await clearErrors(ground.store.db, ground.nowMs, 1)).toBe(1);
  });
});
