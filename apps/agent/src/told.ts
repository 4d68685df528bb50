/**
 * Which events notices told, so that the same from a log is not told in plain words again: `event_log.csv` and servers of
 * the original know no logon IDs by which they could tell two witnesses of one event from two events.
 */
import type { PlainEvent } from './event.ts';

/** Logs come after the notice, or a little before it. */
const WITHIN_MS = 15_000;
const KEPT_MAX = 1_000;

export interface Told {
  add(event: PlainEvent, time: number): void;
  /** Whether such an event was told near this time. */
  has(event: PlainEvent, time: number): boolean;
}

export function createTold(): Told {
  let events: { readonly name: string; readonly time: number }[] = [];
  const nameOf = ({ word, user }: PlainEvent) => `${word} ${user.toLowerCase()}`;
  return {
    add(event, time) {
      events.push({ name: nameOf(event), time });
      if (events.length > KEPT_MAX) events = events.slice(-KEPT_MAX / 2);
    },
    has(event, time) {
      const name = nameOf(event);
      return events.some((each) => each.name === name && Math.abs(each.time - time) <= WITHIN_MS);
    },
  };
}
