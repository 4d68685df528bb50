/** What an empty installation begins with: one administrator, one company with a site, one key; nothing that is known elsewhere. */
import type { Ground } from '../access/acting.ts';
import { insertKey } from '../access/keys/key-deeds.ts';
import { hashPassword } from '../access/passwords/passwords.ts';
import { randomToken } from '../access/secrets.ts';
import { audited, INSTALLATION } from '../access/trail/audit.ts';
import { newId, type Tables } from '../db/index.ts';

export const FIRST_USER = 'superadmin';
export const FIRST_COMPANY = 'My company';
export const FIRST_SITE = 'HO';

/** Shown once; only their hashes are kept. */
export interface FirstCredentials {
  readonly username: string;
  readonly password: string;
  readonly company: string;
  readonly site: string;
  readonly apiKey: string;
}

/**
 * Fills an installation that has no users. Returns what it made up, or null where somebody is there already, also if
 * that was another process a moment ago.
 */
export async function firstStart(
  ground: Ground,
  companyName: string = FIRST_COMPANY,
): Promise<FirstCredentials | null> {
  const { store, clock } = ground;
  const somebody = await store.db.selectFrom('users').select('id').executeTakeFirst();
  if (somebody !== undefined) return null;
  const password = randomToken();
  const passwordHash = await hashPassword(password);
  const nowMs = clock();
  const companyId = newId();
  const user = firstUser(passwordHash, nowMs);
  const company = firstCompany(companyId, companyName, nowMs);
  const siteId = newId();
  const named = (name: string) => ({ name, name_key: name.toLowerCase() });
  const site = {
    company_id: companyId,
    id: siteId,
    ...named(FIRST_SITE),
    is_active: 1,
    created_at: nowMs,
  } as const;
  try {
    const apiKey = await audited(store, async (trx) => {
      await trx.insertInto('users').values(user).execute();
      await trx.insertInto('companies').values(company).execute();
      await trx.insertInto('sites').values(site).execute();
      const place = { companyId, siteId, description: null, expiresAtMs: null, createdBy: null };
      const { text, prefix } = await insertKey(trx, ground, place);
      const entry = {
        ...{ userId: null, userName: null, address: null, requestId: null },
        ...{ companyId: INSTALLATION, atMs: nowMs, action: 'installation.create', outcome: 'done' as const },
        target: `user:${user.id} ${FIRST_USER}`,
        detail: { company: companyName, site: FIRST_SITE, key: prefix },
      };
      return { result: text, entries: [entry] };
    });
    return { username: FIRST_USER, password, company: companyName, site: FIRST_SITE, apiKey };
  } catch (error) {
    // The name of the first user is unique, so of two servers that start at once one does it.
    if (store.dialect.isDuplicate(error)) return null;
    throw error;
  }
}

const firstCompany = (id: number, name: string, nowMs: number): Tables['companies'] => ({
  id,
  name,
  name_key: name.toLowerCase(),
  description: null,
  is_active: 1,
  mfa_policy: 'inherit',
  keep_events_days: null,
  keep_sessions_days: null,
  keep_totals_days: null,
  keep_audit_days: null,
  keep_errors_days: null,
  settings: null,
  created_at: nowMs,
});

const firstUser = (passwordHash: string, nowMs: number): Tables['users'] => ({
  id: newId(),
  username: FIRST_USER,
  username_key: FIRST_USER,
  // Nobody has this address: the domain is reserved so that mail to it goes nowhere (RFC 2606).
  email: `${FIRST_USER}@localhost.invalid`,
  email_key: `${FIRST_USER}@localhost.invalid`,
  password_hash: passwordHash,
  role: 'GlobalAdmin',
  is_active: 1,
  must_change_password: 0,
  mfa_secret: null,
  mfa_enabled: 0,
  mfa_required: null,
  mfa_last_step: null,
  failed_logins: 0,
  locked_until: null,
  created_at: nowMs,
  last_login_at: null,
  password_changed_at: nowMs,
  oidc_subject: null,
});
