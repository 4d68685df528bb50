/** Starting, shutting down and dying. */
import type { Instant } from '@logonscope/core';
import { systemTimeBytes } from '../evtx/values.ts';
import { SECURITY, SYSTEM } from '../layouts/index.ts';
import { logoff, terminalUser } from './logons.ts';
import type { LiveSession, Machine } from './machine.ts';
import { clockAt, dropPendingAfter, shiftClock, write } from './machine.ts';
import { openConsole, openDesktop, writeLogon, writePrivileges } from './tokens.ts';
import { endInTruth } from './truth.ts';
import { zoneOffsetMs } from './zone.ts';

const SYSTEM_ACCOUNT = { name: 'SYSTEM', domain: 'NT AUTHORITY', sid: 'S-1-5-18' };
const SERVICES = 'C:\\Windows\\System32\\services.exe';
const NOTHING = new Uint8Array(0);
/** How often Windows notes that it is alive, for the boot after a crash. */
const HEARTBEAT_MS = 60_000;
const BY_SYSTEM = { userSid: 'S-1-5-18' };

/** Turns the computer on. Returns when the logon screen is there. */
export function boot(machine: Machine, at: Instant): Instant {
  const { random } = machine;
  machine.power = 'on';
  machine.bootAt = at;
  machine.frozenMs = 0;
  machine.nextLogonId = 0x10000 + random.int(0, 0x4000);
  machine.nextTerminalSessionId = 1;
  machine.desktops.clear();
  setHardwareClock(machine, at);
  const logServiceAt = at + random.int(3_500, 6_000);
  writeKernelStart(machine, at, logServiceAt);
  write(machine, at + 2_500, SECURITY.started, []);
  const none = { process: '-', package: '-', program: '', workstation: '-', address: '-' };
  writeLogon(machine, at + 2_600, { ...none, account: SYSTEM_ACCOUNT, type: 0, id: 0x3e7, byNobody: true });
  const services = Math.round(8 * Math.min(1, machine.settings.noise));
  for (let service = 0; service < services; service++) writeService(machine, at + 3_000 + service * 350);
  openDesktop(machine, logServiceAt + 500, 0);
  openConsole(machine, logServiceAt + 1_200);
  return logServiceAt + 4_000;
}

/** Early kernel events carry their own time but are numbered once the log service runs, after its own first ones. */
function writeKernelStart(machine: Machine, at: Instant, logServiceAt: Instant): void {
  const { diedAt, random } = machine;
  const starting = clockAt(machine, logServiceAt);
  const late = { writtenAt: logServiceAt + 20 };
  write(machine, logServiceAt, SYSTEM.osVersion, [
    ['10.00.', '19045', '', 'Multiprocessor Free', '0'],
    NOTHING,
  ]);
  if (diedAt !== null) writeUnexpectedShutdown(machine, logServiceAt, diedAt);
  write(machine, logServiceAt + 1, SYSTEM.logStarted, [[], systemTimeBytes(starting)]);
  writeUptime(machine, logServiceAt + 10);
  const started = clockAt(machine, at);
  write(machine, at + 1, SYSTEM.osStarted, [10, 0, 19045, 3996, 0, 0, started], { ...late, ...BY_SYSTEM });
  write(machine, at + 2, SYSTEM.lastShutdown, [diedAt === null, true, random.int(1, 400), 2], late);
  write(machine, at + 3, SYSTEM.bootType, [0, ' NOEXECUTE=OPTIN'], late);
  if (diedAt === null) return;
  const bugcheck = random.chance(0.3) ? 0x9f : 0;
  write(machine, at + 900, SYSTEM.dirtyRestart, [bugcheck, 3, 0, 0, 0, 0, 0, 0], { ...late, ...BY_SYSTEM });
  if (random.chance(0.3))
    write(machine, logServiceAt + 5, SYSTEM.abnormalEnd, [diedAt, HEARTBEAT_MS / 1000, false]);
  machine.diedAt = null;
}

/** The text is local and localized; the binary data holds the same time twice, local and UTC. */
function writeUnexpectedShutdown(machine: Machine, at: Instant, diedAt: Instant): void {
  const local = systemTimeBytes(diedAt + zoneOffsetMs(machine.spec.zone, diedAt));
  const binary = new Uint8Array(32);
  binary.set(local, 0);
  binary.set(systemTimeBytes(diedAt), 16);
  const text = new Date(diedAt + zoneOffsetMs(machine.spec.zone, diedAt)).toISOString();
  const date = `\u200e${Number(text.slice(5, 7))}/\u200e${Number(text.slice(8, 10))}/\u200e${text.slice(0, 4)}`;
  write(machine, at, SYSTEM.unexpected, [[text.slice(11, 19), date, '', '', '86423', '', ''], binary]);
}

