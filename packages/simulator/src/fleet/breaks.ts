/** What people do with their desktop when they leave the desk for a while. */
import type { DurationMs, Instant } from '@logonscope/core';
import { lock, startScreensaver } from './away.ts';
import type { ComputerKind } from './computers.ts';
import type { LiveSession, Machine } from './machine.ts';
import { fallAsleep, SLEEP_REASON } from './power.ts';
import { DISCONNECT_REASON, disconnect, takeOverRemotely } from './remote.ts';
import { isAway } from './truth.ts';
import { MINUTE_MS } from './zone.ts';

/** Starts the break; returns the earliest instant at which the person can be back. */
export type Break = (machine: Machine, session: LiveSession, at: Instant, lengthMs: DurationMs) => Instant;

const IDLE_SLEEP_MS = 25 * MINUTE_MS;

/** Locks and goes. An old screen saver may start behind the lock; a long break may put the computer to sleep. */
export function lockAndGo(machine: Machine, session: LiveSession, at: Instant): Instant {
  lock(machine, session, at);
  if (session.person.screensaver && machine.random.chance(0.2)) planScreensaver(machine, session, at);
  planIdleSleep(machine, at);
  return at + MINUTE_MS;
}

/** Just goes: the screen saver starts after its delay, if there is one, and may lock a while later. */
export function walkAway(machine: Machine, session: LiveSession, at: Instant): Instant {
  if (!session.person.screensaver) return at + MINUTE_MS;
  planScreensaver(machine, session, at);
  planIdleSleep(machine, at);
  return at + MINUTE_MS;
}

/** Closes the lid: the computer sleeps, locked before or when it wakes. */
export function closeLid(machine: Machine, session: LiveSession, at: Instant): Instant {
  if (machine.spec.sleep === 'none') return lockAndGo(machine, session, at);
  if (machine.random.chance(0.5)) lock(machine, session, at);
  planSleep(machine, at + 1_500, SLEEP_REASON.lid);
  return at + MINUTE_MS;
}

export function disconnectAndGo(machine: Machine, session: LiveSession, at: Instant): Instant {
  if (session.sessionName === 'Console') return lockAndGo(machine, session, at);
  return disconnect(machine, session, at, DISCONNECT_REASON.byUser) + MINUTE_MS;
}

/** The line drops, and the client dials in again within a minute. */
export function loseConnection(machine: Machine, session: LiveSession, at: Instant): Instant {
  if (session.sessionName === 'Console') return walkAway(machine, session, at);
  return disconnect(machine, session, at, DISCONNECT_REASON.network) + 5_000;
}

/** Goes on working on another device, without leaving the first. */
export function changeDevice(machine: Machine, session: LiveSession, at: Instant): Instant {
  if (session.sessionName === 'Console') return at;
  const number = machine.random.int(2, 250);
  const place = { address: `10.1.31.${number}`, clientName: `MEETING-${number}` };
  return takeOverRemotely(machine, session, at, place) + 4_000;
}

/** Stays at the desk after all. */
const stay: Break = (_machine, _session, at) => at;

/** One entry per share of the breaks. */
export const BREAKS: Record<ComputerKind, readonly Break[]> = {
  workstation: [
    lockAndGo,
    lockAndGo,
    lockAndGo,
    lockAndGo,
    walkAway,
    walkAway,
    walkAway,
    closeLid,
    disconnectAndGo,
    stay,
  ],
  reception: [lockAndGo, lockAndGo, walkAway, stay, stay],
  terminalServer: [
    lockAndGo,
    lockAndGo,
    lockAndGo,
    walkAway,
    walkAway,
    disconnectAndGo,
    disconnectAndGo,
    loseConnection,
    changeDevice,
    stay,
  ],
};

/** The plan holds only while nobody touches the session. */
function planScreensaver(machine: Machine, session: LiveSession, at: Instant): void {
  const { agenda, random, settings, spec } = machine;
  const { inputs } = session;
  const untouched = (): boolean =>
    machine.power === 'on' &&
    session.inputs === inputs &&
    machine.sessions.includes(session) &&
    !session.openAway.has('disconnected');
  agenda.schedule(at + settings.screensaverDelayMs, (start) => {
    if (!untouched()) return;
    startScreensaver(machine, session, start);
    if (spec.screensaverLocks !== 'grace') return;
    agenda.schedule(start + random.pick([5_000, 60_000, 300_000]), (then) => {
      if (untouched() && session.openAway.has('screensaver')) lock(machine, session, then);
    });
  });
}

/** The computer goes to sleep by itself once nobody has used any of its sessions for a while. */
export function planIdleSleep(machine: Machine, at: Instant): void {
  if (machine.spec.sleep !== 'none') planSleep(machine, at + IDLE_SLEEP_MS, SLEEP_REASON.idle);
}

/** Sleeps at that time, unless someone is using the computer then; waits until what happens just now is written. */
export function planSleep(machine: Machine, at: Instant, reason: number): void {
  const inputs = machine.sessions.map((session) => session.inputs).join();
  machine.agenda.schedule(at, function sleep(then) {
    const touched = machine.sessions.map((session) => session.inputs).join() !== inputs;
    if (machine.power !== 'on' || touched) return;
    if (reason === SLEEP_REASON.idle && !machine.sessions.every(isAway)) return;
    if (machine.busyUntil >= then) machine.agenda.schedule(machine.busyUntil + 1_000, sleep);
    else fallAsleep(machine, then, reason);
  });
}
