/** How much of each local day a lane spent in each state: what the timeline draws when a day is a few pixels wide. */
import type { Interval } from '../intervals.ts';
import { type Step, TIMELINE_STATES } from './steps.ts';

/** Milliseconds in each state, by the state's number; the first, `none`, stays 0. */
export type StateLengths = number[];

/** For each day the lengths of the states in it. Days are sorted and apart; steps are those of one lane. */
export function stateLengths(steps: readonly Step[], days: readonly Interval[]): StateLengths[] {
  const lengths = days.map(() => TIMELINE_STATES.map(() => 0));
  let day = 0;
  for (const [i, { at, state }] of steps.entries()) {
    const number = TIMELINE_STATES.indexOf(state);
    const until = steps[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    if (number === 0) continue;
    while (day < days.length && days[day]!.to <= at) day += 1;
    for (let d = day; d < days.length && days[d]!.from < until; d++) {
      lengths[d]![number]! += Math.min(until, days[d]!.to) - Math.max(at, days[d]!.from);
    }
  }
  return lengths;
}
