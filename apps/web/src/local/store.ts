/** Everything read from the files, in the orders that questions go by. */

import type { Coverage } from '@logonscope/core';
import {
  accountKey,
  type LifeSpan,
  type LogonSession,
  type SessionEvent,
  sessionize,
} from '@logonscope/core';

/** A computer of the logs; the number stands in the ids of its events. */
export interface LocalComputer {
  readonly id: number;
  readonly name: string;
  fqdn: string | null;
  firstEventAt: number;
  lastEventAt: number;
}

/** An event with its place in the order of time, which finds it again. */
export interface StoredEvent {
  readonly event: SessionEvent;
  readonly number: number;
}

export interface LocalStore {
  /** By start, then computer, then id. */
  readonly sessions: readonly LogonSession[];
  readonly sessionById: ReadonlyMap<string, LogonSession>;
  /** In order of time. */
  readonly events: readonly StoredEvent[];
  readonly eventsOf: ReadonlyMap<string, readonly StoredEvent[]>;
  readonly coverage: readonly Coverage[];
  readonly computers: ReadonlyMap<string, LocalComputer>;
  readonly people: number;
}

/** The same record out of two files is one event; rows without a record number are told apart by what they say. */
function identity({
  computer,
  channel,
  recordId,
  time,
  signal,
  user,
  logonId,
  source,
}: SessionEvent): string {
  if (recordId !== null) return `${computer}|${channel}|${recordId}|${time}`;
  return `${computer}|${time}|${signal}|${user}|${logonId}|${source.file}|${source.line ?? ''}`;
}

function inOrder(events: readonly SessionEvent[]): StoredEvent[] {
  const seen = new Set<string>();
  const once = events.filter((event) => {
    const key = identity(event);
    return seen.has(key) ? false : seen.add(key);
  });
  once.sort((a, b) => a.time - b.time || (a.recordId ?? 0) - (b.recordId ?? 0));
  return once.map((event, number) => ({ event, number }));
}

/** Builds the store; the sessions are those of the command line for the same files. */
export function buildStore(read: readonly SessionEvent[], life: readonly LifeSpan[]): LocalStore {
  const { sessions, coverage } = sessionize(read, life);
  const events = inOrder(read);
  const eventsOf = new Map<string, StoredEvent[]>();
  const computers = new Map<string, LocalComputer>();
  for (const stored of events) {
    const { computer, computerFqdn, time } = stored.event;
    const list = eventsOf.get(computer);
    if (list === undefined) {
      eventsOf.set(computer, [stored]);
      const id = computers.size + 1;
      computers.set(computer, {
        ...{ id, name: computer, fqdn: computerFqdn, firstEventAt: time, lastEventAt: time },
      });
      continue;
    }
    list.push(stored);
    const known = computers.get(computer)!;
    known.lastEventAt = time;
    known.fqdn = computerFqdn ?? known.fqdn;
  }
  const sessionById = new Map(sessions.map((session) => [session.id, session]));
  const people = new Set(sessions.map((session) => accountKey(session))).size;
  return { sessions, sessionById, events, eventsOf, coverage, computers, people };
}
