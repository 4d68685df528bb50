/** Runs computers day by day: records as they were written, and the truth about every session. */
import type { SimRecord, TruthSession } from '../record.ts';
import { planAccidents } from './accidents.ts';
import { type ComputerSpec, computerOf, type FleetOptions, type Settings, settingsOf } from './computers.ts';
import { type Attendance, arrive } from './desk.ts';
import type { Place } from './logons.ts';
import type { Machine } from './machine.ts';
import { createMachine, takeRecords } from './machine.ts';
import { scheduleNoise } from './noise.ts';
import { type Person, worksOn } from './people.ts';
import { openTruth } from './truth.ts';
import { HOUR_MS, localInstant, MINUTE_MS } from './zone.ts';

export interface SimulatedComputer {
  readonly spec: ComputerSpec;
  /** All channels together, in the order of writing; per channel numbered without gaps. */
  readonly records: readonly SimRecord[];
  /** Sessions of people, by start. */
  readonly truth: readonly TruthSession[];
}

export interface SimulatedDay {
  readonly records: readonly SimRecord[];
  /** Sessions that ended on this day; after the last day also those still open. */
  readonly truth: readonly TruthSession[];
}

/** Records wait this long for others that were written earlier but planned later. */
const REORDER_MS = 2 * HOUR_MS;

/** A whole fleet, one computer after the other; the same for the same options. */
export function* simulateFleet(options: FleetOptions): Generator<SimulatedComputer> {
  for (let number = 0; number < options.computers; number++) {
    const spec = computerOf(options, number);
    const days = [...simulateComputer(spec, settingsOf(options))];
    const truth = days.flatMap((day) => day.truth).sort((left, right) => left.start - right.start);
    yield { spec, records: days.flatMap((day) => day.records), truth };
  }
}

/** One computer, day by day, so that years of a busy server fit into little memory. */
export function* simulateComputer(spec: ComputerSpec, settings: Settings): Generator<SimulatedDay> {
  const machine = createMachine(spec, settings);
  const attendances: Attendance[] = [];
  scheduleNoise(machine, localInstant(spec.zone, settings.firstDay, 0));
  for (let day = settings.firstDay; day < settings.firstDay + settings.days; day++) {
    const midnight = localInstant(spec.zone, day + 1, 0);
    planDay(machine, day, attendances);
    machine.agenda.runUntil(midnight);
    const last = day === settings.firstDay + settings.days - 1;
    yield last
      ? lastDay(machine)
      : { records: takeRecords(machine, midnight - REORDER_MS), truth: machine.ended.splice(0) };
  }
}

/** The log ends here. Sessions that nobody ended are open, and counted to the computer's last record. */
function lastDay(machine: Machine): SimulatedDay {
  const records = takeRecords(machine, Number.POSITIVE_INFINITY);
  const open = machine.sessions
    .filter(({ start }) => start <= machine.lastWrittenAt)
    .map((session) => openTruth(machine, session, machine.lastWrittenAt));
  return { records, truth: [...machine.ended.splice(0), ...open] };
}

function planDay(machine: Machine, day: number, attendances: Attendance[]): void {
  const { agenda, random, spec } = machine;
  const midnight = localInstant(spec.zone, day, 0);
  const stillThere = attendances.filter(({ until }) => until > midnight);
  attendances.splice(0, attendances.length, ...stillThere);
  for (const person of spec.people) {
    if (!worksOn(person, day, random)) continue;
    const { startMinutes, lengthMinutes } = person.shift;
    const from = localInstant(spec.zone, day, startMinutes) + random.normal() * 25 * MINUTE_MS;
    const until = Math.round(from + lengthMinutes * MINUTE_MS + random.normal() * 30 * MINUTE_MS);
    const attendance: Attendance = { person, until, place: placeOf(machine, person), present: false };
    attendances.push(attendance);
    agenda.schedule(from, (at) => arrive(machine, attendance, at));
  }
  planAccidents(machine, day, attendances);
}

/** Where a person works from today, if not at the console: one of a few devices at the office, home or on the way. */
function placeOf({ random, spec }: Machine, person: Person): Place | null {
  const remote = spec.kind === 'terminalServer' || (spec.remoteWork && random.chance(0.25));
  if (!remote) return null;
  const number = Number(person.sid.slice(person.sid.lastIndexOf('-') + 1)) % 250;
  return random.pick([
    { address: `10.1.30.${number}`, clientName: `THIN-${number}` },
    { address: `10.1.30.${number}`, clientName: `THIN-${number}` },
    { address: `10.8.0.${number}`, clientName: `LAPTOP-${number}` },
    { address: `10.8.1.${number}`, clientName: `HOME-${number}` },
  ]);
}
