/** What Windows writes when a token is made and destroyed: logons of people, services, desktops and the network. */
import type { Instant } from '@logonscope/core';
import type { Value } from '../evtx/values.ts';
import { SECURITY } from '../layouts/index.ts';
import type { Machine, WriteOptions } from './machine.ts';
import { newLogonId, write } from './machine.ts';
import type { Person } from './people.ts';
import { DOMAIN } from './people.ts';

export interface Account {
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
}

/** How a logon came about; the defaults are those of a person at the console. */
export interface LogonFacts {
  readonly account: Account;
  readonly type: number;
  readonly id: number;
  readonly linkedId?: number;
  readonly elevated?: boolean;
  readonly virtual?: boolean;
  readonly process?: string;
  readonly package?: string;
  readonly program?: string;
  readonly workstation?: string;
  readonly address?: string;
  readonly port?: number;
  /** The SYSTEM logon at boot is asked for by nobody. */
  readonly byNobody?: boolean;
}

const NO_GUID = '00000000-0000-0000-0000-000000000000';
const YES = '%%1842';
const NO = '%%1843';
const IMPERSONATION = '%%1833';
export const WINLOGON_PROCESS_ID = 0x2a4;
export const SVCHOST = 'C:\\Windows\\System32\\svchost.exe';
const PRIVILEGES = [
  'SeSecurityPrivilege',
  'SeTakeOwnershipPrivilege',
  'SeLoadDriverPrivilege',
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeDebugPrivilege',
  'SeSystemEnvironmentPrivilege',
  'SeImpersonatePrivilege',
].join('\r\n\t\t\t');
const LAYOUT_BY_VERSION = [SECURITY.logonV0, SECURITY.logonV1, SECURITY.logonV2] as const;

/** The computer's own account, as the subject of what Windows does by itself. */
export function systemSubject(machine: Machine): Value[] {
  return ['S-1-5-18', `${machine.spec.name}$`, DOMAIN, 0x3e7];
}

export function writeLogon(machine: Machine, at: Instant, facts: LogonFacts, options?: WriteOptions): void {
  const { account } = facts;
  const version = machine.spec.logonVersion;
  const values: Value[] = [
    ...(facts.byNobody ? ['S-1-0-0', '-', '-', 0] : systemSubject(machine)),
    account.sid,
    account.name,
    account.domain,
    facts.id,
    facts.type,
    facts.process ?? 'User32 ',
    facts.package ?? 'Negotiate',
    facts.workstation ?? machine.spec.name,
    NO_GUID,
    '-',
    '-',
    0,
    facts.byNobody ? 4 : WINLOGON_PROCESS_ID,
    facts.program ?? SVCHOST,
    facts.address ?? '127.0.0.1',
    facts.address === '-' ? '-' : String(facts.port ?? 0),
  ];
  if (version >= 1) values.push(IMPERSONATION);
  if (version === 2)
    values.push('-', '-', '-', facts.virtual ? YES : NO, facts.linkedId ?? 0, facts.elevated ? YES : NO);
  write(machine, at, LAYOUT_BY_VERSION[version], values, options);
}

export function writePrivileges(
  machine: Machine,
  at: Instant,
  account: Account,
  id: number,
  options?: WriteOptions,
): void {
  write(
    machine,
    at,
    SECURITY.privileges,
    [account.sid, account.name, account.domain, id, PRIVILEGES],
    options,
  );
}

export function writeLogoff(
  machine: Machine,
  at: Instant,
  account: Account,
  id: number,
  type: number,
  options?: WriteOptions,
): void {
  write(machine, at, SECURITY.logoff, [account.sid, account.name, account.domain, id, type], options);
}

export function writeExplicit(machine: Machine, at: Instant, account: Account, address: string): void {
  const values = [
    ...systemSubject(machine),
    NO_GUID,
    account.name,
    account.domain,
    NO_GUID,
    'localhost',
    'localhost',
  ];
  write(machine, at, SECURITY.explicit, [...values, WINLOGON_PROCESS_ID, SVCHOST, address, '0']);
}

export interface Tokens {
  readonly logonId: number;
  readonly elevatedId: number | null;
}

/** Logs a person on with one token, or with the two of an administrator: the elevated one first. */
export function issueTokens(
  machine: Machine,
  at: Instant,
  person: Person,
  facts: Omit<LogonFacts, 'account' | 'id'>,
): Tokens {
  if (!person.administrator) {
    const logonId = newLogonId(machine);
    writeLogon(machine, at, { ...facts, account: person, id: logonId });
    return { logonId, elevatedId: null };
  }
  const elevatedId = newLogonId(machine);
  const logonId = newLogonId(machine);
  writeLogon(machine, at, { ...facts, account: person, id: elevatedId, linkedId: logonId, elevated: true });
  writeLogon(machine, at + 1, { ...facts, account: person, id: logonId, linkedId: elevatedId });
  writePrivileges(machine, at + 2, person, elevatedId);
  return { logonId, elevatedId };
}

export function destroyTokens(
  machine: Machine,
  at: Instant,
  person: Person,
  tokens: Tokens,
  type: number,
): void {
  writeLogoff(machine, at, person, tokens.logonId, type);
  if (tokens.elevatedId !== null) writeLogoff(machine, at + 1, person, tokens.elevatedId, type);
}

/** The window manager and the font driver log on to each terminal session before any person does. */
export function openDesktop(machine: Machine, at: Instant, terminalSessionId: number): void {
  const font = {
    name: `UMFD-${terminalSessionId}`,
    sid: `S-1-5-96-0-${terminalSessionId}`,
    domain: 'Font Driver Host',
  };
  const window = {
    name: `DWM-${terminalSessionId}`,
    sid: `S-1-5-90-0-${terminalSessionId}`,
    domain: 'Window Manager',
  };
  const [fontId, elevatedId, windowId] = [newLogonId(machine), newLogonId(machine), newLogonId(machine)];
  const facts = {
    type: 2,
    process: 'Advapi  ',
    program: 'C:\\Windows\\System32\\winlogon.exe',
    workstation: '-',
    address: '-',
    virtual: true,
  };
  writeLogon(machine, at, { ...facts, account: font, id: fontId });
  writeLogon(machine, at + 40, {
    ...facts,
    account: window,
    id: elevatedId,
    linkedId: windowId,
    elevated: true,
  });
  writeLogon(machine, at + 41, { ...facts, account: window, id: windowId, linkedId: elevatedId });
  writePrivileges(machine, at + 42, window, elevatedId);
  machine.desktops.set(terminalSessionId, [
    { ...font, id: fontId },
    { ...window, id: windowId },
    { ...window, id: elevatedId },
  ]);
}

export function closeDesktop(machine: Machine, at: Instant, terminalSessionId: number): void {
  machine.desktops.get(terminalSessionId)?.forEach((account, index) => {
    writeLogoff(machine, at + index, account, account.id, 2);
  });
  machine.desktops.delete(terminalSessionId);
}

/** Gives the console a fresh terminal session, with the logon screen on it. */
export function openConsole(machine: Machine, at: Instant): void {
  machine.consoleId = machine.nextTerminalSessionId++;
  openDesktop(machine, at, machine.consoleId);
}
