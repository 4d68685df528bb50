/** The logons an analytic looks at: of people, each told once, without unlocks and without those expected. */
import { accountClass, isSystemAccount, isUnlockLogonType } from '../events/accounts.ts';
import type { Instant, SessionEvent } from '../model.ts';
import { type AccountBook, accountBook } from '../queries/account.ts';
import { compareText, groupBy } from '../queries/grouping.ts';
import type { ReportInput } from '../reports/report.ts';
import { allowed, isWithin } from '../reports/selection.ts';

/** Both tokens of an administrator are written within this time. */
const TWIN_MS = 1000;
/** Several kinds of evidence tell of one logon within this time. */
export const WITNESS_MS = 60_000;

/** Types of logons by which a person reaches a computer; the cached forms 11 and 12 are 2 and 10 without a server. */
export const REACHING_TYPES: readonly number[] = [2, 3, 9, 10, 11, 12];
/** Remote Desktop, the second one with cached credentials. */
export const RDP_TYPES: readonly number[] = [10, 12];

/** Time order, with ties settled by what the events say and not by how they came. */
export function byTime(a: SessionEvent, b: SessionEvent): number {
  return (
    a.time - b.time ||
    compareText(a.computer, b.computer) ||
    compareText(a.user, b.user) ||
    compareText(a.logonId, b.logonId) ||
    (a.recordId ?? 0) - (b.recordId ?? 0)
  );
}

/** Whether an account is a person's: no system account, no computer. */
export function isPersons({ sid, user, domain }: Pick<SessionEvent, 'sid' | 'user' | 'domain'>): boolean {
  const known = accountClass(sid, user, domain);
  return known !== 'nobody' && !isSystemAccount(known);
}

/**
 * Logons of people in the range, in time order, with the names of all accounts. Types 7 and 13 prove an unlock and are
 * no logons. A logon without a type (agents, terminal service) is one at a desktop.
 */
export function personLogons(
  input: Pick<ReportInput, 'events' | 'from' | 'to' | 'options'>,
  types?: readonly number[],
): { logons: SessionEvent[]; book: AccountBook } {
  const expected = allowed(input.options.allow);
  const logons = input.events.filter(
    (event) =>
      event.signal === 'logon' &&
      isWithin(event.time, input) &&
      !isUnlockLogonType(event.logonType) &&
      (types === undefined || event.logonType === null || types.includes(event.logonType)) &&
      isPersons(event) &&
      !expected(event),
  );
  const book = accountBook(logons);
  return { logons: toldOnce(logons.sort(byTime), book), book };
}

/** Drops the second token of a logon, and further evidence of a logon that something else tells better. */
function toldOnce(sorted: readonly SessionEvent[], book: AccountBook): SessionEvent[] {
  const groups = groupBy(sorted, (event) => `${event.computer}\n${book.keyOf(event)}`);
  const told = new Set<SessionEvent>();
  for (const group of groups.values()) {
    for (const [i, event] of group.entries()) if (isToldAround(group, i)) told.add(event);
  }
  return sorted.filter((event) => !told.has(event));
}

/** Looks at what is near in time: a typed logon at its twin only, since network logons come in thousands. */
function isToldAround(group: readonly SessionEvent[], index: number): boolean {
  const event = group[index]!;
  const reachMs = event.logonType === null ? WITNESS_MS : TWIN_MS;
  for (let i = index - 1; i >= 0 && event.time - group[i]!.time <= reachMs; i--) {
    if (tellsOf(group[i]!, event)) return true;
  }
  if (event.logonType !== null) return false;
  for (let i = index + 1; i < group.length && group[i]!.time - event.time <= reachMs; i++) {
    if (group[i]!.logonType !== null && tellsOf(group[i]!, event)) return true;
  }
  return false;
}

/** Whether `one` makes `other` superfluous; a logon with a type is the better witness. */
function tellsOf(one: SessionEvent, other: SessionEvent): boolean {
  const { sourceAddress: a } = one;
  const { sourceAddress: b } = other;
  if (a !== null && b !== null && a !== b) return false;
  if (other.logonType === null) return witnessOf(one) !== witnessOf(other) && isDesktop(one);
  return one.logonType === other.logonType && isLinked(one, other);
}

/** Twins name each other; before Windows 10 they do not, and then the same moment must do. */
function isLinked(one: SessionEvent, other: SessionEvent): boolean {
  if (one.logonId === null || other.logonId === null) return true;
  if (one.linkedLogonId === null && other.linkedLogonId === null) return isDesktop(one);
  return one.linkedLogonId === other.logonId || other.linkedLogonId === one.logonId;
}

/** Network logons come in bursts, each its own; a desktop is logged on to once. */
function isDesktop({ logonType }: SessionEvent): boolean {
  return logonType !== 3 && logonType !== 9;
}

function witnessOf(event: SessionEvent): string {
  return event.detail?.witness ?? event.channel ?? '';
}

/** Logon types as a list for people, smallest first; empty where none is known. */
export function typesOf(logons: readonly SessionEvent[]): string {
  const types = new Set(logons.flatMap(({ logonType }) => (logonType === null ? [] : [logonType])));
  return [...types].sort((a, b) => a - b).join(', ');
}

/** Logon IDs each once, in the order of the logons. */
export function idsOf(logons: readonly SessionEvent[]): string {
  return [...new Set(logons.flatMap(({ logonId }) => (logonId === null ? [] : [logonId])))].join(', ');
}

/** First and last time of logons in time order. */
export function spanOf(logons: readonly SessionEvent[]): { first: Instant; last: Instant } {
  return { first: logons[0]!.time, last: logons.at(-1)!.time };
}
