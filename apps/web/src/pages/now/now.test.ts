/** What the Now page works out by itself: states, the usual day, the feed. */
import { decodeMinimap, encodeMinimap } from '@logonscope/protocol';
import { describe, expect, it, test } from 'vitest';
import type { SessionRow } from '../../parts/session/marks.tsx';
import { failedNow } from './failed-hours.ts';
import { arrived, caughtUp, type FeedEvent, feedOf, isTold, NO_FEED } from './feed.ts';
import { nowState, presentOf } from './present.ts';
import { usualDay } from './usual-day.ts';

const at = (clock: string) => `2026-11-20T${clock}:00.000Z`;
const open = (away: SessionRow['away'] = [], asOf = at('15:00')) =>
  ({ id: 'x', start: at('09:00'), end: null, endBy: 'open', asOf, away }) as unknown as SessionRow;
const stretch = (reason: string, from: string, to: string, closing: string | null) => ({
  ...{ reason, from: at(from), to: at(to) },
  evidence: ['Security:1', closing],
});

describe('an open session is', () => {
  it('in use since the last away stretch', () => {
    const { state, sinceMs } = nowState(open([stretch('locked', '12:00', '13:00', 'Security:2')]));
    expect([state, new Date(sinceMs).toISOString()]).toEqual(['active', at('13:00')]);
  });
  it('locked where the lock has no end yet', () => {
    expect(nowState(open([stretch('locked', '14:00', '15:00', null)]))).toEqual({
      state: 'locked',
      sinceMs: Date.parse(at('14:00')),
    });
  });
  it('in use where the unlock is the very last event', () => {
    expect(nowState(open([stretch('locked', '14:00', '15:00', 'Security:2')])).state).toBe('active');
  });
  it('idle rather than locked where both hold, as on the timeline', () => {
    const both = [stretch('locked', '14:00', '15:00', null), stretch('screensaver', '14:30', '15:00', null)];
    expect(nowState(open(both)).state).toBe('idle');
  });
  it('locked where the lock is the last word of its computer, and has no length yet', () => {
    const sign = { signal: 'lock', time: at('15:00'), computer: 'PC-1', user: 'Ana' };
    const row = { ...open(), computer: 'PC-1', user: 'ana' } as SessionRow;
    const [present] = presentOf([row], Date.parse(at('15:10')), [sign]).here;
    expect(present).toMatchObject({ state: 'locked', sinceMs: Date.parse(at('15:00')) });
    const others = [
      { ...sign, user: 'bo' },
      { ...sign, time: at('14:59') },
      { ...sign, computer: 'PC-2' },
    ];
    expect(presentOf([row], Date.parse(at('15:10')), others).here[0]!.state).toBe('active');
  });
  it('not on now when its computer has been silent for more than a day', () => {
    const { here, silent } = presentOf(
      [open(), open([], '2026-11-18T09:00:00.000Z')],
      Date.parse(at('15:10')),
    );
    expect([here.length, silent.length]).toEqual([1, 1]);
  });
});

describe('the usual day', () => {
  /** Half-hour bins from Monday 26 October 2026 on, in London; the clocks went back the day before. */
  const fromMs = Date.parse('2026-10-26T00:00:00Z');
  const binMs = 30 * 60_000;
  const minimapOf = (value: (date: Date) => number, days: number) => {
    const inUse = Uint32Array.from(
      { length: days * 48 },
      (_, bin) => value(new Date(fromMs + bin * binMs)) * 1_000,
    );
    return decodeMinimap(encodeMinimap({ fromMs, binMs, inUse, present: inUse }));
  };
  const nowMs = Date.parse('2026-11-20T12:10:00Z');

  it('is the median of the same sort of day, and today ends now', () => {
    // Working days have as many sessions as the day of the month, weekends a hundred.
    const slots = usualDay(
      minimapOf((date) => ([0, 6].includes(date.getUTCDay()) ? 100 : date.getUTCDate()), 26),
      'Europe/London',
      nowMs,
    );
    const [noon, later] = [slots[24]!, slots[25]!];
    // Working days before: 26–30 October, 2–6, 9–13, 16–19 November.
    expect(noon).toMatchObject({ minute: 720, today: 20, usual: 13 });
    expect(noon.low!).toBeLessThan(noon.usual!);
    expect(noon.high!).toBeLessThanOrEqual(30);
    expect(later.today).toBeNull();
    expect(later.usual).toBe(13);
  });

  it('does not take the time before the first data for days of rest', () => {
    const slots = usualDay(
      minimapOf((date) => (date < new Date('2026-11-18') ? 0 : 7), 26),
      'Europe/London',
      nowMs,
    );
    expect(slots[20]).toMatchObject({ usual: 7, low: 7, high: 7 });
  });

  it('of an empty installation has nothing to compare with', () => {
    const slots = usualDay(
      minimapOf(() => 0, 26),
      'Europe/London',
      nowMs,
    );
    expect(slots[0]).toMatchObject({ today: 0, usual: null });
  });
});

