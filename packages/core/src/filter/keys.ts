/** Every key of the filter language: what may follow its colon, and what that asks. The only list of keys. */
import { END_EVIDENCE, FINDING_CODES, type SessionKind, SIGNALS } from '../model.ts';
import {
  CERTAINTIES,
  type FilterKey,
  type FilterOperator,
  type FilterSubject,
  type Measure,
  type Predicate,
} from './chip.ts';
import { compares, lengthPredicate } from './lengths.ts';

export interface FilterKeyDefinition {
  readonly key: FilterKey;
  /** Other words for the same key. */
  readonly aliases: readonly string[];
  /** Of what it can be asked; elsewhere the chip has no say. */
  readonly of: readonly FilterSubject[];
  /** What may stand there, to end the sentence "expected …". */
  readonly expects: string;
  /** Null if the value is none of those. */
  read(op: FilterOperator, value: string): Predicate | null;
}

type Reader = (value: string) => Predicate | null;

const BOTH = ['session', 'event'] as const;
const SESSIONS = ['session'] as const;

/** For keys that can only be equal to something. */
const equal = (read: Reader) => (op: FilterOperator, value: string) =>
  op === '=' && value.trim() !== '' ? read(value) : null;

const pattern = (is: 'word' | 'account' | 'computer' | 'site' | 'address') =>
  equal((value) => ({ is, pattern: value }));

/** One word of a list, in any letter case. */
function oneOf<const T extends string>(words: readonly T[], make: (word: T) => Predicate) {
  return equal((value) => {
    const word = words.find((known) => known.toLowerCase() === value.toLowerCase());
    return word === undefined ? null : make(word);
  });
}

const length = (of: Measure) => (op: FilterOperator, value: string) => lengthPredicate(of, op, value);

const kind = (kinds: readonly SessionKind[], logonTypes: readonly number[]) => ({ kinds, logonTypes });
/** Words for logons: what the session is called, and which numbers Windows writes for it. */
const TYPE_WORDS: Readonly<Record<string, ReturnType<typeof kind>>> = {
  console: kind(['console'], [2, 11]),
  interactive: kind(['console'], [2, 11]),
  rdp: kind(['remote'], [10, 12]),
  remote: kind(['remote'], [10, 12]),
  network: kind(['network'], [3, 8]),
  batch: kind([], [4]),
  service: kind(['service'], [4, 5]),
  unlock: kind([], [7, 13]),
  secondary: kind(['secondary'], [9]),
  system: kind(['system'], [0]),
  unknown: kind(['unknown'], []),
};

const STATES: Readonly<Record<string, Measure>> = {
  active: 'use',
  locked: 'locked',
  idle: 'screensaver',
  screensaver: 'screensaver',
  disconnected: 'disconnected',
  asleep: 'asleep',
  paused: 'paused',
  loggingoff: 'loggingOff',
};

function readType(value: string): Predicate | null {
  if (/^\d{1,3}$/.test(value)) return { is: 'type', ...kind([], [Number(value)]) };
  const word = own(TYPE_WORDS, value.toLowerCase());
  return word === undefined ? null : { is: 'type', ...word };
}

function readEvent(value: string): Predicate | null {
  if (/^\d{1,9}$/.test(value)) return { is: 'eventId', id: Number(value) };
  const signal = SIGNALS.find((known) => known.toLowerCase() === value.toLowerCase());
  return signal === undefined ? null : { is: 'signal', signal };
}

/** `locked` for any moment of it, `locked>30m` for how much of it there was. */
function readState(value: string): Predicate | null {
  const parts = /^([a-z]+)(?:(>=|<=|>|<)(.+))?$/i.exec(value);
  const of = own(STATES, parts?.[1]?.toLowerCase() ?? '');
  if (parts === null || of === undefined) return null;
  if (parts[2] === undefined) return { is: 'length', of, op: '>', ms: 0, upToMs: null };
  return lengthPredicate(of, parts[2] as FilterOperator, parts[3]!);
}

