/** Erasure and retention delete the same on every database that is at hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type NoServer,
  startAnyPostgres,
  startMariadb,
  startSqlServer,
  type TestServer,
} from '@logonscope/testkit';
import { describe, expect, it, test } from 'vitest';
import { admit } from './access/caller.ts';
import { Scope } from './access/scope.ts';
import { verifyAudit } from './access/trail/audit.ts';
import { openStore, type Store } from './db/index.ts';
import { said, storedSessions } from './db/testdata/conformance.ts';
import { addCompany } from './db/testdata/open.ts';
import { checkStore } from './db/tools/check.ts';
import { erasePerson } from './features/privacy/erase-person.ts';
import { runRetention } from './features/retention/run.ts';

const DAYS = 40;
const DAY_MINUTES = 1_440;
const NOW = said('logon', DAYS * DAY_MINUTES).time;

/** Signs that mean something in a pattern of one database or another, and nothing in a name. */
const PATTERNED = 'k[i]_%*';

/** Two people, a session each a day on one computer. */
const HISTORY = Array.from({ length: DAYS }, (_, day) =>
  ['ana', 'Bőb'].flatMap((user, i) => {
    const at = day * DAY_MINUTES + i * 60;
    const of = (signal: 'logon' | 'logoff', minute: number) =>
      said(signal, minute, { user, identity: `${user} ${signal} ${minute}` });
    return [of('logon', at), of('logoff', at + 30)];
  }),
).flat();

async function filled(store: Store, name: string): Promise<number> {
  const { companyId, siteId } = await addCompany(store, name);
  const events = HISTORY.map((event) => ({ event, siteId }));
  await store.events.append(companyId, { events, receivedAt: NOW });
  return companyId;
}

/** Somebody who came once, and on another computer is named only as the one who acted, is found and erased on both. */
async function eraseActor(store: Store, companyId: number, ground: Parameters<typeof erasePerson>[0]) {
  const before = await storedSessions(store, companyId);
  const detail = { witness: 'agent', subjectUser: PATTERNED.toUpperCase(), subjectDomain: 'CORP' } as const;
  const failed = ['A', 'B'].map((computer) =>
    said('logonFailed', 5, {
      computer,
      user: null,
      domain: null,
      identity: computer,
      ...(computer === 'A' && { detail }),
    }),
  );
  const came = said('logon', 1, { computer: 'C', user: PATTERNED, identity: 'C' });
  const events = [came, ...failed].map((event) => ({ event, siteId: null }));
  await store.events.append(companyId, { events, receivedAt: NOW });
  const caller = admit({
    kind: 'person' as const,
    userId: 1,
    name: 'chief',
    role: 'User' as const,
    memberships: [{ companyId, role: 'CompanyAdmin' as const }],
  });
  const origin = { userId: 1, userName: 'chief', address: null, requestId: null };
  const acting = { scope: Scope.of(store, caller), origin };
  const erased = await erasePerson(ground, acting, companyId, `corp\\${PATTERNED}`);
  expect(erased).toEqual({ computers: 2, events: 2, sessions: 1 });
  expect(await storedSessions(store, companyId)).toEqual(before);
}

async function eraseAndRetain(store: Store): Promise<void> {
  await store.migrate();
  const own = await filled(store, 'Alpha');
  const foreign = await filled(store, 'Beta');
  const untouched = await storedSessions(store, foreign);
  const caller = admit({
    kind: 'person' as const,
    userId: 1,
    name: 'chief',
    role: 'User' as const,
    memberships: [{ companyId: own, role: 'CompanyAdmin' as const }],
  });
  const origin = { userId: 1, userName: 'chief', address: null, requestId: null };
  const acting = { scope: Scope.of(store, caller), origin };
  const ground = { store, clock: () => NOW };
  expect(await erasePerson(ground, acting, own, 'corp\\bőb')).toEqual({
    computers: 1,
    events: 2 * DAYS,
    sessions: DAYS,
  });
  await eraseActor(store, foreign, ground);
  await store.db.updateTable('companies').set({ keep_events_days: 10 }).where('id', '=', own).execute();
  const defaults = {
    keepEventsDays: 0,
    keepSessionsDays: null,
    keepTotalsDays: 20,
    keepAuditDays: 0,
    keepErrorLogDays: 1,
  };
  await runRetention({ ...ground, defaults, owner: 'test', stopping: () => false });
  const left = await storedSessions(store, own);
  expect(left.map(({ user }) => user)).toEqual(Array.from({ length: 10 }, () => 'ana'));
  expect(await store.events.rebuild(NOW, own)).toMatchObject({ sessions: 10, corrected: 0 });
  expect(await storedSessions(store, foreign)).toEqual(untouched);
  expect(await checkStore(store)).toEqual([]);
  expect(await verifyAudit(store.db, own)).toMatchObject({ entries: 3, brokenAt: null });
}

const SERVERS: readonly (readonly [string, () => Promise<TestServer | NoServer>])[] = [
  ['PostgreSQL', startAnyPostgres],
  ['MariaDB', startMariadb],
  ['SQL Server (stand-in)', startSqlServer],
];

it('SQLite', async () => {
  const store = await openStore('sqlite::memory:', { folder: '.' });
  await eraseAndRetain(store);
  await store.close();
});

for (const [name, start] of SERVERS) {
  describe(name, () => {
    test('the same', async ({ skip }) => {
      const server = await start();
      if ('skipped' in server) return skip(server.skipped);
      const folder = mkdtempSync(join(tmpdir(), 'privacy-'));
      const store = await openStore(server.url, { folder });
      try {
        await eraseAndRetain(store);
      } finally {
        await store.close();
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    }, 60_000);
  });
}
