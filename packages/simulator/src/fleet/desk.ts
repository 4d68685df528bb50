/** A person's working day at a computer: arriving, working, having breaks, leaving. */
import type { Instant } from '@logonscope/core';
import { occupy, resumeDesktop } from './away.ts';
import { boot } from './boots.ts';
import { BREAKS } from './breaks.ts';
import { LEAVINGS } from './leaving.ts';
import { logonAtConsole, logonRemotely, type Place } from './logons.ts';
import type { LiveSession, Machine } from './machine.ts';
import type { Person } from './people.ts';
import { wakeUp } from './power.ts';
import {
  DISCONNECT_REASON,
  disconnect,
  isConnected,
  reconnectAtConsole,
  reconnectRemotely,
  takeOverConsole,
} from './remote.ts';
import { openConsole } from './tokens.ts';
import { isAway } from './truth.ts';
import { MINUTE_MS } from './zone.ts';

/** One person's day at one computer. */
export interface Attendance {
  readonly person: Person;
  readonly until: Instant;
  /** Where the person sits, if not at the console. */
  readonly place: Place | null;
  /** At the desk, as opposed to on a break or gone. */
  present: boolean;
}

/** Stretches of work between breaks, in minutes; shared computers change hands more often. */
const STRETCH_MINUTES = { workstation: [20, 110], reception: [8, 45], terminalServer: [20, 120] } as const;
const POWER_BUTTON = 1;

export function sessionOf(machine: Machine, person: Person): LiveSession | undefined {
  return machine.sessions.find((session) => session.person.sid === person.sid);
}

export function arrive(machine: Machine, attendance: Attendance, at: Instant): void {
  settle(machine, attendance, at, (ready) => work(machine, attendance, ready));
}

/** Gets the person in front of a usable desktop, whatever it takes, and goes on from there. */
export function settle(
  machine: Machine,
  attendance: Attendance,
  at: Instant,
  then: (ready: Instant) => void,
): void {
  const again = (when: Instant): void =>
    machine.agenda.schedule(when, (next) => settle(machine, attendance, next, then));
  const { random } = machine;
  if (at > attendance.until - 10 * MINUTE_MS) {
    leave(machine, attendance, at);
    return;
  }
  const obstacles: Record<Machine['power'], (() => Instant) | null> = {
    on: null,
    off: () => boot(machine, Math.max(at, machine.busyUntil + 20_000)) + random.int(2_000, 60_000),
    asleep: () => wakeUp(machine, at, POWER_BUTTON) + random.int(500, 6_000),
    paused: () => at + 3 * MINUTE_MS,
  };
  const obstacle = obstacles[machine.power];
  if (obstacle !== null) again(obstacle());
  else if (isBusy(machine, attendance, at)) again(at + random.int(1_000, 4_000));
  else {
    attendance.present = true;
    then(presentOneself(machine, attendance, at));
  }
}

/** On a server each session is for itself; at a console what others do comes first. */
function isBusy(machine: Machine, { person }: Attendance, at: Instant): boolean {
  const shared = machine.spec.kind !== 'terminalServer' || machine.sessions.length === 0;
  const until = shared ? machine.busyUntil : (sessionOf(machine, person)?.busyUntil ?? 0);
  return until >= at;
}

/** Logs on, unlocks, reconnects or takes over: what the state of things asks for. Returns when the desktop is ready. */
function presentOneself(machine: Machine, { person, place }: Attendance, at: Instant): Instant {
  const free = machine.spec.kind === 'terminalServer' ? at : sendOthersAway(machine, person, at);
  const session = sessionOf(machine, person);
  if (session === undefined) {
    const fresh =
      place === null ? logonAtConsole(machine, person, free) : logonRemotely(machine, person, free, place);
    return fresh.start + 3_000;
  }
  const atConsole = session.sessionName === 'Console';
  if (place === null)
    return isConnected(session) && atConsole
      ? resumeDesktop(machine, session, free)
      : moveToConsole(machine, session, free);
  if (!isConnected(session)) return reconnectRemotely(machine, session, free, place);
  return atConsole ? takeOverConsole(machine, session, free, place) : resumeDesktop(machine, session, free);
}

function moveToConsole(machine: Machine, session: LiveSession, at: Instant): Instant {
  const gone = disconnect(machine, session, at, DISCONNECT_REASON.replaced);
  return reconnectAtConsole(machine, session, gone);
}

/** Only one person at a time: whoever else has the screen is switched away, and the console gets a logon screen. */
function sendOthersAway(machine: Machine, person: Person, at: Instant): Instant {
  let free = at;
  for (const other of machine.sessions) {
    if (other.person.sid !== person.sid && isConnected(other))
      free = disconnect(machine, other, free, DISCONNECT_REASON.byUser);
  }
  const holder = machine.sessions.find(({ terminalSessionId }) => terminalSessionId === machine.consoleId);
  if (holder !== undefined && holder.person.sid !== person.sid) openConsole(machine, (free += 300));
  return free;
}

/** Plans what comes after this stretch of work: a break, or the end of the day. */
export function work(machine: Machine, attendance: Attendance, at: Instant): void {
  const { agenda, random, spec } = machine;
  const [shortest, longest] = STRETCH_MINUTES[spec.kind];
  const breakAt = at + random.int(shortest, longest) * MINUTE_MS + random.int(0, 59_999);
  const lengthMs =
    (random.chance(0.2) ? random.int(30, 65) : random.int(2, 20)) * MINUTE_MS + random.int(0, 59_999);
  if (breakAt + lengthMs > attendance.until - 15 * MINUTE_MS)
    agenda.schedule(Math.max(at + MINUTE_MS, attendance.until), (then) => leave(machine, attendance, then));
  else agenda.schedule(breakAt, (then) => takeBreak(machine, attendance, then, lengthMs));
}

function takeBreak(machine: Machine, attendance: Attendance, at: Instant, lengthMs: number): void {
  const { agenda, random } = machine;
  const session = sessionOf(machine, attendance.person);
  const back = (when: Instant): void =>
    settle(machine, attendance, when, (ready) => work(machine, attendance, ready));
  if (machine.power !== 'on' || session === undefined || isAway(session)) {
    back(at);
    return;
  }
  if (session.busyUntil >= at) {
    agenda.schedule(session.busyUntil + 1_000, (then) => takeBreak(machine, attendance, then, lengthMs));
    return;
  }
  attendance.present = false;
  occupy(session, at);
  const kinds = BREAKS[machine.spec.kind];
  const busy = random.pick(kinds)(machine, session, at, lengthMs);
  agenda.schedule(Math.max(busy, at + lengthMs), back);
}

function leave(machine: Machine, attendance: Attendance, at: Instant): void {
  const { agenda, random, spec } = machine;
  const session = sessionOf(machine, attendance.person);
  attendance.present = false;
  if (machine.power !== 'on' || session === undefined || !isConnected(session)) return;
  if (Math.max(session.busyUntil, spec.kind === 'terminalServer' ? 0 : machine.busyUntil) >= at) {
    agenda.schedule(at + 3_000, (then) => leave(machine, attendance, then));
    return;
  }
  const ready = resumeDesktop(machine, session, at);
  agenda.schedule(Math.max(ready, session.busyUntil) + 1_000, (then) => {
    if (!machine.sessions.includes(session) || machine.power !== 'on' || isAway(session)) return;
    occupy(session, then);
    random.pick(LEAVINGS[attendance.place !== null && spec.kind === 'workstation' ? 'home' : spec.kind])(
      machine,
      session,
      then,
    );
  });
}
