/** The shape of what we know about Windows events: one table per provider, read by everything. */
import type { EventDetail, Instant, Signal } from '../model.ts';

/**
 * Attributes of an event that a named Windows field feeds; the value is the field's name in EventData or UserData.
 * `param7|#6` means: the first of these that the record has (versions and renderings name the same value differently).
 */
export type FieldMap = Partial<
  Record<
    | 'user'
    | 'domain'
    | 'sid'
    | 'logonId'
    | 'linkedLogonId'
    | 'logonType'
    | 'terminalSessionId'
    | 'sessionName'
    | 'sourceAddress'
    | 'sourcePort'
    | 'clientName'
    | 'workstation'
    | 'elevated'
    | 'status'
    | 'subStatus'
    | 'logonProcess'
    | 'authPackage'
    /** `DOMAIN\user` in one field (LocalSessionManager). */
    | 'domainUser',
    string
  >
>;

/** Detail facts fed by a field, read as text, as a FILETIME / ISO instant, or as a number by `decode`. */
export type DetailMap = Partial<Record<keyof EventDetail, string>>;

/** Anything whose named values can be read, such as a record. */
export interface FieldSource {
  field(name: string): string | null;
}

export interface EventDefinition {
  readonly id: number;
  /** Where this event is written, if not to the provider's usual channel. */
  readonly channel?: string;
  /** SessionSentry's word for it in its CSV and its Splunk search (`Login`, `WorkstationLocked`). */
  readonly word?: string;
  /** What Event Viewer would call it, in our words; used in legends and docs. */
  readonly name: string;
  readonly signal: Signal;
  readonly fields?: FieldMap;
  readonly detail?: DetailMap;
  /** Facts worth showing that no rule about sessions reads; decoding for sessions alone leaves them out. */
  readonly display?: DetailMap;
  /** Facts that hold for every event of this kind. */
  readonly constant?: Partial<EventDetail>;
  /** Turns the event away or changes its signal by its values, e.g. Kernel-Boot's BootType. Null: not evidence. */
  readonly refine?: (
    record: FieldSource,
    time: Instant,
  ) => Partial<{ signal: Signal; detail: EventDetail }> | null;
  /** Audit subcategory that must be on for Windows to write it, as `auditpol` names it; null: written always. */
  readonly audit: string | null;
  /** CAR `user_session` action, if it has one. */
  readonly car?: 'login' | 'logout' | 'lock' | 'unlock' | 'reconnect';
  /** OCSF Authentication activity_id (class 3002). */
  readonly ocsfActivity?: number;
  /** ECS event.category / event.type / event.action. */
  readonly ecs?: {
    readonly category: readonly string[];
    readonly type: readonly string[];
    readonly action: string;
  };
  /** Legend entry on the timeline: label and colour token. */
  readonly legend: { readonly label: string; readonly colour: string };
  /** The page that documents it. */
  readonly link?: string;
}

export interface ProviderTable {
  readonly provider: string;
  /** Other spellings of the provider's name seen in real logs. */
  readonly aliases?: readonly string[];
  readonly channel: string;
  readonly events: readonly EventDefinition[];
}

/** Checks the table's shape at compile time and returns it unchanged. */
export function defineProvider(table: ProviderTable): ProviderTable {
  return table;
}
