/** Chips and text: what is done to a chip is the same as editing the text, and nothing else moves. */
import { FILTER_KEYS, parseFilter, printFilter } from '@logonscope/core';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  condition,
  filterChoices,
  holdsCondition,
  negated,
  paused,
  replacedChip,
  shownChips,
  toggledCondition,
  withChips,
  withoutChip,
} from './chips.ts';

describe('chips read as people speak', () => {
  it.each([
    ['user:ana*', 'User', 'ana*'],
    ['-user:svc_*', 'User', 'not svc_*'],
    ['dur:>8h', 'Length', 'more than 8h'],
    ['-dur:<=90m', 'Length', 'not at most 90m'],
    ['ana', '', 'ana'],
  ])('%s', (text, label, words) => {
    expect(shownChips(text).chips).toMatchObject([{ label, words, text }]);
  });
});

describe('deeds', () => {
  const TEXT = 'user:ana,bob dur:>8h -host:PC-1';
  it('change one chip and leave the others', () => {
    expect(negated(TEXT, 1)).toBe('user:ana -user:bob dur:>8h -host:PC-1');
    expect(negated(TEXT, 3)).toBe('user:ana,bob dur:>8h host:PC-1');
    expect(paused(TEXT, 2)).toBe('user:ana,bob ~dur:>8h -host:PC-1');
    expect(withoutChip(TEXT, 0)).toBe('user:bob dur:>8h -host:PC-1');
    expect(replacedChip(TEXT, 2, 'dur:>9h use:>1h')).toBe('user:ana,bob dur:>9h use:>1h -host:PC-1');
  });

  it('add what is new only', () => {
    expect(withChips(TEXT, 'dur:>8h site:Leeds')).toBe(`${TEXT} site:Leeds`);
    expect(withChips('', 'ana')).toBe('ana');
  });

  it('twice are as never', () => {
    for (const deed of [negated, paused]) expect(deed(deed(TEXT, 1), 1)).toBe(TEXT);
    expect(toggledCondition(toggledCondition(TEXT, 'site', 'HQ, north'), 'site', 'HQ, north')).toBe(TEXT);
  });

  it('take away a value in whatever case it was typed', () => {
    expect(toggledCondition('user:ANA dur:>1h', 'user', 'ana')).toBe('dur:>1h');
    expect(holdsCondition('~user:ana', 'user', 'ana')).toBe(false);
  });
});

test('a condition for any name finds that name and is one chip', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (name) => {
      fc.pre(name.trim() !== '');
      const { filter, problems } = parseFilter(condition('user', name));
      expect(problems).toEqual([]);
      expect(filter.chips).toEqual([{ key: 'user', op: '=', value: name, negated: false, paused: false }]);
    }),
  );
});

test('whatever is typed, its chips print to what reads as the same chips', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (typed) => {
      const { chips } = shownChips(typed);
      const again = shownChips(printFilter({ chips: chips.map(({ chip }) => chip) }));
      expect(again.chips).toEqual(chips);
    }),
  );
});

test('every key of the language has a word and an example that is understood', () => {
  const offered = new Set([...filterChoices('session'), ...filterChoices('event')].map(({ key }) => key));
  expect([...offered].sort()).toEqual(
    FILTER_KEYS.map(({ key }) => key)
      .filter((key) => key !== 'text')
      .sort(),
  );
  for (const { key, example } of [...filterChoices('session'), ...filterChoices('event')]) {
    const { filter, problems } = parseFilter(example);
    expect(problems, example).toEqual([]);
    expect(filter.chips[0]!.key, example).toBe(key);
  }
});
