/** How much may travel at once. The server refuses more; clients split before they send. */

/** A page of an answer: enough to fill a screen many times, small enough to stay quick. */
export const PAGE_ROWS_MAX = 1_000;
export const PAGE_ROWS_DEFAULT = 100;

/** Events in one post: a batch of this size commits within tens of milliseconds. */
export const EVENTS_PER_POST_MAX = 5_000;

/** A name, address or other text of an event. Windows allows less everywhere. */
export const TEXT_CHARS_MAX = 1_024;

/** Named values of one Windows record: the largest Security event has about thirty. */
export const FIELDS_PER_RECORD_MAX = 100;
