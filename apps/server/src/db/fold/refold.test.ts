// Sessions folded batch by batch behind a moving horizon are those of the whole log, whatever comes late or twice.
import {
  type LifeSpan,
  type LogonSession,
  type SessionEvent,
  type Signal,
  sessionize,
} from '@logonscope/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDelivery, anyHistory, anyLife, deliver } from '../testdata/histories.ts';
import { ABSENT } from './absent.ts';
import { type Horizon, reachesBehind } from './horizon.ts';
import { identityHash } from './identity.ts';
import { refold } from './refold.ts';

/** A keeper of events in memory: what the store does in SQL. */
function follow(batches: readonly (readonly SessionEvent[])[], spans: readonly LifeSpan[] = [], spansAt = 0) {
  const archive = new Map<string, SessionEvent>();
  const shown = new Map<string, LogonSession>();
  let horizon: Horizon | null = null;
  let rebuilds = 0;
  let most = 0;
  let life: readonly LifeSpan[] = [];
  for (const [i, batch] of [...batches, []].entries()) {
    const fresh = batch.filter((event) => !archive.has(`${event.time} ${identityHash(event)}`));
    for (const event of fresh) archive.set(`${event.time} ${identityHash(event)}`, event);
    const told = spans.length > 0 && i === Math.min(spansAt, batches.length);
    if (told) life = spans;
    if ((fresh.length === 0 && !told) || archive.size === 0) continue;
    const late = horizon !== null && (told || reachesBehind(horizon, fresh));
    if (late) rebuilds++;
    const before: Horizon | null = late ? null : horizon;
    const from = before?.from ?? Number.NEGATIVE_INFINITY;
    const events = [...archive.values()].filter(({ time }) => time >= from);
    most = Math.max(most, events.length);
    const done = refold(
      'PC1',
      before,
      events,
      life.filter(({ to }) => to >= from),
    );
    for (const [id, { start }] of shown) if (start >= from) shown.delete(id);
    for (const session of done.sessions) shown.set(session.id, session);
    horizon = done.horizon;
    for (const [id, session] of shown)
      if (session.endBy !== 'open') shown.set(id, { ...session, asOf: done.asOf! });
  }
  return { sessions: [...shown.values()], rebuilds, most, horizon };
}

const sorted = (sessions: readonly LogonSession[]) =>
  sessions.toSorted((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));

describe('refold', () => {
  test('any history in any batches', () => {
    fc.assert(
      fc.property(anyHistory, anyDelivery, (history, delivery) => {
        const batches = deliver(history, delivery);
        expect(sorted(follow(batches).sessions)).toEqual(sorted(sessionize(batches.flat()).sessions));
      }),
      { numRuns: Number(process.env.LAW_RUNS ?? 1_000) },
    );
  });

  test('any history in any batches, with what an imported log tells between two of them', () => {
    fc.assert(
      fc.property(anyHistory, anyDelivery, anyLife, fc.nat(12), (history, delivery, lifeOf, spansAt) => {
        const batches = deliver(history, delivery);
        const spans = lifeOf(history);
        const whole = sessionize(batches.flat(), spans).sessions;
        expect(sorted(follow(batches, spans, spansAt).sessions)).toEqual(sorted(whole));
      }),
      { numRuns: Number(process.env.LAW_RUNS ?? 1_000) },
    );
  });

  test('a year of words, an event at a time: never more than the last days are folded again', () => {
    const day = (n: number) =>
      ['logon', 'lock', 'unlock', 'logoff'].map(
        (signal, i): SessionEvent => ({
          ...ABSENT,
          time: Date.UTC(2025, 0, 1 + n, 8 + 2 * i),
          signal: signal as Signal,
          computer: 'PC1',
          user: n % 3 === 0 ? 'bob' : 'ana',
          identity: `${n} ${signal}`,
        }),
      );
    const events = Array.from({ length: 365 }, (_, n) => day(n)).flat();
    const { most, rebuilds, sessions } = follow(events.map((event) => [event]));
    expect(sessions).toHaveLength(365);
    expect(most).toBeLessThan(20);
    // The first lock tells that locks are recorded at all, which concerns what was before.
    expect(rebuilds).toBeLessThanOrEqual(1);
  });
});
