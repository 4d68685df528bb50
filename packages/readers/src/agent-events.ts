/** What the agent tells of an event, in its own CSV or in a post: no logon ID, the computer's own address, any of its time formats. */
import type { AttributedRecord, Instant, SourceLocation } from '@logonscope/core';
import { agentIdentity } from './identity.ts';
import { parseIsoTime } from './iso-time.ts';

/** Zone names the original server understood, in minutes east of UTC. */
const ZONE_NAMES: Readonly<Record<string, number>> = { BST: 60, GMT: 0, UTC: 0 };
const NAMED_ZONE = /^(.*\S)\s+([A-Z]{3})$/;
const MINUTE_MS = 60_000;

/** The times senders write: ISO with any offset, blank for T, a zone name, fractions; without any of them UTC. */
export function agentTime(text: string): Instant | null {
  const trimmed = text.trim();
  const named = NAMED_ZONE.exec(trimmed);
  const zone = named === null ? undefined : ZONE_NAMES[named[2]!];
  const parsed = parseIsoTime(zone === undefined ? trimmed : named![1]!);
  if (parsed === null || (zone !== undefined && parsed.offsetMinutes !== null)) return null;
  return parsed.wallMs - (zone ?? parsed.offsetMinutes ?? 0) * MINUTE_MS;
}

export interface AgentEvent {
  readonly word: string;
  readonly user: string;
  readonly computer: string;
  readonly time: Instant;
  /** How often it was sent again, if told. */
  readonly retry: number | null;
  /** What else was told, for people to read. */
  readonly note: string | null;
}

/** A record of it; its identity is that of the same event arriving by any way. */
export function agentRecord(event: AgentEvent, source: SourceLocation): AttributedRecord {
  const { word, user, computer, time, retry, note } = event;
  return {
    kind: 'attributed',
    time,
    word,
    eventId: null,
    computer,
    attributes: {
      user: user === '' ? null : user,
      detail: { ...(retry === null ? {} : { retry }), ...(note === null ? {} : { note }) },
    },
    identity: agentIdentity(word, user, computer, time),
    source,
  };
}
