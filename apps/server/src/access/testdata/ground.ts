/** An installation in memory with two companies, people of every role, keys and a clock that tests turn. */

import type { Store } from '../../db/store.ts';
import { openTestStore } from '../../db/testdata/open.ts';
import { type Access, type AccessOptions, createAccess } from '../access.ts';
import type { Acting } from '../acting.ts';
import { insertKey } from '../keys/key-deeds.ts';
import { hashPassword } from '../passwords/passwords.ts';
import { newUserRow } from '../portal/account.ts';
import { callerOf, membershipsOf, userById } from '../portal/people.ts';
import type { Browser } from '../portal/sign-in.ts';
import type { CompanyRole, GlobalRole } from '../roles.ts';
import { Scope } from '../scope.ts';
import { audited } from '../trail/audit.ts';

export const PASSWORD = 'Correct-Horse-1';
export const BROWSER: Browser = { address: '192.0.2.1', userAgent: 'test', requestId: 'r1' };
const BEGIN = Date.UTC(2026, 2, 2, 8);
/** One hash for all people: hashing is slow on purpose. */
let passwordHash: string | null = null;

export interface TestGround {
  readonly store: Store;
  readonly access: Access;
  nowMs: number;
  readonly clock: () => number;
  user(name: string, options?: PersonOptions): Promise<number>;
  company(id: number, name: string): Promise<void>;
  acting(userId: number): Promise<Acting>;
  key(companyId: number): Promise<{ id: number; text: string }>;
  close(): Promise<void>;
}

export interface PersonOptions {
  readonly role?: GlobalRole;
  readonly in?: Readonly<Record<number, CompanyRole>>;
  readonly active?: boolean;
}

/** Numbers of the two companies. */
export const A = 1;
export const B = 2;
/** The site of a company made by `company`. */
export const siteOf = (companyId: number) => companyId * 100;

export async function testGround(options: Partial<AccessOptions> = {}, url?: string): Promise<TestGround> {
  const store = await openTestStore(url);
  const ground: TestGround = {
    store,
    nowMs: BEGIN,
    clock: () => ground.nowMs,
    access: createAccess({
      store,
      clock: () => ground.nowMs,
      secretKey: 'a secret key of thirty-two characters or more',
      secure: false,
      limits: { login: { limit: 1000, periodSeconds: 60 } },
      ...options,
    }),
    user: (name, person = {}) => addUser(ground, name, person),
    company: (id, name) => addCompany(ground, id, name),
    acting: (userId) => actingAs(ground, userId),
    key: (companyId) => addKey(ground, companyId),
    async close() {
      await ground.access.close();
      await store.close();
    },
  };
  await ground.company(A, 'Alpha');
  await ground.company(B, 'Beta');
  return ground;
}

async function addCompany({ store, nowMs }: TestGround, id: number, name: string): Promise<void> {
  const shared = { is_active: 1 as const, created_at: nowMs };
  const company = { ...shared, id, name, name_key: name.toLowerCase(), mfa_policy: 'inherit' };
  await store.db
    .insertInto('companies')
    .values(company as never)
    .execute();
  const site = { ...shared, company_id: id, id: siteOf(id), name: 'HO', name_key: 'ho' };
  await store.db.insertInto('sites').values(site).execute();
}

async function addUser(ground: TestGround, name: string, person: PersonOptions): Promise<number> {
  const { role = 'User', active = true, in: companies = {} } = person;
  const { db } = ground.store;
  passwordHash ??= await hashPassword(PASSWORD);
  const flags = { role, active, mustChangePassword: false, passwordHash, nowMs: ground.nowMs };
  const row = newUserRow({ username: name, email: `${name}@example.com` }, flags);
  await db.insertInto('users').values(row).execute();
  for (const [companyId, companyRole] of Object.entries(companies)) {
    const membership = {
      company_id: Number(companyId),
      user_id: row.id,
      role: companyRole,
      created_at: ground.nowMs,
    };
    await db.insertInto('memberships').values(membership).execute();
  }
  return row.id;
}

async function actingAs({ store }: TestGround, userId: number): Promise<Acting> {
  const user = (await userById(store.db, userId))!;
  const caller = callerOf(user, await membershipsOf(store.db, userId));
  const origin = { userId, userName: user.username, address: '192.0.2.1', requestId: 'r1' };
  return { scope: Scope.of(store, caller), origin };
}

async function addKey(
  { store, clock }: TestGround,
  companyId: number,
): Promise<{ id: number; text: string }> {
  const place = {
    companyId,
    siteId: siteOf(companyId),
    description: null,
    expiresAtMs: null,
    createdBy: null,
  };
  return audited(store, async (trx) => ({
    result: await insertKey(trx, { store, clock }, place),
    entries: [],
  }));
}
