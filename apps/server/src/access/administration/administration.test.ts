/** Administration: who may do what to whom in two companies, what is written down, and what stays when someone goes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Acting } from '../acting.ts';
import { visitOf } from '../portal/portal.ts';
import { readSection } from '../portal/settings.ts';
import { signIn } from '../portal/sign-in.ts';
import { A, B, BROWSER, PASSWORD, siteOf, type TestGround, testGround } from '../testdata/ground.ts';
import { verifyAudit } from '../trail/audit.ts';
import { createCompany, deleteCompany, editCompany, setCompanyMfa } from './companies.ts';
import { addMember, changeMemberRole, listMembers, removeMember } from './members.ts';
import { createSite, deleteSite, editSite } from './sites.ts';
import { listUsers, readUser } from './user-views.ts';
import {
  changeRole,
  createUser,
  deleteUser,
  editUser,
  requireMfaOf,
  resetMfa,
  resetPassword,
  revokeSessionsOf,
  setUserActive,
} from './users.ts';

let ground: TestGround;
const id: Record<string, number> = {};
const as: Record<string, Acting> = {};

beforeAll(async () => {
  ground = await testGround();
  id.boss = await ground.user('boss', { role: 'GlobalAdmin' });
  id.adminA = await ground.user('adminA', { role: 'Admin', in: { [A]: 'CompanyAdmin' } });
  id.adminB = await ground.user('adminB', { role: 'Admin', in: { [B]: 'CompanyAdmin' } });
  id.chiefA = await ground.user('chiefA', { in: { [A]: 'CompanyAdmin' } });
  id.userA = await ground.user('userA', { in: { [A]: 'User' } });
  id.userB = await ground.user('userB', { in: { [B]: 'User' } });
  id.both = await ground.user('both', { in: { [A]: 'User', [B]: 'User' } });
  for (const [name, userId] of Object.entries(id)) as[name] = await ground.acting(userId);
});
afterAll(() => ground.close());

const told = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code ?? String(error),
  );
const p = () => ground.access.portal;
const STRONG = 'Stronger-Horse-9';

describe('an Admin and the people of another company', () => {
  // Each deed on a person, by the one who acts and the number of the person acted on.
  const deeds: [string, (acting: Acting, userId: number) => Promise<unknown>][] = [
    ['read', (acting, userId) => readUser(ground, acting, userId)],
    ['edit', (acting, userId) => editUser(p(), acting, userId, { username: 'changed' })],
    ['activate', (acting, userId) => setUserActive(ground, acting, userId, true)],
    ['reset the password', (acting, userId) => resetPassword(p(), acting, userId, STRONG)],
    ['reset MFA', (acting, userId) => resetMfa(ground, acting, userId)],
    ['revoke sessions', (acting, userId) => revokeSessionsOf(ground, acting, userId)],
    ['delete', (acting, userId) => deleteUser(ground, acting, userId)],
    ['add to his company', (acting, userId) => addMember(ground, acting, { companyId: A, userId }, 'User')],
    ['remove from his company', (acting, userId) => removeMember(ground, acting, { companyId: A, userId })],
  ];

  test.each(deeds)('to %s: he is not there, as if he had never been (SV-1, SV-3)', async (_, deed) => {
    expect(await told(deed(as.adminA!, id.userB!))).toBe('user/not-found');
    expect(await told(deed(as.adminA!, 123456789))).toBe('user/not-found');
    expect(await told(deed(as.adminA!, id.boss!))).toBe('user/not-found');
  });

  test('a person of both companies keeps his password; he can only be taken out of the own company', async () => {
    expect(await told(resetPassword(p(), as.adminA!, id.both!, STRONG))).toBe('user/forbidden');
    expect(await told(resetMfa(ground, as.adminA!, id.both!))).toBe('user/forbidden');
    expect((await readUser(ground, as.adminA!, id.both!)).companies).toEqual([
      { companyId: A, role: 'User' },
    ]);
    expect(await told(removeMember(ground, as.adminA!, { companyId: A, userId: id.both! }))).toBe('done');
    expect(await told(removeMember(ground, as.adminA!, { companyId: B, userId: id.both! }))).toBe(
      'company/not-found',
    );
  });

  test("the list has his companies' people only, and no GlobalAdmin", async () => {
    const names = (await listUsers(ground, as.adminA!)).map(({ username }) => username);
    expect(names).toEqual(['adminA', 'chiefA', 'userA']);
    expect((await listUsers(ground, as.boss!)).length).toBe(7);
    expect(await listUsers(ground, as.chiefA!)).toEqual([]);
  });

  test('members are listed for those who administer the company', async () => {
    expect((await listMembers(ground, as.chiefA!, A)).map(({ username }) => username)).toEqual([
      'adminA',
      'chiefA',
      'userA',
    ]);
    for (const who of ['userA', 'adminB'])
      expect(await told(listMembers(ground, as[who]!, A))).toBe('company/not-found');
  });
});

describe('people', () => {
  test('who is created chooses a password at the first login; the domain list and the policy count', async () => {
    const person = {
      username: 'newA',
      email: 'newA@example.com',
      password: STRONG,
      role: 'User' as const,
      active: true,
    };
    const company = { companyId: A, role: 'User' as const };
    expect(await told(createUser(p(), as.adminA!, { ...person, company: null }))).toBe('user/company-needed');
    expect(
      await told(createUser(p(), as.adminA!, { ...person, company: { ...company, companyId: B } })),
    ).toBe('company/not-found');
    expect(await told(createUser(p(), as.adminA!, { ...person, company, role: 'Admin' }))).toBe(
      'user/role-forbidden',
    );
    expect(await told(createUser(p(), as.userA!, { ...person, company }))).toBe('company/not-found');
    expect(await told(createUser(p(), as.chiefA!, { ...person, company, password: 'weak' }))).toBe(
      'account/invalid',
    );
    const userId = await createUser(p(), as.chiefA!, { ...person, company });
    const { session, state } = await signIn(
      p(),
      { login: 'newa', password: STRONG, remember: false },
      BROWSER,
    );
    expect(state).toBe('password_change_required');
    // Whoever made him looks after him (SV-21), and edits him without a new password or name (SV-20).
    expect(await told(editUser(p(), as.adminA!, userId, { email: 'newA@example.com' }))).toBe('done');
    expect(await told(setUserActive(ground, as.adminA!, userId, false))).toBe('done');
    expect(await visitOf(p(), session.token)).toBe(null);
    expect(
      await told(
        createUser(p(), as.boss!, { ...person, username: 'NEWA', email: 'x@example.com', company: null }),
      ),
    ).toBe('account/taken');
  });

  test('a reset password ends the sessions and has to be replaced', async () => {
    const before = await signIn(p(), { login: 'userA', password: PASSWORD, remember: false }, BROWSER);
    await resetPassword(p(), as.adminA!, id.userA!, STRONG);
    expect(await visitOf(p(), before.session.token)).toBe(null);
    const after = await signIn(p(), { login: 'userA', password: STRONG, remember: false }, BROWSER);
    expect(after.state).toBe('password_change_required');
  });

  test('MFA required of one person reaches his open session', async () => {
    const { session } = await signIn(p(), { login: 'userB', password: PASSWORD, remember: false }, BROWSER);
    await requireMfaOf(ground, as.boss!, id.userB!, true);
    expect((await visitOf(p(), session.token))?.state).toBe('mfa_enrol_required');
    await requireMfaOf(ground, as.boss!, id.userB!, null);
    await setCompanyMfa(ground, as.adminB!, B, 'required');
    expect((await visitOf(p(), session.token))?.state).toBe('mfa_enrol_required');
    await setCompanyMfa(ground, as.adminB!, B, 'inherit');
    expect((await visitOf(p(), session.token))?.state).toBe('full');
    expect(await told(setCompanyMfa(ground, as.adminA!, B, 'required'))).toBe('company/not-found');
    expect(await told(requireMfaOf(ground, as.adminB!, id.userB!, false))).toBe('user/not-found');
  });

  test('the last GlobalAdmin stays, also when two demote each other at once', async () => {
    const second = await ground.user('second', { role: 'GlobalAdmin' });
    const other = await ground.acting(second);
    expect(await told(deleteUser(ground, as.boss!, id.boss!))).toBe('user/forbidden');
    const results = await Promise.all([
      told(changeRole(ground, as.boss!, second, 'User')),
      told(changeRole(ground, other, id.boss!, 'User')),
    ]);
    expect(results.sort()).toEqual(['done', 'user/last-global-admin']);
    await ground.store.db
      .updateTable('users')
      .set({ role: 'GlobalAdmin' })
      .where('id', 'in', [id.boss!, second])
      .execute();
    expect(await told(setUserActive(ground, as.boss!, second, false))).toBe('done');
    expect(await told(setUserActive(ground, other, id.boss!, false))).toBe('user/last-global-admin');
    expect(await told(deleteUser(ground, other, id.boss!))).toBe('user/last-global-admin');
    await deleteUser(ground, as.boss!, second);
  });

  test('a deleted member leaves his deeds behind, and his name is free again (SV-8)', async () => {
    const gone = await ground.user('gone', { in: { [A]: 'CompanyAdmin' } });
    await createSite(ground, await ground.acting(gone), A, 'Gone site');
    await deleteUser(ground, as.adminA!, gone);
    const trail = await ground.store.db
      .selectFrom('audit_trail')
      .selectAll()
      .where('company_id', '=', A)
      .orderBy('seq')
      .execute();
    expect(trail.filter(({ user_id }) => user_id === gone)).toMatchObject([
      { action: 'site.create', user_name: 'gone' },
    ]);
    expect(trail.at(-1)).toMatchObject({
      action: 'user.delete',
      target: `user:${gone} gone`,
      user_name: 'adminA',
    });
    await ground.user('gone');
  });
});

describe('members', () => {
  test('promote, demote, remove; Admins only promote where they administer', async () => {
    const at = { companyId: A, userId: id.userA! };
    expect(await told(changeMemberRole(ground, as.chiefA!, at, 'CompanyAdmin'))).toBe('done');
    expect(await told(changeMemberRole(ground, as.chiefA!, at, 'User'))).toBe('done');
    expect(await told(changeMemberRole(ground, as.userA!, at, 'CompanyAdmin'))).toBe('company/not-found');
    expect(
      await told(changeMemberRole(ground, as.chiefA!, { companyId: A, userId: id.chiefA! }, 'User')),
    ).toBe('user/forbidden');
    const plain = await ground.acting(
      await ground.user('plainAdmin', { role: 'Admin', in: { [A]: 'User' } }),
    );
    expect(await told(changeMemberRole(ground, plain, at, 'CompanyAdmin'))).toBe('company/not-found');
    expect(await told(removeMember(ground, plain, at))).toBe('done');
    expect(await told(addMember(ground, as.boss!, at, 'User'))).toBe('done');
    expect(await told(addMember(ground, as.boss!, at, 'User'))).toBe('member/already');
  });
});

describe('companies and sites', () => {
  test('a company begins with the site HO and its key; names are unique in any case', async () => {
    const made = await createCompany(ground, as.boss!, { name: 'Gamma', description: null });
    expect(await ground.access.checks.check(made.key.text)).toMatchObject({
      caller: { companyId: made.companyId, siteId: made.siteId },
    });
    expect(await told(createCompany(ground, as.boss!, { name: 'GAMMA', description: null }))).toBe(
      'company/taken',
    );
    expect(await told(createCompany(ground, as.adminA!, { name: 'Delta', description: null }))).toBe(
      'access/forbidden',
    );
    expect(await told(editCompany(ground, as.boss!, made.companyId, { name: 'alpha' }))).toBe(
      'company/taken',
    );
    expect(await told(editCompany(ground, as.adminA!, A, { name: 'Mine' }))).toBe('company/not-found');
    await deleteCompany(ground, as.boss!, made.companyId);
    ground.access.checks.forget();
    expect(await ground.access.checks.check(made.key.text)).toEqual({ refused: 'unknown' });
    expect((await verifyAudit(ground.store.db, made.companyId)).entries).toBe(2);
  });

  test('a company with events is not deleted', async () => {
    const event = {
      company_id: B,
      computer_id: 1,
      time: 1,
      hash: 1,
      received_at: 1,
      signal: 'lock',
      retry: 0,
      body: '{}',
    };
    await ground.store.db
      .insertInto('events')
      .values(event as never)
      .execute();
    expect(await told(deleteCompany(ground, as.boss!, B))).toBe('company/not-empty');
  });

  test('sites: made, renamed, put out of use, deleted with their keys', async () => {
    const siteId = await createSite(ground, as.chiefA!, A, 'North');
    expect(await told(createSite(ground, as.chiefA!, A, 'NORTH'))).toBe('site/taken');
    expect(await told(editSite(ground, as.adminB!, { companyId: A, siteId }, { name: 'x' }))).toBe(
      'site/not-found',
    );
    await editSite(ground, as.chiefA!, { companyId: A, siteId }, { name: 'South', active: false });
    await deleteSite(ground, as.chiefA!, { companyId: A, siteId });
    expect(await told(deleteSite(ground, as.chiefA!, { companyId: A, siteId }))).toBe('site/not-found');
    expect(await told(deleteSite(ground, as.chiefA!, { companyId: A, siteId: siteOf(B) }))).toBe(
      'site/not-found',
    );
  });
});

test('all chains hold together after all this, and no setting was touched', async () => {
  for (const companyId of [0, A, B])
    expect((await verifyAudit(ground.store.db, companyId)).brokenAt, `${companyId}`).toBe(null);
  expect(await readSection(ground.store.db, 'mfa')).toEqual({ everyone: false });
});
