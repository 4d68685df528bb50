/** The people of the demo: a simulated fleet, the same for the same first day, that reaches a little into the future. */
import {
  type ComputerKind,
  type ComputerSpec,
  computerOf,
  type FleetOptions,
  type SimRecord,
  settingsOf,
  simulateComputer,
} from '@logonscope/simulator';

const DAY_MS = 86_400_000;
/** With this one a fleet of sixty people has exactly sixty; fleets of other sizes may have one or two more than asked. */
const SEED = 2028;
/** People on one terminal server. */
const PEOPLE_PER_SERVER = 8;
/** Services and failed logons: enough to be seen in reports, few enough to load in seconds. */
const NOISE = 0.02;
/** How long events go on after the present, at least. */
const AHEAD_DAYS = 7;

const KINDS: readonly ComputerKind[] = [
  ...Array<ComputerKind>(3).fill('workstation'),
  'reception',
  ...Array<ComputerKind>(4).fill('workstation'),
  'terminalServer',
  ...Array<ComputerKind>(3).fill('workstation'),
];

/** The sites of the company, each with the zone of its computers. */
export const SITES = [
  { name: 'London', zone: 'Europe/London' },
  { name: 'Berlin', zone: 'Europe/Berlin' },
  { name: 'New York', zone: 'America/New_York' },
  { name: 'Bengaluru', zone: 'Asia/Kolkata' },
] as const;
export type SiteName = (typeof SITES)[number]['name'];

export interface FleetSize {
  /** At least as many people are in the fleet. */
  readonly people: number;
  /** First day, `YYYY-MM-DD`. */
  readonly firstDay: string;
}

export interface FleetComputer {
  readonly spec: ComputerSpec;
  readonly site: SiteName;
}

/** The day so many days before an instant, as `YYYY-MM-DD`. */
export const dayBefore = (nowMs: number, days: number): string =>
  new Date(nowMs - days * DAY_MS).toISOString().slice(0, 10);

/** The computers of a fleet, and how many people use them. */
export function computersOf(size: FleetSize): { computers: FleetComputer[]; people: number } {
  for (let computers = 1; ; computers++) {
    const options = optionsOf(size, computers);
    const specs = Array.from({ length: computers }, (_, number) => computerOf(options, number));
    const people = new Set(specs.flatMap((spec) => spec.people.map(({ name }) => name))).size;
    if (people < size.people) continue;
    return { computers: specs.map((spec) => ({ spec, site: siteOf(spec) })), people };
  }
}

/** All that a computer writes from the first day until some days after `nowMs`, a day at a time. */
export function* recordsOf(
  { spec }: FleetComputer,
  size: FleetSize,
  nowMs: number,
): Generator<readonly SimRecord[]> {
  const days = Math.ceil((nowMs - Date.parse(size.firstDay)) / DAY_MS) + AHEAD_DAYS;
  const settings = { ...settingsOf(optionsOf(size, 1)), days };
  for (const { records } of simulateComputer(spec, settings)) yield records;
}

function optionsOf({ firstDay }: FleetSize, computers: number): FleetOptions {
  return {
    ...{ seed: SEED, computers, days: 1, firstDay, kinds: KINDS },
    ...{ zones: SITES.map(({ zone }) => zone), peoplePerServer: PEOPLE_PER_SERVER },
    ...{ noise: NOISE, processes: 0 },
  };
}

const siteOf = ({ zone }: ComputerSpec): SiteName => SITES.find((site) => site.zone === zone)!.name;
