/** Random histories of a computer, few enough people and IDs that their stories collide. */
import { type LifeSpan, LifeTracker, type SessionEvent, SIGNALS, type Signal } from '@logonscope/core';
import fc from 'fast-check';
import { ABSENT } from '../fold/absent.ts';

const BASE = Date.UTC(2025, 2, 3);
const MINUTE_MS = 60_000;

const fullSignal = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Signal>('logon', 'logoff', 'lock', 'unlock', 'logoffBegin') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Signal>('disconnect', 'reconnect', 'screensaverOn', 'sleep', 'wake'),
  },
  { weight: 2, arbitrary: fc.constantFrom<Signal>('boot', 'boot', 'crash', 'shutdown') },
  { weight: 1, arbitrary: fc.constantFrom<Signal>(...SIGNALS) },
);

const moment = (days: number) => fc.integer({ min: 0, max: days * 24 * 60 });

/** Everything Windows may write, with logon IDs, boots, shutdowns and clock changes; without record numbers. */
const windowsEvent = fc
  .record({
    signal: fullSignal,
    minute: moment(6),
    user: fc.constantFrom('ana', 'bob', null),
    id: fc.constantFrom(null, '0x11', '0x12', '0x13'),
    type: fc.constantFrom(2, 2, 10, 7, null),
    terminal: fc.constantFrom(null, null, 1, 2),
    witness: fc.constantFrom('security' as const, 'terminal' as const, 'winlogon' as const),
    jumpMinutes: fc.integer({ min: -30, max: 30 }),
    key: fc.uuid(),
  })
  .map(({ signal, minute, user, id, type, terminal, witness, jumpMinutes, key }): SessionEvent => {
    const time = BASE + minute * MINUTE_MS;
    const security = witness === 'security';
    const detail =
      signal === 'clockChange'
        ? { previousTime: time - jumpMinutes * MINUTE_MS, newTime: time }
        : signal === 'shutdown'
          ? { shutdownKind: 'kernelStopped' as const }
          : { witness };
    return {
      ...ABSENT,
      time,
      signal,
      computer: 'PC1',
      user: security && jumpMinutes > 25 ? null : user,
      domain: 'CORP',
      sid: security && user !== null ? `S-1-5-21-7-${user}` : null,
      logonId: security ? id : null,
      logonType: security ? type : null,
      terminalSessionId: terminal,
      detail,
      source: { file: 'law', line: 1 },
      identity: key,
    };
  });

/** What agents of the old kind send: words, people, nothing else. */
const plainEvent = fc
  .record({
    signal: fc.constantFrom<Signal>(
      'logon',
      'logon',
      'logoff',
      'logoff',
      'lock',
      'unlock',
      'logonFailed',
      'other',
    ),
    minute: moment(10),
    user: fc.constantFrom('ana', 'bob', 'ana', 'eve', null),
    domain: fc.constantFrom('CORP', 'CORP', 'CORP', null),
    key: fc.uuid(),
  })
  .map(
    ({ signal, minute, user, domain, key }): SessionEvent => ({
      ...ABSENT,
      time: BASE + minute * MINUTE_MS,
      signal,
      computer: 'PC1',
      user,
      domain,
      detail: { witness: 'agent' },
      source: { file: 'law', line: 1 },
      identity: key,
    }),
  );

/** People who come and go one after the other, as such agents tell it, with signs that were never sent. */
const visits = fc
  .array(
    fc.record({
      user: fc.constantFrom('ana', 'bob'),
      told: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.integer({ min: 0, max: 9 })),
      minutes: fc.integer({ min: 2, max: 90 }),
    }),
    { minLength: 4, maxLength: 20 },
  )
  .map((list) => {
    let minute = 0;
    const at = (signal: Signal, user: string): SessionEvent => ({
      ...ABSENT,
      time: BASE + minute * MINUTE_MS,
      signal,
      computer: 'PC1',
      user,
      detail: { witness: 'agent' },
      source: { file: 'law', line: 1 },
      identity: `${signal} ${minute}`,
    });
    return list.flatMap(({ user, told: [came, locked, unlocked, went], minutes }) => {
      const signs: readonly (readonly [Signal, boolean])[] = [
        ['logon', came],
        ['lock', locked],
        ['unlock', unlocked],
        ['logoff', went > 0],
      ];
      return signs.flatMap(([signal, sent]) => {
        minute += minutes;
        return sent ? [at(signal, user)] : [];
      });
    });
  });

