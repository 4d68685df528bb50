/** Events as they travel: the published shape, and an id by which one is found again. */
import { eventToContract, type SessionEvent } from '@logonscope/core';
import type { EventRow } from './events.ts';

type Key = Pick<EventRow, 'computer_id' | 'time' | 'hash'>;

/** `computer.time.hash`: the event's key in its company. */
export function eventId({ computer_id, time, hash }: Key): string {
  return `${computer_id}.${time}.${hash}`;
}

/** Null where a number is beyond what the store can hold. */
export function keyOfEventId(id: string): Key | null {
  const [computer_id, time, hash] = id.split('.').map(Number) as [number, number, number];
  return [computer_id, time, hash].every(Number.isSafeInteger) ? { computer_id, time, hash } : null;
}

export function eventToWire(key: Key, event: SessionEvent) {
  return { id: eventId(key), ...eventToContract(event) };
}
