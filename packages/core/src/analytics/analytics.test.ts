/** Each CAR analytic with a log that it finds and logs that it rightly leaves alone. */
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../model.ts';
import { at, event } from '../queries/testdata/build.ts';
import type { ReportOptions } from '../reports/report.ts';
import { input, table } from '../reports/testdata/input.ts';
import { localAccountLogons } from './local-account-logons.ts';
import { logonActivity } from './logon-activity.ts';
import { logonsSinceBoot } from './logons-since-boot.ts';
import { manyComputers } from './many-computers.ts';
import { rdpConnections } from './rdp-connections.ts';
import { rdpLogons } from './rdp-logons.ts';
import { simultaneousLogons } from './simultaneous-logons.ts';

const HOUR_MS = 3_600_000;

/** `09:00 alice on PC1 type 2`, a line each. */
function logons(...lines: string[]): SessionEvent[] {
  return lines.map((line) => {
    const [, time, user, computer, type] = /^(\S+) (.+) on (\S+) type (\d+)$/.exec(line) ?? [];
    return event(time!, 'logon', { user: user!, computer: computer!, logonType: Number(type) });
  });
}

describe('CAR-2013-02-008, several users on one computer', () => {
  const rows = (events: SessionEvent[], options: ReportOptions = {}) =>
    table(
      simultaneousLogons,
      input({ events, options }),
      'computer',
      'users',
      'accounts',
      'first',
      'last',
      'logonTypes',
    );
  test('found: alice at the desk, bob over the network half an hour later', () => {
    expect(
      rows(logons('09:00 alice on PC1 type 2', '09:30 bob on PC1 type 3', '11:00 carol on PC1 type 2')),
    ).toEqual([['PC1', 2, 'CORP\\alice, CORP\\bob', '09:00', '09:30', '2, 3']]);
  });
  test('found in a window that slides: first and last logon of the log are hours apart', () => {
    const day = logons('06:00 alice on PC1 type 2', '13:50 alice on PC1 type 2', '14:10 bob on PC1 type 10');
    expect(rows([...day, ...logons('20:00 alice on PC1 type 2')])).toEqual([
      ['PC1', 2, 'CORP\\alice, CORP\\bob', '13:50', '14:10', '2, 10'],
    ]);
  });
  test.each([
    ['one user twice', logons('09:00 alice on PC1 type 2', '09:30 ALICE on PC1 type 2')],
    ['more than an hour apart', logons('09:00 alice on PC1 type 2', '10:01 bob on PC1 type 2')],
    ['two computers', logons('09:00 alice on PC1 type 2', '09:30 bob on PC2 type 2')],
    [
      'machine and system accounts',
      logons('09:00 alice on PC1 type 2', '09:30 PC7$ on PC1 type 3', '09:30 SYSTEM on PC1 type 2'),
    ],
    [
      'services and tasks',
      logons('09:00 alice on PC1 type 2', '09:30 backup on PC1 type 4', '09:30 sql on PC1 type 5'),
    ],
    ['an unlock by an administrator', logons('09:00 alice on PC1 type 2', '09:30 admin on PC1 type 7')],
  ])('left alone: %s', (_case, events) => {
    expect(rows(events)).toEqual([]);
  });
  test('window, number and list of those expected are adjustable', () => {
    const events = logons(
      '09:00 alice on PC1 type 2',
      '10:30 bob on PC1 type 2',
      '10:40 admin on PC1 type 3',
    );
    expect(rows(events, { windowMs: 2 * HOUR_MS }).map((row) => row[1])).toEqual([3]);
    expect(rows(events, { windowMs: 2 * HOUR_MS, threshold: 4 })).toEqual([]);
    expect(rows(events, { allow: ['CORP\\admin'] })).toEqual([]);
  });
});

