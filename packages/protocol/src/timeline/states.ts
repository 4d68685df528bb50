/** The states of a lane by number, as binary answers carry them. Never renumbered; new ones are added at the end. */

/** 0 none: nobody was there, or the log does not tell of anybody. */
export const WIRE_STATES = [
  'none',
  'active',
  'idle',
  'locked',
  'disconnected',
  'asleep',
  'paused',
  'loggingOff',
  'unknown',
] as const;
export type WireState = (typeof WIRE_STATES)[number];

/** What a day bin distinguishes; asleep, paused and logging off are drawn as disconnected. */
export const BIN_STATES = ['active', 'idle', 'locked', 'disconnected', 'unknown'] as const;
export type BinState = (typeof BIN_STATES)[number];
