/** Changes of the store as server-sent events: one function for each kind. */
import { isoMs, isoMsOrNull } from '@logonscope/core';
import type { LiveEvent, LiveRemoval, LiveSession } from '@logonscope/protocol';
import type { StoreChange } from '../../db/index.ts';

type ChangeOf<K extends StoreChange['is']> = Extract<StoreChange, { is: K }>;

function eventOnWire({ companyId, event }: ChangeOf<'event'>): LiveEvent {
  const { computer, user, domain, sid, logonType, sourceAddress, signal, time } = event;
  return { companyId, computer, user, domain, sid, logonType, sourceAddress, signal, time: isoMs(time) };
}

function sessionOnWire({ companyId, session }: ChangeOf<'session'>): LiveSession {
  return {
    companyId,
    id: session.id,
    computer: session.computer,
    user: session.user,
    domain: session.domain,
    kind: session.kind,
    start: isoMs(session.start),
    end: isoMsOrNull(session.end),
    endBy: session.endBy,
    durationSeconds: session.durationMs / 1000,
    useSeconds: session.useMs / 1000,
  };
}

const removalOnWire = ({ companyId, id }: ChangeOf<'session-removed'>): LiveRemoval => ({ companyId, id });

function dataOf(change: StoreChange): LiveEvent | LiveSession | LiveRemoval {
  if (change.is === 'event') return eventOnWire(change);
  return change.is === 'session' ? sessionOnWire(change) : removalOnWire(change);
}

/** One message; JSON never holds a line break, so whatever a log says stays inside its line. */
export function messageOf(change: StoreChange, id: string): string {
  return `event: ${change.is}\nid: ${id}\ndata: ${JSON.stringify(dataOf(change))}\n\n`;
}

/** Some news were lost: whoever hears this asks the store anew. */
export const RESET = 'event: reset\ndata: {}\n\n';
export const HEARTBEAT = ': heartbeat\n\n';
