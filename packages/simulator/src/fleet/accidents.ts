/** What goes wrong now and then: crashes, wrong clocks, paused machines; and planned nightly restarts. */
import type { Instant } from '@logonscope/core';
import { SYSTEM } from '../layouts/index.ts';
import { boot, crash, shutDown, writeUptime } from './boots.ts';
import { type Attendance, settle } from './desk.ts';
import { type Machine, write } from './machine.ts';
import { byHand, freeze, NETWORK_TIME, stepClock, thaw } from './power.ts';
import { HOUR_MS, localInstant, MINUTE_MS, zoneOffsetMs } from './zone.ts';

/** Runs once nothing is being written and the computer is on; forgets about it when it goes off meanwhile. */
function whenQuiet(machine: Machine, at: Instant, happen: (at: Instant) => void): void {
  machine.agenda.schedule(at, function wait(then) {
    if (machine.power !== 'on') return;
    if (machine.busyUntil >= then)
      machine.agenda.schedule(machine.busyUntil + machine.random.int(500, 5_000), wait);
    else happen(then);
  });
}

/** Plans the day's mishaps of a computer. Attendances are looked up when it happens: who is there then is hit. */
export function planAccidents(machine: Machine, day: number, attendances: readonly Attendance[]): void {
  const { random, settings, spec } = machine;
  const { accidents } = settings;
  const during = (): Instant =>
    localInstant(spec.zone, day, random.int(0, 24 * 60 - 1)) + random.int(0, 59_999);
  const working = (): Instant =>
    localInstant(spec.zone, day, random.int(9 * 60, 17 * 60)) + random.int(0, 59_999);
  if (random.chance(0.03 * accidents))
    whenQuiet(machine, working(), (at) => crashAndRecover(machine, at, attendances));
  if (random.chance(0.008 * accidents))
    whenQuiet(machine, during(), (at) => crashAndRecover(machine, at, attendances));
  if (random.chance(0.002 * accidents)) whenQuiet(machine, working(), (at) => setClockByHand(machine, at));
  if (spec.virtual && random.chance(0.05 * accidents))
    whenQuiet(machine, during(), (at) => pause(machine, day, at));
  if (accidents > 0 && spec.sleep !== 'none' && random.chance(0.01 * accidents))
    planEmptyBattery(machine, during());
  planNetworkTime(machine, day);
  planUptime(machine, day);
  planZoneChange(machine, day);
  if (spec.kind === 'terminalServer' && (day + 3) % 7 === 6) planMaintenance(machine, day);
}

function crashAndRecover(machine: Machine, at: Instant, attendances: readonly Attendance[]): void {
  const { agenda, random } = machine;
  // No evidence at all could tell of a pause that a crash follows before the uptime was noted.
  if (machine.heldUnseen) return;
  crash(machine, at);
  const alone = machine.spec.kind === 'terminalServer' || random.chance(0.5);
  const bootAt = at + random.int(2, 30) * MINUTE_MS;
  if (alone)
    agenda.schedule(bootAt, (then) => {
      if (machine.power === 'off') boot(machine, then);
    });
  for (const attendance of attendances) {
    if (!attendance.present) continue;
    agenda.schedule(bootAt + random.int(2, 15) * MINUTE_MS, (then) => {
      if (attendance.present && then < attendance.until - 20 * MINUTE_MS)
        settle(machine, attendance, then, () => undefined);
    });
  }
}

/** The battery runs out while the computer sleeps: the next boot tells of a crash, and nobody was working. */
function planEmptyBattery(machine: Machine, at: Instant): void {
  machine.agenda.schedule(at, (then) => {
    if (machine.power === 'asleep' && machine.busyUntil < then) crash(machine, then);
  });
}

/** Sets the clock wrong, and right again some time later. */
function setClockByHand(machine: Machine, at: Instant): void {
  const { random } = machine;
  const session = machine.sessions[0];
  if (session === undefined) return;
  const byMs =
    random.pick([-1, 1]) * random.pick([5 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 26 * HOUR_MS]) +
    random.int(-5_000, 5_000);
  stepClock(machine, at, byMs, byHand(session.person, session.logonId));
}

/** The hypervisor's guest tools put the clock right; a machine without them shows the gap in its uptime only. */
function pause(machine: Machine, day: number, at: Instant): void {
  const { random, settings, spec } = machine;
  const lastDays = day >= settings.firstDay + settings.days - 2;
  const tools = lastDays || spec.kind !== 'terminalServer' || random.chance(0.8);
  freeze(machine, at);
  machine.agenda.schedule(at + random.int(15, 150) * MINUTE_MS, (then) => thaw(machine, then, at, tools));
}

/** Network time looks at the clock a few times a day and corrects what is wrong with it. */
function planNetworkTime(machine: Machine, day: number): void {
  const { random, spec } = machine;
  for (const minutes of [7 * 60, 11 * 60, 15 * 60, 20 * 60]) {
    whenQuiet(machine, localInstant(spec.zone, day, minutes + random.int(0, 90)), (at) => {
      const wrongMs = machine.clock.at(-1)!.offsetMs;
      if (wrongMs !== 0) stepClock(machine, at, -wrongMs, NETWORK_TIME);
    });
  }
}

/** The log service notes the uptime every day at noon. */
function planUptime(machine: Machine, day: number): void {
  machine.agenda.schedule(localInstant(machine.spec.zone, day, 12 * 60), (at) => {
    if (machine.power === 'on') writeUptime(machine, at);
  });
}

/** Summer time comes and goes: the clock's UTC does not move, but the kernel notes the new difference. */
function planZoneChange(machine: Machine, day: number): void {
  const { zone } = machine.spec;
  const [noon, before] = [localInstant(zone, day, 12 * 60), localInstant(zone, day - 1, 12 * 60)];
  const [newMs, oldMs] = [zoneOffsetMs(zone, noon), zoneOffsetMs(zone, before)];
  if (newMs === oldMs) return;
  whenQuiet(machine, localInstant(zone, day, 3 * 60 + 1), (at) => {
    write(machine, at, SYSTEM.zoneBiasChanged, [-newMs / MINUTE_MS, -oldMs / MINUTE_MS], {
      userSid: 'S-1-5-18',
    });
  });
}

/** Servers restart in the night to Monday, with whoever is still logged on. */
function planMaintenance(machine: Machine, day: number): void {
  whenQuiet(machine, localInstant(machine.spec.zone, day, 23 * 60 + machine.random.int(0, 50)), (at) => {
    if (machine.heldUnseen) return;
    const off = shutDown(machine, at, { by: null, restart: true });
    machine.agenda.schedule(off + machine.random.int(40_000, 120_000), (then) => {
      if (machine.power === 'off') boot(machine, then);
    });
  });
}
