/** The tables of sessions and events: nothing a reader needs is missing, and the narrow sets come from the whole. */
import type { SessionEvent } from '@logonscope/core';
import { describe, expect, it } from 'vitest';
import { EVENT_COLUMNS, EVENT_COLUMNS_NARROW, eventTable } from './events.ts';
import { SESSIONS, sessionFixture } from './session-fixture.ts';
import { SESSION_COLUMNS, SESSION_COLUMNS_NARROW, sessionTable } from './sessions.ts';

const LOGON: SessionEvent = {
  time: Date.UTC(2026, 2, 4, 8),
  signal: 'logon',
  computer: 'PC-0012',
  computerFqdn: 'PC-0012.corp.example',
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  eventId: 4624,
  recordId: 1201,
  user: 'ana',
  domain: 'CORP',
  sid: 'S-1-5-21-1-2-3-1013',
  logonId: '0x29fa9',
  linkedLogonId: '0x29f89',
  logonType: 10,
  terminalSessionId: 2,
  sessionName: 'RDP-Tcp#5',
  sourceAddress: '10.1.0.7',
  sourcePort: 50_438,
  destinationAddress: null,
  destinationPort: 3389,
  clientName: 'LAPTOP-7',
  workstation: 'PC-0012',
  elevated: true,
  status: null,
  subStatus: null,
  failureReason: null,
  logonProcess: 'User32',
  authPackage: 'Negotiate',
  detail: null,
  source: { file: 'Security.evtx', record: 1201 },
  identity: null,
};

describe('the table of sessions', () => {
  it('has every duration of a session, in milliseconds', () => {
    const session = sessionFixture({ durationMs: 1, useMs: 2, useMinMs: 3, useMaxMs: 4 });
    const awayMs = { ...session.awayMs, total: 5, locked: 6, disconnected: 7, screensaver: 8, asleep: 9 };
    const [row] = [...sessionTable([{ ...session, awayMs }]).rows];
    const durations = Object.entries(SESSION_COLUMNS).filter(([, { unit }]) => unit === 'duration');
    expect(durations.map(([key]) => row![key])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0]);
  });

  it('joins what a session has several of', () => {
    const [, remote] = [...sessionTable(SESSIONS).rows];
    expect(remote).toMatchObject({ logonIds: '0x29fa9 0x29f89', findings: 'token-leak, log-gap' });
  });

  it('reads sessions only when a writer asks for rows', () => {
    let read = 0;
    function* sessions() {
      for (const session of SESSIONS) {
        read += 1;
        yield session;
      }
    }
    const { rows } = sessionTable(sessions());
    expect(read).toBe(0);
    rows[Symbol.iterator]().next();
    expect(read).toBe(1);
  });
});

describe('the table of events', () => {
  it('has every field of an event', () => {
    const [row] = [...eventTable([LOGON]).rows];
    const { detail: _detail, identity: _identity, source: _source, ...fields } = LOGON;
    expect(row).toEqual({ ...fields, source: 'Security.evtx, record 1201' });
  });

  it('points to a line where the source has lines', () => {
    const [line] = [...eventTable([{ ...LOGON, source: { file: 'logs.csv', line: 17 } }]).rows];
    expect(line).toMatchObject({ source: 'logs.csv, line 17' });
  });
});

it.each([
  ['sessions', SESSION_COLUMNS, SESSION_COLUMNS_NARROW],
  ['events', EVENT_COLUMNS, EVENT_COLUMNS_NARROW],
])('the narrow table of %s is a part of the whole one', (_what, all, narrow) => {
  expect(Object.keys(narrow).length).toBeLessThanOrEqual(10);
  for (const key of Object.keys(narrow)) expect(Object.keys(all)).toContain(key);
});
