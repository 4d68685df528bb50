// A fold that goes on gives what a fold of the whole log gives, after every batch, for any history.
import { readdirSync, readFileSync } from 'node:fs';
import { parseScenario } from '@logonscope/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LogonSession, type SessionEvent, SIGNALS, type Signal } from '../model.ts';
import { readComputer, sessionizeComputer } from './computer.ts';
import {
  goOn,
  type RunningComputer,
  runComputer,
  runningAsOf,
  runningBoots,
  runningSessions,
} from './running.ts';

const COMPUTER = 'PC1';
const MINUTE_MS = 60_000;
const BASE = Date.UTC(2025, 2, 3);

/** Follows a log batch by batch; compares with the whole log after each. Answers how often the fold went on. */
function follow(batches: readonly (readonly SessionEvent[])[]): { wentOn: number; anew: number } {
  let running: RunningComputer | null = null;
  let seen: SessionEvent[] = [];
  let shown = new Map<string, LogonSession>();
  const count = { wentOn: 0, anew: 0 };
  for (const batch of batches) {
    seen = [...seen, ...batch];
    const changes: ReturnType<typeof goOn> = running === null ? null : goOn(running, batch);
    const whole = sessionizeComputer(COMPUTER, readComputer(seen, []), {});
    if (changes === null) {
      count.anew++;
      running = runComputer(COMPUTER, readComputer(seen, []));
      shown = new Map(whole.sessions.map((session) => [session.id, session]));
    } else {
      count.wentOn++;
      for (const id of changes.removed) shown.delete(id);
      for (const session of changes.finished) shown.set(session.id, session);
    }
    if (running === null) continue;
    // What closed sessions are counted to moves with every event and is kept once, with the computer.
    expect(runningSessions(running).map(settled)).toEqual(whole.sessions.map(settled));
    expect(inOrder([...shown.values()]).map(settled)).toEqual(whole.sessions.map(settled));
    expect(runningBoots(running)).toEqual(whole.boots);
    const closed = whole.sessions.find(({ endBy }) => endBy !== 'open');
    if (closed !== undefined) expect(runningAsOf(running)).toBe(closed.asOf);
  }
  return count;
}

const settled = (session: LogonSession) => (session.endBy === 'open' ? session : { ...session, asOf: 0 });
const inOrder = (sessions: readonly LogonSession[]) =>
  sessions.toSorted((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));

function cut<T>(events: readonly T[], sizes: readonly number[]): T[][] {
  const batches: T[][] = [];
  let at = 0;
  for (const size of sizes) {
    if (at < events.length) batches.push(events.slice(at, at + size));
    at += size;
  }
  if (at < events.length) batches.push(events.slice(at));
  return batches;
}

const anySizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 40, maxLength: 40 });

const anySignal = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Signal>('logon', 'logoff', 'lock', 'unlock', 'logoffBegin') },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Signal>('disconnect', 'reconnect', 'screensaverOn', 'screensaverOff'),
  },
  { weight: 2, arbitrary: fc.constantFrom<Signal>('boot', 'crash', 'shutdown', 'sleep', 'wake', 'uptime') },
  { weight: 1, arbitrary: fc.constantFrom<Signal>(...SIGNALS) },
);

