/** People of the original: they sign in as before, with their password and their authenticator. */

import { checkPassword } from '../../../access/passwords/passwords.ts';
import { newUserRow } from '../../../access/portal/account.ts';
import { emailParts, isUserName, nameKey } from '../../../access/portal/email.ts';
import type { GlobalRole } from '../../../access/roles.ts';
import { flagOf, textOf } from './cells.ts';
import type { MoveGround } from './ground.ts';
import type { OriginalRow } from './original.ts';

const TABLE = 'app_auth_users';
const ROLES: readonly GlobalRole[] = ['GlobalAdmin', 'Admin', 'User'];
const BCRYPT = /^\$2[abxy]\$(0[4-9]|1[0-6])\$[./A-Za-z0-9]{53}$/;
const TOTP_SECRET = /^[A-Z2-7]{16,128}$/;
/** The account that every original begins with, and its password, which its documents print. */
const PUBLIC = { name: 'superadmin', password: 'adminsuper' };

/** Our number for each of the original's people. */
export type UserNumbers = ReadonlyMap<number, number>;

export interface UserOptions {
  /** Encrypts an authenticator's secret for a person. */
  readonly seal: (secret: string, userId: number) => string;
  /** Rows whose password everybody can know; see `rowsWithPublicPassword`. */
  readonly publicPassword: ReadonlySet<number>;
}

/** Rows that still have the password of a fresh original. Slow, so ask before a transaction begins. */
export async function rowsWithPublicPassword(rows: readonly OriginalRow[]): Promise<Set<number>> {
  const found = new Set<number>();
  for (const row of rows) {
    const hash = textOf(row.password) ?? '';
    if (nameKey(textOf(row.username) ?? '') !== PUBLIC.name || !BCRYPT.test(hash)) continue;
    if ((await checkPassword(hash, PUBLIC.password)).right) found.add(row.id);
  }
  return found;
}

export async function takeUsers(
  ground: MoveGround,
  rows: readonly OriginalRow[],
  options: UserOptions,
): Promise<UserNumbers> {
  const numbers = new Map<number, number>();
  for (const row of rows) {
    const id = await takeUser(ground, row, options);
    if (id !== null) numbers.set(row.id, id);
  }
  return numbers;
}

async function takeUser(ground: MoveGround, row: OriginalRow, options: UserOptions): Promise<number | null> {
  const { trx, report } = ground;
  const place = (field: string) => ({ table: TABLE, row: row.id, field });
  const username = textOf(row.username) ?? '';
  const email = textOf(row.email) ?? '';
  if (!isUserName(username)) {
    report.leaveOut(place('username'), row.username, '2 to 20 letters, digits, . _ - or spaces');
    return null;
  }
  if (emailParts(email) === null) {
    report.leaveOut(place('email'), row.email, 'an e-mail address');
    return null;
  }
  const keys = { username_key: nameKey(username), email_key: nameKey(email) };
  const alike = await trx
    .selectFrom('users')
    .select(['id', 'username_key', 'email_key'])
    .where((eb) => eb.or([eb('username_key', '=', keys.username_key), eb('email_key', '=', keys.email_key)]))
    .execute();
  const same = alike.find(
    (user) => user.username_key === keys.username_key && user.email_key === keys.email_key,
  );
  if (same !== undefined) {
    report.count(TABLE, 'known');
    return same.id;
  }
  if (alike.length > 0) {
    const field = alike[0]!.username_key === keys.username_key ? 'username' : 'email';
    report.leaveOut(place(field), row[field], 'what no other account has, in whatever case');
    return null;
  }
  const user = userRow(ground, row, options, { username, email });
  await trx.insertInto('users').values(user).execute();
  report.count(TABLE, 'added');
  return user.id as number;
}

function userRow(
  { report, nowMs }: MoveGround,
  row: OriginalRow,
  { seal, publicPassword }: UserOptions,
  named: { readonly username: string; readonly email: string },
) {
  const place = (field: string) => ({ table: TABLE, row: row.id, field });
  const hash = textOf(row.password) ?? '';
  const goodHash = BCRYPT.test(hash);
  if (!goodHash)
    report.change(place('password'), null, 'a bcrypt hash; an administrator has to set a password');
  const mustChangePassword = publicPassword.has(row.id);
  if (mustChangePassword) {
    report.change(
      place('password'),
      null,
      'a password that is not printed in documents; the next sign-in asks for another',
    );
  }
  const written = textOf(row.role);
  const role = ROLES.find((each) => each === written) ?? 'User';
  if (role !== written) report.change(place('role'), row.role, `one of ${ROLES.join(', ')}; it is User here`);
  const active = flagOf(row.is_active) ?? false;
  const flags = { role, active, mustChangePassword, passwordHash: goodHash ? hash : '', nowMs };
  const user = newUserRow(named, flags);
  const secret = textOf(row.mfa_secret)?.replace(/=+$/, '') ?? '';
  const wanted = flagOf(row.mfa_enabled) ?? false;
  const enabled = wanted && TOTP_SECRET.test(secret);
  if (wanted && !enabled) {
    report.change(place('mfa_secret'), null, 'a secret in base32; the second factor has to be set up again');
  }
  const required = flagOf(row.mfa_required);
  return {
    ...user,
    password_changed_at: null,
    mfa_secret: enabled ? seal(secret, user.id as number) : null,
    mfa_enabled: enabled ? (1 as const) : (0 as const),
    mfa_required: required === null ? null : required ? (1 as const) : (0 as const),
  };
}
