/** Which account an identity of the provider opens: the one it is connected with, one of its verified address, or a new one. */
import type { Transaction } from 'kysely';
import { AppError } from '../../app-error.ts';
import type { Tables } from '../../db/schema.ts';
import { entryOf } from '../acting.ts';
import { NO_PASSWORD } from '../passwords/passwords.ts';
import { newUserRow, requireFree } from '../portal/account.ts';
import { requireAllowedAddress } from '../portal/domains.ts';
import { emailParts, nameKey } from '../portal/email.ts';
import { membershipsOf, type UserRow } from '../portal/people.ts';
import type { Portal } from '../portal/portal.ts';
import { type Browser, originOf } from '../portal/sign-in.ts';
import { audited } from '../trail/audit.ts';
import { type Identity, identityDigest } from './identity.ts';
import type { ProviderRules } from './rules.ts';

const refused = (code: string, message: string) => new AppError('forbidden', `account/${code}`, message);

/** The account an identity opens; throws `account/provider-…` where it opens none. */
export async function accountFor(
  portal: Portal,
  identity: Identity,
  rules: ProviderRules,
  browser: Browser,
): Promise<UserRow> {
  requireDomain(identity, rules);
  const connected = await connectedUser(portal, identity);
  if (connected !== null) return connected;
  const { email } = identity;
  if (email === null || !identity.emailVerified) {
    throw refused('provider-unverified', 'Your provider does not vouch for an e-mail address of yours.');
  }
  const owner = await portal.store.db
    .selectFrom('users')
    .selectAll()
    .where('email_key', '=', nameKey(email))
    .executeTakeFirst();
  if (owner !== undefined) {
    await requireLinkable(portal, owner, rules);
    await connect(portal, owner, identity, { browser, how: 'verified address' });
    return owner;
  }
  if (!rules.createUsers) throw refused('provider-unknown', 'There is no account for you here.');
  return createUser(portal, { ...identity, email }, rules, browser);
}

/** Of a list of domains every identity has to be, also one that was connected before the list was made. */
function requireDomain({ email, emailVerified }: Identity, { domains }: ProviderRules): void {
  if (domains.length === 0) return;
  const domain = email === null ? null : (emailParts(email)?.domain ?? null);
  if (domain !== null && emailVerified && domains.includes(domain)) return;
  throw refused('provider-domain', 'Addresses of your domain may not sign in here.');
}

async function connectedUser({ store, clock }: Portal, identity: Identity): Promise<UserRow | null> {
  const digest = identityDigest(identity);
  const user = await store.db
    .selectFrom('users')
    .selectAll('users')
    .innerJoin('provider_accounts', 'provider_accounts.user_id', 'users.id')
    .where('provider_accounts.digest', '=', digest)
    .executeTakeFirst();
  if (user === undefined) return null;
  const seen = { last_login_at: clock() };
  await store.db.updateTable('provider_accounts').set(seen).where('digest', '=', digest).execute();
  return user;
}

/**
 * An address opens an account only where the operator said so, and never one with power over others: whoever can make
 * the provider vouch for an administrator's address would be that administrator. They connect theirs while signed in.
 */
async function requireLinkable({ store }: Portal, owner: UserRow, rules: ProviderRules): Promise<void> {
  if (!rules.linkByEmail) {
    throw refused(
      'provider-taken',
      'An account has your address already; connect it after signing in to it.',
    );
  }
  const memberships = await membershipsOf(store.db, owner.id);
  const hasPower = owner.role !== 'User' || memberships.some(({ role }) => role === 'CompanyAdmin');
  if (hasPower || !owner.is_active) {
    throw refused(
      'provider-connect-first',
      'Sign in to this account with its password and connect it there.',
    );
  }
}

/** Connects an account with an identity. Throws `account/provider-connected` where that is another account's. */
export async function connect(
  portal: Portal,
  user: Pick<UserRow, 'id' | 'username'>,
  identity: Identity,
  { browser, how }: { browser: Browser; how: string },
): Promise<void> {
  await audited(portal.store, async (trx) => {
    await insertConnection(trx, user.id, identity, portal.clock());
    const deed = {
      action: 'account.provider-connect',
      target: `user:${user.id} ${user.username}`,
      detail: { issuer: identity.issuer, how },
    };
    return { result: undefined, entries: [entryOf(portal, originOf(user, browser), deed)] };
  });
}

async function insertConnection(
  trx: Transaction<Tables>,
  userId: number,
  identity: Identity,
  nowMs: number,
): Promise<void> {
  const digest = identityDigest(identity);
  const known = await trx
    .selectFrom('provider_accounts')
    .select('user_id')
    .where('digest', '=', digest)
    .executeTakeFirst();
  if (known?.user_id === userId) return;
  if (known !== undefined) {
    throw new AppError('conflict', 'account/provider-connected', 'Another account is connected with it.');
  }
  const { issuer, subject } = identity;
  const row = { digest, user_id: userId, issuer, subject, created_at: nowMs, last_login_at: nowMs };
  await trx.insertInto('provider_accounts').values(row).execute();
}

/** A new account without a password, with the role User, in the company that the operator named. */
async function createUser(
  portal: Portal,
  identity: Identity & { readonly email: string },
  { company }: ProviderRules,
  browser: Browser,
): Promise<UserRow> {
  const { store, clock } = portal;
  await requireAllowedAddress(store.db, identity.email);
  return audited(store, async (trx) => {
    const username = await freeName(trx, identity.name ?? 'user');
    const person = { username, email: identity.email };
    await requireFree(trx, person);
    const flags = { role: 'User' as const, active: true, mustChangePassword: false };
    const row = newUserRow(person, { ...flags, passwordHash: NO_PASSWORD, nowMs: clock() });
    await trx.insertInto('users').values(row).execute();
    await insertConnection(trx, row.id, identity, clock());
    const companyId = company === null ? null : await join(trx, row.id, company, clock());
    const deed = {
      action: 'user.create',
      target: `user:${row.id} ${username}`,
      detail: { by: 'provider', issuer: identity.issuer, email: identity.email },
      ...(companyId === null ? {} : { companyId }),
    };
    return { result: row as UserRow, entries: [entryOf(portal, originOf(row, browser), deed)] };
  });
}

async function join(trx: Transaction<Tables>, userId: number, company: string, nowMs: number) {
  const found = await trx
    .selectFrom('companies')
    .select('id')
    .where('name_key', '=', nameKey(company))
    .where('is_active', '=', 1)
    .executeTakeFirst();
  // Somebody who belongs nowhere although he should would only wonder.
  if (found === undefined) throw refused('provider-company', 'The company for new people does not exist.');
  const membership = { company_id: found.id, user_id: userId, role: 'User', created_at: nowMs };
  await trx.insertInto('memberships').values(membership).execute();
  return found.id;
}

const NUMBERS_TRIED = 1_000;
const NAME_CHARS_MAX = 20;

/** The name, or the name with the first number that nobody has. */
async function freeName(trx: Transaction<Tables>, wanted: string): Promise<string> {
  for (let n = 1; n <= NUMBERS_TRIED; n++) {
    const ending = n === 1 ? '' : String(n);
    const name = [...wanted].slice(0, NAME_CHARS_MAX - ending.length).join('') + ending;
    const taken = await trx
      .selectFrom('users')
      .select('id')
      .where((eb) => eb.or([eb('username_key', '=', nameKey(name)), eb('email_key', '=', nameKey(name))]))
      .executeTakeFirst();
    if (taken === undefined) return name;
  }
  throw new AppError('conflict', 'account/taken', 'This user name or e-mail address is taken.');
}
