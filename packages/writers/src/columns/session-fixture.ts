/** A session as the core gives it, for tests and the bench; every field can be replaced. */
import type { LogonSession } from '@logonscope/core';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NINE = Date.UTC(2026, 2, 4, 8);
const lock = { from: NINE + 3 * HOUR_MS, to: NINE + 4 * HOUR_MS, inferred: [] } as const;

/** Vector V2: 09:00 to 17:00 in Berlin, an hour of it locked. */
export function sessionFixture(changes: Partial<LogonSession> = {}): LogonSession {
  return {
    id: '7d3f2a91c05b44e8',
    computer: 'PC-0012',
    computerFqdn: 'PC-0012.corp.example',
    user: 'ana',
    domain: 'CORP',
    sid: 'S-1-5-21-3623811015-3361044348-30300820-1013',
    logonIds: ['0x29fa9', '0x29f89'],
    aliasLogonIds: [],
    terminalSessionId: 1,
    logonType: 2,
    kind: 'console',
    start: NINE,
    startBy: 'logon',
    startEarliest: NINE,
    startLatest: NINE,
    end: NINE + 8 * HOUR_MS,
    endBy: 'logoff',
    endEarliest: NINE + 8 * HOUR_MS,
    endLatest: NINE + 8 * HOUR_MS,
    asOf: NINE + 10 * HOUR_MS,
    durationMs: 8 * HOUR_MS,
    useMs: 7 * HOUR_MS,
    useMinMs: 7 * HOUR_MS,
    useMaxMs: 7 * HOUR_MS,
    awayMs: {
      total: HOUR_MS,
      locked: HOUR_MS,
      disconnected: 0,
      screensaver: 40 * MINUTE_MS,
      asleep: 0,
      loggingOff: 0,
      paused: 0,
    },
    away: [{ reason: 'locked', ...lock, evidence: ['Security:1201', 'Security:1299'] }],
    ledger: [{ reason: 'locked', ...lock, countedMs: HOUR_MS, evidence: ['Security:1201', 'Security:1299'] }],
    startEvidence: 'Security:1100',
    endEvidence: 'Security:1350',
    elevated: true,
    sourceAddress: null,
    clientName: null,
    logonProcess: 'User32',
    lockData: true,
    findings: [],
    events: 6,
    ...changes,
  };
}

/** Three sessions that differ in what matters to a reader: a plain one, a remote one that leaked its token, an open one. */
export const SESSIONS: readonly LogonSession[] = [
  sessionFixture(),
  sessionFixture({
    id: '00c1d2e3f4a5b697',
    computer: 'SRV-TERMINAL-01',
    user: 'Jürgen Großmann',
    kind: 'remote',
    logonType: 10,
    endBy: 'logoff-begin',
    elevated: false,
    sourceAddress: '10.1.0.7',
    clientName: 'LAPTOP-7',
    findings: ['token-leak', 'log-gap'],
  }),
  sessionFixture({
    id: 'ffeeddccbbaa9988',
    user: '=cmd|calc',
    domain: null,
    sid: null,
    start: NINE + 12 * HOUR_MS,
    startBy: 'first-seen',
    end: null,
    endBy: 'open',
    endEvidence: null,
  }),
];
