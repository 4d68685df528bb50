/** Logging people on and off, at the console and over Remote Desktop. */
import type { Instant } from '@logonscope/core';
import type { Value } from '../evtx/values.ts';
import { SECURITY, SYSTEM, TERMINAL } from '../layouts/index.ts';
import { occupy } from './away.ts';
import type { LiveSession, Machine } from './machine.ts';
import { newLogonId, write } from './machine.ts';
import type { Person } from './people.ts';
import {
  closeDesktop,
  destroyTokens,
  issueTokens,
  openConsole,
  openDesktop,
  SVCHOST,
  systemSubject,
  type Tokens,
  WINLOGON_PROCESS_ID,
  writeExplicit,
  writeLogoff,
  writeLogon,
} from './tokens.ts';
import { endInTruth, goAway } from './truth.ts';

export interface Place {
  readonly address: string;
  readonly clientName: string;
}

const SYSTEM_SID = 'S-1-5-18';
const NETWORK_SERVICE_SID = 'S-1-5-20';
const BAD_PASSWORD = { status: 0xc000006d, subStatus: 0xc000006a, reason: '%%2313' };

export function terminalUser({ domain, name }: Person): string {
  return `${domain}\\${name}`;
}

/** Logs a person on at the console. Returns the session; it can be used from its start on. */
export function logonAtConsole(machine: Machine, person: Person, at: Instant): LiveSession {
  const { random } = machine;
  let start = at + 20;
  if (random.chance(0.1)) {
    writeWrongPassword(machine, at, person, 2, '127.0.0.1');
    start += random.int(4_000, 15_000);
  }
  writeExplicit(machine, start - 15, person, '127.0.0.1');
  const type = random.chance(0.08) ? 11 : 2;
  const tokens = issueTokens(machine, start, person, { type });
  return beginSession(machine, person, start, {
    tokens,
    type,
    terminalSessionId: machine.consoleId,
    name: 'Console',
  });
}

/** Logs a person on over Remote Desktop, in a new terminal session. */
export function logonRemotely(machine: Machine, person: Person, at: Instant, place: Place): LiveSession {
  const { random } = machine;
  if (random.chance(0.08)) writeWrongPassword(machine, at, person, 3, place.address);
  const connectedAt = at + random.int(1_000, 6_000);
  authenticateOverNetwork(machine, person, connectedAt, place);
  const terminalSessionId = machine.nextTerminalSessionId++;
  openDesktop(machine, connectedAt + 1_200, terminalSessionId);
  const start = connectedAt + 2_400;
  writeExplicit(machine, start - 15, person, place.address);
  const type = random.chance(0.03) ? 12 : 10;
  const tokens = issueTokens(machine, start, person, { type, address: place.address });
  const name = `RDP-Tcp#${machine.connections++ % 200}`;
  return beginSession(machine, person, start, { tokens, type, terminalSessionId, name, place });
}

/** Network level authentication: the listener's event, and mostly a network logon that soon ends. */
export function authenticateOverNetwork(machine: Machine, person: Person, at: Instant, place: Place): void {
  const { random } = machine;
  write(machine, at, TERMINAL.authenticated, [person.name, person.domain, place.address], {
    userSid: NETWORK_SERVICE_SID,
  });
  if (random.chance(0.3)) return;
  const id = newLogonId(machine);
  const facts = {
    process: 'NtLmSsp ',
    package: 'NTLM',
    workstation: place.clientName,
    program: '-',
    address: place.address,
  };
  writeLogon(machine, at + 30, { ...facts, account: person, type: 3, id });
  writeLogoff(machine, at + 30 + random.int(400, 15_000), person, id, 3, { background: true });
}

interface Beginning {
  readonly tokens: Tokens;
  readonly type: number;
  readonly terminalSessionId: number;
  readonly name: string;
  readonly place?: Place;
}

