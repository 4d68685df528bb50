/** Which sessions and events a person asked for: accounts, computers, kinds, range. */
import {
  type AccountTraits,
  type Instant,
  type LogonSession,
  matchesAccount,
  parseAccount,
  type SessionEvent,
  type SessionKind,
} from '@logonscope/core';

export interface Selection {
  readonly users: readonly string[];
  readonly computers: readonly string[];
  /** Half-open range [from, to); null is unbounded. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly include: readonly (SessionKind | 'all')[];
  readonly limit: number | null;
}

/** Shown without being asked for; everything else is the machine's own business (spec 9). */
const PEOPLE: readonly SessionKind[] = ['console', 'remote', 'unknown'];

export function includesKind({ include }: Pick<Selection, 'include'>, kind: SessionKind): boolean {
  return PEOPLE.includes(kind) || include.includes('all') || include.includes(kind);
}

/** Sessions of the kinds, accounts and computers asked for that touch the range, in their order. */
export function selectSessions(sessions: readonly LogonSession[], selection: Selection): LogonSession[] {
  const isAccount = accountMatcher(selection.users);
  const isComputer = computerMatcher(selection.computers);
  const selected = sessions.filter(
    (session) =>
      includesKind(selection, session.kind) &&
      isAccount(session) &&
      isComputer(session) &&
      (selection.to === null || session.start < selection.to) &&
      (selection.from === null || (session.end ?? session.asOf) >= selection.from),
  );
  return selection.limit === null ? selected : selected.slice(0, selection.limit);
}

export function selectEvents(events: readonly SessionEvent[], selection: Selection): SessionEvent[] {
  const isAccount = accountMatcher(selection.users);
  const isComputer = computerMatcher(selection.computers);
  const selected = events.filter(
    (event) =>
      isAccount(event) &&
      isComputer(event) &&
      (selection.to === null || event.time < selection.to) &&
      (selection.from === null || event.time >= selection.from),
  );
  return selection.limit === null ? selected : selected.slice(0, selection.limit);
}

/** True for accounts that one of the names stands for: `alice`, `CORP\alice`, `alice@corp`, a SID; `*` is anything. */
export function accountMatcher(names: readonly string[]): (account: AccountTraits) => boolean {
  if (names.length === 0) return () => true;
  const tests = names.map((name) => (name.includes('*') ? patternTest(name) : exactTest(name)));
  return (account) => tests.some((test) => test(account));
}

function exactTest(name: string): (account: AccountTraits) => boolean {
  const query = parseAccount(name);
  return (account) => matchesAccount(account, query);
}

function patternTest(name: string): (account: AccountTraits) => boolean {
  const fits = wildcard(name);
  if (/^S-1-/i.test(name)) return ({ sid }) => sid !== null && fits(sid);
  if (!name.includes('\\')) return ({ user }) => user !== null && fits(user);
  return ({ user, domain }) => user !== null && fits(`${domain ?? ''}\\${user}`);
}

/** Computers by short name or by full name, without regard to case. */
export function computerMatcher(
  names: readonly string[],
): (place: { readonly computer: string; readonly computerFqdn: string | null }) => boolean {
  if (names.length === 0) return () => true;
  const tests = names.map(wildcard);
  return ({ computer, computerFqdn }) =>
    tests.some((test) => test(computer) || (computerFqdn !== null && test(computerFqdn)));
}

/** A test for text in which `*` stands for anything; upper and lower case are the same. */
function wildcard(pattern: string): (text: string) => boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${literal.join('.*')}$`, 'isu');
  return (text) => expression.test(text);
}
