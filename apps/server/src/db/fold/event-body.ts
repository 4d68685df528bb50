/** An event as it lies in the store: its JSON without nulls, and the columns that queries filter on. */
import { accountKey, type SessionEvent } from '@logonscope/core';
import { ABSENT } from './absent.ts';
import { clipped } from './text.ts';

/** The event as JSON; nulls are left out, for they are half of it. JSON itself escapes what no database takes. */
export function eventBody(event: SessionEvent): string {
  const present: Record<string, unknown> = {};
  for (const key in event) {
    const value = event[key as keyof SessionEvent];
    if (value !== null) present[key] = value;
  }
  return JSON.stringify(present);
}

/** The event again, with all its fields. */
export function eventOfBody(body: string): SessionEvent {
  return { ...ABSENT, ...(JSON.parse(body) as Partial<SessionEvent>) };
}

const MAX_NAME = 255;
const orNull = (text: string | null, length: number) => (text === null ? null : clipped(text, length));

/** What queries filter events by: `account`, `user_name`, and so on, as the table has them. */
export function eventColumns(event: SessionEvent) {
  const key = event.user === null && event.sid === null ? '' : accountKey(event);
  return {
    signal: event.signal,
    event_id: event.eventId,
    channel: orNull(event.channel, 100),
    account: key === '' ? null : clipped(key, MAX_NAME),
    user_name: event.user === null ? null : clipped(event.user.toLowerCase(), MAX_NAME),
    source_address: orNull(event.sourceAddress, 64),
    logon_id: orNull(event.logonId, 24),
    retry: event.detail?.retry ?? 0,
    body: eventBody(event),
  };
}