function beginSession(machine: Machine, person: Person, start: Instant, beginning: Beginning): LiveSession {
  const { tokens, type, terminalSessionId, name, place } = beginning;
  const session: LiveSession = {
    person,
    logonType: type,
    ...tokens,
    terminalSessionId,
    start,
    away: [],
    openAway: new Map(),
    sessionName: name,
    address: place?.address ?? 'LOCAL',
    clientName: place?.clientName ?? 'Unknown',
    inputs: 0,
    busyUntil: start,
  };
  const values: Value[] = [terminalUser(person), terminalSessionId, session.address];
  const options = { userSid: SYSTEM_SID };
  write(machine, start + 380, SYSTEM.userArrived, [terminalSessionId, person.sid], options);
  write(machine, start + 610, TERMINAL.logon, values, options);
  write(machine, start + machine.random.int(900, 3_000), TERMINAL.shellStarted, values, options);
  occupy(session, start + 3_000);
  machine.sessions.push(session);
  return session;
}

export function writeWrongPassword(
  machine: Machine,
  at: Instant,
  person: Person,
  type: number,
  address: string,
): void {
  writeFailedLogon(machine, at, { name: person.name, domain: person.domain, type, address, ...BAD_PASSWORD });
}

export interface FailedLogon {
  readonly name: string;
  readonly domain: string;
  readonly type: number;
  readonly address: string;
  readonly status: number;
  readonly subStatus: number;
  readonly reason: string;
}

export function writeFailedLogon(machine: Machine, at: Instant, failed: FailedLogon): void {
  const network = failed.type === 3;
  const values: Value[] = [
    ...(network ? ['S-1-0-0', '-', '-', 0] : systemSubject(machine)),
    ...['S-1-0-0', failed.name, failed.domain, failed.status, failed.reason, failed.subStatus, failed.type],
    ...(network ? ['NtLmSsp ', 'NTLM', 'KALI'] : ['User32 ', 'Negotiate', machine.spec.name]),
    ...['-', '-', 0],
    ...(network ? [0, '-'] : [WINLOGON_PROCESS_ID, SVCHOST]),
    ...[failed.address, network ? String(machine.random.int(49_152, 65_535)) : '0'],
  ];
  write(machine, at, SECURITY.logonFailed, values, { background: network });
}

export interface Ending {
  /** The person asked for it (logoff or shutdown), rather than a time limit. */
  readonly asked: boolean;
  /** Session manager and Winlogon tell of it. */
  readonly noticed: boolean;
  /** What became of the tokens. Leaked ones are destroyed hours later, or never. */
  readonly tokens: 'destroyed' | 'leaked' | 'late';
}

/** Ends a session. Returns when everything about it is written. */
export function logoff(machine: Machine, session: LiveSession, at: Instant, ending: Ending): Instant {
  const { random } = machine;
  const { person, terminalSessionId } = session;
  if (ending.asked) {
    write(machine, at, SECURITY.logoffBegun, [person.sid, person.name, person.domain, session.logonId]);
    goAway(session, 'loggingOff', at);
  }
  let end = at + random.int(300, 900);
  if (ending.noticed) {
    write(machine, end, SYSTEM.userLeft, [terminalSessionId, person.sid], { userSid: SYSTEM_SID });
    end += random.int(100, 500);
    write(machine, end, TERMINAL.logoff, [terminalUser(person), terminalSessionId], { userSid: SYSTEM_SID });
  }
  if (ending.tokens === 'destroyed') {
    end += random.int(100, 1_500);
    destroyTokens(machine, end, person, session, session.logonType);
    end += session.elevatedId === null ? 0 : 1;
  } else if (ending.tokens === 'late') destroyLater(machine, session, end);
  endInTruth(
    machine,
    session,
    end,
    ending.noticed || ending.tokens === 'destroyed' ? 'logoff' : 'logoff-begin',
  );
  closeDesktop(machine, end + 300, terminalSessionId);
  if (terminalSessionId === machine.consoleId && machine.power === 'on') openConsole(machine, end + 700);
  return end + 800;
}

/** Some program held on to the token: it goes hours after its session, if the computer still runs then. */
function destroyLater(machine: Machine, session: LiveSession, end: Instant): void {
  const { bootAt } = machine;
  machine.agenda.schedule(end + machine.random.int(1, 5) * 3_600_000, (at) => {
    if (machine.power === 'on' && machine.bootAt === bootAt)
      destroyTokens(machine, at, session.person, session, session.logonType);
  });
}
