/** The door of the EVTX reader. */
export type { Crc32 } from './crc32.ts';
export { type FullRecord, readAllFields } from './read-all-fields.ts';
export { createEvtxReader, type EvtxSettings, evtxReader } from './reader.ts';
export type { NamedText } from './record/record.ts';
