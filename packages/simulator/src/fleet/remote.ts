/** Disconnecting, reconnecting, switching users and taking a session over from somewhere else. */
import type { Instant } from '@logonscope/core';
import type { Value } from '../evtx/values.ts';
import { SECURITY, TERMINAL } from '../layouts/index.ts';
import { dismissScreensaver, lock, occupy } from './away.ts';
import { authenticateOverNetwork, type Place, terminalUser } from './logons.ts';
import type { LiveSession, Machine } from './machine.ts';
import { write } from './machine.ts';
import { closeDesktop, destroyTokens, issueTokens, openConsole, openDesktop } from './tokens.ts';
import { comeBack, goAway } from './truth.ts';

/** Reasons of LocalSessionManager 40. */
export const DISCONNECT_REASON = { network: 0, replaced: 5, byUser: 11 } as const;
const BY_SYSTEM = { userSid: 'S-1-5-18' };
const LOCAL: Place = { address: 'LOCAL', clientName: 'Unknown' };

function remoteValues(session: LiveSession): Value[] {
  const { person, logonId, sessionName, clientName, address } = session;
  return [person.name, person.domain, logonId, sessionName, clientName, address];
}

function terminalValues({ person, terminalSessionId, address }: LiveSession): Value[] {
  return [terminalUser(person), terminalSessionId, address];
}

export function isConnected(session: LiveSession): boolean {
  return !session.openAway.has('disconnected');
}

/** Takes the desktop away from its person; that locks it too. Returns when the desktop is gone. */
export function disconnect(machine: Machine, session: LiveSession, at: Instant, reason: number): Instant {
  if (!isConnected(session)) return at;
  let start = at;
  if (session.openAway.has('screensaver')) start = dismissScreensaver(machine, session, at, true) + 1_000;
  write(machine, start, SECURITY.disconnected, remoteValues(session));
  write(machine, start + 15, TERMINAL.disconnectReason, [session.terminalSessionId, reason], BY_SYSTEM);
  write(machine, start + 20, TERMINAL.disconnected, terminalValues(session), BY_SYSTEM);
  goAway(session, 'disconnected', start);
  lock(machine, session, start + machine.random.int(250, 1_200));
  occupy(session, start + 1_200);
  return start + 1_250;
}

/** Comes back over the network, perhaps from elsewhere. Returns when the desktop can be used. */
export function reconnectRemotely(
  machine: Machine,
  session: LiveSession,
  at: Instant,
  place: Place,
): Instant {
  const { random } = machine;
  const connectedAt = at + random.int(500, 3_000);
  authenticateOverNetwork(machine, session.person, connectedAt, place);
  const broker = brokerLogon(machine, session, connectedAt + 900, place);
  return attach(machine, session, connectedAt + 1_600, { place, name: nextRemoteName(machine), broker });
}

/** Another device takes the session while it is in use on the first: all within four seconds. */
export function takeOverRemotely(machine: Machine, session: LiveSession, at: Instant, place: Place): Instant {
  write(machine, at, SECURITY.disconnected, remoteValues(session));
  goAway(session, 'disconnected', at);
  write(
    machine,
    at + 200,
    TERMINAL.authenticated,
    [session.person.name, session.person.domain, place.address],
    {
      userSid: 'S-1-5-20',
    },
  );
  write(
    machine,
    at + 400,
    TERMINAL.disconnectReason,
    [session.terminalSessionId, DISCONNECT_REASON.replaced],
    BY_SYSTEM,
  );
  write(machine, at + 410, TERMINAL.disconnected, terminalValues(session), BY_SYSTEM);
  if (machine.random.chance(0.5))
    write(
      machine,
      at + 405,
      TERMINAL.displaced,
      [session.terminalSessionId, machine.nextTerminalSessionId],
      BY_SYSTEM,
    );
  lock(machine, session, at + 900);
  const broker = brokerLogon(machine, session, at + 1_000, place);
  return attach(machine, session, at + 1_900, { place, name: nextRemoteName(machine), broker });
}

