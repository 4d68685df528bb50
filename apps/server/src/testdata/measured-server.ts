/** The server that `bench/ingest.ts` loads, in a process of its own: with the store behind it, or with nothing. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccess } from '../access/access.ts';
import { insertKey } from '../access/keys/key-deeds.ts';
import { openStore, type Store } from '../db/index.ts';
import type { GroupCommit } from '../features/ingest/group-commit.ts';
import { openIngest } from '../features/ingest/open.ts';
import { ingestRoutes } from '../features/ingest/routes.ts';
import { createHttp } from '../http/create.ts';

/** Answers as if all were stored. */
const NOTHING: GroupCommit = {
  submit: (_, { events }) => Promise.resolve(events.map(() => 'stored')),
  drained: () => Promise.resolve(),
  queuedEvents: () => 0,
};

const COMPANY = {
  id: 1,
  name: 'Bench',
  name_key: 'bench',
  mfa_policy: 'inherit',
  is_active: 1,
  created_at: 0,
};
const SITE = { company_id: 1, id: 1, name: 'HO', name_key: 'ho', is_active: 1, created_at: 0 } as const;

async function makeKey(store: Store): Promise<string> {
  const place = { companyId: 1, siteId: 1, description: null, expiresAtMs: null, createdBy: null };
  return store.db.transaction().execute(async (trx) => {
    await trx
      .insertInto('companies')
      .values(COMPANY as never)
      .execute();
    await trx.insertInto('sites').values(SITE).execute();
    return (await insertKey(trx, { store, clock: Date.now }, place)).text;
  });
}

const folder = mkdtempSync(join(tmpdir(), 'logonscope-bench-'));
const store = await openStore('sqlite:///store.db', { folder });
await store.migrate();
const unlimited = { api: { limit: 1e9, periodSeconds: 60 } };
const access = createAccess({
  store,
  clock: Date.now,
  secure: false,
  secretKey: randomUUID(),
  limits: unlimited,
});
const ping = () => Promise.resolve();
const routes =
  process.argv[2] === 'bare'
    ? ingestRoutes({ commits: NOTHING, now: Date.now, ping })
    : openIngest({ store, now: Date.now, uploadFolder: folder, assumedTimezone: 'UTC' }).routes;
const app = await createHttp({ gate: access.gate, routes, logLevel: 'warn' });
const key = await makeKey(store);
await app.listen({ host: '127.0.0.1', port: 0 });
process.once('SIGTERM', async () => {
  await app.close();
  await access.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
console.log(JSON.stringify({ port: (app.server.address() as AddressInfo).port, key }));
