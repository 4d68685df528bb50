/** A session while its evidence is still coming in: what is known, and the marks its away time is made of. */
import type {
  EndEvidence,
  Evidence,
  FindingCode,
  Instant,
  SessionEvent,
  SessionKind,
  StartEvidence,
} from '../model.ts';
import type { Stamped } from './order.ts';

/** Phases of a session; being away is not a phase, since one can be locked and disconnected at once. */
export const PHASES = ['absent', 'open', 'ending', 'closed'] as const;
export type Phase = (typeof PHASES)[number];

/** Something that concerns presence, in the order in which it happened. */
export interface Mark {
  readonly at: Instant;
  readonly what:
    | 'start'
    | 'lock'
    | 'unlock'
    /** A logon of type 7 or 13, or a reconnect to the console: an unlock unless 4801 says when. */
    | 'unlockProof'
    | 'disconnect'
    | 'reconnect'
    | 'screensaverOn'
    | 'screensaverOff'
    | 'logoffBegin'
    | 'resumed';
  /** The record that tells it; the gaps of its channel decide what may have been lost beside it. */
  readonly event: SessionEvent;
}

/** Who told of a logon or of its end; one logon is told once by each. */
export type Witness = 'security' | 'terminal' | 'winlogon' | 'agent';

export interface SessionEnd {
  readonly by: EndEvidence;
  readonly at: Instant;
  readonly earliest: Instant;
  readonly latest: Instant;
  readonly evidence: Evidence | null;
  /** A sign that names the session later takes this end back. */
  readonly tentative: boolean;
}

export interface Account {
  user: string | null;
  domain: string | null;
  sid: string | null;
}

export interface SessionDraft {
  readonly account: Account;
  computerFqdn: string | null;
  /** Logon IDs of the session itself, first seen first; a linked half is known before its own logon is read. */
  logonIds: string[];
  aliasLogonIds: string[];
  /** IDs whose own logon was read, as opposed to being named by their other half. */
  ownLogons: string[];
  /** IDs whose logoff was read. */
  endedIds: string[];
  terminalSessionId: number | null;
  kind: SessionKind;
  logonType: number | null;
  phase: Exclude<Phase, 'absent'>;
  start: Instant;
  /** What people read as the start: the event's own time. */
  startTime: Instant;
  startBy: StartEvidence;
  startEarliest: Instant | null;
  startLatest: Instant;
  startEvidence: Evidence | null;
  /** Address and process of the opening logon: twins without a link share them. */
  origin: string | null;
  witnesses: Partial<Record<Witness, Instant>>;
  marks: Mark[];
  /** How the last marks leave it. */
  locked: boolean;
  disconnected: boolean;
  /** Last event that names the session. */
  lastSign: Instant;
  logoffBegin: { at: Instant; evidence: Evidence | null } | null;
  /** One half of a linked pair has ended, or an ID we cannot place. */
  halfEnd: { at: Instant; evidence: Evidence | null } | null;
  end: SessionEnd | null;
  endWitnesses: Partial<Record<Witness, Instant>>;
  /** First request and first mark of a shutdown since the last sign. */
  shutdownRequest: { at: Instant; evidence: Evidence | null } | null;
  shutdownMark: { at: Instant; evidence: Evidence | null } | null;
  elevated: boolean;
  sourceAddress: string | null;
  clientName: string | null;
  logonProcess: string | null;
  findings: FindingCode[];
  /** Every event about it, in order. */
  events: SessionEvent[];
  /** What opened it, for telling a lone sign from a session. */
  openedBy: 'logon' | 'presence' | 'absence';
  /** The session that this one replaced when it opened; given back if this logon was only a reconnect. */
  replaced: SessionDraft | null;
  /** Neither a person at a desktop nor use time: listed only. */
  listed: boolean;
  /** Taken out of the result: it was part of another session after all. */
  dissolved: boolean;
}

/** Where a record can be found again: `Security:1201`, or file and line for sources without record numbers. */
export function evidenceOf(event: SessionEvent): Evidence {
  if (event.recordId !== null && event.channel !== null) return `${event.channel}:${event.recordId}`;
  const { file, line, record } = event.source;
  return `${file}:${line ?? record ?? 0}`;
}

export function newDraft(stamped: Stamped, startBy: StartEvidence): SessionDraft {
  const { event, at } = stamped;
  return {
    account: { user: event.user, domain: event.domain, sid: event.sid },
    computerFqdn: event.computerFqdn,
    logonIds: [],
    aliasLogonIds: [],
    ownLogons: [],
    endedIds: [],
    terminalSessionId: event.terminalSessionId,
    kind: 'unknown',
    logonType: null,
    phase: 'open',
    start: at,
    startTime: event.time,
    startBy,
    startEarliest: startBy === 'logon' ? at : null,
    startLatest: at,
    startEvidence: evidenceOf(event),
    origin: null,
    witnesses: {},
    marks: [{ at, what: 'start', event }],
    locked: false,
    disconnected: false,
    lastSign: at,
    logoffBegin: null,
    halfEnd: null,
    end: null,
    endWitnesses: {},
    shutdownRequest: null,
    shutdownMark: null,
    elevated: false,
    sourceAddress: null,
    clientName: null,
    logonProcess: null,
    findings: [],
    events: [],
    openedBy: startBy === 'logon' ? 'logon' : 'presence',
    replaced: null,
    listed: false,
    dissolved: false,
  };
}

/** Adds a mark and what it says about where the session stands. */
export function pushMark(draft: SessionDraft, what: Mark['what'], { event, at }: Stamped): void {
  draft.marks.push({ at, what, event });
  if (what === 'lock') draft.locked = true;
  else if (what === 'unlock' || what === 'unlockProof') draft.locked = false;
  else if (what === 'disconnect') draft.disconnected = true;
  else if (what === 'reconnect') draft.disconnected = false;
}

/** Findings of one session are a set. */
export function note(draft: SessionDraft, code: FindingCode): void {
  if (!draft.findings.includes(code)) draft.findings.push(code);
}

/** Same person, as far as both sides say: by SID if both have one, else by name, else not to be told. */
export function sameAccount(a: Account, b: Account): boolean {
  if (a.sid !== null && b.sid !== null) return a.sid === b.sid;
  if (a.user === null || b.user === null) return false;
  if (a.user.toLowerCase() !== b.user.toLowerCase()) return false;
  return a.domain === null || b.domain === null || sameDomain(a.domain.toLowerCase(), b.domain.toLowerCase());
}

/** `CORP` and `corp.example` are the same domain written two ways. */
function sameDomain(a: string, b: string): boolean {
  if (a === b) return true;
  return a.startsWith(`${b}.`) || b.startsWith(`${a}.`) || a === '.' || b === '.';
}

/** What one event adds to what is known of an account. */
export function learnAccount(account: Account, from: Account): void {
  account.user ??= from.user;
  account.domain ??= from.domain;
  account.sid ??= from.sid;
}
