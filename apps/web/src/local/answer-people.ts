/** People and computers of the files: what there is of each in a range. */
import { accountKey, isoMs, isPersonal, type LogonSession, personTime } from '@logonscope/core';
import { compareKeys, type PageWish, pageOf } from './page-of.ts';
import { firstFrom, touches, type Within, withinOf } from './question.ts';
import { LocalRefusal } from './refusal.ts';
import type { LocalComputer, LocalStore } from './store.ts';

type RangeFields = { readonly from?: string; readonly to?: string };
type ListFields = RangeFields & PageWish & { readonly search: string };

/** A search for part of a name; stars in it stand for anything. */
function searchTest(search: string): (name: string) => boolean {
  const parts = search
    .trim()
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(parts.join('.*'), 'is');
  return (name) => pattern.test(name);
}

const personal = ({ sessions }: LocalStore, within: Within) =>
  sessions.filter((session) => isPersonal(session) && touches(session, within));

function grouped(sessions: readonly LogonSession[], keyOf: (session: LogonSession) => string) {
  const groups = new Map<string, LogonSession[]>();
  for (const session of sessions) {
    const key = keyOf(session);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [session]);
    else group.push(session);
  }
  return groups;
}

const lastSign = ({ start, end, durationMs }: LogonSession) => end ?? start + durationMs;
const sum = (sessions: readonly LogonSession[], of: (session: LogonSession) => number) =>
  sessions.reduce((total, session) => total + of(session), 0);

function summaryOf(sessions: readonly LogonSession[], failedLogons: number) {
  const last = sessions.reduce((latest, session) => Math.max(latest, lastSign(session)), -Infinity);
  return {
    firstSeen: sessions.length === 0 ? null : isoMs(sessions[0]!.start),
    lastSeen: sessions.length === 0 ? null : isoMs(last),
    sessions: sessions.length,
    openSessions: sessions.filter(({ end }) => end === null).length,
    useSeconds: sum(sessions, ({ useMs }) => useMs) / 1000,
    elevations: sessions.filter(({ elevated }) => elevated).length,
    failedLogons,
  };
}

/** Failed logons of the range by lower-case user and by computer. */
function failedIn({ events }: LocalStore, { from, to }: Within) {
  const byUser = new Map<string, number>();
  const byComputer = new Map<string, number>();
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const first = from === null ? 0 : firstFrom(events, from);
  const last = to === null ? events.length : firstFrom(events, to);
  for (let i = first; i < last; i++) {
    const { signal, user, computer } = events[i]!.event;
    if (signal !== 'logonFailed') continue;
    if (user !== null) add(byUser, user.toLowerCase());
    add(byComputer, computer);
  }
  return { byUser, byComputer };
}

const nameOf = (sessions: readonly LogonSession[]) =>
  sessions.map(({ user }) => user.toLowerCase()).sort()[0]!;

function personToWire(id: string, sessions: readonly LogonSession[], failed: ReadonlyMap<string, number>) {
  const user = nameOf(sessions);
  const newest = sessions.at(-1)!;
  return {
    id,
    name: newest.domain === null ? newest.user : `${newest.domain}\\${newest.user}`,
    user,
    computers: new Set(sessions.map(({ computer }) => computer)).size,
    ...summaryOf(sessions, failed.get(user) ?? 0),
  };
}

export function listPeople(store: LocalStore, fields: ListFields) {
  const within = withinOf(fields);
  const fits = searchTest(fields.search);
  const keysOf = (row: { user: string; id: string }) => [row.user, row.id];
  const { byUser } = failedIn(store, within);
  const rows = [...grouped(personal(store, within), accountKey)]
    .map(([id, sessions]) => personToWire(id, sessions, byUser))
    .filter(({ user }) => fits(user))
    .sort((a, b) => compareKeys(keysOf(a), keysOf(b)));
  const { shown, next } = pageOf(rows, keysOf, fields);
  return { rows: shown, next };
}

export function getPerson(store: LocalStore, id: string, fields: RangeFields) {
  const within = withinOf(fields);
  const sessions = personal(store, within).filter((session) => accountKey(session) === id);
  if (sessions.length === 0) throw new LocalRefusal(404, 'person/not-found', 'There is no such person.');
  const range = { from: within.from ?? -Infinity, to: within.to ?? Infinity };
  const seenOn = [...grouped(sessions, ({ computer }) => computer)].map(([computer, own]) => ({
    computer,
    sessions: own.length,
    useSeconds: sum(own, ({ useMs }) => useMs) / 1000,
  }));
  seenOn.sort((a, b) => b.useSeconds - a.useSeconds || (a.computer < b.computer ? -1 : 1));
  return {
    ...personToWire(id, sessions, failedIn(store, within).byUser),
    useUnionSeconds: personTime(sessions, id, range).useUnionMs / 1000,
    seenOn,
    complete: true,
  };
}

function computerToWire(
  { id, name, fqdn, lastEventAt }: LocalComputer,
  sessions: readonly LogonSession[],
  failedLogons: number,
) {
  const people = new Set(sessions.map((session) => accountKey(session))).size;
  const reportedAt = isoMs(lastEventAt);
  const known = { id, name, fqdn, site: null, people, agentVersion: null, reportedAt };
  return { ...known, ...summaryOf(sessions, failedLogons) };
}

export function listComputers(store: LocalStore, fields: ListFields) {
  const within = withinOf(fields);
  const fits = searchTest(fields.search);
  const found = [...store.computers.values()].filter(({ name }) => fits(name));
  found.sort((a, b) => compareKeys([a.name], [b.name]));
  const { shown, next } = pageOf(found, ({ name }) => [name], fields);
  const sessions = grouped(personal(store, within), ({ computer }) => computer);
  const { byComputer } = failedIn(store, within);
  const rows = shown.map((one) =>
    computerToWire(one, sessions.get(one.name) ?? [], byComputer.get(one.name) ?? 0),
  );
  return { rows, next };
}

/** People of one computer that are listed; a terminal server has hundreds. */
const SEEN_MAX = 500;

export function getComputer(store: LocalStore, name: string, fields: RangeFields) {
  const within = withinOf(fields);
  const computer = store.computers.get(name.trim().split('.', 1)[0]!.toUpperCase());
  if (computer === undefined) {
    throw new LocalRefusal(404, 'computer/not-found', 'There is no such computer.');
  }
  const sessions = personal(store, within).filter((session) => session.computer === computer.name);
  const seen = [...grouped(sessions, accountKey)].map(([id, own]) => ({
    id,
    user: nameOf(own),
    sessions: own.length,
    useSeconds: sum(own, ({ useMs }) => useMs) / 1000,
  }));
  seen.sort((a, b) => b.useSeconds - a.useSeconds || (a.id < b.id ? -1 : 1));
  const failed = failedIn(store, within).byComputer.get(computer.name) ?? 0;
  return { ...computerToWire(computer, sessions, failed), seen: seen.slice(0, SEEN_MAX) };
}
