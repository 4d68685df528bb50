/** The permission table is compared with a file, and the holes of the server this one succeeds stay closed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANONYMOUS, type Caller, companiesFor, may, mayIn, type PersonCaller } from './caller.ts';
import { ACTIONS, type CompanyRole, type GlobalRole, permissionsAsText, ROLES, reach } from './roles.ts';
import { isLastGlobalAdmin, mayActOn } from './user-rules.ts';

const GOLDEN = new URL('./permissions.golden.txt', import.meta.url);

test('permissions.golden.txt says what the table says', () => {
  if (process.env.UPDATE || !existsSync(GOLDEN)) writeFileSync(GOLDEN, permissionsAsText());
  expect(permissionsAsText(), 'run with UPDATE=1 and review the difference').toBe(
    readFileSync(GOLDEN, 'utf8'),
  );
});

const A = 1;
const B = 2;

function person(role: GlobalRole, memberships: Record<number, CompanyRole> = {}, userId = 10): PersonCaller {
  const list = Object.entries(memberships).map(([companyId, r]) => ({
    companyId: Number(companyId),
    role: r,
  }));
  return { kind: 'person', userId, name: 'p', role, memberships: list };
}

const key: Caller = { kind: 'key', keyId: 1, companyId: A, siteId: 1 };

describe('where an action reaches', () => {
  test('a member sees his companies and nothing else', () => {
    expect(companiesFor(person('User', { [A]: 'User' }), 'session.read')).toEqual([A]);
    expect(mayIn(person('User', { [A]: 'User' }), 'session.read', B)).toBe(false);
  });

  test('an Admin needs to be CompanyAdmin for keys and the agent package, there and only there', () => {
    const admin = person('Admin', { [A]: 'CompanyAdmin', [B]: 'User' });
    for (const action of ['key.read', 'key.create', 'agent-package.download', 'member.read'] as const) {
      expect(companiesFor(admin, action), action).toEqual([A]);
    }
    expect(companiesFor(admin, 'user.read')).toEqual([A, B]);
  });

  test('a plain member gets no agent package (SV-2)', () => {
    expect(may(person('User', { [A]: 'User' }), 'agent-package.download')).toBe(false);
  });

  test('a key sends for its own site and can do nothing else', () => {
    expect(ACTIONS.filter((action) => may(key, action))).toEqual(['event.send', 'health.check']);
    expect(mayIn(key, 'event.send', B)).toBe(false);
  });

  test('nobody yet known can only log in and register', () => {
    expect(ACTIONS.filter((action) => may(ANONYMOUS, action))).toEqual(['account.login', 'account.register']);
  });

  test('people send no events', () => {
    expect(may(person('GlobalAdmin'), 'event.send')).toBe(false);
  });

  test('law: no one but a GlobalAdmin reaches a company he does not belong to', () => {
    const roles = fc.constantFrom<GlobalRole>('Admin', 'User');
    const memberships = fc.dictionary(
      fc.constantFrom('1', '2', '3'),
      fc.constantFrom<CompanyRole>('CompanyAdmin', 'User'),
    );
    fc.assert(
      fc.property(roles, memberships, fc.constantFrom(...ACTIONS), (role, members, action) => {
        const caller = person(role, members as Record<number, CompanyRole>);
        const companies = companiesFor(caller, action);
        expect(companies).not.toBe('all');
        for (const id of companies) expect(Object.keys(members)).toContain(String(id));
      }),
    );
  });

  test('law: every role but the GlobalAdmin is confined', () => {
    for (const action of ACTIONS) {
      for (const role of ROLES.slice(1)) expect(reach(action, role), `${action} ${role}`).not.toBe('all');
    }
  });
});

describe('on whom', () => {
  const admin = person('Admin', { [A]: 'CompanyAdmin' });
  const user = (companyIds: number[], role: GlobalRole = 'User') => ({ userId: 20, role, companyIds });

  test('a person of another company does not exist for an Admin (SV-1, SV-3)', () => {
    for (const action of ACTIONS.filter((a) => a.startsWith('user.') || a.startsWith('member.'))) {
      expect(mayActOn(admin, action, user([B])), action).toBe('not-found');
    }
  });

  test('an Admin never touches another Admin, and does not see GlobalAdmins', () => {
    expect(mayActOn(admin, 'user.reset-password', user([A], 'Admin'))).toBe('forbidden');
    expect(mayActOn(admin, 'user.read', user([A], 'Admin'))).toBe('yes');
    expect(mayActOn(admin, 'user.reset-password', user([A], 'GlobalAdmin'))).toBe('not-found');
  });

  test('whoever belongs to a second company keeps password and second factor (the takeover chain)', () => {
    for (const action of ['user.reset-password', 'user.reset-mfa', 'user.edit', 'user.delete'] as const) {
      expect(mayActOn(admin, action, user([A, B])), action).toBe('forbidden');
      expect(mayActOn(admin, action, user([A])), action).toBe('yes');
    }
    expect(mayActOn(admin, 'member.remove', user([A, B]))).toBe('yes');
  });

  test('someone without any company is for GlobalAdmins alone', () => {
    expect(mayActOn(admin, 'user.reset-password', user([]))).toBe('not-found');
    expect(mayActOn(person('GlobalAdmin'), 'user.reset-password', user([]))).toBe('yes');
  });

  test('nobody deletes, deactivates or promotes himself', () => {
    const boss = person('GlobalAdmin', {}, 20);
    for (const action of ['user.delete', 'user.activate', 'user.change-role'] as const) {
      expect(mayActOn(boss, action, user([], 'GlobalAdmin')), action).toBe('forbidden');
    }
  });

  test('the last active GlobalAdmin is protected', () => {
    expect(isLastGlobalAdmin({ role: 'GlobalAdmin', active: true }, 0)).toBe(true);
    expect(isLastGlobalAdmin({ role: 'GlobalAdmin', active: true }, 1)).toBe(false);
    expect(isLastGlobalAdmin({ role: 'GlobalAdmin', active: false }, 0)).toBe(false);
    expect(isLastGlobalAdmin({ role: 'Admin', active: true }, 0)).toBe(false);
  });
});
