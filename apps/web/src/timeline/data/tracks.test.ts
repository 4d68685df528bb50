/** Overlapping sessions: as few tracks as can be, one line as the core draws it, and counts. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { anyLane, columnsOf, contentOf, DAY, HOUR, ORIGIN } from '../testdata/build.ts';
import { LaneContent } from './lanes.ts';
import { withNews } from './news.ts';
import { sessionIdAt, sessionStateAt } from './sessions.ts';
import { CLASS_COUNT, CLASS_OF } from './states.ts';
import { stateAt } from './steps.ts';

const instant = fc.integer({ min: 0, max: 8 * 86_400 }).map((second) => ORIGIN + second * 1000 + 500);

describe('laws', () => {
  test('no two sessions of a track overlap, and there are as many tracks as sessions at once', () => {
    fc.assert(
      fc.property(anyLane(20), (lane) => {
        const { sessions, tracks, trackOf } = contentOf(lane);
        const { earliest, latest } = sessions;
        let most = 0;
        for (let i = 0; i < earliest.length; i++) {
          let here = 0;
          for (let k = 0; k < earliest.length; k++) {
            if (earliest[k]! <= earliest[i]! && latest[k]! > earliest[i]!) here += 1;
            const apart = latest[k]! <= earliest[i]! || latest[i]! <= earliest[k]!;
            if (i !== k && trackOf[i] === trackOf[k]) expect(apart).toBe(true);
          }
          most = Math.max(most, here);
        }
        expect(tracks.length).toBe(most);
      }),
    );
  });

  test('the line shows the strongest of all sessions at every instant; each is found on its track', () => {
    fc.assert(
      fc.property(anyLane(), instant, (lane, at) => {
        const content = contentOf(lane);
        const { sessions } = content;
        const states: number[] = [];
        for (let i = 0; i < sessions.start.length; i++) {
          const state = sessionStateAt(sessions, i, at);
          if (state === 0) continue;
          states.push(state);
          expect(stateAt(content.tracks[content.trackOf[i]!]!, at)).toBe(state);
        }
        expect(stateAt(content.steps, at)).toBe(states.length === 0 ? 0 : Math.min(...states));
      }),
    );
  });

  test('counts are the sessions at every instant, by class', () => {
    fc.assert(
      fc.property(anyLane(20), instant, (lane, at) => {
        const { sessions, counts } = contentOf(lane);
        const expected = new Array<number>(CLASS_COUNT).fill(0);
        for (let i = 0; i < sessions.start.length; i++) {
          const state = sessionStateAt(sessions, i, at);
          if (state > 0) expected[CLASS_OF[state]! - 1]! += 1;
        }
        let step = -1;
        while (step + 1 < counts.at.length && counts.at[step + 1]! <= at) step++;
        const shown = Array.from({ length: CLASS_COUNT }, (_, c) =>
          step < 0 ? 0 : counts.counts[step * CLASS_COUNT + c]!,
        );
        expect(shown).toEqual(expected);
      }),
    );
  });
});

describe('news', () => {
  const session = (from: number, hours: number, state = 1) => ({
    start: ORIGIN + from * HOUR,
    end: ORIGIN + (from + hours) * HOUR,
    steps: [[ORIGIN + from * HOUR, state]] as const,
  });

  it('replace the session of the same id, add new ones in order, and keep the names apart', () => {
    const before = contentOf([session(8, 4), session(14, 2)]);
    const grown = columnsOf([
      { ...session(14, 2), other: 0 },
      { ...session(12, 1), other: 1 },
    ]);
    const changed = new LaneContent(
      { ...grown, end: grown.end.map((end, i) => (i === 1 ? end + HOUR : end)) },
      ['PC-9', 'PC-8'],
      {
        from: ORIGIN,
        to: ORIGIN + DAY,
      },
    );
    const after = withNews(before, changed);
    expect(Array.from(after.sessions.start, (at) => (at - ORIGIN) / HOUR)).toEqual([8, 12, 14]);
    expect(Array.from(after.sessions.end, (at) => (at - ORIGIN) / HOUR)).toEqual([12, 13, 17]);
    expect(Array.from(after.sessions.other, (other) => after.names[other])).toEqual(['PC-1', 'PC-8', 'PC-9']);
    expect(sessionIdAt(after.sessions, 2)).toBe(sessionIdAt(before.sessions, 1));
  });

  test('of nothing change nothing', () => {
    fc.assert(
      fc.property(anyLane(), (lane) => {
        const before = contentOf(lane);
        const after = withNews(before, new LaneContent(columnsOf([]), [], { from: ORIGIN, to: ORIGIN }));
        expect(after.sessions).toEqual(before.sessions);
      }),
    );
  });
});
