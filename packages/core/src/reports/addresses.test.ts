/** Lists of expected addresses: single ones and blocks. */
import { expect, test } from 'vitest';
import { addressPattern } from './addresses.ts';
import { allowed } from './selection.ts';

test.each([
  ['10.1.0.7', '10.1.0.7', true],
  ['10.1.0.7', '10.1.0.70', false],
  ['10.1.0.0/16', '10.1.255.9', true],
  ['10.1.0.0/16', '10.2.0.1', false],
  ['192.168.1.77/24', '192.168.1.2', true],
  ['0.0.0.0/0', '203.0.113.9', true],
  ['0.0.0.0/0', 'fe80::1', false],
  ['FE80::1', 'fe80::1', true],
  ['10.1.0.0/33', '10.1.0.1', false],
  ['300.1.0.0/8', '300.1.0.1', false],
  ['', '', false],
])('%s and %s: %s', (pattern, address, expected) => {
  expect(addressPattern(pattern)(address)).toBe(expected);
});

test('a list may name accounts and addresses', () => {
  const expected = allowed(['CORP\\admin', '10.0.0.0/8']);
  const one = { user: 'bob', domain: 'CORP', sid: null };
  expect(expected({ ...one, user: 'Admin' })).toBe(true);
  expect(expected({ ...one, sourceAddress: '10.9.9.9' })).toBe(true);
  expect(expected({ ...one, sourceAddress: '11.9.9.9' })).toBe(false);
  expect(expected(one)).toBe(false);
});