describe('CAR-2013-02-012, one user on several computers', () => {
  const rows = (events: SessionEvent[], options: ReportOptions = {}) =>
    table(
      manyComputers,
      input({ events, options }),
      'user',
      'computers',
      'names',
      'first',
      'last',
      'logonTypes',
    );
  test('found: three computers within an hour', () => {
    const events = logons('09:00 eve on PC1 type 10', '09:20 eve on PC2 type 3', '09:50 Eve on SRV1 type 3');
    expect(rows([...events, ...logons('09:10 alice on PC3 type 2')])).toEqual([
      ['CORP\\Eve', 3, 'PC1, PC2, SRV1', '09:00', '09:50', '3, 10'],
    ]);
  });
  test('left alone: one computer, or another one after lunch, or an administrator expected', () => {
    expect(rows(logons('09:00 alice on PC1 type 2', '09:30 alice on PC1 type 2'))).toEqual([]);
    expect(rows(logons('09:00 alice on PC1 type 2', '13:00 alice on PC2 type 2'))).toEqual([]);
    expect(
      rows(logons('09:00 admin on PC1 type 3', '09:01 admin on PC2 type 3'), { allow: ['admin'] }),
    ).toEqual([]);
  });
});

describe('CAR-2013-10-001, logons of less frequent users', () => {
  const often = (user: string, times: number) =>
    Array.from({ length: times }, (_, i) =>
      logons(`08:${String(i).padStart(2, '0')} ${user} on PC1 type 2`),
    ).flat();
  const rows = (events: SessionEvent[], options: ReportOptions = {}) =>
    table(logonActivity, input({ events, options }), 'user', 'time', 'computer', 'logonType', 'logonsOfUser');
  const usersOf = (found: ReturnType<typeof rows>) => [...new Set(found.map(([user]) => user))];
  test('found: the one who hardly ever comes, logon by logon', () => {
    const events = [...often('alice', 9), ...logons('23:00 eve on PC2 type 3', '03:00 eve on PC1 type 10')];
    expect(rows(events)).toEqual([
      ['CORP\\eve', '03:00', 'PC1', 10, 2],
      ['CORP\\eve', '23:00', 'PC2', 3, 2],
    ]);
  });
  test('left alone: the thirty most frequent', () => {
    const many = Array.from({ length: 62 }, (_, i) =>
      often(`user${String(i).padStart(2, '0')}`, i < 30 ? 5 : 2),
    ).flat();
    expect(usersOf(rows(many))).toHaveLength(32);
    expect(usersOf(rows(many))).not.toContain('CORP\\user29');
  });
  test('a number given is taken at its word, and a tie is not cut in two', () => {
    const events = [...often('alice', 9), ...often('bob', 3), ...often('carol', 3), ...often('eve', 1)];
    expect(usersOf(rows(events, { threshold: 1 }))).toEqual(['CORP\\bob', 'CORP\\carol', 'CORP\\eve']);
    expect(usersOf(rows(events, { threshold: 2 }))).toEqual(['CORP\\bob', 'CORP\\carol', 'CORP\\eve']);
    expect(usersOf(rows(events, { threshold: 3 }))).toEqual(['CORP\\eve']);
    expect(rows(events, { threshold: 30 })).toEqual([]);
  });
  test('an administrator with two tokens logs on once; further witnesses add nothing', () => {
    const witness = (kind: 'terminal' | 'winlogon') =>
      ({ channel: kind, detail: { witness: kind } }) as const;
    const events = [
      event('09:00:01', 'logon', witness('terminal')),
      event('09:00:02', 'logon', { logonType: 2, logonId: '0xa1', linkedLogonId: '0xa2' }),
      event('09:00:02', 'logon', { logonType: 2, logonId: '0xa2', linkedLogonId: '0xa1' }),
      event('09:00:05', 'logon', witness('winlogon')),
      event('09:30', 'logon', { logonType: 2, logonId: '0xb1' }),
    ];
    expect(rows(events)).toEqual([
      ['CORP\\alice', '09:00', 'PC1', 2, 2],
      ['CORP\\alice', '09:30', 'PC1', 2, 2],
    ]);
  });
});

