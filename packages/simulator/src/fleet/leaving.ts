/** What people do with their session at the end of the day. */
import type { Instant } from '@logonscope/core';
import { lock } from './away.ts';
import { boot, shutDown } from './boots.ts';
import { closeLid, disconnectAndGo, planIdleSleep, planSleep, walkAway } from './breaks.ts';
import type { ComputerKind } from './computers.ts';
import { type Ending, logoff } from './logons.ts';
import type { LiveSession, Machine } from './machine.ts';
import { SLEEP_REASON, wakeUp } from './power.ts';
import { HOUR_MS, MINUTE_MS } from './zone.ts';

export type Leaving = (machine: Machine, session: LiveSession, at: Instant) => void;

const TIMER = 6;
const FORCED: Ending = { asked: false, noticed: true, tokens: 'destroyed' };

/** Mostly complete; now and then a program keeps the token alive. */
function logOff(machine: Machine, session: LiveSession, at: Instant): void {
  const { random, settings } = machine;
  const leak = random.chance(0.05 * settings.accidents);
  logoff(machine, session, at, {
    asked: true,
    noticed: true,
    tokens: leak ? random.pick(['leaked', 'late']) : 'destroyed',
  });
}

function shutDownAndGo(machine: Machine, session: LiveSession, at: Instant): void {
  shutDown(machine, at, { by: session, restart: false });
}

function restartAndGo(machine: Machine, session: LiveSession, at: Instant): void {
  const off = shutDown(machine, at, { by: session, restart: true });
  machine.agenda.schedule(off + machine.random.int(15_000, 40_000), (then) => {
    if (machine.power === 'off') boot(machine, then);
  });
}

/** Leaves the session open overnight, locked; the computer may fall asleep, and wake for a while at night. */
function lockAndLeave(machine: Machine, session: LiveSession, at: Instant): void {
  lock(machine, session, at);
  planIdleSleep(machine, at);
  planNightlyWake(machine, at);
}

function closeLidAndLeave(machine: Machine, session: LiveSession, at: Instant): void {
  closeLid(machine, session, at);
  planNightlyWake(machine, at);
}

/** Without a screen saver nothing would tell that nobody is there, and this person knows. */
function walkOut(machine: Machine, session: LiveSession, at: Instant): void {
  if (session.person.screensaver) walkAway(machine, session, at);
  else lockAndLeave(machine, session, at);
}

/** Leaves the session disconnected; the server ends it some hours later, unless its person is back before. */
function disconnectAndLeave(machine: Machine, session: LiveSession, at: Instant): void {
  disconnectAndGo(machine, session, at);
  if (machine.spec.kind !== 'terminalServer' || machine.random.chance(0.3)) return;
  const since = session.openAway.get('disconnected');
  machine.agenda.schedule(at + machine.random.int(2, 60) * HOUR_MS, function expire(then) {
    if (
      machine.power !== 'on' ||
      !machine.sessions.includes(session) ||
      session.openAway.get('disconnected') !== since
    )
      return;
    if (session.busyUntil >= then) machine.agenda.schedule(session.busyUntil + 1_000, expire);
    else logoff(machine, session, then, FORCED);
  });
}

/** A timer wakes the computer for maintenance; nobody is there, and soon it sleeps again. */
function planNightlyWake(machine: Machine, at: Instant): void {
  const { agenda, random } = machine;
  if (!random.chance(0.3)) return;
  agenda.schedule(at + random.int(2, 9) * HOUR_MS, (then) => {
    if (machine.power !== 'asleep' || machine.sleptAt > then - MINUTE_MS) return;
    const ready = wakeUp(machine, then, TIMER);
    planSleep(machine, ready + random.int(2, 10) * MINUTE_MS, SLEEP_REASON.idle);
  });
}

/** One entry per share of the evenings. `home` is one's own workstation, used over Remote Desktop. */
export const LEAVINGS: Record<ComputerKind | 'home', readonly Leaving[]> = {
  workstation: [
    logOff,
    logOff,
    logOff,
    shutDownAndGo,
    shutDownAndGo,
    restartAndGo,
    lockAndLeave,
    lockAndLeave,
    closeLidAndLeave,
    walkOut,
  ],
  reception: [logOff, logOff, logOff, lockAndLeave, shutDownAndGo],
  terminalServer: [logOff, logOff, logOff, disconnectAndLeave, disconnectAndLeave],
  home: [logOff, disconnectAndLeave, disconnectAndLeave],
};
