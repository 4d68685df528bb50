/** When events of some kinds happened on lanes, thinned to what can be seen. */
import { accountKey, type SessionEvent } from '@logonscope/core';
import { encodeMarkers, MARKER_SIGNALS } from '@logonscope/protocol';
import { type DrawnFields, laneIdOf, lanesWished } from './lanes.ts';
import { eventsFor, questionOf, sessionsFor } from './question.ts';
import type { LocalStore } from './store.ts';

export interface MarkerFields extends DrawnFields {
  readonly signals: readonly string[];
  /** Of each kind only the first in so many seconds. */
  readonly everySeconds: number;
}

/** The events of each lane, as times and kinds. */
export function drawMarkers(store: LocalStore, fields: MarkerFields) {
  const question = questionOf(fields);
  const ids = lanesWished(sessionsFor(store, question).found, fields);
  const marks = ids.map((): { at: number; kind: number }[] => []);
  const wanted = new Set(fields.signals);
  const laneOf = laneFinder(store, ids, fields);
  const everyMs = fields.everySeconds * 1000;
  const seen = new Set<string>();
  for (const { event } of eventsFor(store, question).found) {
    const { signal, time, computer, user } = event;
    if (!wanted.has(signal)) continue;
    const lane = laneOf(event);
    const kind = (MARKER_SIGNALS as readonly string[]).indexOf(signal);
    const key = `${accountKey(event)}|${user}|${computer}|${signal}|${Math.floor(time / everyMs)}`;
    if (lane === undefined || kind < 0 || seen.has(key)) continue;
    seen.add(key);
    marks[lane]!.push({ at: time, kind });
  }
  return encodeMarkers(marks);
}

/** By account; a failed logon carries the name alone, and belongs to the one person of that name. */
function laneFinder(store: LocalStore, ids: readonly string[], { by }: DrawnFields) {
  const lanes = new Map(ids.map((id, lane) => [id, lane]));
  if (by === 'site') return () => (ids.length > 0 ? 0 : undefined);
  if (by === 'computer') return ({ computer }: SessionEvent) => lanes.get(computer);
  const named = new Map<string, Set<number>>();
  for (const session of store.sessions) {
    const lane = lanes.get(laneIdOf(session, by));
    if (lane === undefined) continue;
    const name = session.user.toLowerCase();
    named.set(name, (named.get(name) ?? new Set()).add(lane));
  }
  return (event: SessionEvent) => {
    const lane = lanes.get(accountKey(event) ?? '');
    if (lane !== undefined) return lane;
    const alike = [...(named.get(event.user?.toLowerCase() ?? '') ?? [])];
    return alike.length === 1 ? alike[0] : undefined;
  };
}