/** Records of one channel, numbered with holes, the clock never changed. */
const numberedLog = fc
  .array(
    fc.record({
      signal: fc.constantFrom<Signal>(
        'boot',
        'shutdown',
        'logon',
        'logoff',
        'lock',
        'unlock',
        'screensaverOn',
      ),
      minutes: fc.integer({ min: 0, max: 300 }),
      skip: fc.constantFrom(1, 1, 1, 1, 3),
      user: fc.constantFrom('ana', 'bob'),
      id: fc.constantFrom('0x11', '0x12'),
      channel: fc.constantFrom('Security', 'Security', 'System'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) => {
    let time = BASE;
    let recordId = 0;
    return steps.map(({ signal, minutes, skip, user, id, channel }): SessionEvent => {
      time += minutes * MINUTE_MS;
      recordId += skip;
      const person = signal !== 'boot' && signal !== 'shutdown';
      return {
        ...ABSENT,
        time,
        signal,
        computer: 'PC1',
        channel,
        recordId,
        user: person ? user : null,
        domain: person ? 'CORP' : null,
        sid: person ? `S-1-5-21-7-${user}` : null,
        logonId: person ? id : null,
        logonType: signal === 'logon' ? 2 : null,
        detail: signal === 'shutdown' ? { shutdownKind: 'kernelStopped' } : null,
        source: { file: 'law', record: recordId },
      };
    });
  });

/** What an imported log tells of the records between the events of a history: some of their channels, some of their holes. */
export const anyLife = fc
  .record({
    fills: fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
    quiet: fc.array(fc.tuple(fc.integer({ min: 0, max: 6 * 24 * 60 }), fc.integer({ min: 0, max: 3 })), {
      maxLength: 30,
    }),
    from: fc.nat(40),
  })
  .map((wish) => (history: readonly SessionEvent[]): LifeSpan[] => {
    const channels = new Map<string, { recordId: number; time: number }[]>();
    for (const { channel, recordId, time } of history) {
      if (recordId === null || channel === null) continue;
      channels.set(channel, [...(channels.get(channel) ?? []), { recordId, time }]);
    }
    const spans = [...channels].flatMap(([channel, records]) => {
      const tracker = new LifeTracker('PC1', channel);
      const sorted = records.toSorted((a, b) => a.recordId - b.recordId);
      for (const [i, { recordId, time }] of sorted.entries()) {
        if (i < wish.from % 7) continue;
        const before = sorted[i - 1];
        // Records without a session's evidence, where the log has a hole for us.
        if (before !== undefined && wish.fills[i % 60])
          for (let n = before.recordId + 1; n < recordId; n++)
            tracker.touch(
              n,
              before.time +
                Math.floor(((time - before.time) * (n - before.recordId)) / (recordId - before.recordId)),
            );
        tracker.touch(recordId, time);
      }
      return tracker.finish();
    });
    const quiet = new LifeTracker('PC1', 'Application');
    let number = wish.from;
    for (const [minute, skip] of wish.quiet.toSorted((a, b) => a[0] - b[0])) {
      number += 1 + skip;
      quiet.touch(number, BASE + minute * MINUTE_MS);
    }
    return [...spans, ...quiet.finish()];
  });

export const anyHistory: fc.Arbitrary<SessionEvent[]> = fc.oneof(
  fc.array(windowsEvent, { minLength: 1, maxLength: 60 }),
  fc.array(plainEvent, { minLength: 1, maxLength: 60 }),
  visits,
  numberedLog,
);

/** Sizes to cut a history by, and how much it is out of order: each event is moved by up to `late` places. */
export const anyDelivery = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 60, maxLength: 60 }),
  inOrder: fc.boolean(),
  moves: fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 6 }),
  repeats: fc.array(fc.nat(59), { maxLength: 6 }),
});

export type Delivery = typeof anyDelivery extends fc.Arbitrary<infer T> ? T : never;

/** The batches in which a history arrives: mostly in order, some late, some twice. */
export function deliver(history: readonly SessionEvent[], delivery: Delivery): SessionEvent[][] {
  const events = delivery.inOrder ? history.toSorted((a, b) => a.time - b.time) : [...history];
  for (const [from, to] of delivery.moves) {
    if (from < events.length) events.splice(to, 0, ...events.splice(from, 1));
  }
  for (const i of delivery.repeats) if (i < events.length) events.push(events[i]!);
  const batches: SessionEvent[][] = [];
  let at = 0;
  for (const size of delivery.sizes) {
    if (at >= events.length) break;
    batches.push(events.slice(at, at + size));
    at += size;
  }
  if (at < events.length) batches.push(events.slice(at));
  return batches;
}
