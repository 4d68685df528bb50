/** How much one request may take. Each limit has its reason; `packages/protocol` has those that clients should know. */

const MIB = 1024 * 1024;

/** An ordinary body: forms and settings are far smaller. */
export const BODY_BYTES_MAX = 1 * MIB;

/** A batch of 5,000 events with all their fields, unpacked. */
export const BATCH_BODY_BYTES_MAX = 16 * MIB;

/**
 * Bodies in the server's hands together, from their arrival to the answer: some ten thousand events, a second's work.
 * Beyond that senders are asked to wait, or memory would grow with their number.
 */
export const HELD_BODY_BYTES_MAX = 4 * MIB;

/** How soon a sender who was asked to wait may try again; what is held is worked off in less. */
export const HELD_RETRY_SECONDS = 2;

/** A slow sender may not hold a connection for ever. */
export const REQUEST_TIMEOUT_MS = 60_000;

/** A file of some gigabytes over a slow line; only endpoints that take files wait this long. */
export const UPLOAD_TIMEOUT_MS = 2 * 3_600_000;

/** Idle connections of agents are kept a little longer than their usual pause between posts. */
export const KEEP_ALIVE_TIMEOUT_MS = 75_000;

/** Names of accounts and computers in addresses. */
export const PARAM_CHARS_MAX = 1_024;

/** A file to import: the security log of a busy server, exported once. */
export const UPLOAD_BYTES_MAX = 8 * 1024 * MIB;
