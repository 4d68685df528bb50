/** The people of a fleet: names, accounts, shifts and habits, each the same for the same seed. */
import type { Random } from '../random.ts';
import { createRandom, seedOf } from '../random.ts';

export interface Shift {
  readonly name: 'day' | 'early' | 'late' | 'night';
  /** Local time of arrival and length of the working day. */
  readonly startMinutes: number;
  readonly lengthMinutes: number;
}

export interface Person {
  readonly name: string;
  readonly domain: string;
  readonly sid: string;
  /** Has a split token: every logon makes two. */
  readonly administrator: boolean;
  readonly shift: Shift;
  /** Has a screen saver turned on. */
  readonly screensaver: boolean;
}

export const DOMAIN = 'CONTOSO';
export const DOMAIN_SID = 'S-1-5-21-1004336348-1177238915-682003330';

// biome-ignore format: a table
const SHIFTS: readonly (Shift & { weight: number })[] = [
  { name: 'day',   startMinutes: 9 * 60,  lengthMinutes: 510, weight: 60 },
  { name: 'early', startMinutes: 6 * 60,  lengthMinutes: 480, weight: 20 },
  { name: 'late',  startMinutes: 14 * 60, lengthMinutes: 480, weight: 13 },
  { name: 'night', startMinutes: 22 * 60, lengthMinutes: 480, weight: 7 },
];

/** Names that spreadsheets, encodings and case rules stumble over are among them on purpose. */
const GIVEN_NAMES = [
  ...[
    'anna',
    'bob',
    'carla',
    'dmitri',
    'erin',
    'françois',
    'grace',
    'hans',
    'ines',
    'jürgen',
    'kofi',
    'liu',
    'maria',
  ],
  ...[
    "o'neil",
    'pavel',
    'quentin',
    'rosa',
    'søren',
    'tomás',
    'uma',
    'viktor',
    'wei',
    'xenia',
    'yusuf',
    'zoë',
    'łukasz',
  ],
];

/** The person of this number in the fleet of this seed. */
export function personOf(seed: number, number: number): Person {
  const random = createRandom(seedOf(seed, 'person', number));
  const given = GIVEN_NAMES[number % GIVEN_NAMES.length]!;
  const round = Math.floor(number / GIVEN_NAMES.length);
  return {
    name: round === 0 ? given : `${given}${round + 1}`,
    domain: DOMAIN,
    sid: `${DOMAIN_SID}-${1100 + number}`,
    administrator: random.chance(0.2),
    shift: pickShift(random),
    screensaver: random.chance(0.6),
  };
}

function pickShift(random: Random): Shift {
  let left = random.next() * SHIFTS.reduce((sum, { weight }) => sum + weight, 0);
  return SHIFTS.find(({ weight }) => (left -= weight) < 0) ?? SHIFTS[0]!;
}

/** Whether a person comes to work on a day (days since 1970): weekends, single days off and whole weeks off. */
export function worksOn(person: Person, day: number, random: Random): boolean {
  const monday = Math.floor((day + 3) / 7);
  const onHoliday = createRandom(seedOf(person.sid, monday)).chance(0.06);
  if (onHoliday) return false;
  const weekend = (day + 3) % 7 >= 5;
  return random.chance(weekend ? 0.05 : 0.95);
}
