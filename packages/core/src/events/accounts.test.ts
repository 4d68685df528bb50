/** Accounts of people and of the computer, by SID and, without one, by name. */
import { describe, expect, test } from 'vitest';
import {
  accountClass,
  isPersonLogonType,
  isSharedLogonId,
  isSystemAccount,
  terminalOfWindowManager,
} from './accounts.ts';
import { ALICE } from './testdata/record.ts';

test.each([
  ['S-1-5-18', 'СИСТЕМА', null, 'system'],
  ['S-1-5-19', 'LOKALER DIENST', 'NT-AUTORITÄT', 'system'],
  ['S-1-5-20', null, null, 'system'],
  ['S-1-5-7', 'ANONYMOUS LOGON', 'NT AUTHORITY', 'system'],
  ['S-1-5-90-0-2', 'DWM-2', 'Window Manager', 'windowManager'],
  ['S-1-5-96-0-1', 'UMFD-1', 'Font Driver Host', 'windowManager'],
  [ALICE, 'PC-0012$', 'CORP', 'machine'],
  [ALICE, 'alice', 'CORP', 'person'],
  [ALICE, 'SYSTEM', 'CORP', 'person'],
  [ALICE, 'DWM-1', 'CORP', 'person'],
  ['S-1-5-21-18-19-20-500', null, null, 'person'],
  ['S-1-12-1-1-2-3-4', 'alice@corp.example', 'AzureAD', 'person'],
  ['S-1-0-0', 'PC-0012$', 'CORP', 'machine'],
  ['S-1-0-0', 'alice', 'CORP', 'person'],
  [null, 'system', 'NT AUTHORITY', 'system'],
  [null, 'LOCAL SERVICE', null, 'system'],
  [null, 'Netzwerkdienst', 'NT AUTHORITY', 'system'],
  [null, 'umfd-0', null, 'windowManager'],
  [null, 'x', 'Window Manager', 'windowManager'],
  [null, 'PC-0012$', null, 'machine'],
  [null, 'alice', null, 'person'],
  [null, null, null, 'nobody'],
  ['CORP\\alice', 'alice', null, 'person'],
] as const)('%s %s of %s is %s', (sid, user, domain, account) =>
  expect(accountClass(sid, user, domain)).toBe(account),
);

test('nobody is not hidden, the computer is', () => {
  expect((['person', 'nobody', 'system', 'machine', 'windowManager'] as const).map(isSystemAccount)).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});

describe('what draws a terminal session tells its number', () => {
  test.each([
    ['S-1-5-90-0-3', null, 3],
    ['S-1-5-96-0-12', 'UMFD-12', 12],
    [null, 'DWM-2', 2],
    [ALICE, 'alice', null],
    [null, null, null],
  ])('%s %s', (sid, user, terminal) => expect(terminalOfWindowManager(sid, user)).toBe(terminal));
});

test('logon types of people', () => {
  const types = [0, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 42, null];
  expect(types.filter(isPersonLogonType)).toEqual([2, 7, 10, 11, 12, 13, 42, null]);
});

test('IDs that every boot gives out again', () => {
  const ids = ['0x3e7', '0x3e6', '0x3e5', '0x3e4', '0x3e3', '0x9deb4d'];
  expect(ids.map(isSharedLogonId)).toEqual([true, true, true, true, true, false]);
});
