/** An original with two companies, people of every role, good and bad keys, and events of all kinds. */
import { hashSync } from '@node-rs/bcrypt';
import { makeOriginal, type OriginalDatabase } from './original-database.ts';

export const PASSWORD = 'Old-Password-1';
export const KEYS = {
  acme: 'a'.repeat(64),
  disabled: 'b'.repeat(64),
  globex: 'c'.repeat(64),
  nobodys: 'd'.repeat(64),
};
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const MADE = '2025-01-01 09:00:00.000000';

const hash = hashSync(PASSWORD, { cost: 4 });

function user(id: number, username: string, role: string, more: object = {}) {
  const email = `${username.toLowerCase()}@example.com`;
  return { id, username, email, password: hash, role, is_active: 1, mfa_enabled: 0, ...more };
}

function event(id: number, event_type: string, timestamp: string, more: object = {}) {
  const of = { user_name: 'ana', computer_name: 'PC-1', retry: 0, company_id: 1, api_key_id: 1 };
  return { id, event_type, timestamp: `${timestamp}.000000`, ...of, ...more };
}

function fillPeople(original: OriginalDatabase): void {
  original.add(
    'app_auth_users',
    user(1, 'superadmin', 'GlobalAdmin', { password: hashSync('adminsuper', { cost: 4 }) }),
    user(2, 'adam', 'Admin'),
    user(3, 'cora', 'User'),
    user(4, 'ana', 'User', { mfa_required: 0 }),
    user(5, 'idle', 'User', { is_active: 0 }),
    user(6, 'ANA', 'User', { email: 'other@example.com' }),
    user(7, '<img src=x>', 'User', { email: 'img@example.com' }),
    user(8, 'totp', 'User', { mfa_secret: TOTP_SECRET, mfa_enabled: 1 }),
    user(9, 'nosecret', 'Owner', { mfa_enabled: 1, password: 'plain text' }),
    user(10, 'mailless', 'User', { email: 'nobody' }),
  );
  original.add(
    'app_auth_user_companies',
    { id: 1, user_id: 2, company_id: 1, role: 'User' },
    { id: 2, user_id: 3, company_id: 1, role: 'CompanyAdmin' },
    { id: 3, user_id: 4, company_id: 1, role: 'User' },
    { id: 4, user_id: 4, company_id: 2, role: 'CompanyAdmin' },
    { id: 5, user_id: 4, company_id: 2, role: 'User' },
    { id: 6, user_id: 99, company_id: 1, role: 'User' },
    { id: 7, user_id: 5, company_id: 99, role: 'User' },
    { id: 8, user_id: 5, company_id: 2, role: 'Boss' },
  );
}

function fillEvents(original: OriginalDatabase): void {
  original.add(
    'api_logs',
    event(1, 'Logon', '2025-06-02 09:00:00', { local_ip: '10.0.0.5', public_ip: '192.0.2.7' }),
    event(2, 'Lock', '2025-06-02 12:00:00'),
    event(3, 'Unlock', '2025-06-02 13:00:00'),
    event(4, 'Logoff', '2025-06-02 17:00:00', { retry: 3 }),
    event(5, 'Logoff', '2025-06-02 17:00:00', { retry: 4, local_ip: '10.0.0.9' }),
    event(6, 'sign-in', '2025-06-02 08:00:00', { company_id: 2, api_key_id: 3 }),
    event(7, 'Sign-Out', '2025-06-02 08:30:00', { company_id: 2, api_key_id: 3 }),
    event(8, 'Test', '2025-06-02 18:00:00', { api_key_id: null }),
    event(9, '=cmd|x', '2025-06-02 18:00:01', { user_name: '<script>alert(1)</script>' }),
    event(10, 'Logon', '2025-06-02 10:00:00', { company_id: null, api_key_id: 4 }),
    // Bad rows: each costs only itself.
    event(11, '', '2025-06-02 19:00:00'),
    event(12, 'Logon', '2025-06-02 19:00:00', { computer_name: '  ' }),
    { ...event(13, 'Logon', ''), timestamp: 'yesterday' },
    event(14, 'Logon', '2099-01-01 00:00:00'),
    event(15, 'Logon', '2025-06-02 19:00:00', { company_id: 99 }),
    event(16, 'Logon', '2025-06-02 19:00:00', { user_name: Buffer.from([0xff, 0xfe]) }),
    event(17, 'Logon', '2025-06-02 19:00:00', { user_name: 'u'.repeat(300) }),
    // The hour that London repeats on 26 October 2025, run through twice.
    event(18, 'Logon', '2025-10-26 01:10:00', { computer_name: 'PC-2' }),
    event(19, 'Lock', '2025-10-26 01:50:00', { computer_name: 'PC-2' }),
    event(20, 'Unlock', '2025-10-26 01:20:00', { computer_name: 'PC-2' }),
    event(21, 'Logoff', '2025-10-26 03:00:00', { computer_name: 'PC-2' }),
    // The key of another company: the event is its company's, the site nobody's.
    event(22, 'Logon', '2025-06-03 09:00:00', { api_key_id: 3, user_name: 'zoë "O\'Hara"' }),
  );
}

/** Fills a new database at `file`. */
export function twoCompanies(file: string): OriginalDatabase {
  const original = makeOriginal(file);
  original.add(
    'app_auth_companies',
    // What the third one would be called here.
    { id: 0, name: 'acme (3)', description: null, created_at: MADE },
    { id: 1, name: 'Acme', description: 'first', created_at: MADE },
    { id: 2, name: "Globex'; drop table companies; --", description: null, created_at: MADE },
    { id: 3, name: 'ACME', description: null, created_at: MADE },
  );
  original.add(
    'app_auth_api_keys',
    { id: 1, key: KEYS.acme, description: 'HO', created_at: MADE, is_active: 1, company_id: 1 },
    { id: 2, key: KEYS.disabled, description: 'HO', created_at: MADE, is_active: 0, company_id: 1 },
    { id: 3, key: KEYS.globex, description: '<b>Łódź</b>', created_at: MADE, is_active: 1, company_id: 2 },
    { id: 4, key: KEYS.nobodys, description: 'Initial Admin API Key', created_at: MADE, is_active: 1 },
    { id: 5, key: 'short', description: 'Branch', created_at: MADE, is_active: 1, company_id: 1 },
    { id: 6, key: 'e'.repeat(64), description: 'Gone', created_at: MADE, is_active: 1, company_id: 99 },
  );
  original.add('app_auth_settings', {
    ...{ id: 1, allow_registration: 1, restrict_email_domains: 1, password_min_length: 6 },
    ...{ password_require_numbers_mixed_case: 0, password_require_special_chars: 1 },
    ...{ password_safe_special_chars: '!?', require_mfa_for_all_users: 0, log_level: 'LOUD' },
  });
  original.add('app_auth_allowed_domains', { id: 1, domain: '@Example.COM' }, { id: 2, domain: 'nonsense' });
  const failure = { level: 'ERROR', message: 'superadmin failed to log in' };
  original.add('error_log', { id: 1, ...failure, timestamp: MADE }, { id: 2, ...failure, timestamp: MADE });
  fillPeople(original);
  fillEvents(original);
  return original;
}
