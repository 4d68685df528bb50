/** One session as a bar: which state from where to where, in shares of the bar, with what is not certain at its ends. */
import { type AwayReason, type DrawnSession, stepsOf, type TimelineState } from '@logonscope/core';

/** A session as it travels, as far as a bar shows it. */
export interface BarSession {
  readonly start: string;
  readonly end: string | null;
  readonly endBy: string;
  readonly endLatest: string | null;
  readonly startEarliest?: string | null;
  readonly asOf: string;
  readonly away: readonly { readonly reason: string; readonly from: string; readonly to: string }[];
}

/** A session with the instants that drawing takes. */
export function drawnSession(session: BarSession): DrawnSession {
  const instant = (text: string | null | undefined) => (text == null ? null : Date.parse(text));
  return {
    start: Date.parse(session.start),
    startEarliest: instant(session.startEarliest),
    end: instant(session.end),
    endLatest: instant(session.endLatest),
    asOf: Date.parse(session.asOf),
    away: session.away.map(({ reason, from, to }) => ({
      reason: reason as AwayReason,
      from: Date.parse(from),
      to: Date.parse(to),
    })),
  };
}

/** What colours and textures tell apart. */
export type SegmentLook = 'active' | 'idle' | 'locked' | 'disconnected' | 'line' | 'unknown';

/** How each state looks; asleep, paused and logging off are a thin line in the grey of disconnected. */
export const LOOK_OF: Readonly<Record<Exclude<TimelineState, 'none'>, SegmentLook>> = {
  active: 'active',
  idle: 'idle',
  locked: 'locked',
  disconnected: 'disconnected',
  asleep: 'line',
  paused: 'line',
  loggingOff: 'line',
  unknown: 'unknown',
};

/** Presence as height, so that no state is told by its colour alone. Shares of the bar's height. */
export const LOOK_HEIGHT: Readonly<Record<SegmentLook, number>> = {
  active: 1,
  idle: 0.72,
  locked: 0.5,
  disconnected: 0.26,
  line: 0.12,
  unknown: 0.86,
};

export const STATE_WORDS: Readonly<Record<Exclude<TimelineState, 'none'>, string>> = {
  active: 'in use',
  idle: 'idle (screen saver)',
  locked: 'locked',
  disconnected: 'disconnected',
  asleep: 'asleep',
  paused: 'computer paused',
  loggingOff: 'logging off',
  unknown: 'not known',
};

export interface Segment {
  readonly state: Exclude<TimelineState, 'none'>;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The states of some sessions within a range, in order; where nobody was there is no segment. */
export function segmentsOf(
  sessions: readonly DrawnSession[],
  range: { readonly from: number; readonly to: number },
): Segment[] {
  const steps = stepsOf(sessions, range);
  return steps.flatMap(({ at, state }, i) => {
    const toMs = steps[i + 1]?.at ?? range.to;
    return state === 'none' || toMs <= at ? [] : [{ state, fromMs: at, toMs }];
  });
}

/** A whole session with the time in which it may have lasted; at least a second long, so that it can be drawn. */
export function barOf(session: BarSession): {
  readonly fromMs: number;
  readonly toMs: number;
  readonly segments: readonly Segment[];
} {
  const drawn = drawnSession(session);
  const from = Math.min(drawn.start, drawn.startEarliest ?? drawn.start);
  const last = drawn.end ?? drawn.asOf;
  const to = Math.max(from + 1_000, last, drawn.endLatest ?? last);
  return { fromMs: from, toMs: to, segments: segmentsOf([drawn], { from, to }) };
}

/** A bar in words, for those who do not see it: how long in which state, longest first. */
export function barText(segments: readonly Segment[], lengthText: (ms: number) => string): string {
  // A session that has only just begun has no length yet, and still wants a name.
  if (segments.length === 0) return 'Only just begun';
  const lengths = new Map<string, number>();
  for (const { state, fromMs, toMs } of segments) {
    lengths.set(STATE_WORDS[state], (lengths.get(STATE_WORDS[state]) ?? 0) + toMs - fromMs);
  }
  return [...lengths]
    .sort(([, a], [, b]) => b - a)
    .map(([word, ms]) => `${word} ${lengthText(ms)}`)
    .join(', ');
}
