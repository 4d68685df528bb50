/**
 * Which events are one person's: those of the account as the list of people has it, by SID and by name, those of its
 * logons, and those of others that name it as the one who acted.
 */
import { accountKey, type LogonSession, type SessionEvent } from '@logonscope/core';
import type { ComputerLog } from '../../db/index.ts';

/** An account under all keys that `accountKey` gives it. */
export interface Person {
  /** As in the list of people. */
  readonly id: string;
  readonly keys: ReadonlySet<string>;
  /** User names, lower case, that the keys were seen with. */
  readonly users: ReadonlySet<string>;
}

interface Account {
  readonly user: string | null;
  readonly domain: string | null;
  readonly sid: string | null;
}

const KEY_CHARS_MAX = 255;
const keyOf = (account: Account) => accountKey(account).slice(0, KEY_CHARS_MAX);
const isSid = (key: string) => key.startsWith('S-1-');

/**
 * Brings together a person's SID and names out of all accounts of a company: a name with a domain is the SID's that it
 * is seen with, if that is one and the same. A name alone may be anybody's.
 */
export function personOf(id: string, accounts: readonly Account[]): Person {
  const sidsOf = new Map<string, Set<string>>();
  for (const account of accounts) {
    const key = keyOf(account);
    if (!isSid(key) || account.user === null || account.domain === null) continue;
    const name = keyOf({ ...account, sid: null });
    sidsOf.set(name, (sidsOf.get(name) ?? new Set()).add(key));
  }
  const keys = new Set([id]);
  for (const [name, sids] of sidsOf) {
    if (sids.size === 1 && (name === id || sids.has(id))) for (const key of [name, ...sids]) keys.add(key);
  }
  const users = accounts.filter((account) => keys.has(keyOf(account))).map(({ user }) => user?.toLowerCase());
  return { id, keys, users: new Set(users.filter((user) => user !== undefined)) };
}

/** The sessions and events of a computer's log that are the person's. */
export function shareOf(person: Person, log: ComputerLog) {
  const isSession = (session: LogonSession) => isTheirs(person, session, log);
  const sessions = log.sessions.filter(isSession);
  const ofLogons = logonsOf(sessions);
  const isEvent = ({ event }: ComputerLog['events'][number]) => {
    const { user, sid, detail } = event;
    if ((user !== null || sid !== null) && isTheirs(person, event, log)) return true;
    return ofLogons(event) || (detail !== null && isTheirs(person, actorOf(event), log));
  };
  return { sessions, isEvent, isSession };
}

function actorOf({ detail }: SessionEvent): Account {
  return {
    user: detail?.subjectUser ?? null,
    domain: detail?.subjectDomain ?? null,
    sid: detail?.subjectSid ?? null,
  };
}

/** A name without domain and SID counts where the computer knows nobody else of that name. */
function isTheirs({ keys, users }: Person, account: Account, { sessions, kept }: ComputerLog): boolean {
  const key = keyOf(account);
  if (key === '') return false;
  if (keys.has(key)) return true;
  if (isSid(key) || (account.domain !== null && account.domain !== '') || !users.has(key)) return false;
  return [...sessions, ...kept].every((session) => {
    const other = keyOf(session);
    return session.user.toLowerCase() !== key || keys.has(other) || other === key;
  });
}

/** Signs written a little before a logon or after its end are of it. */
const AROUND_MS = 60_000;

/** Events that name no account, but a logon of these sessions; a logon ID is used again after a restart. */
function logonsOf(sessions: readonly LogonSession[]): (event: SessionEvent) => boolean {
  const spans = new Map<string, [number, number][]>();
  for (const { logonIds, aliasLogonIds, start, startEarliest, end, endLatest } of sessions) {
    const from = (startEarliest ?? start) - AROUND_MS;
    const to = (end === null ? Number.POSITIVE_INFINITY : Math.max(end, endLatest ?? end)) + AROUND_MS;
    for (const id of [...logonIds, ...aliasLogonIds]) spans.set(id, [...(spans.get(id) ?? []), [from, to]]);
  }
  return ({ time, logonId, user, sid }) =>
    user === null &&
    sid === null &&
    logonId !== null &&
    (spans.get(logonId) ?? []).some(([from, to]) => time >= from && time <= to);
}
