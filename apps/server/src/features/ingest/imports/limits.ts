/** How much an import may take. Each limit has its reason. */

/** Events in one commit of an import: agents' posts stand between two of them. */
export const BATCH_EVENTS = 2_000;

/** Batches read ahead of the database; more would only fill memory. */
export const BATCHES_AHEAD_MAX = 4;

/** Problems kept in words; of a file that is damaged throughout, the first tell enough. */
export const PROBLEMS_KEPT = 200;

/** Files read at once: each takes a core. */
export const IMPORTS_AT_ONCE = 1;

/** Files that wait on the disk for their turn. */
export const IMPORTS_WAITING_MAX = 100;

/** How often a batch that the store refused is tried again, before the import is given up. */
export const TRIES_MAX = 10;

/** Spans of life handed over together; they are stored at the end of a file. */
export const SPANS_AT_ONCE = 10_000;
