/** The nouns of Logonscope. Every input becomes these, every output is made from them. Read this file first. */

/** Milliseconds since 1970-01-01T00:00:00Z. Zones exist only in readers (in) and at the edges (out). */
export type Instant = number;
/** A length of time in milliseconds. */
export type DurationMs = number;

/** Where in the input something stood, so that a person can find it again. */
export interface SourceLocation {
  readonly file: string;
  /** EventRecordID or ordinal of the record; for text formats the 1-based line goes into `line`. */
  readonly record?: number;
  readonly line?: number;
  /** Byte offset in the file, for binary formats. */
  readonly offset?: number;
  /** Not in its place: without its end, or from the space of deleted records, where stale copies lie too. */
  readonly recovered?: 'torn' | 'slack';
  /** Stands at the record of the event's own `recordId`: one such object serves all events of a file. See `placeOf`. */
  readonly numbered?: true;
}

/** What an event says about a session; spec section 1. The order is the order of rank in one instant (section 2). */
export const SIGNALS = [
  'crash',
  'boot',
  'resume',
  'wake',
  'clockChange',
  'uptime',
  'remoteConnection',
  'logonFailed',
  'explicitCredentials',
  'logon',
  'elevated',
  'reconnect',
  'unlock',
  'screensaverOff',
  'screensaverOn',
  'lock',
  'disconnect',
  'logoffBegin',
  'logoff',
  'sleep',
  'shutdown',
  'logCleared',
  'auditChanged',
  'eventsLost',
  'other',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** Facts that only some signals carry; kept apart so that the common event stays small. */
export interface EventDetail {
  /** clockChange: what the clock said before and after. */
  previousTime?: Instant;
  newTime?: Instant;
  /** Program that acted: who changed the clock, who asked for the shutdown, who logged on. */
  processName?: string;
  /** The process ID that asked for the logon; twins of one logon share it. */
  processId?: string;
  /** Power-Troubleshooter: the exact window, written at wake. */
  sleepTime?: Instant;
  wakeTime?: Instant;
  /** boot: when the kernel says it started; shutdown: when it says it stopped. */
  startTime?: Instant;
  stopTime?: Instant;
  /** crash: when the computer died, where the event tells it. */
  deathTime?: Instant;
  /** uptime: seconds since boot. */
  uptimeSeconds?: number;
  /** shutdown: a request (1074) is weaker evidence than the mark of the shutdown itself. */
  shutdownKind?: 'request' | 'serviceStopped' | 'kernelStopped';
  /** Which kind of evidence tells of a logon or its end; several kinds tell of one logon (spec 3). */
  witness?: 'security' | 'terminal' | 'winlogon' | 'agent';
  /** explicitCredentials, 4672: the account that acted, where it is not the event's own account. */
  subjectSid?: string;
  subjectUser?: string;
  subjectDomain?: string;
  subjectLogonId?: string;
  targetServer?: string;
  privileges?: string;
  /** Reason code of LocalSessionManager 40, Kernel-Power 42, User32 1074 … as written. */
  reason?: string;
  /** The word an agent or CSV used for the event, kept as written. */
  word?: string;
  /** auditChanged: the subcategory GUID and what changed. */
  subcategory?: string;
  changes?: string;
  /** logCleared: which channel lost its records. */
  clearedChannel?: string;
  impersonationLevel?: string;
  keyLength?: string;
  lmPackage?: string;
  /** Any other named field worth showing. */
  note?: string;
  /** Resent by an agent; part of the record, never of its identity. */
  retry?: number;
}

/** A record understood: the one noun all inputs turn into. Absent values are null. Spec section 10. */
export interface SessionEvent {
  /** When the computer says it happened (System/TimeCreated), UTC. */
  readonly time: Instant;
  readonly signal: Signal;
  /** Name without domain, upper case. */
  readonly computer: string;
  readonly computerFqdn: string | null;
  readonly channel: string | null;
  readonly provider: string | null;
  readonly eventId: number | null;
  readonly recordId: number | null;
  readonly user: string | null;
  readonly domain: string | null;
  readonly sid: string | null;
  /** Lower-case hex without leading zeros, `0x2a8eace`; unique on one computer until it restarts. Never `0x0`. */
  readonly logonId: string | null;
  readonly linkedLogonId: string | null;
  readonly logonType: number | null;
  readonly terminalSessionId: number | null;
  readonly sessionName: string | null;
  readonly sourceAddress: string | null;
  readonly sourcePort: number | null;
  readonly destinationAddress: string | null;
  readonly destinationPort: number | null;
  readonly clientName: string | null;
  readonly workstation: string | null;
  readonly elevated: boolean | null;
  readonly status: string | null;
  readonly subStatus: string | null;
  readonly failureReason: string | null;
  readonly logonProcess: string | null;
  readonly authPackage: string | null;
  readonly detail: EventDetail | null;
  readonly source: SourceLocation;
  /**
   * What makes two copies of this event the same one, for sources without record numbers: an agent's delivery
   * key, or a CSV row's content and occurrence number. Null where channel, record number and time say it.
   */
  readonly identity: string | null;
}

/**
 * A stretch of records that hold no session evidence but prove that the computer was alive, and which
 * record numbers were there. Readers condense skipped records into these; silence ends a stretch.
 */
export interface LifeSpan {
  readonly computer: string;
  readonly channel: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly firstRecordId: number;
  readonly lastRecordId: number;
}

export const AWAY_REASONS = [
  'locked',
  'disconnected',
  'screensaver',
  'asleep',
  'loggingOff',
  'paused',
] as const;
export type AwayReason = (typeof AWAY_REASONS)[number];

/** A pointer to the record behind a statement: `Security:1201`, or `file.csv:17` for sources without record numbers. */
export type Evidence = string;

export interface Away {
  readonly reason: AwayReason;
  readonly from: Instant;
  readonly to: Instant;
  /** The record at each end; null where the edge was inferred or is the session's own end. */
  readonly evidence: readonly [Evidence | null, Evidence | null];
  /** Edges that no record shows, but a rule of spec 5.1 puts there. */
  readonly inferred: readonly ('from' | 'to')[];
}

export type StartEvidence = 'logon' | 'first-seen';
/** The end ladder, most certain first; spec section 4. */
export const END_EVIDENCE = ['logoff', 'logoff-begin', 'shutdown', 'crash', 'superseded', 'open'] as const;
export type EndEvidence = (typeof END_EVIDENCE)[number];

export const SESSION_KINDS = [
  'console',
  'remote',
  'secondary',
  'network',
  'service',
  'system',
  'unknown',
] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** Something read that does not add up. Spec section 7. */
export interface Finding {
  readonly code: FindingCode;
  readonly computer: string;
  readonly time: Instant;
  /** The session concerned, by its stable id, if there is one. */
  readonly sessionId: string | null;
  readonly evidence: Evidence | null;
}

export const FINDING_CODES = [
  'orphan-unlock',
  'orphan-lock',
  'orphan-reconnect',
  'orphan-screensaver-off',
  'repeated-logon',
  'repeated-lock',
  'repeated-disconnect',
  'late-logoff',
  'late-event',
  'token-leak',
  'implied-boot',
  'implied-logoff',
  'before-logon',
  'zone-assumed',
  'zone-ambiguous',
  'zone-skipped',
  'clock-jump',
  'log-gap',
  'log-cleared',
  'audit-changed',
  'events-lost',
  'no-lock-data',
  'session-taken-over',
  'logoff-cancelled',
  'half-open-screensaver',
  'unknown-type',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One line of a session's ledger: what was taken off the gross time, and why. */
export interface LedgerEntry {
  readonly reason: AwayReason;
  readonly from: Instant;
  readonly to: Instant;
  /** The part of it that no earlier entry has taken off already; these sum to the away total. */
  readonly countedMs: DurationMs;
  readonly evidence: readonly [Evidence | null, Evidence | null];
  readonly inferred: readonly ('from' | 'to')[];
}

/** What lives between a logon and its end, on one computer, within one boot. */
export interface LogonSession {
  /** Stable: a hash of computer, start, and first logon ID or account. */
  readonly id: string;
  readonly computer: string;
  readonly computerFqdn: string | null;
  readonly user: string;
  readonly domain: string | null;
  readonly sid: string | null;
  readonly logonIds: readonly string[];
  /** Logon IDs that only proved an unlock or reconnect of this session. */
  readonly aliasLogonIds: readonly string[];
  readonly terminalSessionId: number | null;
  readonly logonType: number | null;
  readonly kind: SessionKind;
  readonly start: Instant;
  readonly startBy: StartEvidence;
  /** Bounds of the start: equal for a seen logon; for `first-seen` the boot (or null, unknown) and the first sign. */
  readonly startEarliest: Instant | null;
  readonly startLatest: Instant;
  /** Null while `endBy` is `open`. */
  readonly end: Instant | null;
  readonly endBy: EndEvidence;
  readonly endEarliest: Instant | null;
  readonly endLatest: Instant | null;
  readonly asOf: Instant;
  readonly durationMs: DurationMs;
  readonly useMs: DurationMs;
  readonly useMinMs: DurationMs;
  readonly useMaxMs: DurationMs;
  /** Total is the length of the union; the reasons may overlap and add up to more. */
  readonly awayMs: Readonly<Record<AwayReason | 'total', DurationMs>>;
  readonly away: readonly Away[];
  readonly ledger: readonly LedgerEntry[];
  readonly startEvidence: Evidence | null;
  readonly endEvidence: Evidence | null;
  readonly elevated: boolean;
  readonly sourceAddress: string | null;
  readonly clientName: string | null;
  readonly logonProcess: string | null;
  readonly lockData: boolean;
  readonly findings: readonly FindingCode[];
  /** How many events are about this session. */
  readonly events: number;
}

/** Input that could not be read: where, what, and what was expected instead. */
export interface Problem {
  readonly code: string;
  readonly at: SourceLocation;
  /** The field concerned, such as `record.dataSize` or `Timestamp`. */
  readonly field: string | null;
  /** What stood there and what was expected, in a sentence without markup. */
  readonly message: string;
}
