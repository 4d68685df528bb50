/** A lane of the timeline: the sessions of a person or computer as one line of states, the strongest presence on top. */
import { clip, type Interval, subtract } from '../intervals.ts';
import type { AwayReason, Instant, LogonSession } from '../model.ts';
import { sessionInterval } from '../queries/use.ts';

/** From absence to what hides all else; the index is the state's number wherever numbers are kept. */
export const TIMELINE_STATES = [
  'none',
  'active',
  'idle',
  'locked',
  'disconnected',
  'asleep',
  'paused',
  'loggingOff',
  'unknown',
] as const;
export type TimelineState = (typeof TIMELINE_STATES)[number];

/** From one instant on the lane is in a state, until the next step; before the first it is in none. */
export interface Step {
  readonly at: Instant;
  readonly state: TimelineState;
}

/** What drawing a session takes; more than this need not be at hand. */
export type DrawnSession = Pick<LogonSession, 'start' | 'startEarliest' | 'end' | 'endLatest' | 'asOf'> & {
  readonly away: readonly (Interval & { readonly reason: AwayReason })[];
};

type Part = Interval & { readonly state: TimelineState };

const STATE_OF_REASON: Readonly<Record<AwayReason, TimelineState>> = {
  screensaver: 'idle',
  locked: 'locked',
  disconnected: 'disconnected',
  asleep: 'asleep',
  paused: 'paused',
  loggingOff: 'loggingOff',
};

/** Weakest first: inside one session a later reason is closer to absence, as `presenceAt` has it. */
const REASONS: readonly AwayReason[] = [
  'loggingOff',
  'paused',
  'asleep',
  'disconnected',
  'locked',
  'screensaver',
];

/**
 * The steps of one lane within a range. Where sessions overlap, the strongest presence is drawn; steps are strictly
 * increasing in time and each changes the state. A session without length leaves no step.
 *
 *     PC1     ├──active──┼──locked──────┤
 *     PC2                     ├─active──────┤
 *     lane    ├──active──┼locked┼─active────┤ none
 */
export function stepsOf(sessions: Iterable<DrawnSession>, range: Interval): Step[] {
  const edges: { at: Instant; state: number; change: 1 | -1 }[] = [];
  for (const session of sessions) {
    for (const { from, to, state } of partsOf(session, range)) {
      const number = TIMELINE_STATES.indexOf(state);
      edges.push({ at: from, state: number, change: 1 }, { at: to, state: number, change: -1 });
    }
  }
  edges.sort((a, b) => a.at - b.at);
  const holding = TIMELINE_STATES.map(() => 0);
  const steps: Step[] = [];
  let shown = 0;
  for (let i = 0; i < edges.length; ) {
    const { at } = edges[i]!;
    for (; i < edges.length && edges[i]!.at === at; i++) holding[edges[i]!.state]! += edges[i]!.change;
    const strongest = Math.max(
      0,
      holding.findIndex((count) => count > 0),
    );
    if (strongest !== shown) steps.push({ at, state: TIMELINE_STATES[strongest]! });
    shown = strongest;
  }
  return steps;
}

/**
 * The steps of one session by itself, from the earliest it may have begun to the latest it may have ended; the last is
 * `none`. A session without length has none.
 */
export function sessionSteps(session: DrawnSession): Step[] {
  const parts = partsOf(session, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
  parts.sort((a, b) => a.from - b.from);
  const steps: Step[] = [];
  for (const [i, { from, to, state }] of parts.entries()) {
    if (steps.at(-1)?.state !== state) steps.push({ at: from, state });
    if (parts[i + 1]?.from !== to) steps.push({ at: to, state: 'none' });
  }
  return steps;
}

/** A session as stretches of states that do not overlap: away where its ledger says so, unknown where it may have lasted. */
function partsOf(session: DrawnSession, range: Interval): Part[] {
  const whole = clip([sessionInterval(session)], range);
  const parts: Part[] = [];
  let left = whole;
  for (const reason of [...REASONS].reverse()) {
    const away = session.away.filter((one) => one.reason === reason);
    if (away.length === 0) continue;
    const state = STATE_OF_REASON[reason];
    const before = left;
    left = subtract(left, away);
    for (const stretch of subtract(before, left)) parts.push({ ...stretch, state });
  }
  for (const stretch of left) parts.push({ ...stretch, state: 'active' });
  for (const stretch of clip(unsure(session), range)) parts.push({ ...stretch, state: 'unknown' });
  return parts;
}

/** Where the session may have been there, beyond what is counted. */
function unsure({ start, startEarliest, end, endLatest }: DrawnSession): Interval[] {
  const found: Interval[] = [];
  if (startEarliest !== null && startEarliest < start) found.push({ from: startEarliest, to: start });
  if (end !== null && endLatest !== null && endLatest > end) found.push({ from: end, to: endLatest });
  return found;
}
