/** Two companies with the same data: whatever a scope of one is asked, it never gives a row of the other. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tables } from '../db/schema.ts';
import { ANONYMOUS, admit, type Caller } from './caller.ts';
import { Scope, type TenantTable } from './scope.ts';
import { A, B, siteOf, type TestGround, testGround } from './testdata/ground.ts';
import { INSTALLATION, writeAudit } from './trail/audit.ts';

let ground: TestGround;
const callers = new Map<string, Caller>();

/** Every tenant table, and the method of the scope that opens it. */
const BUILDERS = {
  events: (scope) => scope.events(),
  sessions: (scope) => scope.sessions(),
  computers: (scope) => scope.computers(),
  day_totals: (scope) => scope.dayTotals(),
  imports: (scope) => scope.imports(),
  agent_cursors: (scope) => scope.agentCursors(),
  sites: (scope) => scope.sites(),
  api_keys: (scope) => scope.apiKeys(),
  api_key_usage: (scope) => scope.apiKeyUsage(),
  audit_trail: (scope) => scope.auditTrail(),
  life_spans: (scope) => scope.lifeSpans(),
} satisfies Record<TenantTable, (scope: Scope) => unknown>;
const TABLES = Object.keys(BUILDERS) as TenantTable[];

/** One row of each table for a company; NOT NULL columns get something. */
async function fill(companyId: number): Promise<void> {
  const { db } = ground.store;
  const tables = await db.introspection.getTables();
  for (const name of TABLES) {
    if (name === 'sites' || name === 'api_keys' || name === 'audit_trail') continue;
    const { columns } = tables.find((table) => table.name === name)!;
    const value = (type: string) => (/int/i.test(type) ? 7 : 'x');
    const row = Object.fromEntries(
      columns.filter((c) => !c.isNullable).map((c) => [c.name, value(c.dataType)]),
    );
    await db
      .insertInto(name as keyof Tables)
      .values({ ...row, company_id: companyId } as never)
      .execute();
  }
  await ground.key(companyId);
  const from = { userId: null, userName: null, address: null, requestId: null };
  await writeAudit(ground.store, { ...from, companyId, atMs: 0, action: 'x', target: null, outcome: 'done' });
}

beforeAll(async () => {
  ground = await testGround();
  await fill(A);
  await fill(B);
  const from = { userId: null, userName: null, address: null, requestId: null };
  await writeAudit(ground.store, {
    ...from,
    companyId: INSTALLATION,
    atMs: 0,
    action: 'x',
    target: null,
    outcome: 'done',
  });
  const people = {
    GlobalAdmin: await ground.user('boss', { role: 'GlobalAdmin' }),
    Admin: await ground.user('admin', { role: 'Admin', in: { [A]: 'User' } }),
    CompanyAdmin: await ground.user('chief', { in: { [A]: 'CompanyAdmin' } }),
    User: await ground.user('user', { in: { [A]: 'User' } }),
    'User of none': await ground.user('nobody'),
  };
  for (const [name, id] of Object.entries(people)) callers.set(name, (await ground.acting(id)).scope.caller);
  callers.set('ApiKey', admit({ kind: 'key', keyId: 1, companyId: A, siteId: siteOf(A) }));
  callers.set('Anonymous', ANONYMOUS);
});
afterAll(() => ground.close());

async function companiesIn(role: string, table: TenantTable): Promise<number[]> {
  const scope = Scope.of(ground.store, callers.get(role)!);
  const builder = BUILDERS[table](scope) as ReturnType<Scope['events']>;
  const rows = (await builder.selectAll().execute()) as { company_id: number }[];
  return [...new Set(rows.map(({ company_id }) => company_id))].sort();
}

describe.each(TABLES)('%s', (table) => {
  test.each(['Admin', 'CompanyAdmin', 'User', 'User of none', 'ApiKey', 'Anonymous'])(
    '%s: nothing of B',
    async (role) => {
      expect(await companiesIn(role, table)).not.toContain(B);
      expect(await companiesIn(role, table)).not.toContain(INSTALLATION);
    },
  );

  test('a GlobalAdmin sees both', async () => {
    const both = table === 'audit_trail' ? [INSTALLATION, A, B] : [A, B];
    expect(await companiesIn('GlobalAdmin', table)).toEqual(both);
  });
});

describe('who sees what in his own company', () => {
  test('members see what computers wrote', async () => {
    for (const table of ['events', 'sessions', 'computers', 'day_totals', 'sites'] as const) {
      expect(await companiesIn('User', table), table).toEqual([A]);
    }
  });

  test('keys, imports and the trail are for those who administer the company', async () => {
    for (const table of ['api_keys', 'api_key_usage', 'imports', 'audit_trail'] as const) {
      expect(await companiesIn('User', table), table).toEqual([]);
      expect(await companiesIn('Admin', table), table).toEqual([]);
      expect(await companiesIn('CompanyAdmin', table), table).toEqual([A]);
    }
  });
});

test('a company that is missing and one of others are told alike, after the same query', async () => {
  const statements: string[] = [];
  const db = ground.store.db.withPlugin({
    transformQuery: ({ node }) => {
      statements.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const scope = Scope.of({ db, inside: () => db }, callers.get('User')!);
  const told = (id: number) =>
    scope.requireCompany('event.read', id).catch((error) => [error.kind, error.code, error.message]);
  expect(await told(B)).toEqual(await told(4711));
  expect(statements).toEqual(['SelectQueryNode', 'SelectQueryNode']);
  expect(await told(A)).toBe(A);
});

test('a caller that was made up gets no scope', () => {
  const made = { ...callers.get('GlobalAdmin')! };
  expect(() => Scope.of(ground.store, made)).toThrow(/admitted/);
});
