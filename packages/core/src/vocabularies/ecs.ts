/** Elastic Common Schema: what a session event is called where Winlogbeat's documents are searched. */
import { LOGON_TYPES } from '../events/accounts.ts';
import { MEANINGS } from '../events/meaning.ts';
import type { SessionEvent } from '../model.ts';
import { isoMs } from '../time.ts';

const VERSION = '8.11.0';

/** The event as an ECS document with Winlogbeat's `winlog` fields; every event has one. */
export function toEcs(event: SessionEvent) {
  const { category, type, action } = MEANINGS[event.signal].ecs!;
  const logonType = event.logonType === null ? undefined : LOGON_TYPES.get(event.logonType);
  return {
    '@timestamp': isoMs(event.time),
    ecs: { version: VERSION },
    event: {
      kind: 'event',
      category: [...category],
      type: [...type],
      action,
      outcome: outcome(event),
      code: event.eventId === null ? null : String(event.eventId),
      provider: event.provider,
      reason: event.failureReason,
    },
    user: { name: event.user, domain: event.domain, id: event.sid },
    source: {
      ip: event.sourceAddress,
      port: event.sourcePort,
      domain: event.clientName ?? event.workstation,
    },
    destination: { ip: event.destinationAddress, port: event.destinationPort },
    host: { name: event.computer, hostname: event.computerFqdn ?? event.computer },
    winlog: {
      channel: event.channel,
      provider_name: event.provider,
      event_id: event.eventId,
      record_id: event.recordId,
      computer_name: event.computerFqdn ?? event.computer,
      logon: {
        // The new logon's ID, never the one of the process that asked for it.
        id: event.logonId,
        type: logonType?.name ?? (event.logonType === null ? null : String(event.logonType)),
        failure: { reason: event.failureReason, status: event.status, sub_status: event.subStatus },
      },
    },
  };
}

function outcome({ signal }: SessionEvent): 'success' | 'failure' | 'unknown' {
  if (signal === 'logonFailed') return 'failure';
  return signal === 'other' ? 'unknown' : 'success';
}
