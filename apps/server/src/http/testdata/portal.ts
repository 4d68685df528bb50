/** A whole portal in a temporary folder, for tests over real HTTP: store, access, and whichever routes a test wants. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Access, type AccessOptions, createAccess } from '../../access/access.ts';
import { insertKey } from '../../access/keys/key-deeds.ts';
import { newUserRow } from '../../access/portal/account.ts';
import { sessionCookie } from '../../access/portal/cookies.ts';
import { beginSession, SESSION_LIMITS } from '../../access/portal/sessions.ts';
import type { CompanyRole, GlobalRole } from '../../access/roles.ts';
import { newId, openStore, type Store } from '../../db/index.ts';
import { createHttp, type HttpOptions } from '../create.ts';
import type { Route } from '../mount.ts';

export interface TestCompany {
  readonly companyId: number;
  readonly siteId: number;
  readonly keyId: number;
  /** The key itself. */
  readonly key: string;
}

/** A person who is signed in, as headers of a request. */
export interface TestPerson {
  readonly userId: number;
  readonly headers: { readonly cookie: string; readonly 'x-csrf-token': string };
}

export interface TestPortal {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly access: Access;
  readonly folder: string;
  /** The address while it listens; `listen` first. */
  listen(): Promise<string>;
  addCompany(name: string): Promise<TestCompany>;
  /** Somebody with a role in the installation and in companies, signed in. */
  addPerson(
    name: string,
    role?: GlobalRole,
    companies?: Readonly<Record<number, CompanyRole>>,
  ): Promise<TestPerson>;
  close(): Promise<void>;
}

export interface TestPortalOptions {
  /** Of the database; one in the portal's own folder unless told otherwise. */
  readonly url?: string;
  readonly now?: () => number;
  readonly limits?: AccessOptions['limits'];
  readonly provider?: AccessOptions['provider'];
  readonly http?: Partial<HttpOptions>;
  routes(ground: { store: Store; access: Access; folder: string }): readonly Route[];
}

/** A company with one site and one key. */
async function addCompany(store: Store, now: () => number, name: string): Promise<TestCompany> {
  const [companyId, siteId] = [newId(), newId()];
  const shared = { is_active: 1, created_at: now() } as const;
  return store.db.transaction().execute(async (trx) => {
    await trx
      .insertInto('companies')
      .values({ ...shared, id: companyId, name, name_key: name.toLowerCase(), mfa_policy: 'inherit' })
      .execute();
    await trx
      .insertInto('sites')
      .values({ ...shared, id: siteId, company_id: companyId, name: 'HO', name_key: 'ho' })
      .execute();
    const place = { companyId, siteId, description: null, expiresAtMs: null, createdBy: null };
    const { id, text } = await insertKey(trx, { store, clock: now }, place);
    return { companyId, siteId, keyId: id, key: text };
  });
}

async function addPerson(
  { db }: Store,
  now: () => number,
  [name, role, companies]: readonly [string, GlobalRole, Readonly<Record<number, CompanyRole>>],
): Promise<TestPerson> {
  const nowMs = now();
  const flags = { role, active: true, mustChangePassword: false, passwordHash: '', nowMs };
  const user = newUserRow({ username: name, email: `${name}@example.com` }, flags);
  await db.insertInto('users').values(user).execute();
  for (const [company, companyRole] of Object.entries(companies)) {
    const membership = {
      company_id: Number(company),
      user_id: user.id,
      role: companyRole,
      created_at: nowMs,
    };
    await db.insertInto('memberships').values(membership).execute();
  }
  const session = {
    userId: user.id,
    stage: 'full',
    remember: false,
    address: null,
    userAgent: null,
  } as const;
  const { token, csrfToken } = await beginSession(db, session, { nowMs, limits: SESSION_LIMITS });
  const cookie = sessionCookie(token, { secure: false, maxAgeSeconds: null }).split(';', 1)[0]!;
  return { userId: user.id, headers: { cookie, 'x-csrf-token': csrfToken } };
}

export async function openTestPortal(options: TestPortalOptions): Promise<TestPortal> {
  const now = options.now ?? Date.now;
  const folder = mkdtempSync(join(tmpdir(), 'logonscope-'));
  const store = await openStore(options.url ?? 'sqlite:///test.db', { folder });
  await store.migrate();
  const access = createAccess({
    ...{ store, clock: now, secure: false, secretKey: 'only for tests, and long enough for them' },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    provider: options.provider ?? null,
  });
  const app = await createHttp({
    gate: access.gate,
    routes: options.routes({ store, access, folder }),
    logLevel: 'silent',
    checkReplies: true,
    ...options.http,
  });
  return {
    ...{ app, store, access, folder },
    async listen() {
      await app.listen({ host: '127.0.0.1', port: 0 });
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    },
    addCompany: (name) => addCompany(store, now, name),
    addPerson: (name, role = 'User', companies = {}) => addPerson(store, now, [name, role, companies]),
    async close() {
      await app.close();
      await access.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
