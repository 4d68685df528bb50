/** The door of the timeline. */

export { Actogram, NO_ACTOGRAM } from './actogram.ts';
export * from './contract.ts';
export * from './data/clock.ts';
export type { Hit } from './data/hit.ts';
export * from './data/lanes.ts';
export * from './data/markers.ts';
export * from './data/range-stats.ts';
export * from './data/sessions.ts';
export * from './data/states.ts';
export { perform, spanToMark } from './interact/actions.ts';
export { openTimeline } from './open.ts';
export type { Mark } from './paint/overlay.ts';
export * from './paint/palette.ts';
export * from './timeline.ts';
