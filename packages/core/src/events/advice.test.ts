/** What to switch on, and what to ask Splunk. */
import { describe, expect, test } from 'vitest';
import { auditAdvice } from './audit-advice.ts';
import { SPLUNK_COLUMNS, splunkQuery } from './splunk-query.ts';

describe('audit advice', () => {
  test('locks need a subcategory that is off by default', () => {
    expect(auditAdvice().find(({ events }) => events.includes(4800))).toEqual({
      subcategory: 'Other Logon/Logoff Events',
      guid: '{0CCE921C-69AE-11D9-BED3-505054503030}',
      events: [4649, 4778, 4779, 4800, 4801, 4802, 4803, 4825],
      neededFor: expect.stringContaining('lock'),
      auditpol:
        'auditpol /set /subcategory:"{0CCE921C-69AE-11D9-BED3-505054503030}" /success:enable /failure:enable',
      policyPath: expect.stringMatching(/\\Audit Policies\\Logon\/Logoff\\Audit Other Logon\/Logoff Events$/),
      defaultOn: 'none',
    });
  });

  test('each subcategory stands once, under its own GUID', () => {
    const rows = auditAdvice();
    expect(rows.map(({ subcategory }) => subcategory).sort()).toEqual([
      'Audit Policy Change',
      'Logoff',
      'Logon',
      'Other Logon/Logoff Events',
      'Security State Change',
      'Special Logon',
      'User Account Management',
    ]);
    expect(new Set(rows.map(({ guid }) => guid)).size).toBe(rows.length);
    for (const { guid, auditpol } of rows) expect(auditpol).toContain(`"${guid}"`);
  });
});

describe('the Splunk search', () => {
  const steps = (query: string): string[] => query.split('\n| ');

  test('asks for the twelve events of the original and yields the columns our reader knows', () => {
    const query = steps(splunkQuery({ style: 'xml' }));
    expect(query[0]).toBe(
      'search index=* source="XmlWinEventLog:Security" EventCode IN ' +
        '(4624, 4625, 4648, 4672, 4647, 4634, 4779, 4778, 4800, 4801, 4802, 4803) earliest=-30d latest=now',
    );
    expect(query.at(-1)).toBe(`table ${SPLUNK_COLUMNS.join(', ')}`);
    expect(query.join('\n')).toContain('4800, "WorkstationLocked"');
  });

  test.each(['xml', 'classic'] as const)('%s: every column is made before it is shown', (style) => {
    const query = splunkQuery({ style });
    for (const column of SPLUNK_COLUMNS) expect(query).toMatch(new RegExp(`(?:eval|,) ${column}=`));
  });

  test('classic rendering has several values to a name: the account comes last', () => {
    const query = splunkQuery({ style: 'classic' });
    expect(query).toContain('source="WinEventLog:Security"');
    expect(query).toContain('eval username=mvindex(Account_Name,-1)');
    expect(query).not.toContain('TargetUserName');
  });

  test('a failed logon gets no logon ID', () => {
    for (const style of ['xml', 'classic'] as const)
      expect(splunkQuery({ style })).toContain('eval logon_id=if(EventCode=4625, null(), ');
  });

  test('asks for the people, computers, times and file named', () => {
    const query = splunkQuery({
      style: 'xml',
      earliest: '-7d@d',
      latest: '10/27/2025:00:00:00',
      users: ['alice', 'bob'],
      computers: ['PC-0012', 'srv.corp.example'],
      outputCsv: 'user_activity_logs.csv',
    });
    expect(query).toContain(' earliest=-7d@d latest=10/27/2025:00:00:00');
    expect(query).toContain('| search username IN ("alice", "bob")');
    expect(query).toContain('| search computer IN ("PC-0012", "PC-0012.*", "srv.corp.example")');
    expect(query.endsWith('| outputcsv user_activity_logs.csv')).toBe(true);
  });

  test('text from outside stays in its quotes', () => {
    const query = splunkQuery({
      style: 'xml',
      earliest: '-1d | delete',
      users: ['x") | delete', 'a\\', 'two\nlines', '`macro`'],
      outputCsv: '../x" | delete',
    });
    expect(query).toContain('earliest="-1d | delete"');
    expect(query).toContain('username IN ("x\\") | delete", "a\\\\", "twolines", "*macro*")');
    expect(query).toContain('outputcsv "../x\\" | delete"');
  });
});
