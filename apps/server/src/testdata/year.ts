/** A year of a company in a few simulated computers, and copies of them: other names and ids, minutes later. */
import {
  accountKey,
  createDecoder,
  type DurationMs,
  type LogonSession,
  type SessionEvent,
} from '@logonscope/core';
import { simulateFleet } from '@logonscope/simulator';
import { decodeSimulated } from '@logonscope/testkit';
import { refold } from '../db/fold/refold.ts';

export interface SampleComputer {
  readonly name: string;
  readonly sessions: readonly LogonSession[];
  /** Only those of the last days, which is what pages of events begin with. */
  readonly newest: readonly SessionEvent[];
  readonly asOf: number;
}

export interface Sample {
  readonly computers: readonly SampleComputer[];
  /** Keys of the accounts that have sessions. */
  readonly people: number;
  readonly sessions: number;
}

const DAY_MS = 86_400_000;
/** Copies begin up to half an hour later than the computer they are made of. */
const LATER_STEP_MS = 97_000;
const LATER_MAX_MS = 1_800_000;

/** Simulates the computers and folds each as the store does. */
export function yearSample({ seed = 7, computers = 24, days = 365, newestDays = 1 } = {}): Sample {
  const sample: SampleComputer[] = [];
  const people = new Set<string>();
  let sessions = 0;
  const fleet = { seed, computers, days, firstDay: '2025-11-01', noise: 0.05, processes: 0 };
  for (const { records } of simulateFleet(fleet)) {
    const { events } = decodeSimulated(records, createDecoder({ peopleOnly: true }));
    const [first] = events;
    if (first === undefined) continue;
    const folded = refold(first.computer, null, events);
    const asOf = folded.asOf ?? events.at(-1)!.time;
    const newest = events.filter(({ time }) => time > asOf - newestDays * DAY_MS);
    sample.push({ name: first.computer, sessions: folded.sessions, newest, asOf });
    for (const session of folded.sessions) people.add(accountKey(session));
    sessions += folded.sessions.length;
  }
  return { computers: sample, people: people.size, sessions };
}

/** What makes the n-th copy of a sample. */
export interface Copy {
  readonly number: number;
  /** Which people use it; copies of the same group are further computers of the same people. */
  readonly group: number;
}

export const laterMs = ({ number }: Copy): DurationMs => (number * LATER_STEP_MS) % LATER_MAX_MS;

export const computerCopy = (name: string, { number }: Copy): string => `${name}-${number}`;

const sidCopy = (sid: string | null, { group }: Copy): string | null =>
  sid === null ? null : `${sid}${group}`;
const userCopy = (user: string, { group }: Copy): string => `${user}.${group}`;

/** A session of a copy; `id` has to be new. */
export function sessionCopy(session: LogonSession, copy: Copy, id: string): LogonSession {
  const later = laterMs(copy);
  const at = (time: number) => time + later;
  const atOrNull = (time: number | null) => (time === null ? null : time + later);
  const moved = <T extends { readonly from: number; readonly to: number }>(stretch: T): T => ({
    ...stretch,
    from: at(stretch.from),
    to: at(stretch.to),
  });
  return {
    ...session,
    id,
    computer: computerCopy(session.computer, copy),
    user: userCopy(session.user, copy),
    sid: sidCopy(session.sid, copy),
    start: at(session.start),
    startEarliest: atOrNull(session.startEarliest),
    startLatest: at(session.startLatest),
    end: atOrNull(session.end),
    endEarliest: atOrNull(session.endEarliest),
    endLatest: atOrNull(session.endLatest),
    asOf: at(session.asOf),
    away: session.away.map(moved),
    ledger: session.ledger.map(moved),
  };
}

/** An event of a copy. */
export function eventCopy(event: SessionEvent, copy: Copy): SessionEvent {
  return {
    ...event,
    time: event.time + laterMs(copy),
    computer: computerCopy(event.computer, copy),
    user: event.user === null ? null : userCopy(event.user, copy),
    sid: sidCopy(event.sid, copy),
  };
}
