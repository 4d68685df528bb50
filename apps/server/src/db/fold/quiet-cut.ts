/** A moment of rest for computers that tell of no boots: everyone who came has left, so what follows begins afresh. */
import type { ComputerLog, Instant, LifeSpan, LogonSession, SessionEvent, Signal } from '@logonscope/core';
import type { Cut, Horizon, KnownAccount } from './horizon.ts';

/** Senders of words without IDs: nothing they say later can name a session by more than its account. */
const PLAIN: ReadonlySet<Signal> = new Set(['logon', 'logoff', 'lock', 'unlock', 'logonFailed', 'other']);
/** Witnesses of one logon or logoff come this close together. */
const REST_MS = 60_000;
/** What computers tell of the last minutes may still come in another order. */
const LATE_MS = 600_000;
/** Below this many events it is not worth the while. */
const WORTH_EVENTS = 12;

/** The last moment of rest before an event, or null if there was none since the horizon. */
export function quietCut(
  horizon: Horizon,
  log: ComputerLog,
  life: readonly LifeSpan[],
  sessions: readonly LogonSession[],
): Cut | null {
  if (life.length > 0) return null;
  if (log.events.length < WORTH_EVENTS || horizon.bootUntil !== null || !log.events.every(isPlain))
    return null;
  const present = new Set<string>();
  const known = new Map(horizon.known.map((account) => [nameOf(account), account]));
  let from: Instant | null = null;
  let knownThen: KnownAccount[] = [];
  let before: Instant = Number.POSITIVE_INFINITY;
  const until = log.events.at(-1)!.time - LATE_MS;
  for (const event of log.events) {
    const { time } = event;
    if (time > until) break;
    if (present.size === 0 && time - before > REST_MS && time > (horizon.from ?? time - 1)) {
      if (overBefore(sessions, time)) [from, knownThen] = [time, [...known.values()]];
    }
    note(event, present, known);
    before = time;
  }
  if (from === null) return null;
  return { from, bootUntil: null, known: lastSessions(knownThen, sessions, from) };
}

const nameOf = ([user, domain, sid]: readonly [string | null, string | null, string | null, ...unknown[]]) =>
  JSON.stringify([user?.toLowerCase() ?? null, domain?.toLowerCase() ?? null, sid]);

/** Each account with its last session before an instant, those that began last at the end. */
function lastSessions(
  known: readonly KnownAccount[],
  sessions: readonly LogonSession[],
  from: Instant,
): KnownAccount[] {
  const last = new Map(known.map((account) => [nameOf(account), account]));
  // A session may be told by more of its account than any one event, so it counts by what it is told by.
  for (const { user, domain, sid, start, end } of sessions.toSorted((a, b) => a.start - b.start)) {
    if (end === null || start >= from) continue;
    const account: KnownAccount = [user === sid ? null : user, domain, sid, start, end];
    last.set(nameOf(account), account);
  }
  return [...last.values()].toSorted((a, b) => a[3] - b[3]);
}

function isPlain({ signal, recordId, logonId, terminalSessionId, linkedLogonId, logonType }: SessionEvent) {
  const named = recordId ?? logonId ?? terminalSessionId ?? linkedLogonId ?? logonType;
  return named === null && PLAIN.has(signal);
}

/** Who has given a sign and not left since. */
function note(
  { time, signal, user, domain, sid }: SessionEvent,
  present: Set<string>,
  known: Map<string, KnownAccount>,
): void {
  if (signal === 'other' || signal === 'logonFailed' || (user === null && sid === null)) return;
  const who = nameOf([user, domain, sid]);
  // A lone logoff makes no session that is shown, but says as well as one that somebody was gone by then.
  if (!known.has(who)) known.set(who, [user, domain, sid, time, time]);
  if (signal === 'logoff') present.delete(who);
  else present.add(who);
}

function overBefore(sessions: readonly LogonSession[], time: Instant): boolean {
  return sessions.every(({ start, end }) => start >= time || (end !== null && end < time));
}
