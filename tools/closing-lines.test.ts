/** What the last lines of a test run must say. */
import { expect, test } from 'vitest';
import ClosingLines, { closingLines } from './closing-lines.ts';

type Tests = Parameters<typeof closingLines>[0];

const tests = [
  { fullName: 'reads', result: () => ({ state: 'passed', errors: undefined }) },
  { fullName: 'breaks', result: () => ({ state: 'failed', errors: [] }) },
  { fullName: 'database', result: () => ({ state: 'skipped', note: 'no server here', errors: undefined }) },
  { fullName: 'real files', result: () => ({ state: 'skipped', note: undefined, errors: undefined }) },
] as unknown as Tests;

test('skipped tests are named with their reason, and everything is counted', () => {
  expect(closingLines(tests, ['skipped: no fixtures here', 'skipped: no fixtures here'])).toEqual([
    'skipped: no fixtures here',
    'skipped: database: no server here',
    'skipped for these reasons:',
    '  real files',
    '4 tests: 1 passed, 1 failed, 2 skipped',
  ]);
});

test('a run without skips closes with one line', () => {
  expect(closingLines(tests.slice(0, 2))).toEqual(['2 tests: 1 passed, 1 failed, 0 skipped']);
});

test('reasons and databases are picked out of what tests print', () => {
  const said: string[] = [];
  const reporter = new ClosingLines();
  reporter.onUserConsoleLog({ content: 'table: 0.8 MB\nused: a database\nskipped: no fixtures here\n' });
  const log = console.log;
  console.log = (text: string) => said.push(text);
  try {
    reporter.onTestRunEnd([]);
  } finally {
    console.log = log;
  }
  expect(said).toEqual([
    'used: a database\nskipped: no fixtures here\n0 tests: 0 passed, 0 failed, 0 skipped',
  ]);
});
