/** The filter language: text to chips and back, and what chips ask of sessions and events. */
export * from './chip.ts';
export { type Clause, type Condition, conditionOf } from './condition.ts';
export { FILTER_KEYS, type FilterKeyDefinition } from './keys.ts';
export {
  allHold,
  certaintyOf,
  eventMatcher,
  eventTest,
  type FilterContext,
  matches,
  sessionMatcher,
  sessionTest,
} from './matches.ts';
export { parseFilter } from './parse.ts';
export { isSidPattern } from './pattern.ts';
export { printFilter } from './print.ts';
