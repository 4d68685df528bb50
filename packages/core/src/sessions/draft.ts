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
  /** Rank of the best witness of its end so far; −1 without any. */
  endRank: number;
  /** First request and first mark of a shutdown since the last sign. */
  shutdownRequest: { at: Instant; evidence: Evidence | null } | null;
  shutdownMark: { at: Instant; evidence: Evidence | null } | null;
  elevated: boolean;
  sourceAddress: string | null;
  clientName: string | null;
  logonProcess: string | null;
  findings: FindingCode[];
  /** How many events are about it, and the first of them. */
  events: number;
  firstEvent: SessionEvent | null;
  /** All of them, in order, where they were asked for. */
  readonly keptEvents: SessionEvent[] | null;
  /** What opened it, for telling a lone sign from a session. */
  openedBy: 'logon' | 'presence' | 'absence';
  /** The session that this one replaced when it opened; given back if this logon was only a reconnect. */
  replaced: SessionDraft | null;
  /** Among those that events may still be about. */
  live: boolean;
  /** Neither a person at a desktop nor use time: listed only. */
  listed: boolean;
  /** Taken out of the result: it was part of another session after all. */
  dissolved: boolean;
}

/** Where a record can be found again: `Security:1201`, or file and line for sources without record numbers. */
export function evidenceOf(event: SessionEvent): Evidence {
  if (event.recordId !== null && event.channel !== null) return prefixOf(event.channel) + event.recordId;
  const { file, line, record } = event.source;
  return `${file}:${line ?? record ?? 0}`;
}

/** Channels are few; more than this are a hostile log's, and only cost the memory of them. */
const MOST_CHANNELS = 1_000;
const prefixes = new Map<string, string>();
let lastChannel = '';
let lastPrefix = ':';

/** `Security:` is one text for all evidence: a log of a year has millions of pointers, and all of them are kept. */
function prefixOf(channel: string): string {
  if (channel === lastChannel) return lastPrefix;
  let prefix = prefixes.get(channel);
  if (prefix === undefined) {
    if (prefixes.size >= MOST_CHANNELS) prefixes.clear();
    prefix = `${channel}:`;
    prefixes.set(channel, prefix);
  }
  lastChannel = channel;
  lastPrefix = prefix;
  return prefix;
}

export function newDraft({ event, at }: Stamped, startBy: StartEvidence, keepEvents: boolean): SessionDraft {
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
    endRank: -1,
    shutdownRequest: null,
    shutdownMark: null,
    elevated: false,
    sourceAddress: null,
    clientName: null,
    logonProcess: null,
    findings: [],
    events: 0,
    firstEvent: null,
    keptEvents: keepEvents ? [] : null,
    openedBy: startBy === 'logon' ? 'logon' : 'presence',
    replaced: null,
    live: false,
    listed: false,
    dissolved: false,
  };
}

/** Counts an event as one about the session. */
export function addEvent(draft: SessionDraft, event: SessionEvent): void {
  draft.events++;
  draft.firstEvent ??= event;
  if (draft.keptEvents !== null) draft.keptEvents.push(event);
}

/** What came before did not concern the session after all. */
export function forgetEvents(draft: SessionDraft): void {
  draft.events = 0;
  draft.firstEvent = null;
  if (draft.keptEvents !== null) draft.keptEvents.length = 0;
}

/** The events of one session become part of another's story. */
export function handOverEvents(from: SessionDraft, to: SessionDraft): void {
  to.events += from.events;
  to.firstEvent ??= from.firstEvent;
  if (from.keptEvents !== null) to.keptEvents?.push(...from.keptEvents);
}

/** Adds a mark and what it says about where the session stands. */
export function pushMark(draft: SessionDraft, what: Mark['what'], { event, at }: Stamped): void {
  draft.marks.push({ at, what, event });
  switch (what) {
    case 'lock':
      draft.locked = true;
      break;
    case 'unlock':
    case 'unlockProof':
      draft.locked = false;
      break;
    case 'disconnect':
      draft.disconnected = true;
      break;
    case 'reconnect':
      draft.disconnected = false;
      break;
  }
}

/** Findings of one session are a set. */
export function note(draft: SessionDraft, code: FindingCode): void {
  if (!draft.findings.includes(code)) draft.findings.push(code);
}

/** Same person, as far as both sides say: by SID if both have one, else by name, else not to be told. */
export function sameAccount(a: Account, b: Account): boolean {
  if (a.sid !== null && b.sid !== null) return a.sid === b.sid;
  if (a.user === null || b.user === null) return false;
  if (a.user !== b.user && a.user.toLowerCase() !== b.user.toLowerCase()) return false;
  if (a.domain === null || b.domain === null || a.domain === b.domain) return true;
  return sameDomain(a.domain.toLowerCase(), b.domain.toLowerCase());
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
