/** Drops what cannot matter to people's sessions before it costs anything: nine of ten records of a busy log. */
import type { Instant, Signal } from '../model.ts';
import type { WindowsRecord } from '../record.ts';
import {
  accountClass,
  isPersonLogonType,
  isSystemAccount,
  isUnlockLogonType,
  SHARED_LOGON_IDS,
} from './accounts.ts';
import { type Plan, readAccount, readField, readInteger, readLogonKey } from './plan.ts';
import { type LogonKey, logonKey, SYSTEM_LOGON_ID } from './values.ts';

/**
 * True if the record may say something about a person's session. To be asked once for each record that a table row
 * knows, in the order of the log; `computer` is the name without its domain.
 */
export type PeopleFilter = (record: WindowsRecord, plan: Plan, computer: string) => boolean;

interface KnownState {
  /** Logon IDs of people: one of them in a noise logon proves a boot that nobody saw. */
  readonly people: Set<LogonKey>;
  /** Logon IDs of noise dropped lately: the privileges event follows its logon at once. */
  readonly noise: LogonKey[];
  /** Logon IDs of unlocks kept lately: their logoff follows at once and says nothing more. */
  readonly unlocks: LogonKey[];
  /** The last window manager logon kept: several tell of one desktop. */
  desktop: { sid: string; time: Instant } | null;
  /** The computer has said that it shuts down: whatever it writes next shows that it has started again. */
  shutDown: boolean;
}

const RECENT_NOISE = 64;
/** Logons this close that draw the same terminal session tell of one desktop. */
export const SAME_DESKTOP_MS = 2_000;

/** What the computer's own accounts do all day. Anything else of theirs is rare, and may show what is audited. */
const NOISY_SIGNALS: ReadonlySet<Signal> = new Set([
  'logon',
  'logoff',
  'elevated',
  'explicitCredentials',
  'logonFailed',
]);

/** Who used another account's password; that proves the actor's session alive. */
const ACTOR_LOGON_ID = ['SubjectLogonId'];
const SYSTEM_KEY = logonKey(SYSTEM_LOGON_ID);
const SHARED_KEYS: ReadonlySet<LogonKey | null> = new Set([...SHARED_LOGON_IDS].map(logonKey));

const newState = (): KnownState => ({
  people: new Set(),
  noise: [],
  unlocks: [],
  desktop: null,
  shutDown: false,
});

/**
 * A filter with a memory of each computer's logon IDs. It keeps every event that can change the sessions of people,
 * if a log's records come in their own order. What it drops is still a sign of life of its computer.
 */
export function peopleFilter(): PeopleFilter {
  const computers = new Map<string, KnownState>();
  let current: string | null = null;
  let known = newState();
  return (record, plan, computer) => {
    if (computer !== current) {
      known = computers.get(computer) ?? newState();
      computers.set(computer, known);
      current = computer;
    }
    if (!plan.personal) {
      known.shutDown = plan.signal === 'shutdown';
      return true;
    }
    // The first event after a shutdown is kept, whatever it is.
    const first = known.shutDown;
    known.shutDown = false;
    return matters(record, plan, known) || first;
  };
}

/** Asks for little at first, since most noise shows in the type and the logon ID alone. */
function matters(record: WindowsRecord, plan: Plan, known: KnownState): boolean {
  const { signal } = plan;
  if (signal === 'logonFailed') return false;
  const logonId = readLogonKey(record, plan.logonId);
  if (logonId !== null && known.people.has(logonId)) return true;
  if (signal === 'explicitCredentials') {
    const actor = readLogonKey(record, ACTOR_LOGON_ID);
    return actor !== null && known.people.has(actor);
  }
  if (signal === 'logoff' && logonId !== null && forget(known.unlocks, logonId)) return false;
  if (signal === 'logon' || signal === 'logoff') {
    const logonType = readInteger(record, plan.logonType);
    if (!isPersonLogonType(logonType)) {
      if (logonType === 0 && logonId === SYSTEM_KEY) return true;
      if (signal === 'logon' && logonId !== null) remember(known.noise, logonId);
      return false;
    }
  }
  if (signal === 'elevated' && logonId !== null && known.noise.includes(logonId)) return false;
  return accountMatters(record, plan, known, logonId);
}

function accountMatters(
  record: WindowsRecord,
  plan: Plan,
  known: KnownState,
  logonId: LogonKey | null,
): boolean {
  const { signal } = plan;
  const { domain, user } = readAccount(record, plan);
  const sid = readField(record, plan.sid);
  const account = accountClass(sid, user, domain);
  if (isSystemAccount(account)) {
    if (!NOISY_SIGNALS.has(signal)) return true;
    // Logons that draw a terminal session date its start (spec 5.1).
    return account === 'windowManager' && signal === 'logon' && drawsNewDesktop(sid, record.time ?? 0, known);
  }
  // Privileges may be written before their logon, so they do not tell yet whether the ID is a desktop's.
  if (signal === 'elevated') return true;
  const linkedLogonId = readLogonKey(record, plan.linkedLogonId);
  if (signal === 'logon' && isUnlockLogonType(readInteger(record, plan.logonType))) {
    if (logonId !== null) remember(known.unlocks, logonId);
    if (linkedLogonId !== null) remember(known.unlocks, linkedLogonId);
    return true;
  }
  learn(known, logonId);
  learn(known, linkedLogonId);
  return true;
}

/** UMFD-N and both halves of DWM-N log on within moments when a terminal session begins; the first tells. */
function drawsNewDesktop(sid: string | null, time: Instant, known: KnownState): boolean {
  if (sid === null) return true;
  const last = known.desktop;
  const same = last !== null && terminalOf(last.sid) === terminalOf(sid);
  if (same && time >= last.time && time - last.time <= SAME_DESKTOP_MS) return false;
  known.desktop = { sid, time };
  return true;
}

const terminalOf = (sid: string) => sid.slice(sid.lastIndexOf('-'));

function learn(known: KnownState, logonId: LogonKey | null): void {
  if (logonId === null || SHARED_KEYS.has(logonId)) return;
  known.people.add(logonId);
  forget(known.noise, logonId);
}

/** A list, since a set of so few that changes so often costs more. */
function remember(recent: LogonKey[], logonId: LogonKey): void {
  if (recent.includes(logonId)) return;
  recent.push(logonId);
  if (recent.length > RECENT_NOISE) recent.shift();
}

function forget(recent: LogonKey[], logonId: LogonKey): boolean {
  const place = recent.indexOf(logonId);
  if (place >= 0) recent.splice(place, 1);
  return place >= 0;
}
