/** An event as it lies in the store: its JSON without nulls, and the columns that queries filter on. */
import { accountKey, type SessionEvent } from '@logonscope/core';
import { ABSENT } from './absent.ts';
import { clipped } from './text.ts';

/** A field that is null, or follows from the others, is undefined: JSON leaves it out. */
type Written = { [K in keyof SessionEvent]: unknown };

/** The event as JSON; nulls are left out, for they are half of it. JSON itself escapes what no database takes. */
export function eventBody(event: SessionEvent): string {
  return JSON.stringify({
    time: event.time,
    signal: event.signal,
    computer: event.computer,
    computerFqdn: event.computerFqdn ?? undefined,
    channel: event.channel ?? undefined,
    provider: event.provider ?? undefined,
    eventId: event.eventId ?? undefined,
    recordId: event.recordId ?? undefined,
    user: event.user ?? undefined,
    domain: event.domain ?? undefined,
    sid: event.sid ?? undefined,
    logonId: event.logonId ?? undefined,
    linkedLogonId: event.linkedLogonId ?? undefined,
    logonType: event.logonType ?? undefined,
    terminalSessionId: event.terminalSessionId ?? undefined,
    sessionName: event.sessionName ?? undefined,
    sourceAddress: event.sourceAddress ?? undefined,
    sourcePort: event.sourcePort ?? undefined,
    destinationAddress: event.destinationAddress ?? undefined,
    destinationPort: event.destinationPort ?? undefined,
    clientName: event.clientName ?? undefined,
    workstation: event.workstation ?? undefined,
    elevated: event.elevated ?? undefined,
    status: event.status ?? undefined,
    subStatus: event.subStatus ?? undefined,
    failureReason: event.failureReason ?? undefined,
    logonProcess: event.logonProcess ?? undefined,
    authPackage: event.authPackage ?? undefined,
    detail: event.detail ?? undefined,
    source: isPosted(event) ? undefined : event.source,
    identity: event.identity ?? undefined,
  } satisfies Written);
}

/** What agents post has no place in a file: its source says once more what its number or its key is. */
function isPosted({ source, recordId, identity }: SessionEvent): boolean {
  const { file, record, line } = source;
  if (line !== undefined || !file.startsWith('agent')) return false;
  const told = postedSource(recordId, identity);
  return (
    file === told.file && record === told.record && Object.keys(source).length === Object.keys(told).length
  );
}

const postedSource = (recordId: number | null, identity: string | null): SessionEvent['source'] =>
  identity === null && recordId !== null
    ? { file: 'agent', record: recordId }
    : { file: `agent/${identity}` };

/** The event again, with all its fields. */
export function eventOfBody(body: string): SessionEvent {
  const told = JSON.parse(body) as Partial<SessionEvent>;
  const source = told.source ?? postedSource(told.recordId ?? null, told.identity ?? null);
  return { ...ABSENT, ...told, source };
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