describe('CAR-2013-07-002, RDP connections', () => {
  const rows = (events: SessionEvent[], options: ReportOptions = {}) =>
    table(
      rdpConnections,
      input({ events, options }),
      'time',
      'kind',
      'user',
      'address',
      'client',
      'computer',
      'records',
    );
  const from = { sourceAddress: '10.1.0.7' };
  test('found: connection, logon and terminal session are one; the reconnect later is another', () => {
    const events = [
      event('09:00:00', 'remoteConnection', { ...from, domain: null }),
      event('09:00:02', 'logon', { ...from, logonType: 10, sid: 'S-1-5-21-1-2-3-1104' }),
      event('09:00:04', 'logon', { ...from, detail: { witness: 'terminal' } }),
      event('14:00:00', 'logon', { ...from, logonType: 10 }),
      event('14:00:01', 'reconnect', { ...from, sessionName: 'RDP-Tcp#5', clientName: 'LAPTOP-7' }),
      event('15:00:00', 'remoteConnection', { user: 'eve', sourceAddress: '203.0.113.9' }),
    ];
    expect(rows(events)).toEqual([
      ['09:00', 'logon', 'CORP\\alice', '10.1.0.7', null, 'PC1', 3],
      ['14:00', 'reconnect', 'CORP\\alice', '10.1.0.7', 'LAPTOP-7', 'PC1', 2],
      ['15:00', 'connection only', 'CORP\\eve', '203.0.113.9', null, 'PC1', 1],
    ]);
    expect(rows(events, { allow: ['10.1.0.0/16'] })).toHaveLength(1);
  });
  test('found: two sources within a minute are two connections', () => {
    const other = { logonType: 10, sourceAddress: '203.0.113.9' };
    expect(
      rows([event('09:00:00', 'logon', { ...from, logonType: 10 }), event('09:00:30', 'logon', other)]),
    ).toHaveLength(2);
  });
  test('left alone: the console, the network, fast user switching', () => {
    const events = [
      ...logons('09:00 alice on PC1 type 2', '09:01 alice on PC1 type 3', '09:02 alice on PC1 type 7'),
      event('10:00', 'reconnect', { sessionName: 'Console' }),
      event('11:00', 'logon', { ...from, detail: { witness: 'agent' } }),
    ];
    expect(rows(events)).toEqual([]);
  });
});

describe('CAR-2015-07-001, all logons since the last boot', () => {
  const events = [
    event('06:00', 'boot', { user: null }),
    ...logons('06:30 old on PC1 type 2'),
    event('08:00', 'shutdown', { user: null }),
    event('08:10:00', 'boot', { user: null }),
    event('08:10:20', 'boot', { user: null }),
    ...logons(
      '08:10:10 DWM-1 on PC1 type 2',
      '09:00 alice on PC1 type 2',
      '10:00 admin on PC1 type 3',
      '11:00 alice on PC1 type 2',
    ),
    ...logons('13:00 late on PC1 type 2', '07:00 carol on PC2 type 2'),
  ];
  const rows = (options: ReportOptions) =>
    table(logonsSinceBoot, input({ events, options }), 'computer', 'boot', 'user', 'first', 'last', 'logons');
  test('found: who came between the boot and noon, with first and last time', () => {
    expect(rows({ computer: 'pc1.corp.example', at: at('12:00') })).toEqual([
      ['PC1', '08:10', 'CORP\\alice', '09:00', '11:00', 2],
      ['PC1', '08:10', 'CORP\\admin', '10:00', '10:00', 1],
    ]);
  });
  test('left alone: who logged on before the boot; at another moment it is the other way round', () => {
    expect(rows({ computer: 'PC1', at: at('07:30') })).toEqual([
      ['PC1', '06:00', 'CORP\\old', '06:30', '06:30', 1],
    ]);
    expect(rows({ computer: 'PC1', at: at('08:30') })).toEqual([]);
  });
  test('a computer without a boot in the log says so', () => {
    expect(rows({ computer: 'PC2' })).toEqual([['PC2', null, 'CORP\\carol', '07:00', '07:00', 1]]);
    expect(rows({}).map(([computer]) => computer)).toEqual(['PC1', 'PC1', 'PC1', 'PC2']);
  });
  test('several records of one boot are one, unless the computer went down between them', () => {
    const signs = (between: 'boot' | 'shutdown') => [
      event('08:10', 'boot'),
      ...logons('08:11 alice on PC1 type 2', '08:14 alice on PC1 type 7', '08:15 bob on PC1 type 2'),
      event('08:12', between),
      event('08:13', 'boot'),
    ];
    const told = (events: SessionEvent[]) =>
      table(logonsSinceBoot, input({ events }), 'boot', 'user', 'logons');
    expect(told(signs('boot'))).toEqual([
      ['08:10', 'CORP\\alice', 1],
      ['08:10', 'CORP\\bob', 1],
    ]);
    expect(told(signs('shutdown'))).toEqual([['08:13', 'CORP\\bob', 1]]);
    expect(
      told([event('08:00', 'boot'), ...logons('08:06 alice on PC1 type 2'), event('08:10', 'boot')]),
    ).toEqual([]);
  });
  test('a crash is a boot too: its sign is written by the next one', () => {
    const crashed = [
      ...logons('09:00 alice on PC1 type 2'),
      event('10:00', 'crash'),
      ...logons('11:00 bob on PC1 type 2'),
    ];
    expect(table(logonsSinceBoot, input({ events: crashed }), 'boot', 'user')).toEqual([
      ['10:00', 'CORP\\bob'],
    ]);
  });
});

