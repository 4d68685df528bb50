/** Locking, unlocking and the screen saver of one session. */
import type { Instant } from '@logonscope/core';
import type { Value } from '../evtx/values.ts';
import { SECURITY } from '../layouts/index.ts';
import type { LiveSession, Machine } from './machine.ts';
import { write } from './machine.ts';
import { destroyTokens, issueTokens, writeExplicit } from './tokens.ts';
import { comeBack, goAway } from './truth.ts';

function desktopValues({ person, logonId, terminalSessionId }: LiveSession): Value[] {
  return [person.sid, person.name, person.domain, logonId, terminalSessionId];
}

/** Keeps others from interfering until what was written for this session is out. */
export function occupy(session: LiveSession, until: Instant): void {
  session.inputs++;
  session.busyUntil = Math.max(session.busyUntil, until);
}

export function lock(machine: Machine, session: LiveSession, at: Instant): void {
  if (session.openAway.has('locked')) return;
  write(machine, at, SECURITY.locked, desktopValues(session));
  goAway(session, 'locked', at);
  occupy(session, at);
}

/** Unlocks with password: a type 7 logon whose tokens die at once. Returns when the desktop is there again. */
export function unlock(machine: Machine, session: LiveSession, at: Instant): Instant {
  const { random } = machine;
  const { person } = session;
  const remote = session.sessionName !== 'Console';
  const proofAt = at + random.int(2_000, 12_000);
  const address = remote ? session.address : '127.0.0.1';
  writeExplicit(machine, proofAt - 10, person, address);
  const tokens = issueTokens(machine, proofAt, person, { type: 7, address });
  const done = proofAt + random.int(60, 400);
  write(machine, done, SECURITY.unlocked, desktopValues(session));
  destroyTokens(machine, done + random.pick([4, 15, 40, 900, 2_600]), person, tokens, 7);
  comeBack(session, 'locked', done);
  occupy(session, done + 2_700);
  return done;
}

/** Starts the screen saver after the delay without input; on the lock screen there is nothing to back-date. */
export function startScreensaver(machine: Machine, session: LiveSession, at: Instant): void {
  if (session.openAway.has('screensaver')) return;
  write(machine, at, SECURITY.screensaverOn, desktopValues(session));
  const delayMs = session.openAway.has('locked') ? 0 : machine.settings.screensaverDelayMs;
  goAway(session, 'screensaver', at - delayMs);
  session.busyUntil = Math.max(session.busyUntil, at);
}

/**
 * Dismisses the screen saver. Where it asks for the password, the lock follows within seconds and nobody was back
 * in between. Returns when the next thing can happen.
 */
export function dismissScreensaver(
  machine: Machine,
  session: LiveSession,
  at: Instant,
  thenLock: boolean,
): Instant {
  const locks = thenLock && !session.openAway.has('locked');
  const lockAt = at + machine.random.int(200, 4_500);
  write(machine, at, SECURITY.screensaverOff, desktopValues(session));
  comeBack(session, 'screensaver', locks ? lockAt : at);
  if (locks) lock(machine, session, lockAt);
  occupy(session, locks ? lockAt : at);
  return (locks ? lockAt : at) + 50;
}

/** Back at a desktop of one's own that is only locked or under the screen saver. Returns when it can be used. */
export function resumeDesktop(machine: Machine, session: LiveSession, at: Instant): Instant {
  let ready = at;
  if (session.openAway.has('screensaver'))
    ready = dismissScreensaver(machine, session, ready, machine.spec.screensaverLocks === 'dismissed');
  if (session.openAway.has('locked')) ready = unlock(machine, session, ready);
  occupy(session, ready);
  return ready;
}
