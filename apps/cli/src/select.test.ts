/** Which accounts and computers a name stands for. */
import { expect, test } from 'vitest';
import { accountMatcher, computerMatcher } from './select.ts';

const alice = { user: 'Alice', domain: 'CORP', sid: 'S-1-5-21-1-2-3-1104' };

test.each([
  ['alice', true],
  ['CORP\\alice', true],
  ['corp\\ALICE', true],
  ['alice@corp.example', true],
  ['s-1-5-21-1-2-3-1104', true],
  ['al*', true],
  ['corp\\*', true],
  ['S-1-5-21-1-2-3-*', true],
  ['*', true],
  ['bob', false],
  ['OTHER\\alice', false],
  ['a', false],
  ['al.ce', false],
  ['S-1-5-21-1-2-3-1', false],
])('--user %s', (name, fits) => expect(accountMatcher([name])(alice)).toBe(fits));

test('several names mean any of them; none means everybody', () => {
  expect(accountMatcher(['bob', 'alice'])(alice)).toBe(true);
  expect(accountMatcher([])(alice)).toBe(true);
});

test('nobody is found by a name, not even by *', () => {
  expect(accountMatcher(['*'])({ user: null, domain: null, sid: null })).toBe(false);
});

test('computers by short and full name', () => {
  const pc = { computer: 'PC-0012', computerFqdn: 'PC-0012.corp.example' };
  const fits = (name: string) => computerMatcher([name])(pc);
  expect(['pc-0012', 'pc-*', '*.corp.example'].map(fits)).toEqual([true, true, true]);
  expect(['pc-001', '*.other.example'].map(fits)).toEqual([false, false]);
});
