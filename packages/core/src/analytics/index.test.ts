/** What holds for every analytic: CAR's ids, columns, plain words, and rows that do not depend on the input's order. */
import { describe, expect, test } from 'vitest';
import { event } from '../queries/testdata/build.ts';
import { input } from '../reports/testdata/input.ts';
import { ANALYTICS } from './index.ts';

test('all seven of CAR that look at logon sessions', () => {
  expect(ANALYTICS.map((report) => report.id).sort()).toEqual([
    'CAR-2013-02-008',
    'CAR-2013-02-012',
    'CAR-2013-07-002',
    'CAR-2013-10-001',
    'CAR-2015-07-001',
    'CAR-2016-04-004',
    'CAR-2016-04-005',
  ]);
});

const given = input({
  events: [
    event('07:00', 'boot', { user: null }),
    event('09:00', 'logon', { logonType: 2 }),
    event('09:00', 'logon', {
      logonType: 10,
      user: 'bob',
      sourceAddress: '10.1.0.7',
      authPackage: 'Negotiate',
    }),
    event('09:00', 'logon', { logonType: 10, user: 'bob', computer: 'PC2' }),
    event('09:10', 'logon', { logonType: 3, user: 'admin', domain: 'PC1', authPackage: 'NTLM' }),
    event('09:11', 'logon', { logonType: 2 }),
  ],
});

describe.each(ANALYTICS)('$id', (report) => {
  test('has rows with exactly its columns, the same for any order, none for no input', () => {
    const rows = [...report.rows(given)];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(Object.keys(report.columns).sort());
    expect([...report.rows({ ...given, events: [...given.events].reverse() })]).toEqual(rows);
    expect([...report.rows(input({}))]).toEqual([]);
  });
  test('asks for events and says that it proves nothing', () => {
    expect(report.needsEvents).toBe(true);
    expect(report.method).toMatch(/prove/);
  });
});
