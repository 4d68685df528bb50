/** What holds for every report: names, columns, plain words, and rows that do not depend on the order of the input. */
import { describe, expect, test } from 'vitest';
import { event, session } from '../queries/testdata/build.ts';
import { REPORTS } from './index.ts';
import { input } from './testdata/input.ts';

test('the names are those of the command line, the interface and the address bar', () => {
  expect(REPORTS.map((report) => report.id).join(' ')).toBe(
    'time-spent daily logon-frequency failed-logons first-last concurrent out-of-hours elevation coverage',
  );
});

const given = input({
  sessions: [
    session({ start: '05:00', end: '12:00', elevated: true }),
    session({ start: '09:00', asOf: '15:00', computer: 'PC2', sid: 'S-1-5-21-1-2-3-4' }),
    session({ start: '08:00', end: '20:00', user: '=cmd()', domain: null }),
  ],
  events: [
    event('08:00', 'logonFailed'),
    event('08:01', 'elevated'),
    event('08:01', 'elevated', { user: 'bob' }),
  ],
  coverage: ['PC2', 'PC1'].map((computer) => {
    const lists = { gaps: [], cleared: [], channels: [] };
    return { computer, from: 0, to: 1, events: 0, lockData: false, ...lists };
  }),
});

describe.each(REPORTS)('$id', (report) => {
  test('has rows with exactly its columns, and says that logs do not prove', () => {
    const rows = [...report.rows(given)];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(Object.keys(report.columns).sort());
    expect(report.method).toMatch(/prove|tells nothing/);
  });
  test('gives the same rows for any order of the input, and none for no input', () => {
    const reversed = {
      ...given,
      sessions: [...given.sessions].reverse(),
      events: [...given.events].reverse(),
      coverage: [...given.coverage].reverse(),
    };
    expect([...report.rows(reversed)]).toEqual([...report.rows(given)]);
    expect([...report.rows(input({}))]).toEqual([]);
  });
});
