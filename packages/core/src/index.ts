/** The door of the core: pure functions from records to sessions, use time and reports. */

export { ANALYTICS } from './analytics/index.ts';
// --- events (tables, decoding, vocabularies, advice)
export * from './contract.ts';
export * from './events/accounts.ts';
export * from './events/audit-advice.ts';
export * from './events/decode.ts';
export * from './events/definition.ts';
export * from './events/index.ts';
export * from './events/meaning.ts';
export * from './events/splunk-query.ts';
export { computerNames } from './events/values.ts';
export * from './events/words.ts';
// --- queries, reports, analytics
export * from './filter/index.ts';
export * from './intervals.ts';
export * from './life.ts';
// --- nouns
export * from './model.ts';
export * from './problems.ts';
export * from './queries/index.ts';
export * from './record.ts';
export { REPORTS } from './reports/index.ts';
export * from './reports/report.ts';
// --- sessions
export * from './sessions/computer.ts';
export type * from './sessions/coverage.ts';
export * from './sessions/live.ts';
export type * from './sessions/options.ts';
export { atOf, orderEvents } from './sessions/order.ts';
export * from './sessions/running.ts';
export * from './sessions/sessionize.ts';
export { printTransitions } from './sessions/transitions.ts';
export * from './time.ts';
export * from './timeline/index.ts';
export * from './vocabularies/coverage-map.ts';
export * from './vocabularies/ecs.ts';
export * from './vocabularies/mitre-car.ts';
export * from './vocabularies/ocsf.ts';
export * from './zones.ts';
