// Live sessions equal those of the whole log, however the events are cut into batches and whatever comes late.
import { parseScenario } from '@logonscope/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SessionEvent } from '../model.ts';
import {
  advanceComputer,
  type LiveComputer,
  liveSessions,
  newLiveComputer,
  rebuildComputer,
} from './live.ts';
import { sessionize } from './sessionize.ts';

/** A keeper of events, as a server is: it holds the archive and asks for a rebuild when something comes late. */
function follow(computer: string, batches: readonly (readonly SessionEvent[])[]) {
  let state: LiveComputer = newLiveComputer(computer);
  const archive: SessionEvent[] = [];
  const shown = new Map<string, unknown>();
  let rebuilds = 0;
  for (const batch of batches) {
    archive.push(...batch);
    const step = advanceComputer(state, batch);
    const { state: next, changes } = step.is === 'late' ? rebuildComputer(state, archive) : step;
    if (step.is === 'late') rebuilds++;
    state = next;
    for (const id of changes.removed) shown.delete(id);
    for (const session of changes.changed) shown.set(session.id, session);
  }
  return { state, shown, rebuilds };
}

const WEEK = parseScenario(
  ['2', '3', '4', '5', '6']
    .map(
      (day) => `
${day}/08:00:00 boot
${day}/08:30:00 logon user=ana id=0x1${day}
${day}/09:00:00 logon user=bob id=0x2${day}
${day}/12:00:00 lock user=ana id=0x1${day}
${day}/12:30:00 unlock user=ana id=0x1${day}
${day}/16:00:00 logoff user=bob id=0x2${day}
${day}/17:00:00 logoffBegin user=ana id=0x1${day}
${day}/17:00:01 logoff user=ana id=0x1${day}
${day}/17:01:00 shutdown kind=kernelStopped`,
    )
    .join('\n'),
).events;

const withoutAsOf = (sessions: readonly object[]) => sessions.map((session) => ({ ...session, asOf: 0 }));

describe('live sessions', () => {
  test('event by event, what was shown is what the whole log says', () => {
    const { state, shown, rebuilds } = follow(
      'PC1',
      WEEK.map((event) => [event]),
    );
    const whole = sessionize(WEEK).sessions;
    expect(liveSessions(state)).toEqual(whole);
    expect(withoutAsOf([...shown.values()] as object[])).toEqual(expect.arrayContaining(withoutAsOf(whole)));
    expect(shown.size).toBe(whole.length);
    expect(rebuilds).toBe(0);
  });

  test('old boots are let go: the state holds the last boots only', () => {
    const { state } = follow(
      'PC1',
      WEEK.map((event) => [event]),
    );
    expect(state.events.length).toBeLessThan(WEEK.length / 2);
    expect(state.settled.size).toBeGreaterThanOrEqual(6);
  });

  test('an event of a settled boot asks for a rebuild, which takes the session back', () => {
    const lost = WEEK.find(({ signal, user }) => signal === 'unlock' && user === 'ana')!;
    const rest = WEEK.filter((event) => event !== lost);
    const { state, rebuilds } = follow('PC1', [...rest.map((event) => [event]), [lost]]);
    expect(rebuilds).toBe(1);
    expect(liveSessions(state)).toEqual(sessionize(WEEK).sessions);
  });

  test('a repeated batch changes nothing', () => {
    const once = follow('PC1', [WEEK]);
    const step = advanceComputer(once.state, WEEK.slice(-3));
    expect(step.is === 'advanced' && step.changes).toEqual({ changed: [], removed: [] });
  });

  test('any order, any batches', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(WEEK, { minLength: WEEK.length }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 45, maxLength: 45 }),
        (events, sizes) => {
          const cut: SessionEvent[][] = [];
          let rest = events;
          for (const size of sizes) {
            cut.push(rest.slice(0, size));
            rest = rest.slice(size);
          }
          cut.push(rest);
          expect(liveSessions(follow('PC1', cut).state)).toEqual(sessionize(WEEK).sessions);
        },
      ),
      { numRuns: Number(process.env.LAW_RUNS ?? 150) },
    );
  });
});
