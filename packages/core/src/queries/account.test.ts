/** One account, however a log writes it and however a person types it. */
import { describe, expect, test } from 'vitest';
import { accountBook, accountKey, matchesAccount, parseAccount } from './account.ts';

const SID = 'S-1-5-21-1-2-3-1104';
const account = (user: string | null, domain: string | null = null, sid: string | null = null) => ({
  user,
  domain,
  sid,
});

test.each([
  [account('Alice', 'CORP', SID), SID],
  [account('Alice', 'CORP'), 'corp\\alice'],
  [account('ALICE'), 'alice'],
  [account('ghost', 'CORP', 'S-1-0-0'), 'corp\\ghost'],
  [account(null), ''],
])('the key of %o is %s', (traits, key) => {
  expect(accountKey(traits)).toBe(key);
});

describe('what a person types', () => {
  const alice = { ...account('Alice', 'CORP', SID), computer: 'PC1' };
  test.each([
    'alice',
    ' ALICE ',
    'CORP\\alice',
    'corp.example\\Alice',
    'alice@corp',
    'alice@CORP.example',
    SID,
    SID.toLowerCase(),
  ])('%s is CORP\\Alice', (typed) => {
    expect(matchesAccount(alice, parseAccount(typed))).toBe(true);
  });
  test.each(['alic', 'OTHER\\alice', 'alice@other.example', '.\\alice', `${SID}0`, ''])(
    '%s is not',
    (typed) => {
      expect(matchesAccount(alice, parseAccount(typed))).toBe(false);
    },
  );
  test('two dotted domains must be equal', () => {
    const query = parseAccount('alice@corp.other');
    expect(matchesAccount(account('alice', 'corp.example'), query)).toBe(false);
  });
  test('a dot names an account of the computer itself', () => {
    expect(matchesAccount({ ...account('alice', 'pc1'), computer: 'PC1' }, parseAccount('.\\alice'))).toBe(
      true,
    );
  });
});

describe('the book of accounts', () => {
  test('a source without SIDs joins the SID that its name has elsewhere', () => {
    const book = accountBook([account('alice', 'CORP'), account('Alice', 'Corp', SID), account('bob')]);
    expect(book.keyOf(account('ALICE', 'CORP'))).toBe(SID);
    expect(book.keyOf(account('bob'))).toBe('bob');
  });
  test('a name that two SIDs had (an account made anew) is left as it is', () => {
    const book = accountBook([
      account('alice', 'CORP', SID),
      account('alice', 'CORP', `${SID}5`),
      account('alice', 'CORP'),
    ]);
    expect(book.keyOf(account('alice', 'CORP'))).toBe('corp\\alice');
  });
  test('the name shown does not depend on the order', () => {
    const written = [
      account('alice', null, SID),
      account('Alice', 'CORP', SID),
      account('alice', 'CORP', SID),
    ];
    expect(accountBook(written).nameOf(SID)).toBe('CORP\\Alice');
    expect(accountBook(written.reverse()).nameOf(SID)).toBe('CORP\\Alice');
    expect(accountBook([account(null, null, SID)]).nameOf(SID)).toBe(SID);
  });
});
