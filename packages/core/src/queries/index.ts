/** Questions one can ask of sessions: how long, on which day, who was where, who met whom. */
export {
  type AccountBook,
  type AccountQuery,
  type AccountTraits,
  accountBook,
  accountKey,
  matchesAccount,
  parseAccount,
} from './account.ts';
export { type DayMatrix, dayMatrix, type PersonDay } from './day-matrix.ts';
export { type Overlap, type OverlapOptions, overlaps } from './overlaps.ts';
export { type PersonTime, personTime } from './person-time.ts';
export { type Presence, type PresenceState, presenceAt, whereWas, whoWasOn } from './presence.ts';
export { isPersonal, sessionInterval, useIntervals } from './use.ts';
