// Laws that hold for every history, however odd: what makes a number trustworthy.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LifeSpan, type SessionEvent, SIGNALS, type Signal } from '../model.ts';
import { sessionize } from './sessionize.ts';

const HOUR_MS = 3_600_000;
const BASE = Date.UTC(2025, 2, 3);

const signal = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Signal>('logon', 'logoff', 'lock', 'unlock', 'logoffBegin') },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Signal>('disconnect', 'reconnect', 'screensaverOn', 'screensaverOff'),
  },
  { weight: 2, arbitrary: fc.constantFrom<Signal>(...SIGNALS) },
);

/** Any event of two people on two computers within three days, with few enough IDs that stories collide. */
const anyEvent = fc
  .record({
    signal,
    minute: fc.integer({ min: 0, max: 3 * 24 * 60 }),
    user: fc.constantFrom('ana', 'bob'),
    id: fc.constantFrom(null, '0x11', '0x12', '0x13', '0x14'),
    link: fc.constantFrom(null, null, null, '0x11', '0x12'),
    type: fc.constantFrom(2, 2, 2, 10, 10, 7, 3, null),
    ts: fc.constantFrom(null, null, 1, 2),
    computer: fc.constantFrom('PC1', 'PC1', 'PC2'),
    witness: fc.constantFrom('security', 'security', 'terminal', 'winlogon', 'agent'),
    jumpMinutes: fc.integer({ min: -300, max: 300 }),
    kind: fc.constantFrom('request', 'serviceStopped', 'kernelStopped'),
    key: fc.uuid(),
  })
  .map((e) => eventOf(e as never));

function eventOf(e: Record<string, never>): SessionEvent {
  const time = BASE + Number(e.minute) * 60_000;
  return {
    time,
    signal: e.signal,
    computer: e.computer,
    computerFqdn: null,
    channel: null,
    provider: null,
    eventId: null,
    recordId: null,
    user: e.user,
    domain: 'CORP',
    sid: e.witness === 'terminal' || e.witness === 'agent' ? null : `S-1-5-21-7-${e.user}`,
    logonId: e.witness === 'security' ? e.id : null,
    linkedLogonId: e.link === e.id ? null : e.link,
    logonType: e.witness === 'security' ? e.type : null,
    terminalSessionId: e.ts,
    sessionName: null,
    sourceAddress: null,
    sourcePort: null,
    destinationAddress: null,
    destinationPort: null,
    clientName: null,
    workstation: null,
    elevated: null,
    status: null,
    subStatus: null,
    failureReason: null,
    logonProcess: null,
    authPackage: null,
    detail: {
      witness: e.witness,
      shutdownKind: e.kind,
      previousTime: time - Number(e.jumpMinutes) * 60_000,
      newTime: time,
      uptimeSeconds: Math.abs(Number(e.jumpMinutes)) * 60,
      deathTime: time - HOUR_MS,
    },
    source: { file: 'law', line: 1 },
    identity: e.key,
  } as unknown as SessionEvent;
}

const history = fc.array(anyEvent, { maxLength: 40 });
const delay = fc.constantFrom(0, 600_000);

/** The same history as records of numbered channels, some of them lost. */
const recorded = fc
  .tuple(history, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }))
  .map(([events, kept]) => {
    const inOrder = events.slice().sort((a, b) => a.time - b.time);
    const life: LifeSpan[] = [];
    const numbered = inOrder.flatMap((event, i) => {
      if (kept[i] !== true && i % 7 === 3) return [];
      const channel = event.detail?.witness === 'terminal' ? 'LSM' : 'Security';
      const span = { computer: event.computer, channel, firstRecordId: i, lastRecordId: i };
      life.push({ ...span, from: event.time, to: event.time });
      return [{ ...event, channel, recordId: i, identity: null }];
    });
    return { events: numbered, life };
  });

const RUNS = { numRuns: Number(process.env.LAW_RUNS ?? 3_000) };

function unionLength(intervals: readonly { from: number; to: number }[]): number {
  let covered = Number.NEGATIVE_INFINITY;
  let length = 0;
  for (const { from, to } of intervals.slice().sort((a, b) => a.from - b.from)) {
    length += Math.max(0, to - Math.max(from, covered));
    covered = Math.max(covered, to);
  }
  return length;
}

describe('for every history', () => {
  test('use is the session minus the union of away, and lies between its bounds', () => {
    fc.assert(
      fc.property(
        history,
        delay,
        fc.constantFrom('last-alive' as const, 'startup' as const),
        (events, screensaverDelayMs, crashEnd) => {
          for (const session of sessionize(events, [], { screensaverDelayMs, crashEnd }).sessions) {
            const end = session.end ?? session.asOf;
            expect(end).toBeGreaterThanOrEqual(session.start);
            expect(session.durationMs).toBe(end - session.start);
            expect(session.useMs).toBe(session.durationMs - unionLength(session.away));
            expect(session.useMinMs).toBeGreaterThanOrEqual(0);
            expect(session.useMinMs).toBeLessThanOrEqual(session.useMs);
            expect(session.useMs).toBeLessThanOrEqual(session.useMaxMs);
            expect(session.useMs).toBeLessThanOrEqual(session.durationMs);
            for (const { from, to } of session.away) {
              expect(from).toBeGreaterThanOrEqual(session.start);
              expect(to).toBeLessThanOrEqual(end);
              expect(to).toBeGreaterThan(from);
            }
          }
        },
      ),
      RUNS,
    );
  });

  test('the ledger adds up to the millisecond', () => {
    fc.assert(
      fc.property(history, delay, (events, screensaverDelayMs) => {
        for (const session of sessionize(events, [], { screensaverDelayMs }).sessions) {
          const counted = session.ledger.reduce((sum, entry) => sum + entry.countedMs, 0);
          expect(session.durationMs - counted).toBe(session.useMs);
          expect(session.awayMs.total).toBe(counted);
          expect(session.ledger.every((entry) => entry.countedMs >= 0)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('order and duplicates change nothing', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (events, random) => {
        const shuffled = [...events, ...events.filter((_, i) => i % 2 === 0)];
        for (let i = shuffled.length - 1; i > 0; i--) {
          const j = random.next().value % (i + 1);
          [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
        }
        expect(sessionize(shuffled)).toEqual(sessionize(events));
      }),
      RUNS,
    );
  });

  test('the same for numbered records with some lost, in any order', () => {
    fc.assert(
      fc.property(recorded, fc.infiniteStream(fc.nat()), ({ events, life }, random) => {
        const shuffled = [...events, ...events];
        for (let i = shuffled.length - 1; i > 0; i--) {
          const j = random.next().value % (i + 1);
          [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
        }
        const result = sessionize(events, life);
        expect(sessionize(shuffled, life.toReversed())).toEqual(result);
        for (const session of result.sessions) {
          const end = session.end ?? session.asOf;
          expect(session.durationMs).toBe(end - session.start);
          expect(session.useMs).toBe(session.durationMs - unionLength(session.away));
          expect(session.useMinMs).toBeLessThanOrEqual(session.useMs);
          expect(session.useMs).toBeLessThanOrEqual(session.useMaxMs);
        }
      }),
      RUNS,
    );
  });

  test('ids are unique and stable', () => {
    fc.assert(
      fc.property(history, (events) => {
        const ids = sessionize(events).sessions.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      RUNS,
    );
  });
});