/** A log as a computer writes it: times run forward, record numbers too, with holes; now and then a clock is set. */
const anyLog = fc
  .array(
    fc.record({
      signal: anySignal,
      minutes: fc.constantFrom(0, 0, 0.2, 1, 5, 30, 200),
      skip: fc.constantFrom(1, 1, 1, 3),
      channel: fc.constantFrom('Security', 'Security', 'System', 'Terminal', null),
      user: fc.constantFrom('ana', 'bob', null),
      sid: fc.constantFrom(true, false),
      id: fc.constantFrom(null, '0x11', '0x12', '0x13'),
      link: fc.constantFrom(null, null, null, '0x12'),
      type: fc.constantFrom(2, 2, 10, 7, 3, null),
      terminal: fc.constantFrom(null, null, 1, 2),
      witness: fc.constantFrom(
        'security' as const,
        'terminal' as const,
        'winlogon' as const,
        'agent' as const,
      ),
      kind: fc.constantFrom('request' as const, 'serviceStopped' as const, 'kernelStopped' as const),
      asleep: fc.integer({ min: 0, max: 600 }),
      jump: fc.constantFrom(0, 0, 0, 0, 20),
      /** The kernel writes what it saw when it can. */
      writtenLate: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 2, maxLength: 60 },
  )
  .map((steps) => {
    let time = BASE;
    const numbers = new Map<string, number>();
    return steps.map((step, line): SessionEvent => {
      time += step.minutes * MINUTE_MS;
      const { channel, asleep, user } = step;
      const recordId = channel === null ? null : (numbers.get(channel) ?? 0) + step.skip;
      if (channel !== null) numbers.set(channel, recordId!);
      return {
        ...eventAt(step.writtenLate ? time - 3 * MINUTE_MS : time, step.signal),
        provider: step.writtenLate ? 'Microsoft-Windows-Kernel-General' : null,
        ...{ channel, recordId, user, domain: user === null ? null : 'CORP' },
        sid: step.sid && user !== null ? `S-1-5-21-7-${user}` : null,
        logonId: step.witness === 'security' ? step.id : null,
        linkedLogonId: step.link === step.id ? null : step.link,
        logonType: step.witness === 'security' ? step.type : null,
        terminalSessionId: step.terminal,
        detail: {
          witness: step.witness,
          shutdownKind: step.kind,
          previousTime: time - step.jump * MINUTE_MS,
          newTime: time,
          uptimeSeconds: asleep * 60,
          deathTime: time - asleep * MINUTE_MS,
          ...(asleep > 300 ? { sleepTime: time - asleep * MINUTE_MS, wakeTime: time } : {}),
        },
        identity: channel === null ? `${line}` : null,
      };
    });
  });

function eventAt(time: number, signal: Signal): SessionEvent {
  return {
    ...{ time, signal, computer: COMPUTER, computerFqdn: null, channel: null, provider: null, eventId: null },
    ...{ recordId: null, user: null, domain: null, sid: null, logonId: null, linkedLogonId: null },
    ...{ logonType: null, terminalSessionId: null, sessionName: null, sourceAddress: null, sourcePort: null },
    ...{
      destinationAddress: null,
      destinationPort: null,
      clientName: null,
      workstation: null,
      elevated: null,
    },
    ...{ status: null, subStatus: null, failureReason: null, logonProcess: null, authPackage: null },
    ...{ detail: null, source: { file: 'law', line: 1 }, identity: null },
  };
}

describe('a fold that goes on', () => {
  test('any log in its own order, in any batches', () => {
    fc.assert(
      fc.property(anyLog, anySizes, (events, sizes) => void follow(cut(events, sizes))),
      { numRuns: Number(process.env.LAW_RUNS ?? 600) },
    );
  });

  test('any log with some events late or twice: it goes on only where it may', () => {
    const moves = fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 5 });
    fc.assert(
      fc.property(anyLog, anySizes, moves, (log, sizes, moved) => {
        const events = [...log];
        for (const [from, to] of moved)
          if (from < events.length) events.splice(to, 0, ...events.splice(from, 1));
        follow(cut([...events, ...events.slice(0, 2)], sizes));
      }),
      { numRuns: Number(process.env.LAW_RUNS ?? 300) },
    );
  });

  const folder = new URL('./scenarios/', import.meta.url);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
    test(`${name}, an event at a time`, () => {
      const { events } = parseScenario(readFileSync(new URL(name, folder), 'utf8'), name);
      const [computer] = [...new Set(events.map((event) => event.computer))];
      const own = events.filter((event) => event.computer === computer);
      follow(own.map((event) => [{ ...event, computer: COMPUTER }]));
    });
  }

  test('a week of days without a surprise is never read anew', () => {
    const day = (n: number) =>
      (['logon', 'lock', 'unlock', 'logoff'] as const).map((signal, i) => ({
        ...eventAt(BASE + (n * 24 + 8 + 2 * i) * 60 * MINUTE_MS, signal),
        ...{ channel: 'Security', recordId: 4 * n + i + 1, user: 'ana', logonId: `0x${n}`, logonType: 2 },
      }));
    const week = [0, 1, 2, 3, 4].flatMap(day);
    expect(follow(week.map((event) => [event]))).toEqual({ wentOn: week.length - 1, anew: 1 });
  });

  test('an event before the last, a changed clock, a number or a key given twice are not taken', () => {
    const logon = { ...eventAt(BASE, 'logon'), user: 'ana', channel: 'Security', recordId: 5 };
    const at = (rest: Partial<SessionEvent>) =>
      goOn(runComputer(COMPUTER, readComputer([logon], []))!, [
        { ...logon, signal: 'lock', time: BASE + 5 * MINUTE_MS, recordId: 6, ...rest },
      ]);
    expect(at({})).not.toBeNull();
    expect(at({ time: BASE })).toBeNull();
    expect(at({ recordId: 5 })).toBeNull();
    const set = { previousTime: BASE, newTime: BASE + 60 * MINUTE_MS };
    expect(at({ signal: 'clockChange', detail: set })).toBeNull();
    // Two deliveries of one key, as neighbours, are copies whatever their times say.
    const keyed = { ...eventAt(BASE, 'logon'), user: 'ana', identity: 'k1' };
    const running = runComputer(COMPUTER, readComputer([keyed], []))!;
    expect(goOn(running, [{ ...keyed, time: BASE + MINUTE_MS }])).toBeNull();
  });
});