describe('CAR-2016-04-004, network logons with local accounts', () => {
  const ntlm = {
    user: 'Administrator',
    domain: 'PC1',
    logonType: 3,
    authPackage: 'NTLM',
    sourceAddress: '10.1.0.66',
  };
  const rows = (events: SessionEvent[]) =>
    table(localAccountLogons, input({ events }), 'time', 'computer', 'user', 'address', 'lmPackage');
  test('found: the local Administrator over the network by NTLM', () => {
    expect(rows([event('02:00', 'logon', { ...ntlm, detail: { lmPackage: 'NTLM V2' } })])).toEqual([
      ['02:00', 'PC1', 'PC1\\Administrator', '10.1.0.66', 'NTLM V2'],
    ]);
  });
  test.each([
    ['an account of the domain', { domain: 'CORP' }],
    ['Kerberos', { authPackage: 'Kerberos' }],
    ['at the desktop', { logonType: 2 }],
    ['without a type', { logonType: null }],
    ['anonymous', { user: 'ANONYMOUS LOGON', domain: 'NT AUTHORITY', sid: 'S-1-5-7' }],
    ['anonymous in another language', { user: 'ANONYMOUS-ANMELDUNG', sid: 'S-1-5-7' }],
  ])('left alone: %s', (_case, facts) => {
    expect(rows([event('02:00', 'logon', { ...ntlm, ...facts })])).toEqual([]);
  });
});

describe('CAR-2016-04-005, Remote Desktop from other than approved sources', () => {
  const rdp = { logonType: 10, authPackage: 'Negotiate', sourceAddress: '203.0.113.9' };
  const rows = (events: SessionEvent[], options: ReportOptions = {}) =>
    table(rdpLogons, input({ events, options }), 'time', 'user', 'computer', 'address');
  test('found: once, though both tokens and the terminal service tell of it', () => {
    const events = [
      event('02:00:00', 'logon', {
        sourceAddress: '203.0.113.9',
        channel: 'LSM',
        detail: { witness: 'terminal' },
      }),
      event('02:00:00', 'logon', { ...rdp, logonId: '0xa1', linkedLogonId: '0xa2' }),
      event('02:00:00', 'logon', { ...rdp, logonId: '0xa2', linkedLogonId: '0xa1' }),
    ];
    expect(rows(events, { allow: ['10.0.0.0/8'] })).toEqual([['02:00', 'CORP\\alice', 'PC1', '203.0.113.9']]);
    expect(rows(events.reverse(), { allow: ['10.0.0.0/8'] })).toHaveLength(1);
  });
  test.each([
    ['an approved source', { sourceAddress: '10.1.0.7' }],
    ['an approved account', { user: 'jump' }],
    ['the desktop', { logonType: 2 }],
    ['the network', { logonType: 3 }],
    ['another package', { authPackage: 'NTLM' }],
  ])('left alone: %s', (_case, facts) => {
    expect(rows([event('02:00', 'logon', { ...rdp, ...facts })], { allow: ['10.0.0.0/8', 'jump'] })).toEqual(
      [],
    );
  });
});
