/** The states of a lane by number, as the wire numbers them, and the five classes that a pixel tells apart. */

/** By state number; equal to the wire's list, which a test holds it to. */
export const STATES = [
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
export type StateName = (typeof STATES)[number];

/** What colours tell apart; asleep, paused and logging off are thin lines in the grey of disconnected. */
export const CLASSES = ['active', 'idle', 'locked', 'disconnected', 'unknown'] as const;
export type ClassName = (typeof CLASSES)[number];
export const CLASS_COUNT = CLASSES.length;

/** Class of a state, counted from 1; 0 for none. */
export const CLASS_OF = Uint8Array.of(0, 1, 2, 3, 4, 4, 4, 4, 5);

/** All classes shown: one bit each. */
export const ALL_CLASSES = (1 << CLASS_COUNT) - 1;

/** What people read. */
export const STATE_WORDS: Readonly<Record<StateName, string>> = {
  none: 'Nobody there',
  active: 'Active',
  idle: 'Idle',
  locked: 'Locked',
  disconnected: 'Disconnected',
  asleep: 'Asleep',
  paused: 'Machine paused',
  loggingOff: 'Logging off',
  unknown: 'Not known',
};