function readCertainty(op: FilterOperator, value: string): Predicate | null {
  const wanted = CERTAINTIES.indexOf(value.toLowerCase() as (typeof CERTAINTIES)[number]);
  if (wanted < 0) return null;
  const among = CERTAINTIES.filter((_, rank) => compares(rank, op, wanted));
  return { is: 'certainty', among };
}

/** Words from outside must not find what every object has, such as `constructor`. */
function own<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

const LENGTH = 'a comparison with a length of time such as >8h, <=90m or 8h..12h';

// biome-ignore format: a table reads better in rows
export const FILTER_KEYS: readonly FilterKeyDefinition[] = [
  { key: 'text', aliases: [], of: BOTH, expects: 'part of a user or computer name', read: pattern('word') },
  { key: 'user', aliases: ['account'], of: BOTH, expects: 'an account such as ana*, CORP\\ana or a SID', read: pattern('account') },
  { key: 'host', aliases: ['computer', 'pc'], of: BOTH, expects: 'a computer such as PC-0*', read: pattern('computer') },
  { key: 'site', aliases: [], of: BOTH, expects: 'the name of a site', read: pattern('site') },
  { key: 'ip', aliases: ['address'], of: BOTH, expects: 'an address such as 10.1.0.7, 10.1.0.0/16 or 10.1.*', read: pattern('address') },
  { key: 'type', aliases: ['kind'], of: BOTH, expects: `${Object.keys(TYPE_WORDS).join(', ')} or the number of a logon type`, read: equal(readType) },
  { key: 'event', aliases: ['signal'], of: ['event'], expects: `an event ID or one of ${SIGNALS.join(', ')}`, read: equal(readEvent) },
  { key: 'state', aliases: [], of: SESSIONS, expects: `one of ${Object.keys(STATES).join(', ')}, alone or with a length such as locked>30m`, read: equal(readState) },
  { key: 'dur', aliases: ['duration', 'span'], of: SESSIONS, expects: LENGTH, read: length('duration') },
  { key: 'use', aliases: [], of: SESSIONS, expects: LENGTH, read: length('use') },
  { key: 'away', aliases: [], of: SESSIONS, expects: LENGTH, read: length('away') },
  { key: 'cert', aliases: ['certainty'], of: SESSIONS, expects: `one of ${CERTAINTIES.join(', ')}, alone or compared such as <exact`, read: readCertainty },
  { key: 'start', aliases: [], of: SESSIONS, expects: 'logon or first-seen', read: oneOf(['logon', 'first-seen'], (word) => ({ is: 'firstSeen', yes: word === 'first-seen' })) },
  { key: 'end', aliases: [], of: SESSIONS, expects: `one of ${END_EVIDENCE.join(', ')}`, read: oneOf(END_EVIDENCE, (by) => ({ is: 'end', by })) },
  { key: 'finding', aliases: [], of: SESSIONS, expects: `one of ${FINDING_CODES.join(', ')}`, read: oneOf(FINDING_CODES, (code) => ({ is: 'finding', code })) },
  { key: 'elevated', aliases: ['admin'], of: BOTH, expects: 'yes or no', read: oneOf(['yes', 'no'], (word) => ({ is: 'elevated', yes: word === 'yes' })) },
  { key: 'hours', aliases: [], of: BOTH, expects: 'outside or inside (working hours)', read: oneOf(['outside', 'inside'], (word) => ({ is: 'outOfHours', yes: word === 'outside' })) },
];

const BY_WORD: ReadonlyMap<string, FilterKeyDefinition> = new Map(
  FILTER_KEYS.flatMap((one) => [one.key, ...one.aliases].map((word) => [word, one] as const)),
);

/** The key of that name or alias in any letter case; free words have no name. */
export function findFilterKey(word: string): FilterKeyDefinition | undefined {
  const name = word.toLowerCase();
  return name === 'text' ? undefined : BY_WORD.get(name);
}

/** The definition behind a chip's key. */
export function filterKey(key: FilterKey): FilterKeyDefinition {
  return BY_WORD.get(key)!;
}
