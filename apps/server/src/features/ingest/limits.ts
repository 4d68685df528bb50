/** How much ingest holds in its hands before it asks senders to wait. Each limit has its reason. */

/** Events waiting for a commit in this process; agents hold months, so waiting costs them nothing. */
export const QUEUED_EVENTS_MAX = 20_000;

/** Commits longer than this let everybody's answer wait too long. */
export const COMMIT_EVENTS_MAX = 2_000;

/** How soon a sender who met a full queue may try again; a full queue drains in less. */
export const BUSY_RETRY_SECONDS = 2;

/** How soon after the database refused. */
export const STORE_RETRY_SECONDS = 5;

/** Submissions that may fail one after the other before the database itself is taken to be gone. */
export const ALONE_FAILURES_MAX = 3;
