/** Which accounts and logon types are people's: by SID, by name only where there is no SID. Spec section 3. */

import { SYSTEM_LOGON_ID } from './values.ts';

/**
 * `system`: the computer's own accounts; `machine`: a computer's account (`PC-0012$`); `windowManager`: the accounts
 * that draw a terminal session (DWM-N, UMFD-N); `nobody`: the event names no account.
 */
export type AccountClass = 'person' | 'system' | 'machine' | 'windowManager' | 'nobody';

/** SYSTEM, LOCAL SERVICE, NETWORK SERVICE, ANONYMOUS LOGON. */
const SYSTEM_SIDS: ReadonlySet<string> = new Set(['S-1-5-18', 'S-1-5-19', 'S-1-5-20', 'S-1-5-7']);
const LONGEST_SYSTEM_SID = 8;
/** "Nobody": what Windows writes as SID where the account is not known, as in failed logons. */
const NOBODY_SID = 'S-1-0-0';
const WINDOW_MANAGER_SID = 'S-1-5-90-';
const FONT_DRIVER_HOST_SID = 'S-1-5-96-';

const SYSTEM_NAMES = /^(?:system|local service|network service|anonymous logon)$/i;
const WINDOW_MANAGER_TERMINAL_SID = /^S-1-5-9[06]-0-(\d{1,9})$/;
const WINDOW_MANAGER_NAMES = /^(?:dwm|umfd)-(\d{1,9})$/i;
const SYSTEM_DOMAIN = /^nt authority$/i;
const WINDOW_MANAGER_DOMAINS = /^(?:window manager|font driver host)$/i;

/**
 * What kind of account an event is about. The SID decides, since names are translated and can be taken; names decide
 * only where there is no SID (collector CSV, LocalSessionManager, agents).
 */
export function accountClass(
  sid: string | null,
  user: string | null,
  domain: string | null = null,
): AccountClass {
  if (sid !== null && sid !== NOBODY_SID && sid.startsWith('S-1-')) {
    if (sid.length <= LONGEST_SYSTEM_SID && SYSTEM_SIDS.has(sid)) return 'system';
    if (sid.startsWith(WINDOW_MANAGER_SID) || sid.startsWith(FONT_DRIVER_HOST_SID)) return 'windowManager';
    return user?.endsWith('$') ? 'machine' : 'person';
  }
  if (user === null) return 'nobody';
  return classByName(user, domain);
}

function classByName(user: string, domain: string | null): AccountClass {
  if (user.endsWith('$')) return 'machine';
  if (WINDOW_MANAGER_NAMES.test(user)) return 'windowManager';
  if (SYSTEM_NAMES.test(user)) return 'system';
  if (domain === null) return 'person';
  if (WINDOW_MANAGER_DOMAINS.test(domain)) return 'windowManager';
  return SYSTEM_DOMAIN.test(domain) ? 'system' : 'person';
}

/** True for accounts that are no person's and hidden unless asked for. */
export function isSystemAccount(account: AccountClass): boolean {
  return account === 'system' || account === 'machine' || account === 'windowManager';
}

/** The terminal session that a DWM-N or UMFD-N account draws; null for every other account. */
export function terminalOfWindowManager(sid: string | null, user: string | null): number | null {
  const bySid = sid === null ? null : WINDOW_MANAGER_TERMINAL_SID.exec(sid);
  const digits = (bySid ?? (user === null ? null : WINDOW_MANAGER_NAMES.exec(user)))?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Logon IDs that Windows gives to its own accounts at every boot (SYSTEM, ANONYMOUS, LOCAL and NETWORK SERVICE, IUSR). */
export const SHARED_LOGON_IDS: ReadonlySet<string> = new Set([
  SYSTEM_LOGON_ID,
  '0x3e6',
  '0x3e5',
  '0x3e4',
  '0x3e3',
]);

/** True for IDs that are the same in every boot, so that seeing one again proves nothing. */
export function isSharedLogonId(logonId: string): boolean {
  return SHARED_LOGON_IDS.has(logonId);
}

/** How a logon type is known to people, and what the logon is to us. */
export interface LogonTypeMeaning {
  readonly name: string;
  /** CAR's login_type. */
  readonly car: 'interactive' | 'rdp' | 'remote' | 'local';
  /** False for logons that no person sits behind: network shares, services, tasks. */
  readonly person: boolean;
  /** The desktop is shown elsewhere, or the logon came over the network. */
  readonly remote: boolean;
}

// biome-ignore format: a table reads better in rows
export const LOGON_TYPES: ReadonlyMap<number, LogonTypeMeaning> = new Map([
  [0, { name: 'System', car: 'local', person: false, remote: false }],
  [2, { name: 'Interactive', car: 'interactive', person: true, remote: false }],
  [3, { name: 'Network', car: 'remote', person: false, remote: true }],
  [4, { name: 'Batch', car: 'local', person: false, remote: false }],
  [5, { name: 'Service', car: 'local', person: false, remote: false }],
  [7, { name: 'Unlock', car: 'interactive', person: true, remote: false }],
  [8, { name: 'NetworkCleartext', car: 'remote', person: false, remote: true }],
  [9, { name: 'NewCredentials', car: 'local', person: false, remote: false }],
  [10, { name: 'RemoteInteractive', car: 'rdp', person: true, remote: true }],
  [11, { name: 'CachedInteractive', car: 'interactive', person: true, remote: false }],
  [12, { name: 'CachedRemoteInteractive', car: 'rdp', person: true, remote: true }],
  [13, { name: 'CachedUnlock', car: 'interactive', person: true, remote: false }],
]);

/** Types that can say something about a person's session; an unknown type might. */
export function isPersonLogonType(logonType: number | null): boolean {
  return logonType === null || (LOGON_TYPES.get(logonType)?.person ?? true);
}

/** Types 7 and 13: proof of an unlock or reconnect, never a session of their own. */
export function isUnlockLogonType(logonType: number | null): boolean {
  return logonType === 7 || logonType === 13;
}
