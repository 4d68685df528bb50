/** Events: pages, totals, bins, one of them. */
import { eventToContract } from '@logonscope/core';
import { type PageWish, pageOf } from './page-of.ts';
import { type AskedFields, eventsFor, questionOf } from './question.ts';
import { LocalRefusal } from './refusal.ts';
import type { LocalStore, StoredEvent } from './store.ts';

const idOf = ({ computers }: LocalStore, { event, number }: StoredEvent) =>
  `${computers.get(event.computer)!.id}.${event.time}.${number}`;

/** An event in its published shape. */
export function eventToWire(store: LocalStore, stored: StoredEvent) {
  return { id: idOf(store, stored), ...eventToContract(stored.event) };
}

export function listEvents(
  store: LocalStore,
  fields: AskedFields & PageWish & { readonly order: 'asc' | 'desc' },
) {
  const { found, ignored } = eventsFor(store, questionOf(fields));
  const rows = fields.order === 'asc' ? found : found.toReversed();
  const { shown, next } = pageOf(rows, ({ event, number }) => [event.time, number], fields);
  return { rows: shown.map((stored) => eventToWire(store, stored)), next, ignored };
}

export function totalEvents(store: LocalStore, fields: AskedFields) {
  const { found, ignored } = eventsFor(store, questionOf(fields));
  const bySignal: Record<string, number> = {};
  for (const { event } of found) bySignal[event.signal] = (bySignal[event.signal] ?? 0) + 1;
  return { events: found.length, bySignal, complete: true, ignored };
}

export function binEvents(
  store: LocalStore,
  fields: AskedFields & { readonly from: string; readonly to: string; readonly bins: number },
) {
  const { bins } = fields;
  const [from, to] = [Date.parse(fields.from), Date.parse(fields.to)];
  const binMs = Math.max(1, Math.ceil((to - from) / bins));
  const { found, ignored } = eventsFor(store, questionOf(fields));
  const bySignal: Record<string, number[]> = {};
  for (const { event } of found) {
    bySignal[event.signal] ??= Array.from({ length: bins }, () => 0);
    bySignal[event.signal]![Math.floor((event.time - from) / binMs)]! += 1;
  }
  return { from: new Date(from).toISOString(), binSeconds: binMs / 1000, bySignal, complete: true, ignored };
}

export function getEvent(store: LocalStore, eventId: string) {
  const stored = store.events[Number(eventId.split('.')[2])];
  if (stored === undefined || idOf(store, stored) !== eventId) {
    throw new LocalRefusal(404, 'event/not-found', 'There is no such event.');
  }
  const { detail, time } = stored.event;
  return {
    ...eventToWire(store, stored),
    detail: detail === null ? null : { ...detail },
    receivedAt: new Date(time).toISOString(),
    site: null,
  };
}
