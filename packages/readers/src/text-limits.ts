/** Every limit of the text formats and archives, each with its reason. */

/** Text is decoded in blocks of this size: large enough to amortise calls, small enough to stay in the cache. */
export const TEXT_BLOCK_BYTES = 256 * 1024;

/** What `detect` gets to see of a file. */
export const HEAD_BYTES = 64 * 1024;

/** A longer XML event is damage: Windows itself caps an event at 64 KiB, escaped it may grow sixfold. */
export const EVENT_CHARS_MAX = 1024 * 1024;

/** A longer CSV row is an unclosed quote. */
export const ROW_CHARS_MAX = 1024 * 1024;

/** A quoted cell over more lines is an unclosed quote; privileges and messages take a few dozen. */
export const ROW_LINES_MAX = 200;

/** A longer JSON object is an unclosed brace. */
export const OBJECT_CHARS_MAX = 1024 * 1024;

/** Deeper JSON is an attack; event formats nest fewer than ten levels. */
export const OBJECT_DEPTH_MAX = 64;

/** Rows held back to learn the date order and which computer wrote what, and their text together. */
export const LOOKAHEAD_ROWS = 20_000;
export const LOOKAHEAD_CHARS = 16 * 1024 * 1024;

/** JSON objects held back to learn the offset of local times. */
export const LOOKAHEAD_OBJECTS = 1_000;

/** Distinct rows of one instant remembered to number equal ones. */
export const OCCURRENCE_ROWS_MAX = 200_000;

/** Accounts and logon IDs whose computer is remembered. */
export const HOST_KEYS_MAX = 200_000;

/** Distinct names kept once instead of once per record. */
export const INTERNED_MAX = 20_000;

/** Longer texts are not worth keeping once: they rarely repeat. */
export const INTERNED_CHARS_MAX = 256;

/** Computer and channel pairs whose signs of life are followed at the same time. */
export const LIFE_TRACKERS_MAX = 10_000;

/** An archive within an archive is opened once more, not deeper: deeper ones are made to exhaust readers. */
export const ARCHIVE_DEPTH_MAX = 2;

/** More members are a directory bomb. */
export const ARCHIVE_MEMBERS_MAX = 100_000;

/** Below this an archive may grow by any factor: small files of one repeated line are harmless. */
export const ARCHIVE_FREE_BYTES = 512 * 1024 * 1024;

/** Beyond the free bytes a member may not be larger than this many times its packed size; logs reach 100. */
export const ARCHIVE_RATIO_MAX = 300;
