/** The door of the store. */

export { type HealthNote, noteAgentHealth } from './agent-health.ts';
export { lifeSpanOf } from './append/life.ts';
export { databaseFile, dialectOf, type OpenOptions, type StoreDialect } from './dialects/index.ts';
export { stepBack } from './dialects/step-back.ts';
export { eventOfBody } from './fold/event-body.ts';
export { sessionOfBody } from './fold/session-body.ts';
export { olderThan } from './forget/old-events.ts';
export { newId } from './ids.ts';
export { type ImportLog, type ImportProgress, importLog } from './import-log.ts';
export { migrate } from './migrate.ts';
export type * from './ports.ts';
export type * from './schema.ts';
export { openStore, type Store } from './store.ts';
export { backup, restore } from './tools/backup.ts';
export { checkStore, type StoreFault } from './tools/check.ts';
export { type CopiedTable, copyStore } from './tools/copy.ts';
export { type SchemaState, schemaState } from './tools/schema-state.ts';
