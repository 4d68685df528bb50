/** What readers hand to the core: a record as its source holds it, not yet understood. */
import type { Instant, SessionEvent, SourceLocation } from './model.ts';

/** A record with Windows' own field names: EVTX, event XML, NXLog, Winlogbeat, evtx_dump. */
export interface WindowsRecord {
  readonly kind: 'windows';
  /** System/TimeCreated, UTC; null where it could not be read. */
  readonly time: Instant | null;
  readonly provider: string | null;
  readonly channel: string | null;
  readonly eventId: number | null;
  readonly recordId: number | null;
  /** As written, with or without domain. */
  readonly computer: string | null;
  /**
   * A named value of EventData or UserData as text (numbers in decimal, 64-bit logon IDs as `0x…`,
   * FILETIME as ISO 8601 UTC); unnamed values as `#0`, `#1` …; the Binary element as upper-case hex under `Binary`.
   */
  field(name: string): string | null;
  /**
   * The same value, if it is a whole number below 2^48 that the source holds as such; null says nothing, and `field`
   * tells then. Spares the making of texts that would only be compared.
   */
  integer?(name: string): number | null;
  readonly source: SourceLocation;
  /**
   * `source` for events, where `recordId` is the number to cite: a `numbered` location, the same object for each record
   * of a file. Null or absent where only `source` tells.
   */
  readonly sharedSource?: SourceLocation | null;
}

/** A record of a format that already names its attributes its own way: collector CSV, Splunk CSV, agent CSV or post. */
export interface AttributedRecord {
  readonly kind: 'attributed';
  readonly time: Instant;
  /** The format's word for the event (`Login`, `WorkstationLocked`, `Sign-In`), matched through `events/words.ts`. */
  readonly word: string;
  /** The event ID, where the format has one. */
  readonly eventId: number | null;
  readonly computer: string;
  readonly attributes: Partial<
    Pick<
      SessionEvent,
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
      | 'destinationAddress'
      | 'destinationPort'
      | 'clientName'
      | 'workstation'
      | 'elevated'
      | 'status'
      | 'subStatus'
      | 'failureReason'
      | 'logonProcess'
      | 'authPackage'
      | 'detail'
      | 'channel'
      | 'recordId'
    >
  >;
  /** See `SessionEvent.identity`. */
  readonly identity: string;
  readonly source: SourceLocation;
}

export type RawRecord = WindowsRecord | AttributedRecord;
