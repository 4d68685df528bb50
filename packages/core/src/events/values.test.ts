/** Windows' spellings of single values. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addressOrNull,
  computerNames,
  flagOrNull,
  integerOrNull,
  logonKey,
  normalizeLogonId,
  normalizeStatus,
  portOrNull,
  splitAccount,
  workstationOrNull,
} from './values.ts';

describe('a logon ID', () => {
  test.each([
    ['0x00000000009deb4d', '0x9deb4d'],
    ['0x9DEB4D', '0x9deb4d'],
    ['0X9DEB4D', '0x9deb4d'],
    ['1008115', '0xf61f3'],
    ['18446744073709551615', '0xffffffffffffffff'],
    [' 0x3e7 ', '0x3e7'],
    ['0x0', null],
    ['0x0000000000000000', null],
    ['0', null],
    ['18446744073709551616', null],
    ['0x10000000000000000', null],
    ['-', null],
    ['', null],
    ['N/A', null],
    ['nan', null],
    [null, null],
  ])('%s is %s', (written, id) => expect(normalizeLogonId(written)).toBe(id));

  test('is the same from hex and from decimal text, and stays what it is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 0xffff_ffff_ffff_ffffn }), fc.nat(8), (value, zeros) => {
        const hex = value.toString(16);
        const id = normalizeLogonId(`0x${'0'.repeat(Math.min(zeros, 16 - hex.length))}${hex.toUpperCase()}`);
        expect(id).toBe(`0x${hex}`);
        expect(normalizeLogonId(value.toString())).toBe(id);
        expect(normalizeLogonId(id)).toBe(id);
      }),
    );
  });

  test('of any text is null or canonical', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(normalizeLogonId(text) ?? '0x1').toMatch(/^0x[1-9a-f][0-9a-f]{0,15}$/);
      }),
    );
  });
});

test('the key of a logon ID is one for all its spellings, and a number where it is small', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }), fc.boolean(), (large, small) => {
      const value = small ? large & 0xffff_ffff_ffffn : large;
      const key = logonKey(`0x${value.toString(16).toUpperCase()}`);
      expect(key).toBe(logonKey(value.toString()));
      if (value === 0n) expect(key).toBeNull();
      else expect(key).toBe(value < 2n ** 48n ? Number(value) : `0x${value.toString(16)}`);
    }),
  );
  expect([null, '', '-', '0x0', '0'].map(logonKey)).toEqual([null, null, null, null, null]);
});

test.each([
  ['-', null],
  ['', null],
  ['LOCAL', null],
  ['local', null],
  ['unknown', null],
  ['::ffff:10.1.0.7', '10.1.0.7'],
  ['::FFFF:10.1.0.7', '10.1.0.7'],
  ['::1', '::1'],
  ['127.0.0.1', '127.0.0.1'],
  ['10.1.0.7', '10.1.0.7'],
  ['fe80::1c2d%4', 'fe80::1c2d%4'],
])('address %s is %s', (written, address) => expect(addressOrNull(written)).toBe(address));

test.each([
  ['0', null],
  ['-', null],
  ['50438', 50438],
  ['65536', null],
])('port %s is %s', (written, port) => expect(portOrNull(written)).toBe(port));

test.each([
  ['0xC000006D', '0xc000006d'],
  ['-1073741715', '0xc000006d'],
  ['3221225581', '0xc000006d'],
  ['0x0', '0x0'],
  ['N/A', 'N/A'],
  ['-', null],
])('status %s is %s', (written, status) => expect(normalizeStatus(written)).toBe(status));

test.each([
  ['7', 7],
  ['10', 10],
  ['0x2', 2],
  ['', null],
  ['1e3', null],
  ['%%1842', null],
])('number %s is %s', (written, value) => expect(integerOrNull(written)).toBe(value));

test.each([
  ['%%1842', true],
  ['%%1843', false],
  ['Yes', true],
  ['-', null],
  ['constructor', null],
])('flag %s is %s', (written, flag) => expect(flagOrNull(written)).toBe(flag));

test('a workstation may be the word NULL', () => {
  expect(workstationOrNull('NULL')).toBeNull();
  expect(workstationOrNull('LAPTOP-7')).toBe('LAPTOP-7');
});

test.each([
  ['CORP\\alice', { domain: 'CORP', user: 'alice' }],
  ['alice', { domain: null, user: 'alice' }],
  ['\\alice', { domain: null, user: 'alice' }],
  ['-', { domain: null, user: null }],
])('account %s', (written, both) => expect(splitAccount(written)).toEqual(both));

test.each([
  ['pc-0012', 'PC-0012', null],
  ['pc-0012.Corp.example', 'PC-0012', 'pc-0012.Corp.example'],
  ['10.1.0.7', '10.1.0.7', null],
  ['.example', '.EXAMPLE', null],
])('computer %s', (written, computer, fqdn) => expect(computerNames(written)).toEqual({ computer, fqdn }));
