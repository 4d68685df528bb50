/** What tests, bench and tools share: damage for readers, and suites that every reader passes. */
export { type Accuracy, compareWithTruth, type FoundSession, matchSessions } from './accuracy.ts';
export * from './browser/index.ts';
export { addTallies, type FuzzOptions, fuzz } from './fuzz/fuzz.ts';
export type { FuzzFailure, FuzzTally } from './fuzz/slice.ts';
export { HOSTILE_NAMES, READER_LAWS, type ReaderLaw, type ReaderSample } from './reader-conformance.ts';
export { TEXT_SAMPLES } from './reader-samples.ts';
export * from './scenario.ts';
export { startAnyPostgres } from './servers/any-postgres.ts';
export { noMariadb, startMariadb } from './servers/mariadb.ts';
export {
  type Mischief,
  type OidcProvider,
  type OidcProviderOptions,
  startOidcProvider,
} from './servers/oidc-provider.ts';
export { startPglite } from './servers/pglite.ts';
export { noPostgres, startPostgres } from './servers/postgres.ts';
export { noPostgresPair, type PostgresPair, startPostgresPair } from './servers/postgres-pair.ts';
export { noRedis, startRedis } from './servers/redis.ts';
export type { NoServer, TestServer } from './servers/server.ts';
export { startSqlServer } from './servers/sql-server.ts';
export {
  decodeSimulated,
  isOfPerson,
  type SimulatedEvents,
  sessionizeSimulated,
} from './simulated.ts';
export {
  handOverSimulated,
  type LogFiles,
  type ReadFilesOptions,
  type ReadLog,
  readFiles,
  readSimulated,
  SIMULATED_FORMATS,
  type SimulatedFormat,
  type SimulatedLog,
  sessionsOfPeople,
} from './simulated-log.ts';
