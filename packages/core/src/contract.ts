/** The published shapes of events and sessions in JSON: key order, units and nulls are promises to scripts. */
import type { DurationMs, LogonSession, SessionEvent, SourceLocation } from './model.ts';
import { isoMs, isoMsOrNull } from './time.ts';

/** What `events --format json` prints for one event; spec section 10. Times are ISO 8601 UTC, absent values null. */
export type EventContract = ReturnType<typeof eventToContract>;
/** What `sessions --format json` prints for one session; spec section 9. Times are ISO 8601 UTC, durations seconds. */
export type SessionContract = ReturnType<typeof sessionToContract>;

/** Where an event stood, with the number of its record if it has one. */
export function placeOf({ source, recordId }: Pick<SessionEvent, 'source' | 'recordId'>): SourceLocation {
  return source.numbered && recordId !== null ? { file: source.file, record: recordId } : source;
}

/** The record's number, or the line for text formats. */
function sourceToContract({ file, record, line }: SourceLocation) {
  if (record !== undefined) return { file, record };
  return line === undefined ? { file } : { file, line };
}

/** An event in the published shape of `logonscope events`. */
export function eventToContract(event: SessionEvent) {
  return {
    time: isoMs(event.time),
    computer: event.computer,
    computerFqdn: event.computerFqdn,
    channel: event.channel,
    provider: event.provider,
    eventId: event.eventId,
    recordId: event.recordId,
    signal: event.signal,
    user: event.user,
    domain: event.domain,
    sid: event.sid,
    logonId: event.logonId,
    linkedLogonId: event.linkedLogonId,
    logonType: event.logonType,
    terminalSessionId: event.terminalSessionId,
    sessionName: event.sessionName,
    sourceAddress: event.sourceAddress,
    sourcePort: event.sourcePort,
    destinationAddress: event.destinationAddress,
    destinationPort: event.destinationPort,
    clientName: event.clientName,
    workstation: event.workstation,
    elevated: event.elevated,
    status: event.status,
    subStatus: event.subStatus,
    failureReason: event.failureReason,
    logonProcess: event.logonProcess,
    authPackage: event.authPackage,
    source: sourceToContract(placeOf(event)),
  };
}

/** Milliseconds as seconds, to the millisecond. */
function seconds(duration: DurationMs): number {
  return duration / 1000;
}

/** A session in the published shape of `logonscope sessions`. */
export function sessionToContract(session: LogonSession) {
  const { awayMs } = session;
  return {
    id: session.id,
    computer: session.computer,
    user: session.user,
    domain: session.domain,
    sid: session.sid,
    logonIds: [...session.logonIds],
    terminalSessionId: session.terminalSessionId,
    logonType: session.logonType,
    kind: session.kind,
    start: isoMs(session.start),
    startBy: session.startBy,
    end: isoMsOrNull(session.end),
    endBy: session.endBy,
    endEarliest: isoMsOrNull(session.endEarliest),
    endLatest: isoMsOrNull(session.endLatest),
    asOf: isoMs(session.asOf),
    durationSeconds: seconds(session.durationMs),
    useSeconds: seconds(session.useMs),
    useSecondsMin: seconds(session.useMinMs),
    useSecondsMax: seconds(session.useMaxMs),
    awaySeconds: {
      total: seconds(awayMs.total),
      locked: seconds(awayMs.locked),
      disconnected: seconds(awayMs.disconnected),
      screensaver: seconds(awayMs.screensaver),
      asleep: seconds(awayMs.asleep),
      loggingOff: seconds(awayMs.loggingOff),
      paused: seconds(awayMs.paused),
    },
    away: session.away.map(({ reason, from, to, evidence }) => ({
      reason,
      from: isoMs(from),
      to: isoMs(to),
      evidence: [...evidence],
    })),
    elevated: session.elevated,
    sourceAddress: session.sourceAddress,
    clientName: session.clientName,
    coverage: { lockData: session.lockData },
    findings: [...session.findings],
    events: session.events,
  };
}