const event = (change: Partial<FeedEvent> = {}): FeedEvent => ({
  ...{ computer: 'PC-1', user: 'ana', domain: 'CORP', sid: 'S-1-5-21-1-2-3-1001', logonType: 2 },
  ...{ sourceAddress: null, signal: 'logon', time: at('12:00') },
  ...change,
});

describe('the feed', () => {
  it('tells of people, and of every failed logon', () => {
    expect(isTold(event())).toBe(true);
    expect(isTold(event({ logonType: 3 }))).toBe(false);
    expect(isTold(event({ signal: 'logonFailed', logonType: 3 }))).toBe(true);
    expect(isTold(event({ user: 'DWM-3', sid: 'S-1-5-90-0-3', domain: 'Window Manager' }))).toBe(false);
    expect(isTold(event({ signal: 'wake' }))).toBe(false);
  });

  it('tells the same thing several times in a row once', () => {
    let feed = NO_FEED;
    for (const minute of ['01', '02', '03']) {
      feed = arrived(feed, event({ signal: 'logonFailed', time: at(`12:${minute}`) }), false);
    }
    feed = arrived(feed, event({ signal: 'lock' }), false);
    expect(feed.lines.map(({ times, event: { signal } }) => `${signal} ${times}`)).toEqual([
      'lock 1',
      'logonFailed 3',
    ]);
    expect(feed.lines[1]!.event.time).toBe(at('12:03'));
  });

  it('keeps what comes while it is paused, and shows it in order', () => {
    let feed = feedOf([event({ user: 'bo' }), event({ user: 'ana' })]);
    const before = feed.lines;
    feed = arrived(feed, event({ user: 'chen' }), true);
    feed = arrived(feed, event({ user: 'dara' }), true);
    expect(feed.lines).toBe(before);
    expect(feed.waiting).toHaveLength(2);
    expect(caughtUp(feed).lines.map(({ event: { user } }) => user)).toEqual(['dara', 'chen', 'bo', 'ana']);
    expect(caughtUp(feed).waiting).toEqual([]);
  });

  test('a flood while paused is cut, and says so', () => {
    let feed = NO_FEED;
    for (let i = 0; i < 600; i++) feed = arrived(feed, event({ user: `u${i}` }), true);
    expect(feed.waiting).toHaveLength(500);
    expect(feed.wasCut).toBe(true);
    expect(caughtUp(feed).lines).toHaveLength(60);
  });
});

describe('failed logons of the last hour', () => {
  const quiet = Array.from({ length: 28 * 24 - 1 }, () => 0);
  it('are a spike when they are many and not usual at that hour', () => {
    expect(failedNow([...quiet, 12])).toMatchObject({ lastHour: 12, usualMost: 0, isSpike: true });
    expect(failedNow([...quiet, 4]).isSpike).toBe(false);
  });
  it('are none where every day has them', () => {
    const busy = Array.from({ length: 28 * 24 - 1 }, (_, i) => ((28 * 24 - 1 - i) % 24 === 0 ? 10 : 0));
    expect(failedNow([...busy, 20])).toMatchObject({ usualMost: 10, isSpike: false });
    expect(failedNow([...busy, 31]).isSpike).toBe(true);
  });
  it('of an empty installation are none', () => {
    expect(failedNow([])).toMatchObject({ lastHour: 0, usualMost: null, isSpike: false });
  });
});
