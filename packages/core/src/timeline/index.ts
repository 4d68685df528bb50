/** Lanes of the timeline: states over time, and how much of each day they took. */
export { type StateLengths, stateLengths } from './day-shares.ts';
export {
  type DrawnSession,
  type Step,
  sessionSteps,
  stepsOf,
  TIMELINE_STATES,
  type TimelineState,
} from './steps.ts';
