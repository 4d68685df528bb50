/** The ledger on screen adds up to the figures of the session, over a simulated fleet and for the worked overlaps. */
import { type LogonSession, sessionToContract } from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import { sessionizeSimulated } from '@logonscope/testkit';
import { describe, expect, it, test } from 'vitest';
import { type ExplainedSession, ledgerOf } from './ledger.ts';

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

/** What the server answers for one session. */
function explained(session: LogonSession): ExplainedSession {
  return {
    ...sessionToContract(session),
    computerFqdn: session.computerFqdn,
    startEarliest: isoOrNull(session.startEarliest),
    startLatest: iso(session.startLatest),
    startEvidence: session.startEvidence,
    endEvidence: session.endEvidence,
    ledger: session.ledger.map(({ from, to, countedMs, evidence, inferred, reason }) => ({
      reason,
      from: iso(from),
      to: iso(to),
      evidence: [...evidence],
      inferred: [...inferred],
      countedSeconds: countedMs / 1000,
    })),
    told: [],
  };
}

test('every ledger of a simulated fleet adds up to the millisecond', () => {
  const sessions = [...simulateFleet({ seed: 3, days: 6, computers: 6 })].flatMap(
    ({ records }) => sessionizeSimulated(records).sessions,
  );
  const ledgers = sessions.map((session) => ({ session, ledger: ledgerOf(explained(session)) }));
  expect(ledgers.some(({ ledger }) => ledger.lines.some(({ note }) => note !== null))).toBe(true);
  for (const { session, ledger } of ledgers) {
    expect(ledger.addsUp, session.id).toBe(true);
    expect(ledger.grossMs - ledger.lines.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(
      session.useMs,
    );
    const isOpen = session.useMinMs !== session.useMs || session.useMaxMs !== session.useMs;
    if (isOpen) expect(ledger.doubts.length, session.id).toBeGreaterThan(0);
  }
});

describe('a ledger', () => {
  const [one] = [...simulateFleet({ seed: 3, days: 2, computers: 1 })].flatMap(
    ({ records }) => sessionizeSimulated(records).sessions,
  );
  const base = explained(one!);
  const entry = {
    reason: 'locked',
    from: '2026-03-02T12:00:00.000Z',
    to: '2026-03-02T13:00:00.000Z',
    evidence: ['Security:1', 'Security:2'],
    inferred: [] as string[],
    countedSeconds: 3_600,
  };

  it('says when its lines do not make the figure', () => {
    const wrong = { ...base, durationSeconds: 28_800, useSeconds: 20_000, ledger: [entry] };
    expect(ledgerOf(wrong).addsUp).toBe(false);
    expect(ledgerOf({ ...wrong, useSeconds: 25_200 }).addsUp).toBe(true);
  });

  it('says what of a line was taken off before, and which edges no record shows', () => {
    const inner = {
      ...entry,
      reason: 'screensaver',
      countedSeconds: 600,
      evidence: [null, 'Security:9'],
      inferred: ['from'],
    };
    const [line] = ledgerOf({ ...base, ledger: [inner] }).lines;
    expect(line!.note).toMatch(/^50m of it/);
    expect(line!.evidence[0]).toEqual({ record: null, words: expect.stringMatching(/rule/) });
    expect(line!.evidence[1].words).toBe('Security:9');
  });

  it('says of the last stretch of an open session that it goes on, not that a rule ended it', () => {
    const asOf = entry.to;
    const tail = { ...entry, evidence: ['Security:1', null], inferred: ['to'] };
    const [line] = ledgerOf({ ...base, endBy: 'open', end: null, asOf, ledger: [tail] }).lines;
    expect(line!.evidence[1]).toEqual({ record: null, words: 'still so when the log ended' });
  });

  it('keeps a reason it does not know', () => {
    const [line] = ledgerOf({ ...base, ledger: [{ ...entry, reason: 'toString' }] }).lines;
    expect(line!.word).toBe('toString');
  });
});
