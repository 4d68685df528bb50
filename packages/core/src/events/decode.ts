/** Turns records into events by the tables: the one place where field names become attributes. */
import type { EventDetail, Instant, SessionEvent, Signal } from '../model.ts';
import type { AttributedRecord, RawRecord, WindowsRecord } from '../record.ts';
import { peopleFilter } from './people.ts';
import { findPlan, type Plan, readAccount, readDetail, readField, readInteger } from './plan.ts';
import { failureReason } from './status.ts';
import {
  addressOrNull,
  computerNames,
  flagOrNull,
  normalizeLogonId,
  normalizeStatus,
  portOrNull,
  SYSTEM_LOGON_ID,
  textOrNull,
  workstationOrNull,
} from './values.ts';
import { signalOfWord } from './words.ts';

export type Decoder = (record: RawRecord) => SessionEvent | null;

export interface DecoderOptions {
  /**
   * Leave out what cannot matter to people's sessions (service and network logons, system accounts), and details
   * that are only shown. Sessions stay the same, since readers note every numbered record as a sign of life; records
   * without a number, and those of formats that hold few others, are all kept.
   */
  readonly peopleOnly: boolean;
}

interface ComputerName {
  readonly computer: string;
  readonly fqdn: string | null;
}

/** Names of computers are few; more than this are a hostile log's, and only cost the cache. */
const MOST_COMPUTERS = 10_000;

/** Security is the only channel whose events reach us without their provider's name. */
const ATTRIBUTED_PROVIDER = 'Microsoft-Windows-Security-Auditing';
const SENDERS_WITNESS: EventDetail = { witness: 'agent' };

/**
 * A decoder with its own memory, for one stream of records. It answers null for a record that is no session
 * evidence, and for one without a time or computer (readers report those). It never throws and keeps nothing of
 * the record object itself.
 */
export function createDecoder(options: DecoderOptions): Decoder {
  const nameOf = computerNameCache();
  const people = options.peopleOnly ? peopleFilter() : null;
  const details = sharedDetails(people === null);
  return (record) => {
    if (record.kind === 'attributed') {
      return eventOfAttributes(record, nameOf(record.computer));
    }
    if (record.eventId === null || record.time === null || !record.computer) return null;
    const plan = findPlan(record.provider, record.eventId, record.channel);
    if (plan === null) return null;
    const name = nameOf(record.computer);
    if (people !== null && record.recordId !== null && !people(record, plan, name.computer)) return null;
    return eventOfFields(record, plan, name, record.time, details);
  };
}

/** Decodes one record with everything it tells. See `createDecoder`. */
export const decode: Decoder = createDecoder({ peopleOnly: false });

function computerNameCache(): (written: string) => ComputerName {
  const names = new Map<string, ComputerName>();
  return (written) => {
    const known = names.get(written);
    if (known !== undefined) return known;
    if (names.size >= MOST_COMPUTERS) names.clear();
    const name = computerNames(written);
    names.set(written, name);
    return name;
  };
}

/** Keys stand in one constant order for every event: engines then keep one shape, which is what makes this fast. */
function eventOfFields(
  record: WindowsRecord,
  plan: Plan,
  name: ComputerName,
  time: Instant,
  details: Details,
): SessionEvent {
  const account = readAccount(record, plan);
  const logonType = readInteger(record, plan.logonType);
  const logonId = normalizeLogonId(readField(record, plan.logonId));
  const status = normalizeStatus(readField(record, plan.status));
  const subStatus = normalizeStatus(readField(record, plan.subStatus));
  const refined = plan.refine?.(record, time) ?? null;
  const signal = refined?.signal ?? plan.signal;
  return {
    time,
    signal: signalOfLogon(signal, logonType, logonId),
    computer: name.computer,
    computerFqdn: name.fqdn,
    channel: channelName(record.channel, plan),
    provider: plan.provider,
    eventId: plan.eventId,
    recordId: record.recordId,
    user: account.user,
    domain: account.domain,
    sid: textOrNull(readField(record, plan.sid)),
    logonId,
    linkedLogonId: normalizeLogonId(readField(record, plan.linkedLogonId)),
    logonType,
    terminalSessionId: readInteger(record, plan.terminalSessionId),
    sessionName: textOrNull(readField(record, plan.sessionName)),
    sourceAddress: addressOrNull(readField(record, plan.sourceAddress)),
    sourcePort: portOrNull(readField(record, plan.sourcePort)),
    destinationAddress: null,
    destinationPort: null,
    clientName: textOrNull(readField(record, plan.clientName)),
    workstation: workstationOrNull(readField(record, plan.workstation)),
    elevated: signal === 'elevated' ? true : flagOrNull(readField(record, plan.elevated)),
    status,
    subStatus,
    failureReason: status === null && subStatus === null ? null : failureReason(status, subStatus),
    logonProcess: trimmed(readField(record, plan.logonProcess)),
    authPackage: trimmed(readField(record, plan.authPackage)),
    detail: details(record, plan, refined?.detail ?? null),
    source: record.sharedSource ?? record.source,
    identity: null,
  };
}

