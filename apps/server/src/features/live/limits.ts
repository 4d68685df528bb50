/** What watching may cost the server. Each limit has its reason. */

/** Messages a slow watcher may lag behind; then he is told to ask anew. */
export const WAITING_MESSAGES_MAX = 1_000;

/** News kept for those who come back after a short break. */
export const REMEMBERED_MESSAGES = 200;

/** How long a company's news are remembered when nobody watches any more. */
export const REMEMBER_MS = 60_000;

/** Proxies close connections that say nothing for a minute. */
export const HEARTBEAT_MS = 15_000;

/** A stream ends after this and is taken up again, through the gate: a revoked session sees no more news. */
export const STREAM_MS_MAX = 120_000;

/** Open streams of one process: each holds a socket and a buffer. */
export const STREAMS_MAX = 2_000;

/** How soon a browser takes a stream up again. */
export const RECONNECT_MS = 1_000;
