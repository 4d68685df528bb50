/** The permission table: which role reaches how far with which action. The only place where this is decided. */

/** What a person is for the whole installation. */
export type GlobalRole = 'GlobalAdmin' | 'Admin' | 'User';
/** What a person is inside one company. */
export type CompanyRole = 'CompanyAdmin' | 'User';
/** Columns of the table. `CompanyAdmin` is added to a person's global role by membership. */
export const ROLES = ['GlobalAdmin', 'Admin', 'CompanyAdmin', 'User', 'ApiKey', 'Anonymous'] as const;
export type Role = (typeof ROLES)[number];

/**
 * How far an action reaches: every company, the companies one belongs to, only those one administers, only
 * oneself, only the key's own site, or nowhere.
 */
export type Reach = 'all' | 'own-companies' | 'own-company-admin' | 'self' | 'own-site' | 'no';

type Row = readonly [Reach, Reach, Reach, Reach, Reach, Reach];

/** Whoever belongs to a company may see what its computers wrote. */
const MEMBERS_SEE: Row = ['all', 'own-companies', 'own-companies', 'own-companies', 'no', 'no'];
/** An Admin is no administrator of a company unless its membership says so. */
const COMPANY_ADMINS: Row = ['all', 'own-company-admin', 'own-company-admin', 'no', 'no', 'no'];
/** An Admin looks after the people of his companies; `user-rules.ts` narrows this by whom he acts on. */
const ADMINS: Row = ['all', 'own-companies', 'no', 'no', 'no', 'no'];
const GLOBAL_ADMINS: Row = ['all', 'no', 'no', 'no', 'no', 'no'];
const ONESELF: Row = ['self', 'self', 'self', 'self', 'no', 'no'];
const AGENTS: Row = ['no', 'no', 'no', 'no', 'own-site', 'no'];
/** For doors that open before anyone is known. */
const ANYONE: Row = ['self', 'self', 'self', 'self', 'no', 'self'];

// prettier-ignore
const TABLE = {
  'event.read': MEMBERS_SEE,
  'session.read': MEMBERS_SEE,
  'report.read': MEMBERS_SEE,
  'person.read': MEMBERS_SEE,
  'computer.read': MEMBERS_SEE,
  'live.read': MEMBERS_SEE,
  'export.read': MEMBERS_SEE,
  'view.read': MEMBERS_SEE,
  'view.save': MEMBERS_SEE,
  'event.send': AGENTS,
  'health.check': AGENTS,
  'import.read': COMPANY_ADMINS,
  'import.create': COMPANY_ADMINS,
  'person.export': COMPANY_ADMINS,
  'person.erase': COMPANY_ADMINS,

  'retention.read': ['all', 'own-companies', 'own-company-admin', 'no', 'no', 'no'],
  'retention.change': ADMINS,
  'working-hours.change': COMPANY_ADMINS,

  'company.read': MEMBERS_SEE,
  'company.create': GLOBAL_ADMINS,
  'company.edit': GLOBAL_ADMINS,
  'company.delete': GLOBAL_ADMINS,
  'site.read': COMPANY_ADMINS,
  'site.create': COMPANY_ADMINS,
  'site.edit': COMPANY_ADMINS,
  'site.delete': COMPANY_ADMINS,
  'key.read': COMPANY_ADMINS,
  'key.create': COMPANY_ADMINS,
  'key.edit': COMPANY_ADMINS,
  'key.rotate': COMPANY_ADMINS,
  'key.delete': COMPANY_ADMINS,
  'agent-package.download': COMPANY_ADMINS,

  'member.read': COMPANY_ADMINS,
  'member.add': ['all', 'own-companies', 'own-company-admin', 'no', 'no', 'no'],
  'member.remove': ['all', 'own-companies', 'own-company-admin', 'no', 'no', 'no'],
  'member.change-role': COMPANY_ADMINS,

  'user.read': ADMINS,
  'user.create': ['all', 'own-companies', 'own-company-admin', 'no', 'no', 'no'],
  'user.edit': ADMINS,
  'user.activate': ADMINS,
  'user.delete': ADMINS,
  'user.reset-password': ADMINS,
  'user.reset-mfa': ADMINS,
  'user.revoke-sessions': ADMINS,
  'user.change-role': GLOBAL_ADMINS,
  'user.require-mfa': GLOBAL_ADMINS,
  'company.require-mfa': COMPANY_ADMINS,

  'settings.read': GLOBAL_ADMINS,
  'settings.change': GLOBAL_ADMINS,
  'audit.read': ['all', 'own-company-admin', 'own-company-admin', 'no', 'no', 'no'],
  'audit.verify': GLOBAL_ADMINS,
  'error-log.read': COMPANY_ADMINS,
  'error-log.clear': GLOBAL_ADMINS,

  'account.login': ANYONE,
  'account.register': ANYONE,
  'account.read': ONESELF,
  'account.edit': ONESELF,
} as const satisfies Record<string, Row>;

/** What can be done; each route declares one. */
export type Action = keyof typeof TABLE;
export const ACTIONS = Object.keys(TABLE) as Action[];

/** How far `role` reaches with `action`. */
export function reach(action: Action, role: Role): Reach {
  return TABLE[action][ROLES.indexOf(role)]!;
}

/** The table as aligned text, one line per action: what a review compares. */
export function permissionsAsText(): string {
  const head = ['action', ...ROLES];
  const lines = ACTIONS.map((action) => [action, ...ROLES.map((role) => reach(action, role))]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]!.length)));
  return [head, ...lines]
    .map((line) => `${line.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd())
    .join('\n')
    .concat('\n');
}
