// What the store keeps of a session is all of it, in far less text than its JSON.
import { type LogonSession, sessionize } from '@logonscope/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyHistory } from '../testdata/histories.ts';
import { ABSENT } from './absent.ts';
import { sessionBody, sessionOfBody } from './session-body.ts';

const MINUTE_MS = 60_000;
const BEGIN = Date.UTC(2026, 0, 5, 8);

/** A day of many breaks, as an agent tells it. */
function longDay(): LogonSession {
  const of = (signal: 'logon' | 'lock' | 'unlock' | 'logoff', minute: number) => ({
    ...ABSENT,
    ...{ computer: 'PC-1', signal, user: 'ana', time: BEGIN + minute * MINUTE_MS, identity: `${minute}` },
    source: { file: `agent/5c331137e0dfe1${minute}` },
  });
  const breaks = Array.from({ length: 8 }, (_, i) => [
    of('lock', 60 * i + 50),
    of('unlock', 60 * i + 59),
  ]).flat();
  return sessionize([of('logon', 0), ...breaks, of('logoff', 500)]).sessions[0]!;
}

test('any session comes back as it was, counted to what its computer says', () => {
  fc.assert(
    fc.property(anyHistory, (history) => {
      for (const session of sessionize(history).sessions) {
        const body = sessionBody(session);
        expect(sessionOfBody(body, session.asOf)).toEqual(session);
        // What is read back is written the same, so that nothing is rewritten for nothing.
        expect(sessionBody(sessionOfBody(body, session.asOf))).toBe(body);
      }
    }),
    { numRuns: Number(process.env.LAW_RUNS ?? 300) },
  );
});

test('a ledger that differs from the away intervals is kept beside them', () => {
  const session = longDay();
  const other = { ...session, ledger: session.ledger.slice(1) };
  expect(sessionOfBody(sessionBody(other), session.asOf)).toEqual(other);
  const [{ countedMs: _, ...uncounted }, ...rest] = session.ledger as [
    LogonSession['ledger'][number],
    ...LogonSession['ledger'],
  ];
  const bare = { ...session, away: [uncounted, ...rest] };
  expect(sessionOfBody(sessionBody(bare), session.asOf)).toEqual(bare);
});

test('a body in full, as stores of before have it, is read as well', () => {
  const { asOf, ...settled } = longDay();
  expect(sessionOfBody(JSON.stringify(settled), asOf)).toEqual({ ...settled, asOf });
});

test('a day of eight breaks stays below a third of its JSON', () => {
  const session = longDay();
  expect(session.ledger).toHaveLength(8);
  expect(sessionBody(session).length).toBeLessThan(JSON.stringify(session).length / 3);
});
