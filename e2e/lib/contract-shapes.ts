/** The published shapes of sessions and events, written down a second time by hand: a change of either must be a decision. */

/** Answers null if the value is as promised, else what was expected. */
export type Check = (value: unknown) => string | null;
/** Keys in their order, each with what stands there. */
export type Shape = readonly (readonly [key: string, check: Check])[];

const check =
  (expected: string, fits: (value: unknown) => boolean): Check =>
  (value) =>
    fits(value) ? null : expected;
const matching = (what: string, pattern: RegExp): Check =>
  check(what, (value) => typeof value === 'string' && pattern.test(value));

export const orNull =
  (inner: Check): Check =>
  (value) =>
    value === null ? null : inner(value);
export const listOf =
  (inner: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'a list';
    const wrong = value.map(inner).find((reason) => reason !== null);
    return wrong === undefined ? null : `a list, each ${wrong}`;
  };
const oneOf = (...words: readonly string[]): Check =>
  check(`one of ${words}`, (value) => words.includes(value as string));

const text = check('a text that is not empty', (value) => typeof value === 'string' && value !== '');
const time = matching('an instant like 2025-03-03T09:00:00.000Z', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const whole = check('a whole number', (value) => Number.isSafeInteger(value) && (value as number) >= 0);
const seconds = check(
  'seconds, to the millisecond, not negative',
  (value) => typeof value === 'number' && value >= 0 && Number.isInteger(Math.round(value * 1e6) / 1e3),
);
const flag = check('true or false', (value) => typeof value === 'boolean');
const hex = matching('lower-case hex without leading zeros', /^0x[1-9a-f][0-9a-f]*$/);
const status = matching('a code like 0xc000006d', /^0x[0-9a-f]+$/);
const sid = matching('a SID', /^S-1-\d+(-\d+)*$/);
const evidence = matching('a channel and record, or a file and line', /^.+:\d+$/);
const signal = matching('a signal', /^[a-z]+([A-Z][a-z]+)*$/);
const port = check(
  'a port',
  (value) => Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536,
);
const upper = check(
  'a name in capitals without a domain',
  (value) => typeof value === 'string' && value !== '' && value === value.toUpperCase(),
);

const REASONS = ['locked', 'disconnected', 'screensaver', 'asleep', 'loggingOff', 'paused'] as const;

/** Expects exactly these keys in exactly this order. */
export const shaped =
  (shape: Shape): Check =>
  (value) => {
    if (value === null || typeof value !== 'object') return 'an object';
    const keys = Object.keys(value);
    const wanted = shape.map(([key]) => key);
    if (keys.join() !== wanted.join()) return `the keys ${wanted}, not ${keys}`;
    for (const [key, inner] of shape) {
      const reason = inner((value as Record<string, unknown>)[key]);
      if (reason !== null)
        return `${key}: ${reason}, not ${JSON.stringify((value as Record<string, unknown>)[key])}`;
    }
    return null;
  };

/** Section 9 of the rules. */
export const SESSION = shaped([
  ['id', matching('a hash', /^[0-9a-f]{16}$/)],
  ['computer', upper],
  ['user', text],
  ['domain', orNull(text)],
  ['sid', orNull(sid)],
  ['logonIds', listOf(hex)],
  ['terminalSessionId', orNull(whole)],
  ['logonType', orNull(whole)],
  ['kind', oneOf('console', 'remote', 'secondary', 'network', 'service', 'system', 'unknown')],
  ['start', time],
  ['startBy', oneOf('logon', 'first-seen')],
  ['end', orNull(time)],
  ['endBy', oneOf('logoff', 'logoff-begin', 'shutdown', 'crash', 'superseded', 'open')],
  ['endEarliest', orNull(time)],
  ['endLatest', orNull(time)],
  ['asOf', time],
  ['durationSeconds', seconds],
  ['useSeconds', seconds],
  ['useSecondsMin', seconds],
  ['useSecondsMax', seconds],
  ['awaySeconds', shaped([['total', seconds], ...REASONS.map((reason) => [reason, seconds] as const)])],
  [
    'away',
    listOf(
      shaped([
        ['reason', oneOf(...REASONS)],
        ['from', time],
        ['to', time],
        ['evidence', listOf(orNull(evidence))],
      ]),
    ),
  ],
  ['elevated', flag],
  ['sourceAddress', orNull(text)],
  ['clientName', orNull(text)],
  ['coverage', shaped([['lockData', flag]])],
  ['findings', listOf(matching('a code of a finding', /^[a-z]+(-[a-z]+)*$/))],
  ['events', whole],
]);

const place = (value: unknown): string | null => {
  const byRecord = shaped([
    ['file', text],
    ['record', whole],
  ])(value);
  return byRecord === null
    ? null
    : shaped([
        ['file', text],
        ['line', whole],
      ])(value);
};

/** Section 10 of the rules. */
export const EVENT = shaped([
  ['time', time],
  ['computer', upper],
  ['computerFqdn', orNull(text)],
  ['channel', orNull(text)],
  ['provider', orNull(text)],
  ['eventId', orNull(whole)],
  ['recordId', orNull(whole)],
  ['signal', signal],
  ['user', orNull(text)],
  ['domain', orNull(text)],
  ['sid', orNull(sid)],
  ['logonId', orNull(hex)],
  ['linkedLogonId', orNull(hex)],
  ['logonType', orNull(whole)],
  ['terminalSessionId', orNull(whole)],
  ['sessionName', orNull(text)],
  ['sourceAddress', orNull(text)],
  ['sourcePort', orNull(port)],
  ['destinationAddress', orNull(text)],
  ['destinationPort', orNull(port)],
  ['clientName', orNull(text)],
  ['workstation', orNull(text)],
  ['elevated', orNull(flag)],
  ['status', orNull(status)],
  ['subStatus', orNull(status)],
  ['failureReason', orNull(text)],
  ['logonProcess', orNull(text)],
  ['authPackage', orNull(text)],
  ['source', place],
]);

/** Keys of `--schema car`, in their order. */
export const CAR_KEYS = [
  ...['object', 'action', 'dest_ip', 'dest_port', 'hostname', 'login_id', 'login_successful', 'login_type'],
  ...['src_ip', 'src_port', 'uid', 'user'],
];