/** Takes one's own console session over from home: no disconnect of the Security log, the session just moves. */
export function takeOverConsole(machine: Machine, session: LiveSession, at: Instant, place: Place): Instant {
  authenticateOverNetwork(machine, session.person, at, place);
  const broker = arbitrate(machine, session, at + 900, place);
  const moved = at + 1_300;
  write(
    machine,
    moved,
    TERMINAL.disconnectReason,
    [session.terminalSessionId, DISCONNECT_REASON.replaced],
    BY_SYSTEM,
  );
  write(machine, moved, TERMINAL.disconnected, terminalValues(session), BY_SYSTEM);
  goAway(session, 'disconnected', moved);
  if (session.openAway.has('screensaver')) dismissScreensaver(machine, session, moved + 10, false);
  if (machine.consoleId === session.terminalSessionId) openConsole(machine, moved + 400);
  return attach(machine, session, moved + 300, { place, name: nextRemoteName(machine), broker });
}

/** Comes back at the console to a session that was switched away or used from home. */
export function reconnectAtConsole(machine: Machine, session: LiveSession, at: Instant): Instant {
  const { random } = machine;
  const typed = at + random.int(3_000, 9_000);
  const tokens = issueTokens(machine, typed, session.person, { type: 7 });
  const waiting = machine.consoleId;
  if (waiting !== session.terminalSessionId && machine.desktops.has(waiting))
    closeDesktop(machine, typed + 2_500, waiting);
  machine.consoleId = session.terminalSessionId;
  const broker = {
    after: random.int(20, 1_500),
    finish: (done: Instant) => destroyTokens(machine, done, session.person, tokens, 7),
  };
  return attach(machine, session, typed + 200, { place: LOCAL, name: 'Console', broker });
}

interface Broker {
  /** How long after the reconnect its tokens die. */
  readonly after: number;
  finish(at: Instant): void;
}

/** The logon that proves who comes back: mostly an unlock, sometimes a whole logon in a session of its own. */
function brokerLogon(machine: Machine, session: LiveSession, at: Instant, place: Place): Broker {
  if (machine.random.chance(0.3)) return arbitrate(machine, session, at - 300, place);
  const tokens = issueTokens(machine, at + 300, session.person, { type: 7, address: place.address });
  return { after: 40, finish: (done) => destroyTokens(machine, done, session.person, tokens, 7) };
}

/** A type 10 logon in terminal session n + 1, which the session manager then merges into the existing one. */
function arbitrate(machine: Machine, session: LiveSession, at: Instant, place: Place): Broker {
  const { person } = session;
  const temporary = machine.nextTerminalSessionId++;
  openDesktop(machine, at, temporary);
  const tokens = issueTokens(machine, at + 100, person, { type: 10, address: place.address });
  write(machine, at + 200, TERMINAL.arbitrationBegun, [terminalUser(person), temporary], BY_SYSTEM);
  return {
    after: 3_000,
    finish: (done) => {
      write(machine, done - 800, TERMINAL.arbitrationEnded, [terminalUser(person), temporary], BY_SYSTEM);
      destroyTokens(machine, done, person, tokens, 10);
      closeDesktop(machine, done + 50, temporary);
    },
  };
}

interface Attachment {
  readonly place: Place;
  readonly name: string;
  readonly broker: Broker;
}

/** The session appears on its new screen, and unlocks. */
function attach(
  machine: Machine,
  session: LiveSession,
  at: Instant,
  { place, name, broker }: Attachment,
): Instant {
  const { random } = machine;
  const { person, logonId, terminalSessionId } = session;
  session.sessionName = name;
  session.address = place.address;
  session.clientName = place.clientName;
  write(machine, at, SECURITY.reconnected, remoteValues(session));
  write(machine, at + random.pick([-20, 25]), TERMINAL.reconnected, terminalValues(session), BY_SYSTEM);
  comeBack(session, 'disconnected', at);
  let ready = at;
  if (session.openAway.has('locked')) {
    // At the console the unlock proper may go unwritten: the type 7 logon has told of it already.
    const silent = name === 'Console' && random.chance(0.2);
    ready = silent ? at : at + random.int(200, 1_500);
    if (!silent)
      write(machine, ready, SECURITY.unlocked, [
        person.sid,
        person.name,
        person.domain,
        logonId,
        terminalSessionId,
      ]);
    comeBack(session, 'locked', ready);
  }
  broker.finish(at + broker.after);
  occupy(session, Math.max(ready, at + broker.after + 100));
  return ready;
}

function nextRemoteName(machine: Machine): string {
  return `RDP-Tcp#${machine.connections++ % 200}`;
}
