/** What a fleet consists of: which computers, where, with whose accounts and which habits of the hardware. */
import type { DurationMs } from '@logonscope/core';
import { createRandom, seedOf } from '../random.ts';
import type { Person } from './people.ts';
import { personOf } from './people.ts';
import { DAY_MS, MINUTE_MS } from './zone.ts';

export type ComputerKind = 'workstation' | 'reception' | 'terminalServer';

export interface FleetOptions {
  readonly seed: number;
  readonly computers: number;
  readonly days: number;
  /** First day, `YYYY-MM-DD` in each computer's own zone. Default 2025-03-03, a Monday four weeks before summer time. */
  readonly firstDay?: string;
  /** Zones of the sites; computers are spread over them in turn. */
  readonly zones?: readonly string[];
  /** Kinds of computers in turn, e.g. `['workstation']`. */
  readonly kinds?: readonly ComputerKind[];
  /** How many people use one terminal server. Default 25. */
  readonly peoplePerServer?: number;
  /** Factor for everything that is no person's session: services, network and failed logons. Default 1. */
  readonly noise?: number;
  /** Factor for process events on top of that, which say nothing of sessions. Default 1. */
  readonly processes?: number;
  /** Factor for crashes, clock changes, paused machines, leaked tokens. Default 1; 0 for an uneventful fleet. */
  readonly accidents?: number;
  /** Idle time before screen savers start, the same on all computers. Default 10 minutes. */
  readonly screensaverDelayMs?: DurationMs;
}

export interface Settings {
  readonly seed: number;
  readonly days: number;
  /** Days since 1970. */
  readonly firstDay: number;
  readonly noise: number;
  readonly processes: number;
  readonly accidents: number;
  readonly screensaverDelayMs: DurationMs;
}

export interface ComputerSpec {
  readonly name: string;
  readonly fqdn: string;
  readonly kind: ComputerKind;
  readonly zone: string;
  readonly people: readonly Person[];
  /** Version of the logon event: 0 and 1 on older Windows, without the linked logon ID. */
  readonly logonVersion: 0 | 1 | 2;
  readonly sleep: 'none' | 's3' | 'hibernate' | 'modern';
  /** Writes a clock change at each resume, because the kernel reads the hardware clock. */
  readonly noticesHardwareClock: boolean;
  readonly virtual: boolean;
  /** Its people sometimes work on it from home. */
  readonly remoteWork: boolean;
  /** The screen saver asks for the password when it is dismissed, or locks a while after it started. */
  readonly screensaverLocks: 'never' | 'dismissed' | 'grace';
}

export const DEFAULT_ZONES = ['Europe/London', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'];
const DEFAULT_KINDS: readonly ComputerKind[] = [
  ...Array<ComputerKind>(6).fill('workstation'),
  'reception',
  'terminalServer',
  ...Array<ComputerKind>(4).fill('workstation'),
];
const NAMES: Record<ComputerKind, string> = {
  workstation: 'WS',
  reception: 'RECEPTION',
  terminalServer: 'RDS',
};

/** Fills in the defaults. Throws a RangeError for a first day that is no date. */
export function settingsOf(options: FleetOptions): Settings {
  const first = Date.parse(`${options.firstDay ?? '2025-03-03'}T00:00:00Z`);
  if (Number.isNaN(first))
    throw new RangeError(`firstDay: ${options.firstDay} is not a date like 2025-03-03`);
  return {
    seed: options.seed,
    days: options.days,
    firstDay: first / DAY_MS,
    noise: options.noise ?? 1,
    processes: options.processes ?? 1,
    accidents: options.accidents ?? 1,
    screensaverDelayMs: options.screensaverDelayMs ?? 10 * MINUTE_MS,
  };
}

/** The computer of this number, 0-based. */
export function computerOf(options: FleetOptions, number: number): ComputerSpec {
  const random = createRandom(seedOf(options.seed, 'computer', number));
  const kinds = options.kinds ?? DEFAULT_KINDS;
  const zones = options.zones ?? DEFAULT_ZONES;
  const kind = kinds[number % kinds.length]!;
  const name = `${NAMES[kind]}-${String(number + 1).padStart(4, '0')}`;
  const server = kind === 'terminalServer';
  return {
    name,
    fqdn: `${name}.contoso.example`,
    kind,
    zone: zones[number % zones.length]!,
    people: peopleOf(options, number, kind),
    logonVersion: random.chance(0.8) ? 2 : random.chance(0.7) ? 1 : 0,
    sleep: server ? 'none' : random.pick(['none', 's3', 's3', 'hibernate', 'modern']),
    noticesHardwareClock: random.chance(0.5),
    virtual: server || random.chance(0.1),
    remoteWork: kind === 'workstation' && random.chance(0.4),
    screensaverLocks: random.pick(['never', 'dismissed', 'dismissed', 'grace']),
  };
}

/** Workstations have one to three people of their own; servers borrow those of the workstations. */
function peopleOf(options: FleetOptions, number: number, kind: ComputerKind): Person[] {
  const random = createRandom(seedOf(options.seed, 'people', number));
  const own = (count: number): Person[] =>
    Array.from({ length: count }, (_, index) => personOf(options.seed, 3 * number + index));
  if (kind === 'workstation') return own(random.pick([1, 1, 1, 2, 3]));
  if (kind === 'reception') return own(random.int(2, 3));
  const pool = Math.max(3 * options.computers, options.peoplePerServer ?? 25);
  const numbers = new Set<number>();
  while (numbers.size < (options.peoplePerServer ?? 25)) numbers.add(random.int(0, pool - 1));
  return [...numbers].map((each) => personOf(options.seed, each));
}