/** Seconds since boot stand at the fifth place, the zone at the last. */
export function writeUptime(machine: Machine, at: Instant): void {
  machine.heldUnseen = false;
  const seconds = Math.round((at - machine.bootAt - machine.frozenMs) / 1000);
  const bias = -zoneOffsetMs(machine.spec.zone, at) / 60_000;
  const values = ['', '', '', '', String(seconds), '60', `${bias} ${machine.spec.zone}`];
  write(machine, at, SYSTEM.uptime, [values, NOTHING]);
}

export function writeService(machine: Machine, at: Instant): void {
  const account = machine.random.pick([
    { ...SYSTEM_ACCOUNT, id: 0x3e7 },
    { ...SYSTEM_ACCOUNT, id: 0x3e7 },
    { name: 'NETWORK SERVICE', domain: 'NT AUTHORITY', sid: 'S-1-5-20', id: 0x3e4 },
    { name: 'LOCAL SERVICE', domain: 'NT AUTHORITY', sid: 'S-1-5-19', id: 0x3e5 },
  ]);
  const facts = { process: 'Advapi  ', program: SERVICES, workstation: '-', address: '-', elevated: true };
  writeLogon(machine, at, { ...facts, account, type: 5, id: account.id }, { background: true });
  writePrivileges(machine, at + 1, account, account.id, { background: true });
}

/** A clock that ran wrong while the computer was off shows the difference at boot, until the network puts it right. */
function setHardwareClock(machine: Machine, at: Instant): void {
  const { random, settings } = machine;
  if (!random.chance(0.004 * settings.accidents)) return;
  const wrongMs = random.pick([-1, 1]) * random.int(20_000, 900_000);
  shiftClock(machine, at - 1, wrongMs - machine.clock.at(-1)!.offsetMs);
}

export interface ShutdownFacts {
  /** Whose wish it is; null for updates and time limits. */
  readonly by: LiveSession | null;
  readonly restart: boolean;
}

/** Shuts down in order. Returns when the power is off. */
export function shutDown(machine: Machine, at: Instant, { by, restart }: ShutdownFacts): Instant {
  const { random, spec } = machine;
  // From here on no logoff brings the logon screen back.
  machine.power = 'off';
  const who = by === null ? 'NT AUTHORITY\\SYSTEM' : terminalUser(by.person);
  const program =
    by === null ? 'C:\\Windows\\system32\\svchost.exe' : 'C:\\Windows\\System32\\RuntimeBroker.exe';
  const words = [
    `${program} (${spec.name})`,
    spec.name,
    'Other (Unplanned)',
    '0x0',
    restart ? 'restart' : 'power off',
    '',
    who,
  ];
  write(machine, at, SYSTEM.shutdownRequest, words, BY_SYSTEM);
  const stopAt = at + random.int(9_000, 14_000);
  for (const session of [...machine.sessions])
    endAtShutdown(machine, session, at + random.int(600, 2_500), stopAt, session === by);
  dropPendingAfter(machine, stopAt - 1);
  write(machine, stopAt, SECURITY.serviceStopped, []);
  write(machine, stopAt + 90, SYSTEM.logStopped, [[], Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0)]);
  write(machine, stopAt + 200, SYSTEM.transition, [restart ? 5 : 6, 0, 5], BY_SYSTEM);
  const off = stopAt + random.int(500, 2_000);
  write(machine, off, SYSTEM.osStopping, [clockAt(machine, off)], BY_SYSTEM);
  return off;
}

/** Some sessions get their full farewell, some only the begun logoff, some nothing but the end of the log. */
function endAtShutdown(
  machine: Machine,
  session: LiveSession,
  at: Instant,
  stopAt: Instant,
  asked: boolean,
): void {
  const noticed = machine.random.chance(0.7);
  const destroyed = noticed && machine.random.chance(0.6);
  if (asked || noticed)
    logoff(machine, session, at, { asked, noticed, tokens: destroyed ? 'destroyed' : 'leaked' });
  else endInTruth(machine, session, stopAt, 'shutdown');
}

/** The power fails or the system stops: nothing is written, and what was about to be is lost. */
export function crash(machine: Machine, at: Instant): void {
  dropPendingAfter(machine, at);
  machine.held = { records: [], at: 0 };
  for (const session of [...machine.sessions]) endInTruth(machine, session, at, 'crash');
  const lastAwake = machine.power === 'asleep' ? machine.sleptAt : at;
  const beats = Math.floor((lastAwake - machine.bootAt) / HEARTBEAT_MS);
  machine.diedAt = clockAt(machine, machine.bootAt + beats * HEARTBEAT_MS);
  machine.power = 'off';
}