/** The collector's and agents' formats name their attributes already; the tables add what their event ID says. */
function eventOfAttributes(record: AttributedRecord, name: ComputerName): SessionEvent {
  const known = record.attributes;
  const plan = record.eventId === null ? null : findPlan(ATTRIBUTED_PROVIDER, record.eventId);
  const signal = plan === null ? signalOfWord(record.word) : plan.signal;
  const logonType = known.logonType ?? null;
  const logonId = normalizeLogonId(known.logonId ?? null);
  const status = normalizeStatus(known.status ?? null);
  const subStatus = normalizeStatus(known.subStatus ?? null);
  return {
    time: record.time,
    signal: signalOfLogon(signal, logonType, logonId),
    computer: name.computer,
    computerFqdn: name.fqdn,
    channel: known.channel ?? plan?.channel ?? null,
    provider: plan?.provider ?? null,
    eventId: record.eventId,
    recordId: known.recordId ?? null,
    user: textOrNull(known.user ?? null),
    domain: textOrNull(known.domain ?? null),
    sid: textOrNull(known.sid ?? null),
    logonId,
    linkedLogonId: normalizeLogonId(known.linkedLogonId ?? null),
    logonType,
    terminalSessionId: known.terminalSessionId ?? null,
    sessionName: textOrNull(known.sessionName ?? null),
    sourceAddress: addressOrNull(known.sourceAddress ?? null),
    sourcePort: known.sourcePort ?? null,
    destinationAddress: addressOrNull(known.destinationAddress ?? null),
    destinationPort: known.destinationPort ?? null,
    clientName: textOrNull(known.clientName ?? null),
    workstation: workstationOrNull(known.workstation ?? null),
    elevated: signal === 'elevated' ? true : (known.elevated ?? null),
    status,
    subStatus,
    failureReason: failureReason(status, subStatus) ?? textOrNull(known.failureReason ?? null),
    logonProcess: trimmed(known.logonProcess ?? null),
    authPackage: trimmed(known.authPackage ?? null),
    detail: { ...known.detail, ...(plan?.constant ?? SENDERS_WITNESS), word: record.word },
    source: record.source,
    identity: record.identity,
  };
}

/** The computer logs itself on once, at boot; that logon is the boot, whatever its type is called. */
function signalOfLogon(signal: Signal, logonType: number | null, logonId: string | null): Signal {
  return signal === 'logon' && logonType === 0 && logonId === SYSTEM_LOGON_ID ? 'boot' : signal;
}

/** One spelling for each channel; collectors write `security`. Forwarded copies keep the channel they name. */
function channelName(written: string | null, plan: Plan): string {
  if (written === null || written === plan.channel) return plan.channel;
  return written.toLowerCase() === plan.channelLower ? plan.channel : written;
}

/** Windows pads some of these with blanks: `User32 `. */
function trimmed(text: string | null): string | null {
  return text === null ? null : textOrNull(text.trimEnd());
}

type Details = (record: WindowsRecord, plan: Plan, refined: EventDetail | null) => EventDetail | null;

/** Facts beside the attributes; an event that says the same as the one of its kind before shares that one's object. */
function sharedDetails(full: boolean): Details {
  const latest = new Map<Plan, EventDetail>();
  return (record, plan, refined) => {
    const steps = full ? plan.fullDetail : plan.detail;
    if (refined !== null) return withValues({ ...plan.constant, ...refined }, record, steps);
    if (steps.length === 0) return plan.constant;
    const before = latest.get(plan);
    if (before !== undefined && saysSame(before, record, steps)) return before;
    const detail = withValues({ ...plan.constant }, record, steps);
    if (Object.keys(detail).length === 0) return null;
    latest.set(plan, detail);
    return detail;
  };
}

function saysSame(detail: EventDetail, record: WindowsRecord, steps: Plan['detail']): boolean {
  for (const step of steps) {
    if (readDetail(record, step) !== (detail[step.key] ?? null)) return false;
  }
  return true;
}

function withValues(detail: EventDetail, record: WindowsRecord, steps: Plan['detail']): EventDetail {
  for (const step of steps) {
    const value = readDetail(record, step);
    if (value !== null) (detail as Record<string, unknown>)[step.key] = value;
  }
  return detail;
}
