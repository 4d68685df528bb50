// The stand-in for SQL Server reads what the store writes, and refuses the rest with the server's own numbers.
import { describe, expect, test } from 'vitest';
import type { Parameter } from '../call.ts';
import { stepsOf } from './batch.ts';

const GIVEN: Parameter[] = [
  { name: '@1', type: 'nvarchar', value: '[]' },
  { name: '@2', type: 'bigint', value: '9007199254740991' },
  { name: '@3', type: 'int', value: null },
];
/** What becomes of a statement: its text behind, or the number of the error. */
function behind(text: string): string | number {
  try {
    const [step] = stepsOf(text, GIVEN);
    return step?.is === 'query' ? step.query.text : (step?.is ?? 'nothing');
  } catch (error) {
    return (error as { number: number }).number;
  }
}

describe('a statement of another dialect is a syntax error', () => {
  test.each([
    'select a from t order by a limit 5',
    'insert into t (a) values (1) on conflict do nothing',
    'insert into t (a) values (1) returning a',
    'select a from t for update',
    'select "a" from t',
    'select `a` from t',
    "select a || 'x' from t",
    'select a::int from t',
    'select a = b from t',
    'select a from t where flag',
    'select a from t where (flag)',
    'select a from t offset 0 rows fetch next 5 rows only',
    'select user from t',
    'merge into t using s on t.a = s.a when matched then delete;',
    'select a from t -- why',
    'select a, from t',
    'truncate table t',
  ])('%s', (text) => expect(behind(text)).toBe(102));
});

describe('what the server would refuse is refused under its number', () => {
  test.each([
    ['select now() from t', 195],
    ['select a from t where b = @9', 137],
    ['set sql_mode on', 195],
    ['exec sp_configure @name = 1', 2812],
    ['create table t ([a] serial not null)', 2715],
    ['create table t ([a] nvarchar(5000) not null)', 131],
    ['create table t ([a] nvarchar(50) collate utf8mb4_bin not null)', 448],
    ['select a from t with (nolock)', 321],
    ["select a from t inner join openjson(@1) with (b nvarchar(max) '$[0]') as r on r.b = t.a", 468],
    ["select a from t where a in (select r.b from openjson(@1) with (b nvarchar(max) '$[0]') as r)", 468],
    ["select a from openjson(@1) with (b bigint '$[0]') as r where r.c = 1", 207],
    ["select a from openjson(@1) with (b bigint '$.b') as r", 13607],
    ['select a from t where b like @1', 50_000],
  ])('%s', (text, number) => expect(behind(text)).toBe(number));
});

test('what the store writes is understood', () => {
  expect(behind('select [a] as [b] from [t] where [c] = @2 and [d] = @3')).toBe(
    'select "a" as "b" from "t" as "t" where "c" = $1::bigint and "d" = null',
  );
  expect(behind('select a from t order by a desc offset 0 rows fetch next @2 rows only')).toBe(
    'select "a" from "t" as "t" order by "a" desc nulls last offset 0 limit $1::bigint',
  );
  expect(behind('select a from t with (updlock, rowlock) where (a + 1) = 2 and (a = 1 or b = 2)')).toBe(
    'select "a" from "t" as "t" where ("a" + 1) = 2 and ("a" = 1 or "b" = 2) for update of "t"',
  );
  expect(behind("select t.* from t where a like @2 escape '!' and b like @2")).toBe(
    `select "t".* from "t" as "t" where "a" like $1::bigint escape '!' and "b" like $2::bigint escape ''`,
  );
  expect(behind('if @@trancount > 0 rollback transaction')).toBe('rollback-if-begun');
  expect(behind('set xact_abort off')).toBe('nothing');
});

test('the place of a missing key is held before a statement looks for it', () => {
  const missing = `insert into [t] ([a]) select r.[a] from openjson(@1) with ([a] bigint '$[0]') as r
    where not exists (select 1 from [t] as t with (updlock, holdlock) where t.[a] = r.[a])`;
  const [step] = stepsOf(missing, GIVEN);
  expect(step).toMatchObject({ is: 'query', holds: [{ values: ['[]'] }] });
  const blind = 'update t set a = 1 from t with (updlock, holdlock) where t.a > 1';
  expect(() => stepsOf(blind, GIVEN)).toThrow('Nothing says which keys of t to hold.');
});
