/** Sleeping, standing still and losing track of time. */
import type { Instant } from '@logonscope/core';
import type { Value } from '../evtx/values.ts';
import { SECURITY, SYSTEM } from '../layouts/index.ts';
import { lock } from './away.ts';
import type { Machine } from './machine.ts';
import { clockAt, holdPendingAfter, releaseHeld, shiftClock, write } from './machine.ts';
import type { Person } from './people.ts';
import { DOMAIN } from './people.ts';
import { comeBack, goAway } from './truth.ts';

const BY_SYSTEM = { userSid: 'S-1-5-18' };
const STATE = { s3: 4, hibernate: 5 } as const;
/** Reasons of Kernel-Power 42. */
export const SLEEP_REASON = { lid: 0, byUser: 4, idle: 7 } as const;
const NEVER = -11_644_473_600_000;
const VMWARE = 'C:\\Program Files\\VMware\\VMware Tools\\vmtoolsd.exe';
const SVCHOST = 'C:\\Windows\\System32\\svchost.exe';
const DATE_DIALOG = 'C:\\Windows\\System32\\SystemSettingsAdminFlows.exe';

/** Puts the computer to sleep in its own way; all sessions sleep with it. */
export function fallAsleep(machine: Machine, at: Instant, reason: number): void {
  const { sleep } = machine.spec;
  holdPendingAfter(machine, at);
  if (sleep === 'modern')
    write(
      machine,
      at,
      SYSTEM.standbyEntered,
      [reason, reason !== SLEEP_REASON.lid, false, machine.random.int(1, 900)],
      BY_SYSTEM,
    );
  else {
    const state = STATE[sleep === 'hibernate' ? 'hibernate' : 's3'];
    write(machine, at, SYSTEM.sleepEntered, [state, state, reason, 0, 1], BY_SYSTEM);
  }
  machine.power = 'asleep';
  machine.sleptAt = at;
  for (const session of machine.sessions) {
    goAway(session, 'asleep', at);
    session.inputs++;
  }
}

/** Wakes up. `wakeSource` 6 is a timer, with nobody there; 1 is the power button. Returns when it can be used. */
export function wakeUp(machine: Machine, at: Instant, wakeSource: number): Instant {
  const { random, spec, sleptAt } = machine;
  machine.power = 'on';
  releaseHeld(machine, at);
  for (const session of machine.sessions) {
    comeBack(session, 'asleep', at);
    const open = session.openAway.size === 0;
    if (open && random.chance(0.8)) lock(machine, session, at + random.int(200, 1_200));
  }
  if (spec.sleep === 'modern') {
    const durationUs = (at - sleptAt) * 1000;
    write(
      machine,
      at,
      SYSTEM.standbyLeft,
      [random.int(0, 900), durationUs, 32, true, random.int(1, 900)],
      BY_SYSTEM,
    );
    return at + 500;
  }
  const state = STATE[spec.sleep === 'hibernate' ? 'hibernate' : 's3'];
  if (spec.noticesHardwareClock) {
    const [before, after] = [clockAt(machine, sleptAt), clockAt(machine, at)];
    write(machine, at, SYSTEM.clockChanged, [after, before, Math.abs(after - before), 2, '', 4], BY_SYSTEM);
  }
  if (spec.sleep === 'hibernate') write(machine, at, SYSTEM.bootType, [2, ''], BY_SYSTEM);
  write(machine, at, SYSTEM.resumed, [state, state, state, NEVER, NEVER, 0, 0], BY_SYSTEM);
  const window = [clockAt(machine, sleptAt), clockAt(machine, at)];
  const rest: Value[] = [900, 700, 400, 0, 0, 0, 0, 0x4b00, state, state, wakeSource, 0, '', 0, 0, 0, '', ''];
  write(machine, at + random.int(900, 2_500), SYSTEM.slept, [...window, ...rest]);
  return at + 3_000;
}

/** The hypervisor holds the machine: no instruction runs, no record is written, its clock stands still. */
export function freeze(machine: Machine, at: Instant): void {
  holdPendingAfter(machine, at);
  machine.power = 'paused';
  for (const session of machine.sessions) {
    goAway(session, 'paused', at);
    session.inputs++;
  }
}

/**
 * Lets the machine go on. With guest tools the clock is behind and then jumps; without, it is right at once and
 * only the uptime shows that something is missing.
 */
export function thaw(machine: Machine, at: Instant, frozenAt: Instant, tools: boolean): void {
  const gapMs = at - frozenAt;
  machine.power = 'on';
  releaseHeld(machine, at);
  machine.frozenMs += gapMs;
  for (const session of machine.sessions) comeBack(session, 'paused', at);
  machine.heldUnseen = !tools;
  if (!tools) return;
  shiftClock(machine, at, -gapMs);
  stepClock(machine, at + machine.random.int(400, 1_500), gapMs, { program: VMWARE });
}

export interface ClockSetter {
  readonly program: string;
  /** Who did it by hand, with which logon. */
  readonly person?: Person;
  readonly logonId?: number;
}

export const NETWORK_TIME: ClockSetter = { program: SVCHOST };

export function byHand(person: Person, logonId: number): ClockSetter {
  return { program: DATE_DIALOG, person, logonId };
}

/** Sets the clock by this much, and writes so in both channels with the new time. */
export function stepClock(machine: Machine, at: Instant, byMs: number, setter: ClockSetter): void {
  const { person, program } = setter;
  const previous = clockAt(machine, at);
  shiftClock(machine, at, byMs);
  const subject = person
    ? [person.sid, person.name, person.domain, setter.logonId ?? 0]
    : program === SVCHOST
      ? ['S-1-5-19', 'LOCAL SERVICE', 'NT AUTHORITY', 0x3e5]
      : ['S-1-5-18', `${machine.spec.name}$`, DOMAIN, 0x3e7];
  write(machine, at, SECURITY.timeChanged, [...subject, previous, previous + byMs, 0x5fc, program]);
  write(
    machine,
    at,
    SYSTEM.clockChanged,
    [previous + byMs, previous, Math.abs(byMs), 1, program, 0x5fc],
    BY_SYSTEM,
  );
  for (const session of machine.sessions) session.busyUntil = Math.max(session.busyUntil, at);
}
