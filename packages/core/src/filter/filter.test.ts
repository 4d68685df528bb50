/** The filter language: what is typed becomes chips, chips become text again, and chips find what they say. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { LogonSession } from '../model.ts';
import { session } from '../queries/testdata/build.ts';
import type { FilterChip } from './chip.ts';
import { conditionOf } from './condition.ts';
import { FILTER_KEYS } from './keys.ts';
import { certaintyOf, matches } from './matches.ts';
import { parseFilter } from './parse.ts';
import { wildcard } from './pattern.ts';
import { printFilter } from './print.ts';

const chips = (text: string) => parseFilter(text).filter.chips;
const brief = ({ key, op, value, negated, paused }: FilterChip) =>
  `${paused ? '~' : ''}${negated ? '-' : ''}${key} ${op} ${value}`;

describe('text to chips', () => {
  it.each([
    ['user:ana*', ['user = ana*']],
    ['site:"Head office, 2"', ['site = Head office, 2']],
    ['state:locked>30m dur:>12h cert:<exact', ['state = locked>30m', 'dur > 12h', 'cert < exact']],
    ['-user:svc_*', ['-user = svc_*']],
    ['~-user:svc_*', ['~-user = svc_*']],
    ['user:ana,"bob k",CORP\\eve', ['user = ana', 'user = bob k', 'user = CORP\\eve']],
    ['ana PC-0', ['text = ana', 'text = PC-0']],
    ['-"user:x"', ['-text = user:x']],
    ['HOST:pc1', ['host = pc1']],
    ['computer:pc1 kind:rdp', ['host = pc1', 'type = rdp']],
    ['dur:8h..12h', ['dur = 8h..12h']],
    ['user:"say ""hi"""', ['user = say "hi"']],
    ['fe80::1', ['text = fe80::1']],
    ['', []],
    ['   ', []],
  ])('%s', (text, expected) => {
    expect(parseFilter(text).problems).toEqual([]);
    expect(chips(text).map(brief)).toEqual(expected);
  });
});

describe('what is not understood is told with its place, and all else still counts', () => {
  it.each([
    ['user:ana colour:red', 'colour:red', /"colour" is no key/],
    ['dur:12h user:ana', '12h', /expected a comparison with a length/],
    ['user:ana dur:>soon', '>soon', /">soon" was given/],
    ['user:ana host:', '', /host: nothing was given/],
    ['user:ana event:9x', '9x', /an event ID or one of/],
    ['user:ana type:constructor', 'constructor', /console, interactive/],
    ['user:ana user:>b', '>b', /expected an account/],
    ['user:ana cert:>soon', '>soon', /expected one of open/],
    ['user:ana site:"Head', '"Head', /is not closed/],
  ])('%s', (text, place, message) => {
    const { filter, problems } = parseFilter(text);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(text.slice(problem!.from, problem!.to)).toBe(place);
    expect(problem!.message).toMatch(message);
    expect(filter.chips.map(brief)).toContain('user = ana');
  });

  it('keeps to its limits', () => {
    const { filter, problems } = parseFilter('a '.repeat(5_000));
    expect(filter.chips).toHaveLength(100);
    expect(problems.some(({ message }) => message.includes('4000 characters'))).toBe(true);
  });
});

const VALUES_OF: Readonly<Record<string, fc.Arbitrary<string>>> = {
  type: fc.constantFrom('rdp', '10', 'CONSOLE', 'network'),
  event: fc.constantFrom('1', 'lock', 'logonFailed'),
  state: fc.constantFrom('locked', 'idle>30m', 'active<=1h30m'),
  cert: fc.constantFrom('exact', 'open'),
  start: fc.constantFrom('logon', 'first-seen'),
  end: fc.constantFrom('crash', 'open'),
  finding: fc.constantFrom('log-gap', 'token-leak'),
  elevated: fc.constantFrom('yes', 'no'),
  hours: fc.constantFrom('outside', 'inside'),
};
const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((t) => t.trim() !== '');
const lengths = fc.constantFrom('12h', '90s', '1h30m', '2d');

const chipArbitrary: fc.Arbitrary<FilterChip> = fc.constantFrom(...FILTER_KEYS).chain(({ key }) =>
  fc.record({
    key: fc.constant(key),
    op: ['dur', 'use', 'away'].includes(key)
      ? fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const)
      : key === 'cert'
        ? fc.constantFrom('=' as const, '<' as const, '>=' as const)
        : fc.constant('=' as const),
    value: ['dur', 'use', 'away'].includes(key) ? lengths : (VALUES_OF[key] ?? anyText),
    negated: fc.boolean(),
    paused: fc.boolean(),
  }),
);

describe('laws', () => {
  test('printed chips read back as the same chips', () => {
    fc.assert(
      fc.property(fc.array(chipArbitrary, { maxLength: 8 }), (list) => {
        const { filter, problems } = parseFilter(printFilter({ chips: list }));
        expect(problems).toEqual([]);
        expect(filter.chips).toEqual(list);
      }),
      { numRuns: 2_000 },
    );
  });

  test('any text is read without an exception, and what was read prints and reads the same', () => {
    const piece = fc.oneof(
      anyText,
      fc.constantFrom('user:', '-', '~', '"', ',', ' ', 'dur:>', ':', '""', '>='),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { filter } = parseFilter(pieces.join(''));
        expect(parseFilter(printFilter(filter)).filter).toEqual(filter);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a wildcard means what the same regular expression means', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (pattern, star) => {
        const text = star.replaceAll('*', 'c');
        expect(wildcard(pattern)(text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('a hostile pattern costs no more than a harmless one', () => {
    const spent = performance.now();
    expect(wildcard('a*'.repeat(500))(`${'a'.repeat(5_000)}b`)).toBe(true);
    expect(wildcard(`${'a*'.repeat(500)}c`)(`${'a'.repeat(5_000)}b`)).toBe(false);
    expect(performance.now() - spent).toBeLessThan(1_000);
  });
});

describe('what a filter finds among sessions', () => {
  const nineToFive: LogonSession = {
    ...session({ start: '09:00', end: '17:00' }),
    computer: 'PC-01',
    computerFqdn: 'PC-01.corp.example',
    user: 'Ana',
    domain: 'CORP',
    sid: 'S-1-5-21-1-2-3-1013',
    kind: 'remote',
    logonType: 10,
    sourceAddress: '10.1.4.7',
    elevated: true,
    endBy: 'shutdown',
    findings: ['log-gap'],
    durationMs: 28_800_000,
    useMs: 25_200_000,
  };
  const context = {
    siteOf: (computer: string) => (computer === 'PC-01' ? 'Head office' : null),
    workFromHour: 7,
    workToHour: 19,
    workDays: [1, 2, 3, 4, 5, 6, 7],
  };

  it.each([
    'user:ana',
    'user:CORP\\an*',
    'user:S-1-5-21-*',
    'user:bob,ana',
    'user:bob user:ana',
    'host:pc-0*',
    'host:*.example',
    'site:head*',
    'ip:10.1.0.0/16',
    'ip:10.1.*',
    'type:rdp',
    'type:10',
    'dur:>=8h',
    'dur:7h..8h',
    'use:<8h',
    'cert:<exact',
    'cert:inferred',
    'end:shutdown',
    'finding:log-gap',
    'elevated:yes',
    'hours:inside',
    'an 01',
    '-user:bob',
    '~user:bob',
    '',
    'event:lock',
  ])('%s finds it', (text) => {
    expect(parseFilter(text).problems).toEqual([]);
    expect(matches(nineToFive, parseFilter(text).filter, context)).toBe(true);
  });

  it.each([
    'user:an',
    '-user:ana',
    'user:ana -host:pc-0*',
    'host:pc-0',
    'site:branch',
    'ip:10.2.0.0/16',
    'type:console',
    'type:2',
    'dur:>8h',
    'cert:exact',
    'end:logoff',
    'elevated:no',
    'hours:outside',
    'start:first-seen',
    'ana bob',
    'state:paused',
  ])('%s does not', (text) => {
    expect(parseFilter(text).problems).toEqual([]);
    expect(matches(nineToFive, parseFilter(text).filter, context)).toBe(false);
  });

  it('says which chips have no say', () => {
    const { filter } = parseFilter('event:lock dur:>1h user:ana');
    expect(conditionOf(filter, 'session').ignored.map(({ key }) => key)).toEqual(['event']);
    expect(conditionOf(filter, 'event').ignored.map(({ key }) => key)).toEqual(['dur']);
  });

  it.each([
    ['logon', 'logoff', 'exact'],
    ['logon', 'logoff-begin', 'exact'],
    ['first-seen', 'logoff', 'inferred'],
    ['logon', 'shutdown', 'inferred'],
    ['logon', 'crash', 'bounded'],
    ['first-seen', 'superseded', 'bounded'],
    ['first-seen', 'open', 'open'],
  ] as const)('%s to %s is %s', (startBy, endBy, certainty) => {
    expect(certaintyOf({ startBy, endBy })).toBe(certainty);
  });
});
