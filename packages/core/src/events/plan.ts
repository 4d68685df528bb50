/** Rows of the event tables made ready for decoding, so that a million events need no look at the tables' shape. */
import type { EventDetail, Instant, Signal } from '../model.ts';
import type { WindowsRecord } from '../record.ts';
import { parseWindowsTime } from '../time.ts';
import type { DetailMap, EventDefinition, FieldMap, ProviderTable } from './definition.ts';
import { channelOf, lookupOf } from './index.ts';
import {
  integerOrNull,
  type LogonKey,
  logonKey,
  normalizeLogonId,
  splitAccount,
  textOrNull,
} from './values.ts';

/** The names to try in turn, or null where the event has no such field. */
export type Names = readonly string[] | null;

interface DetailStep {
  readonly key: keyof EventDetail;
  readonly names: Names;
  readonly read: (text: string) => string | Instant | number | null;
}

export type Plan = Readonly<Record<keyof FieldMap, Names>> & {
  readonly provider: string;
  readonly channel: string;
  readonly channelLower: string;
  readonly eventId: number;
  readonly signal: Signal;
  /** True if the event is about an account's session, false if about the computer. */
  readonly personal: boolean;
  readonly constant: EventDetail | null;
  readonly detail: readonly DetailStep[];
  /** `detail` and what is only shown. */
  readonly fullDetail: readonly DetailStep[];
  readonly refine: NonNullable<EventDefinition['refine']> | null;
};

const FIELDS = [
  'user',
  'domain',
  'sid',
  'logonId',
  'linkedLogonId',
  'logonType',
  'terminalSessionId',
  'sessionName',
  'sourceAddress',
  'sourcePort',
  'clientName',
  'workstation',
  'elevated',
  'status',
  'subStatus',
  'logonProcess',
  'authPackage',
  'domainUser',
] as const satisfies readonly (keyof FieldMap)[];

/** Details that are not plain text. */
const DETAIL_READERS: Partial<Record<keyof EventDetail, DetailStep['read']>> = {
  sleepTime: parseWindowsTime,
  wakeTime: parseWindowsTime,
  deathTime: parseWindowsTime,
  startTime: parseWindowsTime,
  stopTime: parseWindowsTime,
  previousTime: parseWindowsTime,
  newTime: parseWindowsTime,
  uptimeSeconds: integerOrNull,
  subjectLogonId: normalizeLogonId,
};

/** Signals about the computer or its logs: whoever caused them, they concern everyone. */
const COMPUTER_SIGNALS: ReadonlySet<Signal> = new Set([
  'crash',
  'boot',
  'resume',
  'wake',
  'clockChange',
  'uptime',
  'sleep',
  'shutdown',
  'logCleared',
  'auditChanged',
  'eventsLost',
]);

/** The value of the first of these fields that the record has. */
export function readField(record: WindowsRecord, names: Names): string | null {
  if (names === null) return null;
  for (let index = 0; index < names.length; index++) {
    const value = record.field(names[index]!);
    if (value !== null) return value;
  }
  return null;
}

/** The first of these fields that the record has, as a number where the source holds one, else read from its text. */
function readNumber<T>(record: WindowsRecord, names: Names, read: (text: string) => T | null) {
  if (names === null) return null;
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    const number = record.integer?.(name) ?? null;
    if (number !== null) return number;
    const text = record.field(name);
    if (text !== null) return read(text);
  }
  return null;
}

/** A whole number such as a logon type. */
export function readInteger(record: WindowsRecord, names: Names): number | null {
  return readNumber(record, names, integerOrNull);
}

/** A logon ID to look up; null where the record names none. */
export function readLogonKey(record: WindowsRecord, names: Names): LogonKey | null {
  const key = readNumber(record, names, logonKey);
  return key === 0 ? null : key;
}

/** The value of one detail; null where the record has none. */
export function readDetail(record: WindowsRecord, { names, read }: DetailStep): string | number | null {
  const text = readField(record, names);
  return text === null ? null : read(text);
}

/** Account and domain, from two fields or from one `DOMAIN\\user`. */
export function readAccount(
  record: WindowsRecord,
  plan: Plan,
): { domain: string | null; user: string | null } {
  if (plan.domainUser !== null) return splitAccount(readField(record, plan.domainUser));
  return {
    domain: textOrNull(readField(record, plan.domain)),
    user: textOrNull(readField(record, plan.user)),
  };
}

function namesOf(spelling: string | undefined): Names {
  return spelling === undefined ? null : spelling.split('|');
}

function detailSteps(map: DetailMap | undefined): DetailStep[] {
  return Object.entries(map ?? {}).map(([name, spelling]) => {
    const key = name as keyof EventDetail;
    return { key, names: namesOf(spelling), read: DETAIL_READERS[key] ?? textOrNull };
  });
}

function planOf(event: EventDefinition, table: ProviderTable): Plan {
  const names = Object.fromEntries(FIELDS.map((key) => [key, namesOf(event.fields?.[key])]));
  const channel = channelOf(table, event);
  const detail = detailSteps(event.detail);
  return {
    ...(names as Record<keyof FieldMap, Names>),
    provider: table.provider,
    channel,
    channelLower: channel.toLowerCase(),
    eventId: event.id,
    signal: event.signal,
    personal: !COMPUTER_SIGNALS.has(event.signal),
    constant: event.constant === undefined ? null : Object.freeze({ ...event.constant }),
    detail,
    fullDetail: [...detail, ...detailSteps(event.display)],
    refine: event.refine ?? null,
  };
}

export const findPlan = lookupOf(planOf);
