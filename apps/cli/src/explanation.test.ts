/** The story of a session, line by line. */
import type { LogonSession } from '@logonscope/core';
import { expect, test } from 'vitest';
import { eventsOf, explainSession } from './explanation.ts';

const at = (clock: string) => Date.parse(`2025-11-03T${clock}Z`);
const HOUR_MS = 3_600_000;

const session: LogonSession = {
  id: '7f3a',
  computer: 'PC1',
  computerFqdn: null,
  user: 'alice',
  domain: 'CORP',
  sid: null,
  logonIds: ['0x3e9a'],
  aliasLogonIds: ['0x4000'],
  terminalSessionId: 1,
  logonType: 2,
  kind: 'console',
  start: at('09:00:00'),
  startBy: 'logon',
  startEarliest: at('09:00:00'),
  startLatest: at('09:00:00'),
  end: at('17:00:00'),
  endBy: 'logoff-begin',
  endEarliest: at('17:00:00'),
  endLatest: at('18:00:00'),
  asOf: at('18:00:00'),
  durationMs: 8 * HOUR_MS,
  useMs: 7 * HOUR_MS,
  useMinMs: 7 * HOUR_MS,
  useMaxMs: 7.5 * HOUR_MS,
  awayMs: {
    total: HOUR_MS,
    locked: HOUR_MS,
    disconnected: 0,
    screensaver: 2_400_000,
    asleep: 0,
    loggingOff: 0,
    paused: 0,
  },
  away: [],
  ledger: [
    {
      reason: 'locked',
      from: at('12:00:00'),
      to: at('13:00:00'),
      countedMs: HOUR_MS,
      evidence: ['Security:1201', null],
      inferred: ['to'],
    },
    {
      reason: 'screensaver',
      from: at('12:10:00'),
      to: at('12:50:00'),
      countedMs: 0,
      evidence: ['Security:1202', 'Security:1203'],
      inferred: [],
    },
  ],
  startEvidence: 'Security:1100',
  endEvidence: 'Security:1300',
  elevated: true,
  sourceAddress: null,
  clientName: null,
  logonProcess: 'User32',
  lockData: true,
  findings: ['token-leak'],
  events: 9,
};

const options = {
  showTime: (instant: number) => new Date(instant).toISOString().slice(11, 19),
  findingSentence: (code: string) => `(${code} in words)`,
};

test('a ledger counts down from the session to its use, with the evidence', () => {
  expect(explainSession(session, options)).toEqual([
    'CORP\\alice on PC1   session 7f3a   console, logon type 2, 0x3e9a, elevated',
    '  from  09:00:00   the logon was recorded (Security:1100)',
    '  to    17:00:00   only the beginning of the logoff was recorded; use ends there (Security:1300)',
    '',
    '  8:00:00              session',
    '  7:00:00   −1:00:00   locked         12:00:00 – 13:00:00   Security:1201 → inferred',
    '  7:00:00    0:00:00   screen saver   12:10:00 – 12:50:00   Security:1202 → Security:1203   (0:40:00, the rest is taken off already)',
    '  7:00:00              use time',
    '',
    '  between 7:00:00 and 7:30:00, because',
    '    it ended between 17:00:00 and 18:00:00',
    '  finding token-leak: (token-leak in words)',
  ]);
});

test('a span says once what its ends have in common', () => {
  const showTime = (instant: number) =>
    `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} +00:00`;
  const lines = explainSession(session, { ...options, showTime }).join('\n');
  expect(lines).toContain('2025-11-03 12:00:00 – 13:00:00 +00:00');
});

test('of a file the name is cited, of a channel all of it', () => {
  const [, from, to] = explainSession(
    {
      ...session,
      startEvidence: '/logs/pc1/office.csv:17',
      endEvidence: 'LocalSessionManager/Operational:12',
    },
    options,
  );
  expect(from).toContain('(office.csv:17)');
  expect(to).toContain('(LocalSessionManager/Operational:12)');
});

test('what is exact says so', () => {
  const exact = { ...session, useMinMs: session.useMs, useMaxMs: session.useMs, findings: [] };
  expect(explainSession(exact, options).at(-1)).toBe('  exact: nothing had to be inferred');
});

test('the events of a session are those that name it, and what befell the computer', () => {
  const event = (clock: string, signal: string, more: object = {}) =>
    ({ computer: 'PC1', time: at(clock), signal, logonId: null, user: null, ...more }) as never;
  const mine = [
    event('09:00:00', 'logon', { logonId: '0x3e9a', user: 'alice' }),
    event('10:00:00', 'logon', { logonId: '0x4000', user: 'alice' }),
    event('11:00:00', 'sleep'),
    event('12:00:00', 'lock', { user: 'ALICE' }),
  ];
  const others = [
    event('10:00:00', 'logon', { logonId: '0x5000', user: 'alice' }),
    event('12:00:00', 'lock', { user: 'bob' }),
    event('08:59:59', 'boot'),
    event('19:00:00', 'shutdown'),
    event('11:00:00', 'sleep', { computer: 'PC2' }),
  ];
  expect(eventsOf(session, [...mine, ...others])).toEqual(mine);
});
